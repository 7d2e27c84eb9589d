// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.Event;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A question to a {@link RecommenderModel}. Immutable. */
public final class RecommendationQuery {

  private final @Nullable String userId;
  private final @Nullable List<Event> history;
  private final @Nullable String segment;
  private final int limit;
  private final @Nullable Set<String> candidates;
  private final Set<String> exclude;
  private final boolean excludeSeen;
  private final OptionalDouble minScore;
  private final @Nullable Rescorer rescorer;
  private final boolean explain;
  private final @Nullable Instant at;

  private RecommendationQuery(Builder b) {
    this.userId = b.userId;
    this.history = b.history;
    this.segment = b.segment;
    this.limit = b.limit;
    this.candidates = b.candidates;
    this.exclude = b.exclude;
    this.excludeSeen = b.excludeSeen;
    this.minScore = b.minScore;
    this.rescorer = b.rescorer;
    this.explain = b.explain;
    this.at = b.at;
  }

  /**
   * Asks for a user as known from training.
   *
   * @param userId any text
   * @return a builder
   */
  public static Builder forUser(String userId) {
    return new Builder().user(userId);
  }

  /**
   * Asks for somebody of whom only a history is known.
   *
   * @param history the events, in any order
   * @return a builder
   */
  public static Builder forHistory(List<? extends Event> history) {
    return new Builder().history(history);
  }

  /**
   * For whom.
   *
   * @return the user's id, or empty when only a history is given
   */
  public Optional<String> userId() {
    return Optional.ofNullable(userId);
  }

  /**
   * All events of the user. Where it is given, it alone says what the user did and has seen.
   *
   * @return the history, or empty when training is asked
   */
  public Optional<List<Event>> history() {
    return Optional.ofNullable(history);
  }

  /**
   * The segment of the user, for the fallback; training's own knowledge is used where this is not
   * given.
   *
   * @return the segment, or empty
   */
  public Optional<String> segment() {
    return Optional.ofNullable(segment);
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
   * The only items that may be answered.
   *
   * @return item ids, or empty when any item may
   */
  public Optional<Set<String>> candidates() {
    return Optional.ofNullable(candidates);
  }

  /**
   * Items that may not be answered.
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
   * The smallest score worth answering, after rescoring.
   *
   * @return the score, or empty when any will do
   */
  public OptionalDouble minScore() {
    return minScore;
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
   * Whether reasons are asked for.
   *
   * @return false unless switched on
   */
  public boolean explain() {
    return explain;
  }

  /**
   * As of when: the age of the history's events is counted to it.
   *
   * @return the instant, or empty for the last one of the training data
   */
  public Optional<Instant> at() {
    return Optional.ofNullable(at);
  }

  /** Builds a {@link RecommendationQuery}. */
  public static final class Builder {
    private @Nullable String userId;
    private @Nullable List<Event> history;
    private @Nullable String segment;
    private int limit = 10;
    private @Nullable Set<String> candidates;
    private Set<String> exclude = Set.of();
    private boolean excludeSeen = true;
    private OptionalDouble minScore = OptionalDouble.empty();
    private @Nullable Rescorer rescorer;
    private boolean explain;
    private @Nullable Instant at;

    private Builder() {}

    /**
     * Sets the user.
     *
     * @param userId any text
     * @return this
     */
    public Builder user(String userId) {
      this.userId = Objects.requireNonNull(userId, "userId");
      return this;
    }

    /**
     * Sets the history, which then is all that counts about the user's behaviour.
     *
     * @param history all events of the user, in any order
     * @return this
     */
    public Builder history(List<? extends Event> history) {
      this.history = List.copyOf(history);
      return this;
    }

    /**
     * Sets the segment for the fallback.
     *
     * @param segment the segment
     * @return this
     */
    public Builder segment(String segment) {
      this.segment = Objects.requireNonNull(segment, "segment");
      return this;
    }

    /**
     * Sets how many items at most; 10 where it is not set.
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
     * Allows these items only.
     *
     * @param itemIds item ids; unknown ones are no error
     * @return this
     */
    public Builder candidates(Collection<String> itemIds) {
      this.candidates = Set.copyOf(itemIds);
      return this;
    }

    /**
     * Leaves these items out.
     *
     * @param itemIds item ids; unknown ones are no error
     * @return this
     */
    public Builder exclude(Collection<String> itemIds) {
      this.exclude = Set.copyOf(itemIds);
      return this;
    }

    /**
     * Says whether items the user has seen are left out; they are where this is not set.
     *
     * @param excludeSeen whether to leave them out; {@code false} suits shops where people buy the
     *     same thing again
     * @return this
     */
    public Builder excludeSeen(boolean excludeSeen) {
      this.excludeSeen = excludeSeen;
      return this;
    }

    /**
     * Leaves out items whose score, after rescoring, is smaller.
     *
     * @param minScore not NaN
     * @return this
     */
    public Builder minScore(double minScore) {
      if (Double.isNaN(minScore)) {
        throw new IllegalArgumentException("minScore is NaN");
      }
      this.minScore = OptionalDouble.of(minScore);
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
     * Asks for reasons.
     *
     * @param explain whether to give reasons
     * @return this
     */
    public Builder explain(boolean explain) {
      this.explain = explain;
      return this;
    }

    /**
     * Sets as of when.
     *
     * @param at the instant that the age of the history's events is counted to
     * @return this
     */
    public Builder at(Instant at) {
      this.at = Objects.requireNonNull(at, "at");
      return this;
    }

    /**
     * The query.
     *
     * @return an immutable query
     * @throws IllegalStateException when neither a user nor a history was set
     */
    public RecommendationQuery build() {
      if (userId == null && history == null) {
        throw new IllegalStateException("a query needs a user or a history");
      }
      return new RecommendationQuery(this);
    }
  }
}
