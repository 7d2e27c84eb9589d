// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** What two spellings of one text have in common, for checks to compare. */
public final class Folding {

  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");
  private static final Pattern DASHES = Pattern.compile("\\p{Pd}");
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
  private static final Pattern APOSTROPHES = Pattern.compile("[‘’]");

  private Folding() {}

  /**
   * Makes spellings equal: compatible forms (full width, ligatures), case, kinds of space, dash and
   * apostrophe; invisible characters are left out.
   *
   * @param text any text
   * @return its folded form, to compare with other folded forms only
   */
  public static String fold(String text) {
    String one = Normalizer.normalize(text, Normalizer.Form.NFKC);
    one = INVISIBLE.matcher(one).replaceAll("");
    one = SPACES.matcher(one).replaceAll(" ").strip();
    one = DASHES.matcher(one).replaceAll("-");
    one = APOSTROPHES.matcher(one).replaceAll("'");
    // By way of upper case, so that the two small sigmas meet.
    return one.codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * Whether a word may begin or end here: not between two letters or digits, save that scripts
   * written without spaces may be cut anywhere.
   *
   * @param text any text
   * @param at an index, from 0 to the length of the text
   * @return whether it may
   */
  public static boolean isWordEdge(String text, int at) {
    return at <= 0
        || at >= text.length()
        || !isWordPart(text.codePointBefore(at))
        || !isWordPart(text.codePointAt(at));
  }

  private static boolean isWordPart(int c) {
    return Character.isLetterOrDigit(c) && !isUnspaced(c);
  }

  /**
   * Whether a character belongs to a script that is written without spaces between words.
   *
   * @param c a code point
   * @return whether it does
   */
  public static boolean isUnspaced(int c) {
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, BOPOMOFO -> true;
      default -> false;
    };
  }
}
