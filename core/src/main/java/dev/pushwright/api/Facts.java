// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.Item;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request states, to hold a text against: every number, and the names of the items. */
final class Facts {

  // "五折" is half price, "三元" three yuan, "百分之十" ten percent: numbers without a digit.
  private static final Pattern CHINESE =
      Pattern.compile("百分之[〇零一二两三四五六七八九十百]+|[〇零一二两三四五六七八九十百千万半]+[折元]");

  // The same in English, where a price or a discount could hide from those who look for digits.
  private static final String NUMBER =
      "(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty"
          + "|sixty|seventy|eighty|ninety|a hundred|one hundred)";

  private static final Pattern ENGLISH =
      Pattern.compile(
          "\\bhalf[- ](?:the )?price\\b|\\bhalf off\\b|\\bbuy (?:one|two|\\d),? get"
              + " (?:one|two|\\d)\\b|\\b"
              + NUMBER
              + " for (?:the price of )?(?:one|two|three)\\b|\\b"
              + NUMBER
              + "(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))? ?(?:percent|per"
              + " cent|pounds?|dollars?|euros?|quid|bucks?)\\b");

  private final ContentRequest request;
  private final List<PushItem> named;
  private final Set<String> symbols;
  private final StringBuilder texts = new StringBuilder();
  private final Set<BigDecimal> numbers = new HashSet<>();
  private final Set<BigDecimal> prices = new HashSet<>();
  private final Set<BigDecimal> percents = new HashSet<>();
  private final Set<Figure> asWritten = new HashSet<>();
  private boolean textsRead;

  private Facts(ContentRequest request, List<PushItem> named) {
    this.request = request;
    this.named = named;
    Locale locale = request.locale();
    this.symbols = request.currency().map(c -> Figure.symbols(c, locale)).orElse(Set.<String>of());
    // Where no item is named, that is what is wrong: not the price beside it.
    List<PushItem> spoken = named.isEmpty() ? request.items() : named;
    spoken.forEach(pushed -> pushed.item().price().ifPresent(this::addPrice));
    if (spoken.contains(request.mainItem())) {
      request.oldPrice().ifPresent(this::addPrice);
    }
    request
        .discountPercent()
        .ifPresent(
            percent -> {
              percents.add(strip(BigDecimal.valueOf(percent)));
              numbers.add(strip(BigDecimal.valueOf(percent)));
            });
    numbers.add(strip(BigDecimal.valueOf(request.items().size())));
    // Whoever states a fact may have it written in any way: as a price, as a percentage.
    request
        .facts()
        .values()
        .forEach(
            value -> {
              addText(value);
              for (Figure figure : Figure.in(value, locale, symbols)) {
                prices.add(figure.value());
                percents.add(figure.value());
              }
            });
  }

  static Verdict check(ContentRequest request, String title, String body) {
    List<PushItem> named = ItemNames.in(request, title, body);
    String wrong = new Facts(request, named).firstWrong(title, body);
    return new Verdict("facts", wrong.isEmpty(), wrong);
  }

  private String firstWrong(String title, String body) {
    for (String text : List.of(title, body)) {
      for (Figure figure : Figure.in(text, request.locale(), symbols)) {
        String wrong = wrong(figure);
        if (!wrong.isEmpty()) {
          return wrong;
        }
      }
      String word = numberInWords(text);
      if (!word.isEmpty()) {
        return "the number " + word + " is not one that the request states";
      }
    }
    if (named.isEmpty()) {
      return "none of the items is named; the main one is \""
          + Graphemes.cut(request.mainItem().item().title(), 60)
          + "\"";
    }
    return PriceRoles.firstWrong(request, named, symbols, title, body);
  }

  // Most texts state prices only: the words of the request are read when a number asks for it.
  private void readTexts() {
    if (!textsRead) {
      textsRead = true;
      request.knownItems().forEach(this::addItem);
      request.user().name().ifPresent(this::addText);
      request.profile().tags().forEach(tag -> addText(tag.name()));
      request.profile().segment().ifPresent(this::addText);
      request.items().forEach(pushed -> pushed.reasons().forEach(this::addReason));
    }
  }

  private boolean isPlainlyStated(Figure figure) {
    if (figure.isPercent()) {
      return percents.contains(figure.value());
    }
    return figure.isMoney()
        ? prices.contains(figure.value()) && symbols.contains(figure.sign())
        : numbers.contains(figure.value());
  }

  private String wrong(Figure figure) {
    if (isPlainlyStated(figure)) {
      return "";
    }
    readTexts();
    if (asWritten.contains(new Figure("", figure.value(), figure.sign()))) {
      return "";
    }
    if (figure.isPercent()) {
      return percents.contains(figure.value())
          ? ""
          : "the number " + figure.text() + "% is not one that the request states";
    }
    if (!figure.isMoney()) {
      return numbers.contains(figure.value())
          ? ""
          : "the number " + figure.text() + " is not one that the request states";
    }
    if (!prices.contains(figure.value())) {
      return "the number " + figure.text() + " (" + figure.sign() + ") is no price of an item";
    }
    return symbols.contains(figure.sign())
        ? ""
        : "the number "
            + figure.text()
            + " has the currency "
            + figure.sign()
            + "; the request's is "
            + request.currency().map(Currency::getCurrencyCode).orElse("not given");
  }

  private void addPrice(double price) {
    int digits = request.currency().map(Currency::getDefaultFractionDigits).orElse(2);
    BigDecimal exact = BigDecimal.valueOf(price);
    BigDecimal shown = exact.setScale(Math.max(0, digits), RoundingMode.HALF_UP);
    for (BigDecimal value : List.of(strip(exact), strip(shown))) {
      prices.add(value);
      numbers.add(value);
    }
  }

  private void addItem(Item item) {
    addText(item.id());
    addText(item.title());
    item.attributes().values().forEach(this::addText);
    item.tags().forEach(this::addText);
  }

  private void addReason(Reason reason) {
    if (reason instanceof Reason.Interest interest) {
      addText(interest.tag());
    } else if (reason instanceof Reason.Popular popular) {
      addText(popular.segment());
    }
  }

  private void addText(String text) {
    texts.append(text).append('\n');
    for (Figure figure : Figure.in(text, request.locale(), symbols)) {
      numbers.add(figure.value());
      asWritten.add(new Figure("", figure.value(), figure.sign()));
    }
  }

  private static BigDecimal strip(BigDecimal value) {
    return value.stripTrailingZeros();
  }

  private String numberInWords(String text) {
    String folded = Folding.fold(text);
    for (Pattern pattern : List.of(CHINESE, ENGLISH)) {
      for (Matcher m = pattern.matcher(folded); m.find(); ) {
        readTexts();
        if (!Folding.fold(texts.toString()).contains(m.group())) {
          return m.group();
        }
      }
    }
    return "";
  }
}
