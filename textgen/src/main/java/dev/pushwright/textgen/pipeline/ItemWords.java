// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.PushItem;
import dev.pushwright.api.Reason;
import dev.pushwright.data.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words that describe an item, and the interests it is recommended for. Immutable. */
final class ItemWords {

  private static final Pattern GAP = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  // Analyzers cut off endings: "mug" is found in "mugs", "glass" in "glasses".
  private static final int ENDING = 2;

  private final List<String> phrases = new ArrayList<>();

  private ItemWords() {}

  static ItemWords of(PushItem pushed) {
    ItemWords words = new ItemWords();
    Item item = pushed.item();
    Stream.concat(
            Stream.of(
                item.title(),
                item.attributes().get(Item.CATEGORY),
                item.attributes().get(Item.BRAND)),
            Stream.concat(
                item.tags().stream(),
                pushed.reasons().stream()
                    .filter(Reason.Interest.class::isInstance)
                    .map(reason -> ((Reason.Interest) reason).tag())))
        .filter(Objects::nonNull)
        .map(ItemWords::phrase)
        .forEach(words.phrases::add);
    return words;
  }

  private static String phrase(String text) {
    return " " + GAP.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip() + " ";
  }

  /** Whether a tag stands among the words, its last word perhaps with an ending. */
  boolean have(String tag) {
    String wanted = phrase(tag).stripTrailing();
    if (wanted.isEmpty()) {
      return false;
    }
    if (wanted.codePoints().anyMatch(Character::isIdeographic)) {
      String within = wanted.strip();
      return phrases.stream().anyMatch(phrase -> phrase.contains(within));
    }
    return phrases.stream().anyMatch(phrase -> has(phrase, wanted));
  }

  private static boolean has(String phrase, String wanted) {
    for (int at = phrase.indexOf(wanted); at >= 0; at = phrase.indexOf(wanted, at + 1)) {
      int end = at + wanted.length();
      if (phrase.indexOf(' ', end) - end <= ENDING) {
        return true;
      }
    }
    return false;
  }
}
