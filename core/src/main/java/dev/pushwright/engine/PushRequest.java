// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import dev.pushwright.api.Channel;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.Rescorer;
import dev.pushwright.api.Tone;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A wish for a push. Immutable. */
public final class PushRequest {

  private final String userId;
  private final @Nullable Set<String> candidates;
  private final Set<String> exclude;
  private final boolean excludeSeen;
  private final List<String> items;
  private final int limit;
  private final @Nullable Rescorer rescorer;
  private final Channel channel;
  private final @Nullable Locale locale;
  private final Tone tone;
  private final Occasion occasion;
  private final OptionalDouble oldPrice;
  private final Map<String, String> facts;
  private final OptionalLong seed;
  private final @Nullable Instant at;

  private PushRequest(Builder b) {
    this.userId = b.userId;
    this.candidates = b.candidates;
    this.exclude = b.exclude;
    this.excludeSeen = b.excludeSeen;
    this.items = b.items;
    this.limit = b.limit;
    this.rescorer = b.rescorer;
    this.channel = b.channel;
    this.locale = b.locale;
    this.tone = b.tone;
    this.occasion = b.occasion;
    this.oldPrice = b.oldPrice;
    this.facts = Collections.unmodifiableMap(new LinkedHashMap<>(b.facts));
    this.seed = b.seed;
    this.at = b.at;
  }

  /**
   * Starts a request: a recommendation on Android, of up to 3 items, in the user's language.
   *
   * @param userId to whom
   * @return a builder
   */
  public static Builder to(String userId) {
    return new Builder(userId);
  }

  /**
   * To whom.
   *
   * @return the user's id
   */
  public String userId() {
    return userId;
  }

  /**
   * The only items that may be chosen.
   *
   * @return item ids, or empty when any item may
   */
  public Optional<Set<String>> candidates() {
    return Optional.ofNullable(candidates);
  }

  /**
   * Items that may not be chosen.
   *
   * @return item ids
   */
  public Set<String> exclude() {
    return exclude;
  }

  /**
   * Whether items the user has seen are left out.
   *
   * @return true unless switched off
   */
  public boolean excludeSeen() {
    return excludeSeen;
  }

  /**
   * The items to write about, where the caller has chosen them.
   *
   * @return item ids, empty when the recommender shall choose
   */
  public List<String> items() {
    return items;
  }

  /**
   * How many items at most.
   *
   * @return at least 1
   */
  public int limit() {
    return limit;
  }

  /**
   * A business rule that changes scores.
   *
   * @return the rule, or empty
   */
  public Optional<Rescorer> rescorer() {
    return Optional.ofNullable(rescorer);
  }

  /**
   * Where the push will be shown.
   *
   * @return the channel
   */
  public Channel channel() {
    return channel;
  }

  /**
   * In which language.
   *
   * @return the locale, or empty for the user's own
   */
  public Optional<Locale> locale() {
    return Optional.ofNullable(locale);
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
   * What the main item cost before.
   *
   * @return the price, or empty
   */
  public OptionalDouble oldPrice() {
    return oldPrice;
  }

  /**
   * More facts the text may state, by slot name.
   *
   * @return an unmodifiable map
   */
  public Map<String, String> facts() {
    return facts;
  }

  /**
   * Chooses among texts that would all do.
   *
   * @return the seed, or empty for one made of the engine's seed, the user and the last push
   */
  public OptionalLong seed() {
    return seed;
  }

  /**
   * When it is to be sent.
   *
   * @return the instant, or empty for now
   */
  public Optional<Instant> at() {
    return Optional.ofNullable(at);
  }

  /** Builds a {@link PushRequest}. */
  public static final class Builder {
    private final String userId;
    private @Nullable Set<String> candidates;
    private Set<String> exclude = Set.of();
    private boolean excludeSeen = true;
    private List<String> items = List.of();
    private int limit = 3;
    private @Nullable Rescorer rescorer;
    private Channel channel = Channel.ANDROID;
    private @Nullable Locale locale;
    private Tone tone = Tone.NEUTRAL;
    private Occasion occasion = Occasion.RECOMMENDATION;
    private OptionalDouble oldPrice = OptionalDouble.empty();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private OptionalLong seed = OptionalLong.empty();
    private @Nullable Instant at;

    private Builder(String userId) {
      this.userId = Objects.requireNonNull(userId, "userId");
      if (userId.isBlank()) {
        throw new IllegalArgumentException("user id is blank");
      }
    }

    /**
     * Allows these items only.
     *
     * @param itemIds item ids
     * @return this
     */
    public Builder candidates(Collection<String> itemIds) {
      this.candidates = Set.copyOf(itemIds);
      return this;
    }

    /**
     * Leaves these items out.
     *
     * @param itemIds item ids
     * @return this
     */
    public Builder exclude(Collection<String> itemIds) {
      this.exclude = Set.copyOf(itemIds);
      return this;
    }

    /**
     * Says whether items the user has seen are left out; they are where this is not set.
     *
     * @param excludeSeen whether to leave them out
     * @return this
     */
    public Builder excludeSeen(boolean excludeSeen) {
      this.excludeSeen = excludeSeen;
      return this;
    }

    /**
     * Writes about these items, which the caller has chosen, such as those in the user's cart: no
     * recommender is asked, and neither candidates nor exclusions apply.
     *
     * @param itemIds item ids, the main one first
     * @return this
     */
    public Builder about(String... itemIds) {
      this.items = List.of(itemIds);
      return this;
    }

    /**
     * Sets how many items at most; 3 where it is not set.
     *
     * @param limit at least 1
     * @return this
     */
    public Builder limit(int limit) {
      if (limit < 1) {
        throw new IllegalArgumentException("limit is " + limit + "; at least 1 is needed");
      }
      this.limit = limit;
      return this;
    }

    /**
     * Sets a business rule that changes scores.
     *
     * @param rescorer the rule
     * @return this
     */
    public Builder rescorer(Rescorer rescorer) {
      this.rescorer = Objects.requireNonNull(rescorer, "rescorer");
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
     * Sets the language, in the place of the user's own.
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
     * Adds a fact the text may state.
     *
     * @param slot the name of the slot
     * @param value its value
     * @return this
     */
    public Builder fact(String slot, String value) {
      facts.put(Objects.requireNonNull(slot, "slot"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Sets the seed of the text.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = OptionalLong.of(seed);
      return this;
    }

    /**
     * Sets when it is to be sent; now where it is not set.
     *
     * @param at an instant of the years 0 to 9999
     * @return this
     */
    public Builder at(Instant at) {
      this.at = SendTime.checked("at", at, "leave it out for now");
      return this;
    }

    /**
     * The request.
     *
     * @return an immutable request
     */
    public PushRequest build() {
      return new PushRequest(this);
    }
  }
}
