// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number as it stands in a text: plain, with a percent sign, or with a currency.
 *
 * @param text how it is written
 * @param value what it is, without trailing zeros, so that equal values are equal
 * @param sign {@code ""}, {@code "%"}, or the currency's symbol
 */
record Figure(String text, BigDecimal value, String sign) {

  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}++(?:[.,'’٫٬]\\p{Nd}++)*+");
  private static final Pattern DIGITS = Pattern.compile("\\p{Nd}++");
  private static final Pattern NO_BREAK_GROUPING =
      Pattern.compile("[\\u00A0\\u202F\\u2009](?<=\\p{Nd}.)(?=\\p{Nd}{3}(?!\\p{Nd}))");
  private static final Pattern SYMBOL = Pattern.compile("\\p{Sc}");
  private static final String SUFFIXES = "元円圆";

  static final String PERCENT = "%";

  boolean isPercent() {
    return sign.equals(PERCENT);
  }

  boolean isMoney() {
    return !sign.isEmpty() && !isPercent();
  }

  /**
   * The numbers of a text.
   *
   * @param locale how it writes decimals and thousands
   * @param symbols what counts as a currency besides the currency signs of Unicode
   */
  static List<Figure> in(String text, Locale locale, Set<String> symbols) {
    // NFKC turns full-width digits and signs into the usual ones, but no-break spaces into spaces.
    String plain =
        Normalizer.normalize(NO_BREAK_GROUPING.matcher(text).replaceAll("’"), Normalizer.Form.NFKC);
    List<Figure> figures = new ArrayList<>();
    for (Matcher m = NUMBER.matcher(plain); m.find(); ) {
      String sign = sign(plain, m.start(), m.end(), symbols);
      Optional<BigDecimal> whole = read(m.group(), locale);
      if (whole.isPresent()) {
        figures.add(new Figure(m.group(), whole.get(), sign));
      } else {
        // A date, a version, a list: each part is a number of its own.
        for (Matcher part = DIGITS.matcher(m.group()); part.find(); ) {
          figures.add(new Figure(m.group(), decimal(part.group()), sign));
        }
      }
    }
    return figures;
  }

  /** How a currency may be written in texts of a locale. */
  static Set<String> symbols(Currency currency, Locale locale) {
    Set<String> symbols = new LinkedHashSet<>();
    symbols.add(currency.getCurrencyCode());
    for (Locale in : List.of(locale, Locale.ENGLISH)) {
      String symbol = Normalizer.normalize(currency.getSymbol(in), Normalizer.Form.NFKC);
      symbols.add(symbol);
      // "CN¥" is written "¥" at home.
      for (Matcher m = SYMBOL.matcher(symbol); m.find(); ) {
        symbols.add(m.group());
      }
    }
    switch (currency.getCurrencyCode()) {
      case "CNY" -> symbols.addAll(List.of("元", "圆"));
      case "JPY" -> symbols.add("円");
      default -> {}
    }
    return symbols;
  }

  private static String sign(String text, int start, int end, Set<String> symbols) {
    int before = skipSpaceBack(text, start);
    int after = end < text.length() && isSpace(text.charAt(end)) ? end + 1 : end;
    Optional<String> leading = symbolBefore(text, before, symbols);
    // In "5 € 2 notes" the sign belongs to the 5.
    if (leading.isPresent()
        && (before == start
            || !digitBefore(text, skipSpaceBack(text, before - leading.get().length())))) {
      return leading.get();
    }
    boolean percentAfter = after < text.length() && "%٪‰".indexOf(text.charAt(after)) >= 0;
    boolean percentBefore =
        start > 0 && text.charAt(start - 1) == '%' && !digitBefore(text, start - 1);
    if (percentAfter || percentBefore) {
      return PERCENT;
    }
    return symbolAfter(text, after, symbols).orElse("");
  }

  private static Optional<String> symbolBefore(String text, int end, Set<String> symbols) {
    for (String symbol : symbols) {
      if (SUFFIXES.contains(symbol)) {
        continue;
      }
      int start = end - symbol.length();
      if (text.regionMatches(start, symbol, 0, symbol.length())
          && Folding.isWordEdge(text, start)) {
        return Optional.of(symbol);
      }
    }
    return end > 0 ? currencySign(text.codePointBefore(end)) : Optional.empty();
  }

  private static Optional<String> symbolAfter(String text, int start, Set<String> symbols) {
    if (start >= text.length()) {
      return Optional.empty();
    }
    Optional<String> found = currencySign(text.codePointAt(start));
    if (found.isEmpty() && SUFFIXES.indexOf(text.charAt(start)) >= 0) {
      found = Optional.of(text.substring(start, start + 1));
    }
    if (found.isEmpty()) {
      found =
          symbols.stream()
              .filter(s -> text.startsWith(s, start))
              .filter(s -> Folding.isWordEdge(text, start + s.length()))
              .findFirst();
    }
    // In "2 £5 notes" the sign belongs to the 5.
    return found.filter(
        s -> {
          int next = start + s.length();
          return !(next < text.length() && Character.isDigit(text.codePointAt(next)));
        });
  }

  private static Optional<String> currencySign(int c) {
    return Character.getType(c) == Character.CURRENCY_SYMBOL
        ? Optional.of(Character.toString(c))
        : Optional.empty();
  }

  private static boolean digitBefore(String text, int at) {
    return at > 0 && Character.isDigit(text.codePointBefore(at));
  }

  private static int skipSpaceBack(String text, int at) {
    return at > 0 && isSpace(text.charAt(at - 1)) ? at - 1 : at;
  }

  private static boolean isSpace(char c) {
    return c == ' ';
  }

  /**
   * Reads a number as the locale writes it; one that it would not write so, such as 12.99 in
   * German, as the rest of the world would.
   */
  private static Optional<BigDecimal> read(String number, Locale locale) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
    char decimal = symbols.getDecimalSeparator();
    char grouping = symbols.getGroupingSeparator();
    return read(number, decimal, grouping)
        .or(() -> read(number, '.', ','))
        .or(() -> read(number, ',', '.'));
  }

  private static Optional<BigDecimal> read(String number, char decimal, char grouping) {
    int point = number.lastIndexOf(decimal);
    String whole = point < 0 ? number : number.substring(0, point);
    String fraction = point < 0 ? "" : number.substring(point + 1);
    String groups = whole.replace(grouping, '\'').replace('’', '\'');
    if (!isGrouped(groups.split("'", -1)) || !fraction.codePoints().allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    String digits = groups.replace("'", "");
    return Optional.of(decimal(fraction.isEmpty() ? digits : digits + "." + fraction));
  }

  // One group of any length, or groups of three; Indian ones may have two digits before the last.
  private static boolean isGrouped(String[] groups) {
    for (int g = 0; g < groups.length; g++) {
      int digits = groups[g].codePointCount(0, groups[g].length());
      boolean fits =
          groups.length == 1
              || (g == groups.length - 1 ? digits == 3 : digits <= 3 && digits >= (g == 0 ? 1 : 2));
      if (digits == 0 || !fits || !groups[g].codePoints().allMatch(Character::isDigit)) {
        return false;
      }
    }
    return true;
  }

  private static BigDecimal decimal(String digits) {
    StringBuilder ascii = new StringBuilder();
    digits
        .codePoints()
        .forEach(
            c -> {
              if (c == '.') {
                ascii.append('.');
              } else {
                ascii.append(Character.digit(c, 10));
              }
            });
    return new BigDecimal(ascii.toString()).stripTrailingZeros();
  }
}
