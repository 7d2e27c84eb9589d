// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a text into tokens and joins tokens to a text. A token is a word with what is inside it
 * ("family-friendly", "don't", "£20-25"), an ideograph or another character as people see it (a
 * grapheme), a line break, or the placeholder of a slot. Between two tokens stands a space unless
 * they are joined by nature, such as a word and the comma after it, or two ideographs; where a text
 * has none although there should be one, the token {@link #GLUE} says so. Joining gives the text
 * back but for runs of spaces and spaces that should not be there.
 */
public final class TextTokens {

  /** Stands between two tokens that have no space between them although they usually would. */
  public static final String GLUE = "\u2060";

  /** Parts title and body. */
  public static final String BREAK = "\n";

  // A stop or a comma is inside a number only; a hyphen also before a currency.
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\n|\\p{IsHan}|[\\p{Sc}#]?[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}]]+"
              + "(?:(?:['’/-]|[-–](?=\\p{Sc})\\p{Sc}|(?<=\\p{N})[.,:](?=\\p{N}))"
              + "[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}]]+)*|\\p{IsWhite_Space}+|\\X");

  private static final String CLOSING = ".,!?;:)]}%…’”»。，！？；：）】》」、";
  private static final String OPENING = "([{“‘«（【《「#@$£€¥￥";

  // Not the quotes, dots and dashes that Chinese shares with languages that write spaces.
  private static final String FULL_WIDTH = "。，！？；：（）【】《》「」、～￥";

  private TextTokens() {}

  /**
   * The placeholder of a slot.
   *
   * @param slot its name
   * @return a token that no text is cut into
   */
  public static String placeholder(String slot) {
    return "{" + slot + "}";
  }

  /**
   * Whether a token is the placeholder of a slot.
   *
   * @param token a token
   * @return true for what {@link #placeholder} gives
   */
  public static boolean isPlaceholder(String token) {
    return token.length() > 2 && token.charAt(0) == '{' && token.endsWith("}");
  }

  /**
   * The slot of a placeholder.
   *
   * @param placeholder a placeholder
   * @return the slot's name
   */
  public static String slot(String placeholder) {
    return placeholder.substring(1, placeholder.length() - 1);
  }

  /**
   * Cuts a text.
   *
   * @param text any text
   * @return its tokens, without placeholders
   */
  public static List<String> cut(String text) {
    List<String> tokens = new ArrayList<>();
    Cutter cutter = new Cutter(tokens);
    cutter.text(text);
    return tokens;
  }

  /** Adds pieces of a text to tokens, one after the other. */
  static final class Cutter {
    private final List<String> tokens;
    private boolean space = true;

    Cutter(List<String> tokens) {
      this.tokens = tokens;
    }

    void text(String text) {
      Matcher matcher = TOKEN.matcher(text);
      while (matcher.find()) {
        String token = matcher.group();
        if (token.equals(BREAK)) {
          tokens.add(BREAK);
          space = true;
        } else if (Character.isWhitespace(token.codePointAt(0))
            || Character.isSpaceChar(token.codePointAt(0))) {
          space = true;
        } else {
          add(token);
        }
      }
    }

    void add(String token) {
      if (!space && !tokens.isEmpty() && isApart(tokens.get(tokens.size() - 1), token)) {
        tokens.add(GLUE);
      }
      tokens.add(token);
      space = false;
    }
  }

  /**
   * Joins tokens.
   *
   * @param tokens the tokens
   * @param values what to put for the placeholder of a slot; one without a value stays as it is
   * @return the text, each sentence beginning with a capital
   */
  public static String join(List<String> tokens, Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    String before = BREAK;
    boolean begins = true;
    for (String token : tokens) {
      if (token.equals(GLUE)) {
        before = GLUE;
        begins = false;
        continue;
      }
      if (isApart(before, token)) {
        text.append(' ');
      }
      String value = isPlaceholder(token) ? values.getOrDefault(slot(token), token) : token;
      text.append(begins && value.equals(token) ? capital(token) : value);
      begins = token.equals(BREAK) || endsSentence(token) || (begins && !hasLetter(token));
      before = token;
    }
    return text.toString();
  }

  /** Whether a sentence ends with the token. */
  static boolean endsSentence(String token) {
    return token.equals(".") || token.equals("!") || token.equals("?");
  }

  private static boolean hasLetter(String token) {
    return isPlaceholder(token) || token.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  private static String capital(String token) {
    int first = token.codePointAt(0);
    return Character.isLowerCase(first) && token.codePoints().noneMatch(Character::isUpperCase)
        ? Character.toString(Character.toTitleCase(first))
            + token.substring(Character.charCount(first))
        : token;
  }

  private static boolean isApart(String left, String right) {
    return !left.equals(GLUE)
        && !left.equals(BREAK)
        && !right.equals(BREAK)
        && (isPlaceholder(right) || CLOSING.indexOf(right.codePointAt(0)) < 0)
        && (isPlaceholder(left) || OPENING.indexOf(left.codePointBefore(left.length())) < 0)
        && !isWide(left)
        && !isWide(right);
  }

  private static boolean isWide(String token) {
    int first = token.codePointAt(0);
    return Character.isIdeographic(first) || FULL_WIDTH.indexOf(first) >= 0;
  }
}
