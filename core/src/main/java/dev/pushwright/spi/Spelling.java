// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Words for a name that is not there, the same in every message. */
public final class Spelling {

  private Spelling() {}

  /**
   * Says that a name is not there, which known one is nearest, and which ones there are.
   *
   * @param what what is named, such as {@code "option"}
   * @param name the name that is not there
   * @param known the names that are
   * @return one or two sentences, the last without its full stop
   */
  public static String unknown(String what, String name, Collection<String> known) {
    if (known.isEmpty()) {
      return "there is no " + what + " \"" + name + "\", nor any other " + what;
    }
    return "there is no "
        + what
        + " \""
        + name
        + "\""
        + nearest(name, known).map(near -> "; did you mean \"" + near + "\"?").orElse(".")
        + " Known: "
        + String.join(", ", known);
  }

  /** The known name with the fewest edits, if they are few enough to be a slip of the finger. */
  static Optional<String> nearest(String name, Collection<String> known) {
    String lower = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(k -> isSlip(distance(lower, k.toLowerCase(Locale.ROOT)), name, k))
        .min(
            Comparator.<String>comparingInt(k -> distance(lower, k.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  // Not every letter may differ: two names of two letters have nothing in common then.
  private static boolean isSlip(int edits, String name, String known) {
    return edits <= Math.max(2, name.length() / 3)
        && edits < Math.max(name.length(), known.length());
  }

  // Levenshtein, one row at a time.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
