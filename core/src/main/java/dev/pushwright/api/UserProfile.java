// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.EventType;
import dev.pushwright.data.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who a user is, as far as it is known: what is not known is empty, never {@code null} or NaN. The
 * {@linkplain #basis() basis} speaks of tags, categories and brands; everything else is the user's
 * own, but for the {@linkplain #sendHour() hour to send at}, which has a basis of its own.
 * Immutable.
 */
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
      if (!(recencyDays >= 0 && recencyDays <= Double.MAX_VALUE)
          || frequency < 1
          || !(monetary >= 0 && monetary <= Double.MAX_VALUE)
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

  /**
   * Something about a user that was not declared but inferred from behaviour.
   *
   * @param attribute of what, such as an age band
   * @param value what is most likely
   * @param probability how likely it is, from 0 to 1
   */
  public record Inferred(String attribute, String value, double probability) {
    /** Checks the probability. */
    public Inferred {
      Objects.requireNonNull(attribute, "attribute");
      Objects.requireNonNull(value, "value");
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException(
            "probability of "
                + attribute
                + " = "
                + value
                + " is "
                + probability
                + "; a number from 0 to 1 is needed");
      }
    }
  }

  private static final Comparator<Tag> HEAVIEST_FIRST =
      Comparator.comparingDouble(Tag::weight).reversed().thenComparing(Tag::name);

  private final String userId;
  private final Basis basis;
  private final List<Tag> tags;
  private final List<Tag> categories;
  private final List<Tag> brands;
  private final @Nullable Rfm rfm;
  private final List<PriceAffinity> prices;
  private final @Nullable Dwell dwell;
  private final @Nullable VisitRhythm rhythm;
  private final @Nullable ActiveHours activeHours;
  private final @Nullable SendHour sendHour;
  private final Map<EventType, Double> eventTypes;
  private final @Nullable String segment;
  private final OptionalDouble segmentDistance;
  private final Map<String, Inferred> inferred;
  private final Map<String, float[]> vectors;

  private UserProfile(Builder b) {
    this.userId = b.userId;
    this.basis = b.basis;
    this.tags = sorted(b.tags);
    this.categories = sorted(b.categories);
    this.brands = sorted(b.brands);
    this.rfm = b.rfm;
    this.prices = List.copyOf(b.prices);
    this.dwell = b.dwell;
    this.rhythm = b.rhythm;
    this.activeHours = b.activeHours;
    this.sendHour = b.sendHour;
    Map<EventType, Double> types = new LinkedHashMap<>();
    b.eventTypes.entrySet().stream()
        .sorted(
            Map.Entry.<EventType, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(type -> types.put(type.getKey(), type.getValue()));
    this.eventTypes = Collections.unmodifiableMap(types);
    this.segment = b.segment;
    this.segmentDistance = b.segmentDistance;
    this.inferred = Collections.unmodifiableMap(new TreeMap<>(b.inferred));
    this.vectors = Collections.unmodifiableMap(new TreeMap<>(b.vectors));
  }

  private static List<Tag> sorted(List<Tag> tags) {
    List<Tag> sorted = new ArrayList<>(tags);
    sorted.sort(HEAVIEST_FIRST);
    return Collections.unmodifiableList(sorted);
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
   * A builder that starts from everything here, for what is known from elsewhere: a segment, a
   * vector, an inferred attribute.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    Builder b = new Builder(userId, basis);
    b.tags.addAll(tags);
    b.categories.addAll(categories);
    b.brands.addAll(brands);
    b.rfm = rfm;
    b.prices.addAll(prices);
    b.dwell = dwell;
    b.rhythm = rhythm;
    b.activeHours = activeHours;
    b.sendHour = sendHour;
    b.eventTypes.putAll(eventTypes);
    b.segment = segment;
    b.segmentDistance = segmentDistance;
    b.inferred.putAll(inferred);
    b.vectors.putAll(vectors);
    return b;
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
   * What tags, categories and brands rest on.
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
   * The {@linkplain Item#CATEGORY categories} of what the user deals with.
   *
   * @return with weights as in {@link #tags()}, which add up to 1, unless there are none
   */
  public List<Tag> categories() {
    return categories;
  }

  /**
   * The {@linkplain Item#BRAND brands} of what the user deals with.
   *
   * @return with weights as in {@link #tags()}, which add up to 1, unless there are none
   */
  public List<Tag> brands() {
    return brands;
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
   * Whether the user pays low or high prices.
   *
   * @return beside the whole catalogue first, then by category, the most purchases first; empty
   *     when nothing of a known price was bought
   */
  public List<PriceAffinity> prices() {
    return prices;
  }

  /**
   * How long the user stays with an item.
   *
   * @return the time, or empty when no view says how long it was
   */
  public Optional<Dwell> dwell() {
    return Optional.ofNullable(dwell);
  }

  /**
   * How often the user comes.
   *
   * @return the rhythm, or empty when no visit is known, or the data has no times
   */
  public Optional<VisitRhythm> rhythm() {
    return Optional.ofNullable(rhythm);
  }

  /**
   * When in the day the user comes.
   *
   * @return the hours, or empty when no visit is known, or the data has no times
   */
  public Optional<ActiveHours> activeHours() {
    return Optional.ofNullable(activeHours);
  }

  /**
   * When in the day to send something.
   *
   * @return the hour, with the basis it rests on, or empty when no hours are known of anybody
   */
  public Optional<SendHour> sendHour() {
    return Optional.ofNullable(sendHour);
  }

  /**
   * What the user does most.
   *
   * @return the share of each type of event, the largest first; they add up to 1, unless there are
   *     none. What was only shown to the user does not count.
   */
  public Map<EventType, Double> eventTypes() {
    return eventTypes;
  }

  /**
   * The segment the user belongs to.
   *
   * @return its name, or empty
   */
  public Optional<String> segment() {
    return Optional.ofNullable(segment);
  }

  /**
   * How far the user is from the middle of the segment.
   *
   * @return the distance in the segments' own unit, at least 0; empty where the segment has no
   *     middle, or there is none
   */
  public OptionalDouble segmentDistance() {
    return segmentDistance;
  }

  /**
   * What was not declared but inferred.
   *
   * @return by the name of the attribute, in order
   */
  public Map<String, Inferred> inferred() {
    return inferred;
  }

  /**
   * The names of the vectors.
   *
   * @return in order
   */
  public Set<String> vectorNames() {
    return vectors.keySet();
  }

  /**
   * Where the user lies in a space that items or words lie in too.
   *
   * @param name one of {@link #vectorNames()}
   * @return a copy, empty when there is none of this name
   */
  public float[] vector(String name) {
    float[] vector = vectors.get(name);
    return vector == null ? new float[0] : vector.clone();
  }

  /**
   * The profile for programs in any language, as one JSON object. Fields come in a fixed order, and
   * one that is not known is left out:
   *
   * <pre>
   * {"user": text, "basis": text,
   *  "tags": [{"name": text, "weight": number}, …], "categories": as tags, "brands": as tags,
   *  "rfm": {"recencyDays", "frequency", "monetary", "spendPercentile": numbers}, "spendLevel": text,
   *  "prices": [{"category": text, "purchases": number, "percentile": number}, …],
   *  "dwell": {"views": number, "meanSeconds": number},
   *  "rhythm": {"visits", "medianDaysBetween", "perWeek": numbers, "lastVisit": ISO 8601 instant},
   *  "activeHours": {"zone": text, "visits": number, "shares": [24 numbers]},
   *  "sendHour": {"hour": number, "zone": text, "basis": text, "visits", "around", "share": numbers},
   *  "eventTypes": {"VIEW": number, …}, "segment": {"name": text, "distance": number},
   *  "inferred": {"attribute": {"value": text, "probability": number}, …},
   *  "vectors": {"name": [numbers], …}}
   * </pre>
   *
   * <p>Every number is finite. Equal profiles give equal text.
   *
   * @return the object, without line breaks
   */
  public String toJson() {
    return ProfileJson.of(this);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof UserProfile other
        && userId.equals(other.userId)
        && basis == other.basis
        && tags.equals(other.tags)
        && categories.equals(other.categories)
        && brands.equals(other.brands)
        && Objects.equals(rfm, other.rfm)
        && prices.equals(other.prices)
        && Objects.equals(dwell, other.dwell)
        && Objects.equals(rhythm, other.rhythm)
        && Objects.equals(activeHours, other.activeHours)
        && Objects.equals(sendHour, other.sendHour)
        && eventTypes.equals(other.eventTypes)
        && Objects.equals(segment, other.segment)
        && segmentDistance.equals(other.segmentDistance)
        && inferred.equals(other.inferred)
        && vectors.keySet().equals(other.vectors.keySet())
        && vectors.entrySet().stream()
            .allMatch(e -> Arrays.equals(e.getValue(), other.vectors.get(e.getKey())));
  }

  @Override
  public int hashCode() {
    return Objects.hash(userId, basis, tags, rfm, rhythm, segment);
  }

  @Override
  public String toString() {
    return userId + " (" + basis + ") " + tags;
  }

  /** Builds a {@link UserProfile}; what is not set is not known. */
  public static final class Builder {
    private final String userId;
    private final Basis basis;
    private final List<Tag> tags = new ArrayList<>();
    private final List<Tag> categories = new ArrayList<>();
    private final List<Tag> brands = new ArrayList<>();
    private @Nullable Rfm rfm;
    private final List<PriceAffinity> prices = new ArrayList<>();
    private @Nullable Dwell dwell;
    private @Nullable VisitRhythm rhythm;
    private @Nullable ActiveHours activeHours;
    private @Nullable SendHour sendHour;
    private final Map<EventType, Double> eventTypes = new EnumMap<>(EventType.class);
    private @Nullable String segment;
    private OptionalDouble segmentDistance = OptionalDouble.empty();
    private final Map<String, Inferred> inferred = new LinkedHashMap<>();
    private final Map<String, float[]> vectors = new LinkedHashMap<>();

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
     * Adds a category.
     *
     * @param name as items have it
     * @param weight from 0 to 1
     * @return this
     */
    public Builder category(String name, double weight) {
      categories.add(new Tag(name, weight));
      return this;
    }

    /**
     * Adds a brand.
     *
     * @param name as items have it
     * @param weight from 0 to 1
     * @return this
     */
    public Builder brand(String name, double weight) {
      brands.add(new Tag(name, weight));
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
     * Adds where the prices the user pays lie; the order is kept.
     *
     * @param affinity beside the whole catalogue or a category
     * @return this
     */
    public Builder price(PriceAffinity affinity) {
      prices.add(Objects.requireNonNull(affinity, "affinity"));
      return this;
    }

    /**
     * Sets how long the user stays with an item.
     *
     * @param dwell the time
     * @return this
     */
    public Builder dwell(Dwell dwell) {
      this.dwell = dwell;
      return this;
    }

    /**
     * Sets how often the user comes.
     *
     * @param rhythm the rhythm
     * @return this
     */
    public Builder rhythm(VisitRhythm rhythm) {
      this.rhythm = rhythm;
      return this;
    }

    /**
     * Sets when in the day the user comes.
     *
     * @param hours the hours
     * @return this
     */
    public Builder activeHours(ActiveHours hours) {
      this.activeHours = hours;
      return this;
    }

    /**
     * Sets when in the day to send something.
     *
     * @param hour the hour
     * @return this
     */
    public Builder sendHour(SendHour hour) {
      this.sendHour = hour;
      return this;
    }

    /**
     * Sets how large a part of what the user does is of a type.
     *
     * @param type the type
     * @param share from 0 to 1
     * @return this
     */
    public Builder eventType(EventType type, double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "share of " + type + " is " + share + "; a number from 0 to 1 is needed");
      }
      eventTypes.put(type, share);
      return this;
    }

    /**
     * Sets the segment.
     *
     * @param segment its name
     * @return this
     */
    public Builder segment(String segment) {
      this.segment = Objects.requireNonNull(segment, "segment");
      this.segmentDistance = OptionalDouble.empty();
      return this;
    }

    /**
     * Sets the segment.
     *
     * @param segment its name
     * @param distance how far the user is from its middle, finite, at least 0
     * @return this
     */
    public Builder segment(String segment, double distance) {
      if (!(distance >= 0 && distance <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "distance to segment "
                + segment
                + " is "
                + distance
                + "; a finite number from 0 is needed");
      }
      segment(segment);
      this.segmentDistance = OptionalDouble.of(distance);
      return this;
    }

    /**
     * Sets something that was inferred; of one attribute the last one set counts.
     *
     * @param attribute of what
     * @param value what is most likely
     * @param probability from 0 to 1
     * @return this
     */
    public Builder inferred(String attribute, String value, double probability) {
      inferred.put(attribute, new Inferred(attribute, value, probability));
      return this;
    }

    /**
     * Sets a vector; of one name the last one set counts.
     *
     * @param name its name
     * @param vector finite numbers; copied
     * @return this
     */
    public Builder vector(String name, float... vector) {
      for (float x : vector) {
        if (!Float.isFinite(x)) {
          throw new IllegalArgumentException(
              "vector " + name + " holds " + x + "; finite numbers are needed");
        }
      }
      vectors.put(Objects.requireNonNull(name, "name"), vector.clone());
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
