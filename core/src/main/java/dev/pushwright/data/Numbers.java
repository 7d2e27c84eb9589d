// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import com.google.common.base.CharMatcher;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as files write them: digits, a decimal point, an exponent; no hexadecimal, no suffix. */
final class Numbers {

  // A currency before or after; digits in groups of three or in one, then a comma and decimals.
  private static final Pattern WITH_COMMA =
      Pattern.compile(
          "(?:\\p{Sc}|[A-Z]{3})?\\h*([-+]?)\\h*(\\d{1,3}(?:[.\\h'\u2019]\\d{3})+|\\d+)(,\\d+)?"
              + "\\h*(?:\\p{Sc}|[A-Z]{3})?");

  private static final CharMatcher DIGITS = CharMatcher.inRange('0', '9');

  private Numbers() {}

  /**
   * A number that is written with a decimal comma, such as 1.299,00 €, as it is written with a
   * point and nothing else; any other text as it is.
   */
  static String withPoint(String text) {
    Matcher m = WITH_COMMA.matcher(text.strip());
    if (!m.matches()) {
      return text;
    }
    String decimals = m.group(3) == null ? "" : "." + m.group(3).substring(1);
    return m.group(1) + DIGITS.retainFrom(m.group(2)) + decimals;
  }

  /** The number, infinite when too large for a double; empty when the text is none. */
  static OptionalDouble parse(String text) {
    boolean digits = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits = true;
      } else if (c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return OptionalDouble.empty();
      }
    }
    if (!digits) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      // Right characters, wrong order, such as 1-2.
      return OptionalDouble.empty();
    }
  }

  /** Whether a text stands for a number that is not there. */
  static boolean missing(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "", "na", "n/a", "nan", "null", "none", "-", "?" -> true;
      default -> false;
    };
  }

  /**
   * A whole number without its decimal part of zeros: 17850.0 becomes 17850. Empty text if none.
   */
  static String integer(String text) {
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    String rest = point < 0 ? "" : text.substring(point + 1);
    boolean negative = whole.startsWith("-");
    String digits = negative ? whole.substring(1) : whole;
    return !digits.isEmpty()
            && digits.chars().allMatch(c -> c >= '0' && c <= '9')
            && rest.chars().allMatch(c -> c == '0')
        ? whole
        : "";
  }
}
