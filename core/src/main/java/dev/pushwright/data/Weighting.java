// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import com.google.common.base.Splitter;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How much an event tells: a weight for each type, an optional threshold on its value, and how fast
 * it fades. An event whose type has no rule, or whose value is below the threshold, weighs 0.
 * Otherwise
 *
 * <pre>weight = ruleWeight · scale(value) · 2^(−age / halfLife)</pre>
 *
 * where the age is the time from the event to the instant asked about, 0 for an event after it.
 * Immutable.
 *
 * <p>As text, for options and files: rules separated by commas, each {@code
 * TYPE[>=threshold]:weight[*value|*log][@days]}, for example {@code "VIEW:1@14, PURCHASE:5*log,
 * RATING>=4:1"}.
 */
public final class Weighting {

  /** How the event's own value enters its weight. */
  public enum Scale {
    /** Not at all. */
    ONE,
    /** Proportionally; a value below 0 counts as 0. */
    VALUE,
    /** By log(1 + value); a value below 0 counts as 0. */
    LOG
  }

  /** What becomes of several events of one user with one item. */
  public enum Combine {
    /** Their weights add up. */
    SUM,
    /** The largest weight counts. */
    MAX,
    /** The weight of the latest event counts, as for a rating that was changed. */
    LAST,
    /** Any weight above 0 counts as 1. */
    BINARY
  }

  /**
   * What one type of event weighs.
   *
   * @param weight the weight, finite and at least 0
   * @param atLeast the smallest value that counts; negative infinity lets every value count
   * @param scale how the value enters
   * @param halfLifeDays after how many days the weight has halved, above 0; positive infinity: it
   *     never fades
   */
  public record Rule(double weight, double atLeast, Scale scale, double halfLifeDays) {
    /** Checks every number. */
    public Rule {
      if (!(weight >= 0 && weight <= Interaction.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "weight is " + weight + "; a number from 0 to " + Interaction.MAX_VALUE + " is needed");
      }
      if (Double.isNaN(atLeast)) {
        throw new IllegalArgumentException("the threshold is NaN");
      }
      if (!(halfLifeDays > 0)) {
        throw new IllegalArgumentException(
            "half-life is " + halfLifeDays + " days; more than 0 is needed");
      }
    }

    double weigh(double value, double ageDays) {
      if (weight == 0 || value < atLeast) {
        return 0;
      }
      double scaled =
          switch (scale) {
            case ONE -> weight;
            case VALUE -> weight * Math.max(0, value);
            case LOG -> weight * Math.log1p(Math.max(0, value));
          };
      double halvings = ageDays / halfLifeDays;
      return halvings <= 0 ? scaled : scaled * Math.pow(0.5, halvings);
    }
  }

  private static final Pattern RULE =
      Pattern.compile(
          "(?<type>[A-Za-z]+)\\s*(>=\\s*(?<min>[-+.\\w]+))?\\s*:\\s*(?<weight>[.\\d]+([eE][-+]?\\d+)?)"
              + "\\s*(\\*\\s*(?<scale>value|log))?\\s*(@\\s*(?<days>[.\\d]+([eE][-+]?\\d+)?)d?)?");

  private static final double SECONDS_PER_DAY = 86_400;

  private static final Weighting STANDARD =
      parse("VIEW:1, SEARCH:1, FAVORITE:3, SHARE:3, CART:4, PURCHASE:5, RATING:1*value, CLICK:1");

  private final Map<EventType, Rule> rules;
  private final Combine combine;
  // By ordinal, for the hot path.
  private final @Nullable Rule[] byType;

  private Weighting(Map<EventType, Rule> rules, Combine combine) {
    EnumMap<EventType, Rule> copy = new EnumMap<>(EventType.class);
    copy.putAll(rules);
    this.rules = Collections.unmodifiableMap(copy);
    this.combine = combine;
    this.byType = new Rule[EventType.values().length];
    copy.forEach((type, rule) -> byType[type.ordinal()] = rule);
  }

  /**
   * The weights used where none are given: {@code VIEW:1, SEARCH:1, FAVORITE:3, SHARE:3, CART:4,
   * PURCHASE:5, RATING:1*value, CLICK:1}; nothing fades; several events add up. They say that
   * stronger commitment tells more, no more than that: tune them on your data.
   *
   * @return the standard weighting
   */
  public static Weighting standard() {
    return STANDARD;
  }

  /**
   * A weighting from its text form.
   *
   * @param text rules as in the class comment
   * @return the weighting, combining by {@link Combine#SUM}
   * @throws IllegalArgumentException for a rule that cannot be read, naming it
   */
  public static Weighting parse(String text) {
    Map<EventType, Rule> rules = new EnumMap<>(EventType.class);
    for (String part : Splitter.on(',').trimResults().omitEmptyStrings().split(text)) {
      Matcher m = RULE.matcher(part);
      if (!m.matches()) {
        throw new IllegalArgumentException(
            "\""
                + part
                + "\" is no weighting rule; write TYPE[>=threshold]:weight[*value|*log][@days],"
                + " for example PURCHASE:5 or RATING>=4:1");
      }
      EventType type = type(m.group("type"));
      String min = m.group("min");
      String scale = m.group("scale");
      String days = m.group("days");
      Rule rule;
      try {
        rule =
            new Rule(
                Double.parseDouble(m.group("weight")),
                min == null ? Double.NEGATIVE_INFINITY : Double.parseDouble(min),
                scale == null ? Scale.ONE : Scale.valueOf(scale.toUpperCase(Locale.ROOT)),
                days == null ? Double.POSITIVE_INFINITY : Double.parseDouble(days));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("weighting rule \"" + part + "\": " + e.getMessage(), e);
      }
      if (rules.put(type, rule) != null) {
        throw new IllegalArgumentException("two weighting rules for " + type + ": " + text);
      }
    }
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("no weighting rule in \"" + text + "\"");
    }
    return new Weighting(rules, Combine.SUM);
  }

  private static EventType type(String name) {
    try {
      return EventType.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no event type; the types are " + Arrays.toString(EventType.values()),
          e);
    }
  }

  /**
   * This weighting with another rule for one type.
   *
   * @param type the type
   * @param rule its rule
   * @return a new weighting
   */
  public Weighting with(EventType type, Rule rule) {
    EnumMap<EventType, Rule> copy = new EnumMap<>(EventType.class);
    copy.putAll(rules);
    copy.put(type, rule);
    return new Weighting(copy, combine);
  }

  /**
   * This weighting with one half-life for every type that has none of its own.
   *
   * @param halfLife after how long a weight has halved, more than zero
   * @return a new weighting
   */
  public Weighting withHalfLife(Duration halfLife) {
    double days = halfLife.toMillis() / (SECONDS_PER_DAY * 1000);
    EnumMap<EventType, Rule> copy = new EnumMap<>(EventType.class);
    rules.forEach(
        (type, rule) ->
            copy.put(
                type,
                Double.isInfinite(rule.halfLifeDays())
                    ? new Rule(rule.weight(), rule.atLeast(), rule.scale(), days)
                    : rule));
    return new Weighting(copy, combine);
  }

  /**
   * This weighting with another way to join several events of one user with one item.
   *
   * @param combine the way
   * @return a new weighting
   */
  public Weighting withCombine(Combine combine) {
    return new Weighting(rules, combine);
  }

  /**
   * The rules.
   *
   * @return an unmodifiable map; a type without a rule weighs 0
   */
  public Map<EventType, Rule> rules() {
    return rules;
  }

  /**
   * How several events of one user with one item are joined.
   *
   * @return the way
   */
  public Combine combine() {
    return combine;
  }

  /**
   * What an event weighs at an instant.
   *
   * @param event the event; a {@link Search} has the value 1
   * @param at the instant asked about
   * @return the weight, finite and at least 0
   */
  public double weigh(Event event, Instant at) {
    double value = event instanceof Interaction interaction ? interaction.value() : 1;
    return weigh(event.type(), value, ageDays(event.at(), at));
  }

  /**
   * How far every weight fades between two instants.
   *
   * @param from the earlier instant
   * @param to the later one; nothing fades when it is not later
   * @return the factor, from 0 to 1
   * @throws UnsupportedOperationException when types of events fade at different rates, so that
   *     there is no one factor
   */
  public double fade(Instant from, Instant to) {
    double days = ageDays(from, to);
    if (days <= 0) {
      return 1;
    }
    double[] halfLives =
        rules.values().stream().mapToDouble(Rule::halfLifeDays).distinct().toArray();
    if (halfLives.length > 1) {
      throw new UnsupportedOperationException(
          "the weighting \""
              + this
              + "\" fades at different rates, so weights that were joined cannot be aged; fit"
              + " again, or give every type the same half-life");
    }
    return halfLives.length == 0 ? 1 : Math.pow(0.5, days / halfLives[0]);
  }

  double weigh(EventType type, double value, double ageDays) {
    Rule rule = byType[type.ordinal()];
    return rule == null ? 0 : rule.weigh(value, ageDays);
  }

  /**
   * What an event weighs in a row of several; {@link WeighedEvents#NOTHING} of one that is not to
   * be joined with others: it has no rule, or weighs 0 and would overwrite nothing.
   */
  double weigh(EventType type, double value, long second, int nano, Instant at) {
    Rule rule = byType[type.ordinal()];
    double weight = rule == null ? 0 : rule.weigh(value, ageDays(second, nano, at));
    return weight > 0 || (rule != null && combine == Combine.LAST) ? weight : WeighedEvents.NOTHING;
  }

  static double ageDays(Instant event, Instant at) {
    return ageDays(event.getEpochSecond(), event.getNano(), at);
  }

  static double ageDays(long eventSecond, int eventNano, Instant at) {
    return ((at.getEpochSecond() - eventSecond) + (at.getNano() - eventNano) * 1e-9)
        / SECONDS_PER_DAY;
  }

  /**
   * Writes the weighting, as text.
   *
   * @param out a section of its own
   */
  public void save(ModelWriter out) {
    out.text("rules", toString()).text("combine", combine.name());
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in the section
   * @return the weighting
   * @throws dev.pushwright.io.ModelFormatException when it is none
   */
  public static Weighting read(ModelReader in) {
    String rules = in.text("rules");
    String combine = in.text("combine");
    try {
      return parse(rules).withCombine(Combine.valueOf(combine));
    } catch (IllegalArgumentException e) {
      throw in.damaged("\"" + rules + "\" / " + combine + " is no weighting", e);
    }
  }

  /**
   * The text form of the rules, which {@link #parse} reads back.
   *
   * @return the rules as text; {@link #combine()} is not part of it
   */
  @Override
  public String toString() {
    return rules.entrySet().stream()
        .map(
            e -> {
              Rule rule = e.getValue();
              String text = e.getKey().name();
              if (rule.atLeast() != Double.NEGATIVE_INFINITY) {
                text += ">=" + number(rule.atLeast());
              }
              text += ":" + number(rule.weight());
              if (rule.scale() != Scale.ONE) {
                text += "*" + rule.scale().name().toLowerCase(Locale.ROOT);
              }
              return Double.isInfinite(rule.halfLifeDays())
                  ? text
                  : text + "@" + number(rule.halfLifeDays());
            })
        .collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Weighting other && rules.equals(other.rules) && combine == other.combine;
  }

  @Override
  public int hashCode() {
    return 31 * rules.hashCode() + combine.hashCode();
  }
}
