// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a text takes the price for the price and the old one for the old one. Both are numbers
 * that the request states, so that only the words beside them tell which is meant.
 */
final class PriceRoles {

  // Up to a sign and a space between the word and the number.
  private static final String GAP = "[ \\u00A0]?[\\p{Sc}A-Z]{0,4}[ \\u00A0]?";

  private static final Pattern OLD =
      Pattern.compile(
          "(?:\\b(?i:was|were|used to be|instead of|before|originally|formerly|previously|from|not)"
              + "(?i: only| just| at)?\\b|原价|原来|之前(?:可?是|卖|要)?|曾经?|从|不是)[：:是]?"
              + GAP
              + "(?=\\p{Nd})");

  private static final Pattern NOW =
      Pattern.compile(
          "(?:\\b(?i:now|only|just|today|down to|reduced to|dropped to)"
              + "(?i: only| just| at| for)?\\b|现价|现在|如今|现仅|只要|仅需|仅|降[到至]了?|到手价?)[：:是]?"
              + "(?:只要|仅需|仅|卖|为)?"
              + GAP
              + "(?=\\p{Nd})");

  private PriceRoles() {}

  /** What is wrong, or an empty text. */
  static String firstWrong(
      ContentRequest request,
      List<PushItem> named,
      Set<String> symbols,
      String title,
      String body) {
    OptionalDouble old = request.oldPrice();
    if (old.isEmpty()) {
      return "";
    }
    Set<BigDecimal> before = amounts(request, old.getAsDouble());
    Set<BigDecimal> now = new HashSet<>();
    named.forEach(pushed -> pushed.item().price().ifPresent(p -> now.addAll(amounts(request, p))));
    if (now.stream().anyMatch(before::contains)) {
      return "";
    }
    boolean statesNow = false;
    boolean statesBefore = false;
    for (String text : List.of(title, body)) {
      for (Figure figure : Figure.in(text, request.locale(), symbols)) {
        statesNow |= now.contains(figure.value());
        statesBefore |= before.contains(figure.value()) && !figure.isPercent();
      }
      for (BigDecimal value : after(OLD, text, request.locale(), symbols)) {
        if (now.contains(value)) {
          return "the price " + value.toPlainString() + " stands where the old price belongs";
        }
        // Said to be the old one, it may stand alone.
        statesNow |= before.contains(value);
      }
      for (BigDecimal value : after(NOW, text, request.locale(), symbols)) {
        if (before.contains(value)) {
          return "the old price " + value.toPlainString() + " stands where the price belongs";
        }
      }
    }
    return statesBefore && !statesNow
        ? "the old price stands alone, as if it were the price; state the price beside it"
        : "";
  }

  private static List<BigDecimal> after(
      Pattern cue, String text, Locale locale, Set<String> symbols) {
    return cue.matcher(text)
        .results()
        .map(found -> Figure.in(text.substring(found.end()), locale, symbols))
        .filter(figures -> !figures.isEmpty())
        .map(figures -> figures.get(0).value())
        .toList();
  }

  private static Set<BigDecimal> amounts(ContentRequest request, double price) {
    int digits = request.currency().map(Currency::getDefaultFractionDigits).orElse(2);
    BigDecimal exact = BigDecimal.valueOf(price);
    BigDecimal shown = exact.setScale(Math.max(0, digits), RoundingMode.HALF_UP);
    return Set.copyOf(List.of(exact.stripTrailingZeros(), shown.stripTrailingZeros()));
  }
}
