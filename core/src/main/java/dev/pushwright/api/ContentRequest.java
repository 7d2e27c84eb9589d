// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a {@link ContentModel} is asked to write. Immutable. */
public final class ContentRequest {

  private final UserProfile profile;
  private final User user;
  private final List<PushItem> items;
  private final Map<String, Item> mentioned;
  private final Channel channel;
  private final Locale locale;
  private final Tone tone;
  private final Occasion occasion;
  private final long seed;
  private final OptionalDouble oldPrice;
  private final @Nullable Currency currency;
  private final Map<String, String> facts;
  private final List<Message> recent;

  private ContentRequest(Builder b) {
    this.profile = b.profile;
    this.user = b.user == null ? User.of(b.profile.userId()) : b.user;
    this.items = b.items;
    this.mentioned = Collections.unmodifiableMap(new LinkedHashMap<>(b.mentioned));
    this.channel = b.channel;
    this.locale = b.locale;
    this.tone = b.tone;
    this.occasion = b.occasion;
    this.seed = b.seed;
    this.oldPrice = b.oldPrice;
    this.currency = b.currency;
    this.facts = Collections.unmodifiableMap(new LinkedHashMap<>(b.facts));
    this.recent = b.recent;
  }

  /**
   * Starts a request.
   *
   * @param profile to whom
   * @param items about what, the main item first; at least one
   * @return a builder for a recommendation in English on Android
   */
  public static Builder builder(UserProfile profile, List<PushItem> items) {
    return new Builder(profile, items);
  }

  /**
   * To whom, as far as behaviour tells.
   *
   * @return the profile
   */
  public UserProfile profile() {
    return profile;
  }

  /**
   * To whom, as far as the records tell.
   *
   * @return the user
   */
  public User user() {
    return user;
  }

  /**
   * About what.
   *
   * @return the items, the main one first, at least one
   */
  public List<PushItem> items() {
    return items;
  }

  /**
   * The main item.
   *
   * @return the first of {@link #items()}
   */
  public PushItem mainItem() {
    return items.get(0);
  }

  /**
   * An item that the request knows: one to write about, or one that a reason names.
   *
   * @param itemId its id
   * @return the item, or empty
   */
  public Optional<Item> item(String itemId) {
    return Optional.ofNullable(mentioned.get(itemId));
  }

  /**
   * Every item that the request knows.
   *
   * @return those to write about and those that reasons name
   */
  public Collection<Item> knownItems() {
    return mentioned.values();
  }

  /**
   * Where the text will be shown.
   *
   * @return the channel
   */
  public Channel channel() {
    return channel;
  }

  /**
   * In which language.
   *
   * @return the locale
   */
  public Locale locale() {
    return locale;
  }

  /**
   * How the text shall speak.
   *
   * @return the tone
   */
  public Tone tone() {
    return tone;
  }

  /**
   * Why it is sent.
   *
   * @return the occasion
   */
  public Occasion occasion() {
    return occasion;
  }

  /**
   * Chooses among texts that would all do: the same seed, the same text.
   *
   * @return the seed
   */
  public long seed() {
    return seed;
  }

  /**
   * What the main item cost before.
   *
   * @return the price, or empty
   */
  public OptionalDouble oldPrice() {
    return oldPrice;
  }

  /**
   * How much less the main item costs than before.
   *
   * @return whole percents of the old price, rounded down so that a text never promises too much;
   *     empty when a price is not known or the difference is less than one percent
   */
  public OptionalInt discountPercent() {
    OptionalDouble price = mainItem().item().price();
    if (oldPrice.isEmpty() || price.isEmpty()) {
      return OptionalInt.empty();
    }
    BigDecimal before = BigDecimal.valueOf(oldPrice.getAsDouble());
    int percent =
        before
            .subtract(BigDecimal.valueOf(price.getAsDouble()))
            .movePointRight(2)
            .divide(before, 0, RoundingMode.FLOOR)
            .intValue();
    return percent < 1 ? OptionalInt.empty() : OptionalInt.of(percent);
  }

  /**
   * The currency of all prices.
   *
   * @return the currency, or empty when prices are not to be shown with one
   */
  public Optional<Currency> currency() {
    return Optional.ofNullable(currency);
  }

