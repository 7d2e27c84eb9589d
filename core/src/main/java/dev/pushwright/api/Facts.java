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

  /** What is left of a name that was cut must have this many graphemes to still name the item. */
  private static final int SENSIBLE = 8;

  private static final int SENSIBLE_UNSPACED = 4;

  // "五折" is half price, "三元" three yuan, "百分之十" ten percent: numbers without a digit.
  private static final Pattern CHINESE =
      Pattern.compile("百分之[〇零一二两三四五六七八九十百]+|[〇零一二两三四五六七八九十百千万半]+[折元]");

  private static final String CUT = "...";

  private final ContentRequest request;
  private final Set<String> symbols;
  private final StringBuilder texts = new StringBuilder();
  private final Set<BigDecimal> numbers = new HashSet<>();
  private final Set<BigDecimal> prices = new HashSet<>();
  private final Set<BigDecimal> percents = new HashSet<>();
  private final Set<Figure> asWritten = new HashSet<>();

  private Facts(ContentRequest request) {
    this.request = request;
    Locale locale = request.locale();
    this.symbols = request.currency().map(c -> Figure.symbols(c, locale)).orElse(Set.<String>of());
    request.items().forEach(pushed -> pushed.item().price().ifPresent(this::addPrice));
    request.oldPrice().ifPresent(this::addPrice);
    request
        .discountPercent()
        .ifPresent(
            percent -> {
              percents.add(strip(BigDecimal.valueOf(percent)));
              numbers.add(strip(BigDecimal.valueOf(percent)));
            });
    numbers.add(strip(BigDecimal.valueOf(request.items().size())));
    request.knownItems().forEach(this::addItem);
    request.user().name().ifPresent(this::addText);
    request.profile().tags().forEach(tag -> addText(tag.name()));
    request.profile().segment().ifPresent(this::addText);
    request.items().forEach(pushed -> pushed.reasons().forEach(this::addReason));
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
    String wrong = new Facts(request).firstWrong(title, body);
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
      for (Matcher m = CHINESE.matcher(text); m.find(); ) {
        if (texts.indexOf(m.group()) < 0) {
          return "the number " + m.group() + " is not one that the request states";
        }
      }
    }
    String foldedTitle = Folding.fold(title);
    String foldedBody = Folding.fold(body);
    for (PushItem pushed : request.items()) {
      String name = withoutStop(Folding.fold(pushed.item().title()));
      if (isNamed(foldedTitle, name) || isNamed(foldedBody, name)) {
        return "";
      }
    }
    return "none of the items is named; the main one is \""
        + Graphemes.cut(request.mainItem().item().title(), 60)
        + "\"";
  }

  private String wrong(Figure figure) {
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

  // A sentence may take the stop that a catalogue put behind a title.
  private static String withoutStop(String name) {
    int end = name.length();
    while (end > 1 && " .,;:".indexOf(name.charAt(end - 1)) >= 0) {
      end--;
    }
    return name.substring(0, end);
  }

  private static boolean isNamed(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      if (Folding.isWordEdge(text, at) && Folding.isWordEdge(text, at + name.length())) {
        return true;
      }
    }
    int sensible = Folding.isUnspaced(name.codePointAt(0)) ? SENSIBLE_UNSPACED : SENSIBLE;
    int[] ends = Graphemes.ends(name, text.length());
    for (int cut = text.indexOf(CUT); cut >= 0; cut = text.indexOf(CUT, cut + 1)) {
      for (int g = ends.length - 1; g >= sensible - 1; g--) {
        int start = cut - ends[g];
        if (start >= 0
            && text.regionMatches(start, name, 0, ends[g])
            && Folding.isWordEdge(text, start)) {
          return true;
        }
      }
    }
    return false;
  }
}
