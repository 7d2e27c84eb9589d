// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths as people count them: an emoji of several code points, a flag, or a letter with its
 * accents is one.
 */
public final class Graphemes {

  /** What stands at the end of a text that was cut. */
  public static final String ELLIPSIS = "…";

  private static final Pattern GRAPHEME = Pattern.compile("\\X");

  // What must not be left hanging before the ellipsis, beside spaces.
  private static final String LOOSE = ",;:.([{“‘\"'/&+|，、；：。（【《「『–—-";

  private Graphemes() {}

  /**
   * Counts.
   *
   * @param text any text
   * @return how many graphemes it has
   */
  public static int count(String text) {
    int count = 0;
    for (Matcher m = GRAPHEME.matcher(text); m.find(); ) {
      count++;
    }
    return count;
  }

  /**
   * Cuts a text that is too long, and says so with {@value #ELLIPSIS}. Graphemes stay whole, and so
   * do numbers, for half a number is another number; words stay whole if that costs no more than a
   * third of what would fit.
   *
   * @param text any text
   * @param max how many graphemes the result may have, at least 1
   * @return the text itself if it fits, else its beginning and an ellipsis
   */
  public static String cut(String text, int max) {
    if (max < 1) {
      throw new IllegalArgumentException("max is " + max + "; at least 1 is needed");
    }
    int[] ends = ends(text, max + 1);
    if (ends.length <= max) {
      return text;
    }
    int keep = max - 1;
    int end = keep == 0 ? 0 : ends[keep - 1];
    int word = end;
    while (word > 0 && !isSpace(text, word) && !isSpace(text, word - 1)) {
      word--;
    }
    int wordsKept = Arrays.binarySearch(ends, word) + 1;
    if (word > 0 && wordsKept * 3 >= keep * 2) {
      end = word;
    } else if (end > 0 && Character.isDigit(text.codePointAt(end))) {
      end = beforeNumber(text, end);
    }
    while (end > 0 && (isSpace(text, end - 1) || LOOSE.indexOf(text.charAt(end - 1)) >= 0)) {
      end--;
    }
    return text.substring(0, end) + ELLIPSIS;
  }

  /** Where the first graphemes end, at most so many of them. */
  static int[] ends(String text, int most) {
    int[] ends = new int[Math.min(text.length(), most)];
    int n = 0;
    for (Matcher m = GRAPHEME.matcher(text); n < most && m.find(); ) {
      ends[n++] = m.end();
    }
    return Arrays.copyOf(ends, n);
  }

  private static boolean isSpace(String text, int at) {
    return at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || Character.isSpaceChar(text.charAt(at)));
  }

  // Steps back over the digits of a number and the separators among them.
  private static int beforeNumber(String text, int end) {
    int at = end;
    while (at > 0) {
      int before = text.codePointBefore(at);
      boolean separator =
          (before == '.' || before == ',')
              && at > 1
              && Character.isDigit(text.codePointBefore(at - 1));
      if (!Character.isDigit(before) && !separator) {
        break;
      }
      at -= Character.charCount(before);
    }
    return at;
  }
}
