// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import dev.pushwright.api.Message;
import dev.pushwright.data.User;
import dev.pushwright.engine.PushLog.Sent;
import dev.pushwright.engine.Withheld.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When it is better to be silent. Pure functions of user, instant and what was sent before: no
 * clock, no state. Immutable.
 *
 * <p>Where nothing is set: users who said no get nothing, no item comes twice within 7 days, no
 * text is much like one of the last 3, one item is enough, and there are neither quiet hours nor
 * caps.
 */
public final class PushPolicy {

  private static final Duration WEEK = Duration.ofDays(7);

  private final boolean consentRequired;
  private final @Nullable QuietHours quietHours;
  private final ZoneId fallbackZone;
  private final int maxPerDay;
  private final int maxPerWeek;
  private final int repeatItemDays;
  private final OptionalDouble minScore;
  private final int minItems;
  private final boolean personalOnly;
  private final int distinctTexts;

  private PushPolicy(Builder b) {
    this.consentRequired = b.consentRequired;
    this.quietHours = b.quietHours;
    this.fallbackZone = b.fallbackZone;
    this.maxPerDay = b.maxPerDay;
    this.maxPerWeek = b.maxPerWeek;
    this.repeatItemDays = b.repeatItemDays;
    this.minScore = b.minScore;
    this.minItems = b.minItems;
    this.personalOnly = b.personalOnly;
    this.distinctTexts = b.distinctTexts;
  }

  /**
   * The policy where nothing is set.
   *
   * @return the standard policy
   */
  public static PushPolicy standard() {
    return builder().build();
  }

  /**
   * Starts a policy.
   *
   * @return a builder of the standard policy
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Whether this user may get a push now, whatever it says.
   *
   * @param user who
   * @param at when
   * @param sent what the user was sent before, of the last {@link #memory()} at least
   * @return the reason to be silent, or empty
   */
  public Optional<Withheld> beforeChoosing(User user, Instant at, List<Sent> sent) {
    return consent(user).or(() -> quietHours(user, at)).or(() -> caps(user, at, sent));
  }

  private Optional<Withheld> consent(User user) {
    return switch (user.consent()) {
      case GRANTED -> Optional.empty();
      case DENIED ->
          Optional.of(withheld(user, Cause.NO_CONSENT, "the user declined pushes", null));
      case UNKNOWN ->
          consentRequired
              ? Optional.of(
                  withheld(
                      user,
                      Cause.NO_CONSENT,
                      "no consent is recorded, and the policy requires one",
                      null))
              : Optional.empty();
    };
  }

  private Optional<Withheld> quietHours(User user, Instant at) {
    if (quietHours == null) {
      return Optional.empty();
    }
    ZoneId zone = zone(user);
    return quietHours
        .endIfQuiet(at, zone)
        .map(
            end ->
                withheld(
                    user,
                    Cause.QUIET_HOURS,
                    "it is "
                        + at.atZone(zone).toLocalTime().withNano(0)
                        + " in "
                        + zone
                        + ", within the quiet hours from "
                        + quietHours.from()
                        + " to "
                        + quietHours.to(),
                    end));
  }

  private Optional<Withheld> caps(User user, Instant at, List<Sent> sent) {
    ZoneId zone = zone(user);
    LocalDate today = at.atZone(zone).toLocalDate();
    long sentToday =
        sent.stream()
            .filter(s -> !s.at().isAfter(at) && s.at().atZone(zone).toLocalDate().equals(today))
            .count();
    if (sentToday >= maxPerDay) {
      return Optional.of(
          withheld(
              user,
              Cause.FREQUENCY_CAP,
              sentToday + " pushes today (" + today + " in " + zone + "), the cap is " + maxPerDay,
              today.plusDays(1).atStartOfDay(zone).toInstant()));
    }
    List<Instant> week =
        sent.stream()
            .map(Sent::at)
            .filter(s -> !s.isAfter(at) && s.isAfter(at.minus(WEEK)))
            .sorted(Comparator.reverseOrder())
            .toList();
    if (week.size() >= maxPerWeek) {
      return Optional.of(
          withheld(
              user,
              Cause.FREQUENCY_CAP,
              week.size() + " pushes within 7 days, the cap is " + maxPerWeek,
              week.get(maxPerWeek - 1).plus(WEEK)));
    }
    return Optional.empty();
  }

  /**
   * The items that must not be shown again yet.
   *
   * @param at when
   * @param sent what the user was sent before
   * @return item ids
   */
  public Set<String> notAgain(Instant at, List<Sent> sent) {
    Instant since = at.minus(Duration.ofDays(repeatItemDays));
    Set<String> items = new HashSet<>();
    for (Sent push : sent) {
      if (push.at().isAfter(since)) {
        items.addAll(push.itemIds());
      }
    }
    return items;
  }

