// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import java.util.Locale;

/**
 * The name of a text analyzer as an option's value.
 *
 * @param name lower case
 */
record AnalyzerName(String name) {

  AnalyzerName {
    name = name.strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("no name is given");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