  /**
   * More facts the text may state, by slot name: what the items themselves don't say, such as a
   * coupon code.
   *
   * @return an unmodifiable map
   */
  public Map<String, String> facts() {
    return facts;
  }

  /**
   * What the user was sent last, which the text should not repeat.
   *
   * @return the messages, the latest first; empty where nothing was sent or it is not known
   */
  public List<Message> recent() {
    return recent;
  }

  /** Builds a {@link ContentRequest}. */
  public static final class Builder {
    private final UserProfile profile;
    private final List<PushItem> items;
    private final Map<String, Item> mentioned = new LinkedHashMap<>();
    private @Nullable User user;
    private Channel channel = Channel.ANDROID;
    private Locale locale = Locale.ENGLISH;
    private Tone tone = Tone.NEUTRAL;
    private Occasion occasion = Occasion.RECOMMENDATION;
    private long seed;
    private OptionalDouble oldPrice = OptionalDouble.empty();
    private @Nullable Currency currency;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private List<Message> recent = List.of();

    private Builder(UserProfile profile, List<PushItem> items) {
      this.profile = Objects.requireNonNull(profile, "profile");
      this.items = List.copyOf(items);
      if (this.items.isEmpty()) {
        throw new IllegalArgumentException("there is no item to write about");
      }
      this.items.forEach(pushed -> mentioned.put(pushed.item().id(), pushed.item()));
    }

    /**
     * Sets the user's record.
     *
     * @param user the user
     * @return this
     */
    public Builder user(User user) {
      this.user = user;
      return this;
    }

    /**
     * Makes items known that the reasons name.
     *
     * @param items the items
     * @return this
     */
    public Builder mention(Collection<Item> items) {
      items.forEach(item -> mentioned.putIfAbsent(item.id(), item));
      return this;
    }

    /**
     * Sets the channel; Android where it is not set.
     *
     * @param channel the channel
     * @return this
     */
    public Builder channel(Channel channel) {
      this.channel = Objects.requireNonNull(channel, "channel");
      return this;
    }

    /**
     * Sets the language; English where it is not set.
     *
     * @param locale the locale
     * @return this
     */
    public Builder locale(Locale locale) {
      this.locale = Objects.requireNonNull(locale, "locale");
      return this;
    }

    /**
     * Sets the tone; neutral where it is not set.
     *
     * @param tone the tone
     * @return this
     */
    public Builder tone(Tone tone) {
      this.tone = Objects.requireNonNull(tone, "tone");
      return this;
    }

    /**
     * Sets the occasion; a recommendation where it is not set.
     *
     * @param occasion the occasion
     * @return this
     */
    public Builder occasion(Occasion occasion) {
      this.occasion = Objects.requireNonNull(occasion, "occasion");
      return this;
    }

    /**
     * Sets the seed; 0 where it is not set.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Sets what the main item cost before.
     *
     * @param oldPrice a finite number above 0
     * @return this
     */
    public Builder oldPrice(double oldPrice) {
      if (!(oldPrice > 0 && Double.isFinite(oldPrice))) {
        throw new IllegalArgumentException(
            "old price is " + oldPrice + "; a finite number above 0 is needed");
      }
      this.oldPrice = OptionalDouble.of(oldPrice);
      return this;
    }

    /**
     * Sets the currency of all prices.
     *
     * @param currency the currency
     * @return this
     */
    public Builder currency(Currency currency) {
      this.currency = Objects.requireNonNull(currency, "currency");
      return this;
    }

    /**
     * Adds a fact the text may state.
     *
     * @param slot the name of the slot
     * @param value its value; blank counts as missing
     * @return this
     */
    public Builder fact(String slot, String value) {
      if (value.isBlank()) {
        facts.remove(slot);
      } else {
        facts.put(slot, value.strip());
      }
      return this;
    }

    /**
     * Sets what the user was sent last; nothing where it is not set.
     *
     * @param messages the messages, the latest first
     * @return this
     */
    public Builder recent(List<Message> messages) {
      this.recent = List.copyOf(messages);
      return this;
    }

    /**
     * The request.
     *
     * @return an immutable request
     */
    public ContentRequest build() {
      return new ContentRequest(this);
    }
  }
}
