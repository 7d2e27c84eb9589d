// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import java.util.List;

/** Cuts a run of Chinese characters into words. Thread-safe. */
interface Segmenter {

  /**
   * A word of a run.
   *
   * @param start its first character
   * @param end the one after its last
   * @param telling whether its part of speech says something about an item
   */
  record Part(int start, int end, boolean telling) {}

  /** The words of a run, in its order; together they are the run. */
  List<Part> parts(String run);
}