  /**
   * The texts that the next one must not be much like.
   *
   * @param sent what the user was sent before
   * @return the last texts that are known, the latest first
   */
  public List<Message> notRepeated(List<Sent> sent) {
    return sent.stream()
        .filter(push -> !push.text().body().isBlank())
        .sorted(Comparator.comparing(Sent::at).reversed())
        .limit(distinctTexts)
        .map(Sent::text)
        .toList();
  }

  /**
   * How far back this policy looks: what a {@link PushLog} has to remember.
   *
   * @return at least a week
   */
  public Duration memory() {
    // A calendar day can be 25 hours long, which the week covers.
    return Duration.ofDays(Math.max(WEEK.toDays(), repeatItemDays));
  }

  /**
   * The smallest score of an item worth a push.
   *
   * @return the score, or empty when any will do
   */
  public OptionalDouble minScore() {
    return minScore;
  }

  /**
   * With fewer items nothing is sent.
   *
   * @return at least 1
   */
  public int minItems() {
    return minItems;
  }

  /**
   * Whether a push needs something that is known of the user.
   *
   * @return whether what is popular with others is not enough
   */
  public boolean personalOnly() {
    return personalOnly;
  }

  private ZoneId zone(User user) {
    return user.zone().orElse(fallbackZone);
  }

  private static Withheld withheld(
      User user, Cause cause, String reason, @Nullable Instant retryAt) {
    return new Withheld(user.id(), cause, reason, retryAt);
  }

  /** Builds a {@link PushPolicy}. */
  public static final class Builder {
    private boolean consentRequired;
    private @Nullable QuietHours quietHours;
    private ZoneId fallbackZone = ZoneOffset.UTC;
    private int maxPerDay = Integer.MAX_VALUE;
    private int maxPerWeek = Integer.MAX_VALUE;
    private int repeatItemDays = 7;
    private OptionalDouble minScore = OptionalDouble.empty();
    private int minItems = 1;
    private boolean personalOnly;
    private int distinctTexts = 3;

    private Builder() {}

    /**
     * Requires that a user's consent is recorded; otherwise only a recorded refusal counts.
     *
     * @return this
     */
    public Builder requireConsent() {
      this.consentRequired = true;
      return this;
    }

    /**
     * Sets the hours in which nothing is sent, by the user's own clock.
     *
     * @param from the first moment of quiet
     * @param to the first moment after it
     * @return this
     */
    public Builder quietHours(LocalTime from, LocalTime to) {
      this.quietHours = new QuietHours(from, to);
      return this;
    }

    /**
     * Sets the zone of users whose own is not known; UTC where it is not set.
     *
     * @param zone the zone
     * @return this
     */
    public Builder fallbackZone(ZoneId zone) {
      this.fallbackZone = Objects.requireNonNull(zone, "zone");
      return this;
    }

    /**
     * Caps the pushes of a calendar day, by the user's own clock.
     *
     * @param max at least 1
     * @return this
     */
    public Builder maxPerDay(int max) {
      this.maxPerDay = atLeast(1, "maxPerDay", max);
      return this;
    }

    /**
     * Caps the pushes within any 7 × 24 hours.
     *
     * @param max at least 1
     * @return this
     */
    public Builder maxPerWeek(int max) {
      this.maxPerWeek = atLeast(1, "maxPerWeek", max);
      return this;
    }

    /**
     * Sets for how long an item is not shown again; 7 days where it is not set.
     *
     * @param days at least 0; 0 allows the same item at once
     * @return this
     */
    public Builder repeatItemAfterDays(int days) {
      this.repeatItemDays = atLeast(0, "repeatItemAfterDays", days);
      return this;
    }

    /**
     * Sets the smallest score worth a push, on the recommender's own scale.
     *
     * @param score not NaN
     * @return this
     */
    public Builder minScore(double score) {
      if (Double.isNaN(score)) {
        throw new IllegalArgumentException("minScore is NaN");
      }
      this.minScore = OptionalDouble.of(score);
      return this;
    }

    /**
     * Sets how many items there must be; 1 where it is not set.
     *
     * @param items at least 1
     * @return this
     */
    public Builder minItems(int items) {
      this.minItems = atLeast(1, "minItems", items);
      return this;
    }

    /**
     * Sends nothing that rests only on what is popular with others.
     *
     * @return this
     */
    public Builder personalOnly() {
      this.personalOnly = true;
      return this;
    }

    /**
     * Sets how many of the last texts to a user the next one must not be much like; 3 where it is
     * not set. A generator needs more different texts than that, or it has to refuse.
     *
     * @param texts at least 0; 0 allows the same text at once
     * @return this
     */
    public Builder distinctTexts(int texts) {
      this.distinctTexts = atLeast(0, "distinctTexts", texts);
      return this;
    }

    private static int atLeast(int least, String name, int value) {
      if (value < least) {
        throw new IllegalArgumentException(
            name + " is " + value + "; at least " + least + " is needed");
      }
      return value;
    }

    /**
     * The policy.
     *
     * @return an immutable policy
     */
    public PushPolicy build() {
      return new PushPolicy(this);
    }
  }
}
