// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Reason;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Item;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What a request lets a text say, by slot, as people read it: names by {@link DisplayName}, prices
 * as the reader's locale writes them. A slot is there only when there is something to say. The
 * {@linkplain ContentRequest#facts() facts} of the request are slots too, but never take the place
 * of one of these. Immutable.
 */
public final class SlotValues {

  /** The user's name. */
  public static final String NAME = "name";

  /** The main item's title. */
  public static final String ITEM = "item";

  /**
   * The main item's price; not there when it is 0, which is how catalogues say that it has none.
   */
  public static final String PRICE = "price";

  /** What the main item cost before, when that is more than it costs now. */
  public static final String OLD_PRICE = "oldPrice";

  /** Whole percents off the old price, digits only. */
  public static final String DISCOUNT = "discount";

  /** The title of the user's own item that weighs most among the reasons. */
  public static final String BECAUSE = "because";

  /**
   * The user's foremost interest that reads as a word and has to do with the main item: a word of
   * its title, tags, category or brand, or one of the reasons. Texts join the two, so an interest
   * of another kind would make them false. Where the titles tell, it is the {@linkplain
   * TitlePhrases phrase} that the word is part of.
   */
  public static final String TAG = "tag";

  /** The title of another item of the request. */
  public static final String SECOND = "second";

  /** The category of the main item. */
  public static final String CATEGORY = "category";

  /** The brand of the main item. */
  public static final String BRAND = "brand";

  /** How many items there are, when more than one. */
  public static final String COUNT = "count";

  /** Every slot that a request itself can fill. */
  public static final List<String> KNOWN =
      List.of(NAME, ITEM, PRICE, OLD_PRICE, DISCOUNT, BECAUSE, TAG, SECOND, CATEGORY, BRAND, COUNT);

  private static final Pattern NOTHING = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}\\s]*");
  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");

  private final Map<String, String> values;
  private final Optional<Reason.OwnItem> because;
  private final Optional<Item> second;

  private SlotValues(ContentRequest request) {
    Map<String, String> found = new LinkedHashMap<>();
    Item item = request.mainItem().item();
    String name = DisplayName.of(item.title());
    request.user().name().ifPresent(n -> put(found, NAME, SPACES.matcher(n).replaceAll(" ")));
    if (item.hasTitle()) {
      put(found, ITEM, name);
    }
    putPrices(found, request);
    tag(request).ifPresent(tag -> put(found, TAG, tag));
    this.second =
        request.items().stream()
            .skip(1)
            .map(PushItem::item)
            .filter(other -> isOther(other, name))
            .findFirst();
    second.ifPresent(other -> put(found, SECOND, DisplayName.of(other.title())));
    attribute(item, Item.CATEGORY).ifPresent(category -> put(found, CATEGORY, category));
    attribute(item, Item.BRAND).ifPresent(brand -> put(found, BRAND, brand));
    if (request.items().size() > 1) {
      found.put(COUNT, Integer.toString(request.items().size()));
    }
    this.because = because(request, name);
    because
        .flatMap(own -> request.item(own.itemId()))
        .ifPresent(own -> put(found, BECAUSE, DisplayName.of(own.title())));
    request.facts().forEach((slot, value) -> put(found, slot, value));
    this.values = Collections.unmodifiableMap(found);
  }

  /**
   * The values of a request.
   *
   * @param request what is asked for
   * @return what it lets a text say
   */
  public static SlotValues of(ContentRequest request) {
    return new SlotValues(request);
  }

  /**
   * The value of a slot.
   *
   * @param slot its name
   * @return the value, not blank, or empty when there is nothing to say
   */
  public Optional<String> get(String slot) {
    return Optional.ofNullable(values.get(slot));
  }

  /**
   * All values.
   *
   * @return an unmodifiable map from slot to value
   */
  public Map<String, String> asMap() {
    return values;
  }

  /**
   * The reason that {@value #BECAUSE} comes from.
   *
   * @return the user's own item that weighs most, and what the user did with it; or empty
   */
  public Optional<Reason.OwnItem> because() {
    return because;
  }

  /**
   * The item that {@value #SECOND} comes from.
   *
   * @return another item of the request, with another title than the main one; or empty
   */
  public Optional<Item> second() {
    return second;
  }

  private static void put(Map<String, String> values, String slot, String value) {
    if (!NOTHING.matcher(value).matches()) {
      values.putIfAbsent(slot, value.strip());
    }
  }

  private static void putPrices(Map<String, String> values, ContentRequest request) {
    OptionalDouble price = request.mainItem().item().price();
    OptionalDouble old = request.oldPrice();
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
    ItemWords words = ItemWords.of(request.mainItem());
    return request.profile().tags().stream()
        .filter(tag -> tag.weight() > 0 && words.have(tag.name()))
        .map(UserProfile.Tag::name)
        .filter(
            tag ->
                tag.codePoints().anyMatch(Character::isIdeographic)
                    || tag.codePoints().filter(Character::isLetter).count() >= 3)
        .findFirst()
        .map(
            tag ->
                TitlePhrases.around(tag, request.mainItem().item(), request.knownItems())
                    .orElseGet(() -> DisplayName.ofTag(tag)));
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
}
