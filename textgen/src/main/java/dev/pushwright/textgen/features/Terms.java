// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.data.Item;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The terms that an item is described by: its tags, category and brand as they are, and the words
 * of all of them and of the title. Where words are not separated, as in Chinese, each pair of
 * neighbouring characters is a term.
 */
final class Terms {

  /** Before terms that are pieces of words, and not to be shown to anybody. */
  private static final char PIECE = '\u0001';

  // What says more than a word of a title.
  private static final float WHOLE = 2;

  private static final int SHORTEST_SHOWN = 3;

  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\p{Cc}\\s]+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
  private static final Set<String> FUNCTION_WORDS =
      Set.of(
          "and", "the", "with", "for", "from", "set", "of", "in", "on", "a", "an", "to", "by", "or",
          "at", "no", "your", "its", "per", "pcs", "pack");

  // What many titles have and nobody would call an interest.
  private static final Set<String> NOT_SHOWN =
      Set.of(
          "assorted",
          "design",
          "designs",
          "item",
          "items",
          "large",
          "medium",
          "mini",
          "new",
          "pair",
          "piece",
          "pieces",
          "size",
          "small",
          "style");

  private Terms() {}

  /** The terms of an item, in its order, and how often each stands there. */
  static Map<String, Float> of(Item item) {
    Map<String, Float> terms = new LinkedHashMap<>();
    if (item.hasTitle()) {
      addWords(item.title(), terms);
    }
    item.tags().stream().sorted().forEach(tag -> addWhole(tag, terms));
    for (String name : List.of(Item.CATEGORY, Item.BRAND)) {
      String value = item.attributes().get(name);
      if (value != null) {
        addWhole(value, terms);
      }
    }
    return terms;
  }

  /** The terms of a tag of a profile: the whole of it first, then its words. */
  static List<String> ofTag(String tag) {
    Map<String, Float> terms = new LinkedHashMap<>();
    addWhole(tag, terms);
    return new ArrayList<>(terms.keySet());
  }

  private static void addWhole(String value, Map<String, Float> terms) {
    String whole = fold(value);
    if (!whole.isEmpty()) {
      terms.merge(whole, WHOLE, Float::sum);
    }
    Map<String, Float> words = new LinkedHashMap<>();
    addWords(value, words);
    words.forEach(
        (word, count) -> {
          if (!word.equals(whole)) {
            terms.merge(word, count, Float::sum);
          }
        });
  }

  private static void addWords(String text, Map<String, Float> terms) {
    var words = WORD.matcher(fold(text));
    while (words.find()) {
      String word = words.group();
      if (word.codePoints().anyMatch(Character::isIdeographic)) {
        addPieces(word, terms);
      } else if (word.codePointCount(0, word.length()) > 1 && !FUNCTION_WORDS.contains(word)) {
        terms.merge(word, 1f, Float::sum);
      }
    }
  }

  private static void addPieces(String word, Map<String, Float> terms) {
    int[] characters = word.codePoints().toArray();
    for (int c = 0; c + 1 < characters.length; c++) {
      terms.merge(PIECE + new String(characters, c, 2), 1f, Float::sum);
    }
    if (characters.length == 1) {
      terms.merge(PIECE + word, 1f, Float::sum);
    }
  }

  /** Whether a term reads as a tag: no piece of a word, not "24", not "cm". */
  static boolean isShown(String term) {
    return term.charAt(0) != PIECE
        && !NOT_SHOWN.contains(term)
        && term.codePoints().noneMatch(Character::isDigit)
        && (term.codePoints().anyMatch(Character::isIdeographic)
            || term.codePoints().filter(Character::isLetter).count() >= SHORTEST_SHOWN);
  }

  private static String fold(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    return SPACES.matcher(plain).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }
}
