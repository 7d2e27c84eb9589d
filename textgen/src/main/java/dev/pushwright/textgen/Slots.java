// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Graphemes;
import dev.pushwright.data.Item;
import dev.pushwright.textgen.pipeline.Isolates;
import dev.pushwright.textgen.pipeline.SlotValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values that a request gives to the slots of a pack. Immutable. */
final class Slots {

  static final String NAME = SlotValues.NAME;
  static final String ITEM = SlotValues.ITEM;
  static final String BECAUSE = SlotValues.BECAUSE;
  static final String DID = "did";
  static final String TAG = SlotValues.TAG;
  static final String SECOND = SlotValues.SECOND;
  static final String CATEGORY = SlotValues.CATEGORY;
  static final String BRAND = SlotValues.BRAND;
  static final String COUNT = SlotValues.COUNT;

  /** Every slot that a request and a pack can fill. */
  static final List<String> KNOWN = known();

  /** The slots whose values are cut when a text gets too long. */
  private static final List<String> CUTTABLE = List.of(ITEM, BECAUSE, SECOND, TAG, CATEGORY, BRAND);

  /** No value is cut to fewer graphemes: less would not tell what it is. */
  private static final int SHORTEST = 16;

  private final Map<String, String> values;
  private final @Nullable Text did;
  private final Locale language;
  private final List<String> allItems;
  private final Optional<String> second;

  private Slots(
      Map<String, String> values,
      @Nullable Text did,
      Locale language,
      List<String> allItems,
      Optional<String> second) {
    this.values = Collections.unmodifiableMap(values);
    this.did = did;
    this.language = language;
    this.allItems = allItems;
    this.second = second;
  }

  private static List<String> known() {
    List<String> slots = new ArrayList<>(SlotValues.KNOWN);
    slots.add(slots.indexOf(BECAUSE) + 1, DID);
    return List.copyOf(slots);
  }

  static Slots of(ContentRequest request, TemplatePack pack) {
    SlotValues said = SlotValues.of(request);
    Map<String, String> values = new LinkedHashMap<>(said.asMap());
    pack.defaults().forEach(values::putIfAbsent);
    return new Slots(
        values,
        said.because().flatMap(own -> pack.did(own.type())).orElse(null),
        pack.language(),
        request.items().stream().map(pushed -> pushed.item().id()).toList(),
        said.second().map(Item::id));
  }

  boolean has(String slot) {
    return slot.equals(DID) ? canSayDid() : values.containsKey(slot);
  }

  private boolean canSayDid() {
    return values.containsKey(DID) || (did != null && values.containsKey(BECAUSE));
  }

  /** Those of the slots that have no value. */
  List<String> missing(Collection<String> slots) {
    return slots.stream().filter(slot -> !has(slot)).toList();
  }

  /** The items that a template of these slots speaks of. */
  List<String> itemIds(Collection<String> slots) {
    if (slots.contains(COUNT)) {
      return allItems;
    }
    String main = allItems.get(0);
    return slots.contains(SECOND)
        ? second.map(other -> List.of(main, other)).orElse(List.of(main))
        : List.of(main);
  }

  /**
   * Fills a text, cutting the longest values to one length where it would be too long otherwise.
   *
   * @param text a text none of whose slots is missing
   * @param max how many graphemes may come out; more do only when even cut values do not fit
   * @param maxBytes how many bytes of UTF-8, likewise
   */
  String fill(Text text, int max, int maxBytes) {
    String longest = text.render(context(max));
    if (fits(longest, max, maxBytes)) {
      return longest;
    }
    int good = SHORTEST;
    int bad = Math.max(max, SHORTEST + 1);
    while (bad - good > 1) {
      int middle = (good + bad) >>> 1;
      if (fits(text.render(context(middle)), max, maxBytes)) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    return text.render(context(good));
  }

  private static boolean fits(String text, int max, int maxBytes) {
    return bytes(text) <= maxBytes && Graphemes.count(text) <= max;
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private Map<String, String> context(int longest) {
    Map<String, String> context = new LinkedHashMap<>(values);
    for (String slot : CUTTABLE) {
      // No grapheme is shorter than a char: what has few of these need not be counted.
      context.computeIfPresent(
          slot, (s, value) -> value.length() <= longest ? value : Graphemes.cut(value, longest));
    }
    context.replaceAll((slot, value) -> Isolates.value(value, language));
    if (did != null && context.containsKey(BECAUSE)) {
      context.putIfAbsent(DID, did.render(context));
    }
    return context;
  }
}
