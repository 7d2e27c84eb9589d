// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps words of the other direction together: a Hebrew or Arabic name in an English text, or the
 * reverse, is put between the marks U+2068 and U+2069 of Unicode's bidirectional algorithm (UAX
 * #9), so that the price or the stop beside it stays where it belongs. Texts of one direction are
 * left as they are.
 */
public final class Isolates {

  private static final char OPEN = '\u2068';
  private static final char CLOSE = '\u2069';

  private static final Set<String> RIGHT_TO_LEFT =
      Set.of("ar", "he", "iw", "fa", "ur", "yi", "ji", "ps", "sd", "ug", "dv", "ckb", "syr");

  private Isolates() {}

  /**
   * Isolates a value that is put into a text.
   *
   * @param value any text
   * @param locale the language of the text around it
   * @return the value, between marks if it holds letters of the other direction
   */
  public static String value(String value, Locale locale) {
    return hasMarks(value) || !hasOther(value, rightToLeft(locale)) ? value : OPEN + value + CLOSE;
  }

  /**
   * Isolates what is of the other direction in a whole text.
   *
   * @param text any text
   * @param names what belongs together, such as titles
   * @param locale the language of the text
   * @return the text with marks around each such name, and around other runs of words of the other
   *     direction
   */
  public static String text(String text, Collection<String> names, Locale locale) {
    boolean base = rightToLeft(locale);
    if (hasMarks(text) || !hasOther(text, base)) {
      return text;
    }
    boolean[] inside = new boolean[text.length()];
    boolean[] opens = new boolean[text.length() + 1];
    boolean[] closes = new boolean[text.length() + 1];
    List<String> longestFirst =
        names.stream()
            .filter(name -> hasOther(name, base))
            .distinct()
            .sorted(
                Comparator.comparing((String name) -> -name.length())
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    for (String name : longestFirst) {
      for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length())) {
        if (!inside[at] && !inside[at + name.length() - 1]) {
          isolate(at, at + name.length(), inside, opens, closes);
        }
      }
    }
    runs(text, base, inside, opens, closes);
    StringBuilder isolated = new StringBuilder();
    for (int i = 0; i <= text.length(); i++) {
      isolated.append(closes[i] ? String.valueOf(CLOSE) : "");
      isolated.append(opens[i] ? String.valueOf(OPEN) : "");
      isolated.append(i < text.length() ? String.valueOf(text.charAt(i)) : "");
    }
    return isolated.toString();
  }

  // From the first letter of the other direction to the last one before a letter of the text's own.
  private static void runs(
      String text, boolean base, boolean[] inside, boolean[] opens, boolean[] closes) {
    int start = -1;
    int end = -1;
    int width;
    for (int i = 0; i < text.length(); i += width) {
      int c = text.codePointAt(i);
      width = Character.charCount(c);
      int direction = inside[i] ? 0 : direction(c);
      boolean other = direction == (base ? -1 : 1);
      if (other) {
        start = start < 0 ? i : start;
        end = i + width;
      } else if (start >= 0 && (inside[i] || direction != 0)) {
        isolate(start, end, inside, opens, closes);
        start = -1;
      }
    }
    if (start >= 0) {
      isolate(start, end, inside, opens, closes);
    }
  }

  private static void isolate(
      int start, int end, boolean[] inside, boolean[] opens, boolean[] closes) {
    opens[start] = true;
    closes[end] = true;
    for (int i = start; i < end; i++) {
      inside[i] = true;
    }
  }

  private static boolean hasMarks(String text) {
    return text.codePoints().anyMatch(c -> c >= 0x2066 && c <= 0x2069);
  }

  private static boolean hasOther(String text, boolean base) {
    return text.codePoints().anyMatch(c -> direction(c) == (base ? -1 : 1));
  }

  // 1 for right to left, -1 for left to right, 0 for what has no direction of its own.
  private static int direction(int c) {
    return switch (Character.getDirectionality(c)) {
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
          1;
      case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> -1;
      default -> 0;
    };
  }

  private static boolean rightToLeft(Locale locale) {
    return RIGHT_TO_LEFT.contains(locale.getLanguage());
  }
}
