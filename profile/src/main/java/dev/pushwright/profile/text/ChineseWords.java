// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Words that a segmenter does not know. Those of Chinese characters alone are joined where it cut
 * them apart. Those that mix scripts, such as "t恤", are found in the text before it is cut.
 * Immutable.
 */
final class ChineseWords {

  private static final Set<String> SHOP = Set.copyOf(WordFile.resource("chinese-shop-words.txt"));
  private static final Set<String> STOP = Set.copyOf(WordFile.resource("chinese-stop-words.txt"));

  private final Set<String> joined = new HashSet<>();
  private final Set<String> mixed = new HashSet<>();
  private final Set<Integer> mixedStarts = new HashSet<>();
  private final Set<String> stop;
  private int longest;

  /**
   * The words of every shop and more.
   *
   * @param own words of this shop; they are no stop words
   */
  ChineseWords(Collection<String> own) {
    SHOP.forEach(this::add);
    own.forEach(this::add);
    Set<String> stopWords = new HashSet<>(STOP);
    own.forEach(word -> stopWords.remove(normal(word)));
    this.stop = Set.copyOf(stopWords);
  }

  private void add(String word) {
    String text = normal(word);
    longest = Math.max(longest, text.length());
    if (text.codePoints().allMatch(ChineseWords::isHan)) {
      joined.add(text);
    } else {
      mixed.add(text);
      mixedStarts.add((int) text.charAt(0));
    }
  }

  static boolean isHan(int codePoint) {
    // Most characters of a title are of this block, and asking for the script is a search.
    return (codePoint >= 0x4E00 && codePoint < 0xA000)
        || (codePoint > 0x2E7F
            && Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN);
  }

  /**
   * Full-width letters, digits and signs as plain ones, in lower case, character by character. The
   * signs that UAX #29 lets stand within a word, as in "1,000", are separators in Chinese titles.
   */
  static String normal(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      char c = chars[i];
      if (c >= '\uFF01' && c <= '\uFF5E') {
        c = (char) (c - 0xFEE0);
      } else if (c == '\u3000') {
        c = ' ';
      }
      chars[i] = c == ',' || c == ';' || c == ':' || c == '_' ? ' ' : Character.toLowerCase(c);
    }
    return new String(chars);
  }

  boolean isStopWord(String word) {
    return stop.contains(word);
  }

  /** The longest length that a word can have, in characters. */
  int longest() {
    return longest;
  }

  /** Whether a word is of Chinese characters alone and known. */
  boolean joins(String word) {
    return joined.contains(word);
  }

  /**
   * The end of the longest word of mixed scripts that begins here, or the start when there is none.
   * It must not be cut out of a longer Latin word or number.
   */
  int mixedEnd(String text, int start) {
    if (!mixedStarts.contains((int) text.charAt(start)) || !isEdge(text, start)) {
      return start;
    }
    for (int end = Math.min(text.length(), start + longest); end > start + 1; end--) {
      if (isEdge(text, end) && mixed.contains(text.substring(start, end))) {
        return end;
      }
    }
    return start;
  }

  private static boolean isEdge(String text, int at) {
    return at == 0
        || at == text.length()
        || !isLatin(text.charAt(at - 1))
        || !isLatin(text.charAt(at));
  }

  private static boolean isLatin(char c) {
    return Character.isLetterOrDigit(c) && !isHan(c);
  }
}
