// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

/** The language that titles and queries are written in: what is done to their words. */
public enum Language {
  /**
   * English: stop words such as "of" are left out, "children's" is "children", and a plural counts
   * as its singular.
   */
  ENGLISH,
  /**
   * Any language that sets spaces between its words: every word counts as it is written, but for
   * the case of its letters.
   */
  LATIN
}
