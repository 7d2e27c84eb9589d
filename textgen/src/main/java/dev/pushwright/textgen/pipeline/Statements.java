// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Folding;
import dev.pushwright.api.ItemNames;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.EventType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code statements}: what a text says without a name or a number is so: that the item is back in
 * stock, costs less, lies in the cart, that the user bought something, that delivery is free. The
 * lists {@code statements-<language>.txt} have a condition before each phrase:
 *
 * <ul>
 *   <li>{@code back-in-stock}: the occasion
 *   <li>{@code price-drop}: the old price is above the price
 *   <li>{@code cart}: the occasion is a cart reminder, or a reason is that the user put something
 *       into the cart
 *   <li>{@code view}, {@code purchase} and other types of event: a reason is that the user did this
 *       with an item; a click is a view
 *   <li>{@code facts}: the request has facts of its own
 *   <li>{@code stated}: the phrase stands in a fact, or in an attribute, a tag or the title of an
 *       item
 * </ul>
 *
 * <p>The lists of the locale's language and of English hold; where there is none for the language,
 * all do.
 */
final class Statements implements Check {

  private record Phrase(String condition, String words, Pattern pattern) {}

  private static final String ENGLISH = "en";

  private static final Map<String, List<Phrase>> BY_LANGUAGE = new TreeMap<>();

  static {
    for (String language : List.of(ENGLISH, "zh")) {
      BY_LANGUAGE.put(language, read(language));
    }
  }

  @Override
  public List<Verdict> check(ContentRequest request, Candidate candidate) {
    String text =
        ItemNames.mask(candidate.title(), request.knownItems())
            + "\n"
            + ItemNames.mask(candidate.body(), request.knownItems());
    String language = request.locale().getLanguage();
    Collection<List<Phrase>> lists =
        BY_LANGUAGE.containsKey(language)
            ? Stream.of(language, ENGLISH).distinct().map(BY_LANGUAGE::get).toList()
            : BY_LANGUAGE.values();
    for (List<Phrase> phrases : lists) {
      for (Phrase phrase : phrases) {
        if (stands(phrase, text) && !holds(phrase, request)) {
          return List.of(
              new Verdict(
                  "statements",
                  false,
                  "\"" + phrase.words() + "\" is not so (" + phrase.condition() + ")"));
        }
      }
    }
    return List.of(new Verdict("statements", true, ""));
  }

  private static boolean stands(Phrase phrase, String text) {
    for (Matcher m = phrase.pattern().matcher(text); m.find(); ) {
      if (Folding.isWordEdge(text, m.start()) && Folding.isWordEdge(text, m.end())) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(Phrase phrase, ContentRequest request) {
    return switch (phrase.condition()) {
      case "back-in-stock" -> request.occasion() == Occasion.BACK_IN_STOCK;
      case "price-drop" -> dropped(request);
      case "cart" -> request.occasion() == Occasion.CART_REMINDER || did(request, EventType.CART);
      case "view" -> did(request, EventType.VIEW) || did(request, EventType.CLICK);
      case "facts" -> !request.facts().isEmpty();
      case "stated" -> stated(request).contains(Folding.fold(phrase.words()));
      default -> did(request, type(phrase.condition()));
    };
  }

  /** Whether the main item costs less than it did. */
  static boolean dropped(ContentRequest request) {
    return request.oldPrice().isPresent()
        && request.mainItem().item().price().isPresent()
        && request.oldPrice().getAsDouble() > request.mainItem().item().price().getAsDouble();
  }

  private static boolean did(ContentRequest request, EventType type) {
    return request.items().stream()
        .flatMap(pushed -> pushed.reasons().stream())
        .anyMatch(reason -> reason instanceof Reason.OwnItem own && own.type() == type);
  }

  private static String stated(ContentRequest request) {
    StringBuilder all = new StringBuilder();
    request.facts().values().forEach(fact -> all.append(fact).append('\n'));
    request
        .knownItems()
        .forEach(
            item -> {
              all.append(item.title()).append('\n');
              item.attributes().values().forEach(value -> all.append(value).append('\n'));
              item.tags().forEach(tag -> all.append(tag).append('\n'));
            });
    return Folding.fold(all.toString());
  }

  private static EventType type(String condition) {
    return EventType.valueOf(condition.toUpperCase(Locale.ROOT));
  }

  private static List<Phrase> read(String language) {
    String name = "statements-" + language + ".txt";
    try (InputStream in =
            Objects.requireNonNull(
                Statements.class.getResourceAsStream(name), name + " is missing from the jar");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<Phrase> phrases = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(':');
        if (!line.isBlank() && !line.startsWith("#")) {
          String words = line.substring(colon + 1).strip();
          phrases.add(new Phrase(line.substring(0, colon).strip(), words, pattern(words)));
        }
      }
      return List.copyOf(phrases);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pattern pattern(String words) {
    StringBuilder regex = new StringBuilder();
    for (char c : Folding.fold(words).toCharArray()) {
      regex.append(c == '-' || c == ' ' ? "[- ]" : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString());
  }
}
