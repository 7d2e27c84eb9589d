// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Graphemes;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Reason;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Item;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values that a request gives to the slots of a pack. Immutable. */
final class Slots {

  static final String NAME = "name";
  static final String ITEM = "item";
  static final String PRICE = "price";
  static final String OLD_PRICE = "oldPrice";
  static final String DISCOUNT = "discount";
  static final String BECAUSE = "because";
  static final String DID = "did";
  static final String TAG = "tag";
  static final String SECOND = "second";
  static final String CATEGORY = "category";
  static final String BRAND = "brand";
  static final String COUNT = "count";

  /** Every slot that a request itself can fill. */
  static final List<String> KNOWN =
      List.of(
          NAME, ITEM, PRICE, OLD_PRICE, DISCOUNT, BECAUSE, DID, TAG, SECOND, CATEGORY, BRAND,
          COUNT);

  /** The slots whose values are cut when a text gets too long. */
  private static final List<String> CUTTABLE = List.of(ITEM, BECAUSE, SECOND, TAG, CATEGORY, BRAND);

  /** No value is cut to fewer graphemes: less would not tell what it is. */
  private static final int SHORTEST = 16;

  private static final Pattern NOTHING = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}\\s]*");
  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");

  private final Map<String, String> values;
  private final @Nullable Text did;

  private final List<String> allItems;
  private final Optional<String> second;

  private Slots(
      Map<String, String> values,
      @Nullable Text did,
      List<String> allItems,
      Optional<String> second) {
    this.values = Collections.unmodifiableMap(values);
    this.did = did;
    this.allItems = allItems;
    this.second = second;
  }

  static Slots of(ContentRequest request, TemplatePack pack) {
    Map<String, String> values = new LinkedHashMap<>();
    Item item = request.mainItem().item();
    String name = DisplayName.of(item.title());
    request.user().name().ifPresent(n -> put(values, NAME, SPACES.matcher(n).replaceAll(" ")));
    if (item.hasTitle()) {
      put(values, ITEM, name);
    }
    putPrices(values, request);
    tag(request).ifPresent(tag -> put(values, TAG, tag));
    Optional<Item> second =
        request.items().stream()
            .skip(1)
            .map(PushItem::item)
            .filter(other -> isOther(other, name))
            .findFirst();
    second.ifPresent(other -> put(values, SECOND, DisplayName.of(other.title())));
    attribute(item, Item.CATEGORY).ifPresent(category -> put(values, CATEGORY, category));
    attribute(item, Item.BRAND).ifPresent(brand -> put(values, BRAND, brand));
    if (request.items().size() > 1) {
      values.put(COUNT, Integer.toString(request.items().size()));
    }
    Text did = null;
    Optional<Reason.OwnItem> because = because(request, name);
    if (because.isPresent()) {
      Item own = request.item(because.get().itemId()).orElseThrow();
      put(values, BECAUSE, DisplayName.of(own.title()));
      did = pack.did(because.get().type()).orElse(null);
    }
    request.facts().forEach((slot, value) -> put(values, slot, value));
    pack.defaults().forEach(values::putIfAbsent);
    return new Slots(
        values,
        did,
        request.items().stream().map(pushed -> pushed.item().id()).toList(),
        second.map(Item::id));
  }

  private static void put(Map<String, String> values, String slot, String value) {
    if (!NOTHING.matcher(value).matches()) {
      values.putIfAbsent(slot, value.strip());
    }
  }

  private static void putPrices(Map<String, String> values, ContentRequest request) {
    OptionalDouble price = request.mainItem().item().price();
    OptionalDouble old = request.oldPrice();
    // A price of 0 is how catalogues write that they have none.
    if (price.isEmpty() || price.getAsDouble() == 0) {
      return;
    }
    values.put(PRICE, money(request, price.getAsDouble()));
    if (old.isPresent() && old.getAsDouble() > price.getAsDouble()) {
      values.put(OLD_PRICE, money(request, old.getAsDouble()));
      request
          .discountPercent()
          .ifPresent(percent -> values.put(DISCOUNT, Integer.toString(percent)));
    }
  }

  // As the reader's locale writes it, whatever the language of the text.
  private static String money(ContentRequest request, double amount) {
    NumberFormat format =
        request
            .currency()
            .map(
                currency -> {
                  NumberFormat f = NumberFormat.getCurrencyInstance(request.locale());
                  f.setCurrency(currency);
                  return digits(f, Math.max(0, currency.getDefaultFractionDigits()));
                })
            .orElseGet(() -> digits(NumberFormat.getNumberInstance(request.locale()), 2));
    return format.format(BigDecimal.valueOf(amount));
  }

  private static NumberFormat digits(NumberFormat format, int digits) {
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format;
  }

  // The heaviest tag that reads as a word: not "24", not the "t" of "t-light".
  private static Optional<String> tag(ContentRequest request) {
    return request.profile().tags().stream()
        .filter(tag -> tag.weight() > 0)
        .map(tag -> DisplayName.of(tag.name()))
        .filter(
            tag ->
                tag.codePoints().anyMatch(Character::isIdeographic)
                    || tag.codePoints().filter(Character::isLetter).count() >= 3)
        .findFirst();
  }

  private static Optional<String> attribute(Item item, String name) {
    return Optional.ofNullable(item.attributes().get(name)).map(DisplayName::of);
  }

  private static Optional<Reason.OwnItem> because(ContentRequest request, String name) {
    return request.mainItem().reasons().stream()
        .filter(Reason.OwnItem.class::isInstance)
        .map(Reason.OwnItem.class::cast)
        .filter(own -> own.type() != EventType.DISMISS && own.type() != EventType.IMPRESSION)
        .filter(own -> request.item(own.itemId()).filter(i -> isOther(i, name)).isPresent())
        .max(
            Comparator.comparingDouble(Reason.OwnItem::share)
                .thenComparing(Reason.OwnItem::itemId, Comparator.reverseOrder()));
  }

  private static boolean isOther(Item item, String name) {
    return item.hasTitle() && !DisplayName.of(item.title()).equalsIgnoreCase(name);
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
    if (did != null && context.containsKey(BECAUSE)) {
      context.putIfAbsent(DID, did.render(context));
    }
    return context;
  }
}
