// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who a user is, as far as it is known. Immutable. */
public final class UserProfile {

  /**
   * Something a user is interested in.
   *
   * @param name readable
   * @param weight the share of the user's interest, from 0 to 1
   */
  public record Tag(String name, double weight) {
    /** Checks the weight. */
    public Tag {
      Objects.requireNonNull(name, "name");
      if (!(weight >= 0 && weight <= 1)) {
        throw new IllegalArgumentException(
            "weight of tag " + name + " is " + weight + "; a number from 0 to 1 is needed");
      }
    }
  }

  /** How much a user spends, beside the others: a third of the paying users each. */
  public enum SpendLevel {
    /** The user has bought nothing, or the data has no amounts. */
    UNKNOWN,
    /** In the lower third. */
    LOW,
    /** In the middle third. */
    MEDIUM,
    /** In the upper third. */
    HIGH
  }

  /**
   * Recency, frequency and monetary value of a user's purchases.
   *
   * @param recencyDays days since the last purchase, at least 0
   * @param frequency the number of purchase occasions (distinct instants), at least 1
   * @param monetary what was paid in all, at least 0
   * @param spendPercentile the share of paying users who paid no more, from 0 to 1; 0 when nothing
   *     was paid
   */
  public record Rfm(double recencyDays, int frequency, double monetary, double spendPercentile) {
    /** Checks every number. */
    public Rfm {
      if (!(recencyDays >= 0)
          || frequency < 1
          || !(monetary >= 0)
          || !(spendPercentile >= 0 && spendPercentile <= 1)) {
        throw new IllegalArgumentException(
            "recencyDays is "
                + recencyDays
                + ", frequency "
                + frequency
                + ", monetary "
                + monetary
                + ", spendPercentile "
                + spendPercentile);
      }
    }

    /**
     * The third the spend falls into.
     *
     * @return the level, {@link SpendLevel#UNKNOWN} when nothing was paid
     */
    public SpendLevel spendLevel() {
      if (monetary == 0) {
        return SpendLevel.UNKNOWN;
      }
      return spendPercentile <= 1 / 3.0
          ? SpendLevel.LOW
          : spendPercentile <= 2 / 3.0 ? SpendLevel.MEDIUM : SpendLevel.HIGH;
    }
  }

  private final String userId;
  private final Basis basis;
  private final List<Tag> tags;
  private final @Nullable Rfm rfm;
  private final @Nullable String segment;

  private UserProfile(Builder b) {
    this.userId = b.userId;
    this.basis = b.basis;
    List<Tag> sorted = new ArrayList<>(b.tags);
    sorted.sort(Comparator.comparingDouble(Tag::weight).reversed().thenComparing(Tag::name));
    this.tags = List.copyOf(sorted);
    this.rfm = b.rfm;
    this.segment = b.segment;
  }

  /**
   * Starts a profile.
   *
   * @param userId of whom
   * @param basis what it rests on
   * @return a builder
   */
  public static Builder builder(String userId, Basis basis) {
    return new Builder(userId, basis);
  }

  /**
   * A profile that says nothing.
   *
   * @param userId of whom
   * @return a profile without tags
   */
  public static UserProfile empty(String userId) {
    return builder(userId, Basis.EVERYBODY).build();
  }

  /**
   * Of whom.
   *
   * @return any text
   */
  public String userId() {
    return userId;
  }

  /**
   * What the profile rests on.
   *
   * @return the basis
   */
  public Basis basis() {
    return basis;
  }

  /**
   * What the user is interested in.
   *
   * @return the tags, heaviest first, equal weights by name; the weights add up to 1, unless there
   *     are no tags
   */
  public List<Tag> tags() {
    return tags;
  }

  /**
   * Recency, frequency and monetary value.
   *
   * @return the three, or empty for a user without purchases
   */
  public Optional<Rfm> rfm() {
    return Optional.ofNullable(rfm);
  }

  /**
   * How much the user spends, beside the others.
   *
   * @return the level
   */
  public SpendLevel spendLevel() {
    return rfm == null ? SpendLevel.UNKNOWN : rfm.spendLevel();
  }

  /**
   * The segment the user belongs to.
   *
   * @return its name, or empty
   */
  public Optional<String> segment() {
    return Optional.ofNullable(segment);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof UserProfile other
        && userId.equals(other.userId)
        && basis == other.basis
        && tags.equals(other.tags)
        && Objects.equals(rfm, other.rfm)
        && Objects.equals(segment, other.segment);
  }

  @Override
  public int hashCode() {
    return Objects.hash(userId, basis, tags, rfm, segment);
  }

  @Override
  public String toString() {
    return userId + " (" + basis + ") " + tags;
  }

  /** Builds a {@link UserProfile}. */
  public static final class Builder {
    private final String userId;
    private final Basis basis;
    private final List<Tag> tags = new ArrayList<>();
    private @Nullable Rfm rfm;
    private @Nullable String segment;

    private Builder(String userId, Basis basis) {
      this.userId = Objects.requireNonNull(userId, "userId");
      this.basis = Objects.requireNonNull(basis, "basis");
    }

    /**
     * Adds a tag.
     *
     * @param name readable
     * @param weight from 0 to 1
     * @return this
     */
    public Builder tag(String name, double weight) {
      tags.add(new Tag(name, weight));
      return this;
    }

    /**
     * Sets recency, frequency and monetary value.
     *
     * @param rfm the three
     * @return this
     */
    public Builder rfm(Rfm rfm) {
      this.rfm = rfm;
      return this;
    }

    /**
     * Sets the segment.
     *
     * @param segment its name
     * @return this
     */
    public Builder segment(String segment) {
      this.segment = segment;
      return this;
    }

    /**
     * The profile.
     *
     * @return an immutable profile
     */
    public UserProfile build() {
      return new UserProfile(this);
    }
  }
}
