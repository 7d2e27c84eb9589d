// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import com.google.common.math.LongMath;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Which options are searched, and which values each may take. Immutable. The names and values are
 * checked against the provider's options by the {@link HyperParameterSearch}.
 *
 * <pre>{@code
 * SearchSpace.none().choice("neighbours", 20, 50, 100).logUniform("shrinkage", 0.1, 1000)
 * }</pre>
 */
public final class SearchSpace {

  private static final SearchSpace NONE = new SearchSpace(List.of());

  private sealed interface Dimension {
    String name();

    /** A value at random, as text. */
    String draw(SplittableRandom random);
  }

  private sealed interface Finite extends Dimension {
    long count();

    String value(long index);

    @Override
    default String draw(SplittableRandom random) {
      return value(random.nextLong(count()));
    }
  }

  private record Choice(String name, List<Object> values) implements Finite {
    @Override
    public long count() {
      return values.size();
    }

    @Override
    public String value(long index) {
      return values.get((int) index).toString();
    }

    @Override
    public String toString() {
      return name + " in " + values;
    }
  }

  private record WholeNumbers(String name, int low, int high) implements Finite {
    @Override
    public long count() {
      return (long) high - low + 1;
    }

    @Override
    public String value(long index) {
      return String.valueOf(low + index);
    }

    @Override
    public String toString() {
      return name + " whole from " + low + " to " + high;
    }
  }

  private record Range(String name, double low, double high, boolean log) implements Dimension {
    @Override
    public String draw(SplittableRandom random) {
      return String.valueOf(at(low, high, log, random.nextDouble()));
    }

    // StrictMath, so that a seed means the same on every machine.
    static double at(double low, double high, boolean log, double part) {
      double value =
          log
              ? StrictMath.exp(StrictMath.log(low) * (1 - part) + StrictMath.log(high) * part)
              : low * (1 - part) + high * part;
      return Math.min(high, Math.max(low, value));
    }

    @Override
    public String toString() {
      return name + (log ? " log-uniform" : " uniform") + " from " + low + " to " + high;
    }
  }

  private final List<Dimension> dimensions;

  private SearchSpace(List<Dimension> dimensions) {
    this.dimensions = List.copyOf(dimensions);
  }

  /**
   * A space of no options, to add to.
   *
   * @return the empty space
   */
  public static SearchSpace none() {
    return NONE;
  }

  /**
   * Adds an option with the values it may take.
   *
   * @param name the option
   * @param values its values or their texts, at least one
   * @return a new space
   */
  public SearchSpace choice(String name, Object... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(
          "option " + name + " has no value to choose from; give at least one");
    }
    Arrays.asList(values).forEach(value -> Objects.requireNonNull(value, "value of " + name));
    return with(new Choice(name, List.of(values)));
  }

  /**
   * Adds an option that takes every whole number of a range, all equally likely.
   *
   * @param name the option
   * @param low the least
   * @param high the greatest, above low
   * @return a new space
   */
  public SearchSpace integers(String name, int low, int high) {
    checkRange(name, low, high);
    return with(new WholeNumbers(name, low, high));
  }

  /**
   * Adds an option that takes any number of a range, all equally likely.
   *
   * @param name the option
   * @param low the least
   * @param high the greatest, above low
   * @return a new space
   */
  public SearchSpace uniform(String name, double low, double high) {
    checkRange(name, low, high);
    return with(new Range(name, low, high, false));
  }

  /**
   * Adds an option that takes evenly spaced numbers of a range, both ends among them.
   *
   * @param name the option
   * @param low the least
   * @param high the greatest, above low
   * @param steps how many numbers, at least 2
   * @return a new space
   */
  public SearchSpace uniform(String name, double low, double high, int steps) {
    checkRange(name, low, high);
    return with(steps(name, low, high, false, steps));
  }

  /**
   * Adds an option that takes any number of a range, all orders of magnitude equally likely.
   *
   * @param name the option
   * @param low the least, above 0
   * @param high the greatest, above low
   * @return a new space
   */
  public SearchSpace logUniform(String name, double low, double high) {
    checkLogRange(name, low, high);
    return with(new Range(name, low, high, true));
  }

  /**
   * Adds an option that takes numbers of a range, each the same multiple of the one before, both
   * ends among them.
   *
   * @param name the option
   * @param low the least, above 0
   * @param high the greatest, above low
   * @param steps how many numbers, at least 2
   * @return a new space
   */
  public SearchSpace logUniform(String name, double low, double high, int steps) {
    checkLogRange(name, low, high);
    return with(steps(name, low, high, true, steps));
  }

  private static Choice steps(String name, double low, double high, boolean log, int steps) {
    if (steps < 2) {
      throw new IllegalArgumentException(
          "option " + name + " has " + steps + " steps; at least 2 are needed, one for each end");
    }
    List<Object> values = new ArrayList<>();
    for (int s = 0; s < steps; s++) {
      double value = Range.at(low, high, log, s / (steps - 1.0));
      values.add(s == 0 ? low : s == steps - 1 ? high : value);
    }
    return new Choice(name, values);
  }

  private static void checkRange(String name, double low, double high) {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "the range of option "
              + name
              + " is "
              + low
              + " to "
              + high
              + "; two finite numbers, the lesser first, are needed");
    }
  }

  private static void checkLogRange(String name, double low, double high) {
    checkRange(name, low, high);
    if (low <= 0) {
      throw new IllegalArgumentException(
          "the range of option "
              + name
              + " begins at "
              + low
              + "; a log-uniform one begins above 0, and 0 itself can be tried by choice");
    }
  }

  private SearchSpace with(Dimension dimension) {
    if (names().contains(dimension.name())) {
      throw new IllegalArgumentException(
          "option " + dimension.name() + " is in the space already; name it once");
    }
    List<Dimension> more = new ArrayList<>(dimensions);
    more.add(dimension);
    return new SearchSpace(more);
  }

  /**
   * The options that are searched.
   *
   * @return their names in the order in which they were added
   */
  public List<String> names() {
    return dimensions.stream().map(Dimension::name).toList();
  }

  /** This space with every name and value checked, and every choice as its text. */
  SearchSpace checked(OptionSet options) {
    List<Dimension> checked = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      String name = dimension.name();
      OptionSpec<?> spec =
          options.specs().stream()
              .filter(candidate -> candidate.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          Spelling.unknown("option", name, options.names())));
      if (dimension instanceof Choice choice) {
        Set<Object> texts = new LinkedHashSet<>();
        for (Object value : choice.values()) {
          if (!texts.add(text(options, name, value))) {
            throw new IllegalArgumentException(
                "option " + name + " is to take " + value + " twice; name each value once");
          }
        }
        checked.add(new Choice(name, List.copyOf(texts)));
      } else if (dimension instanceof Range range) {
        if (spec.type() != Double.class) {
          throw new IllegalArgumentException(
              "option "
                  + name
                  + " is no real number but of type "
                  + spec.type().getSimpleName()
                  + "; use choice or integers instead of "
                  + range);
        }
        spec.read(range.low());
        spec.read(range.high());
        checked.add(range);
      } else if (dimension instanceof WholeNumbers numbers) {
        spec.read(numbers.low());
        spec.read(numbers.high());
        checked.add(numbers);
      }
    }
    return new SearchSpace(checked);
  }

  /**
   * The text of a value.
   *
   * @throws IllegalArgumentException when the value is not allowed, or its text means another one
   */
  static String text(OptionSet options, String name, Object value) {
    Settings settings = options.resolve(Options.of(name, value));
    String text = Objects.requireNonNull(settings.asText().get(name), name);
    if (!options.resolve(Options.of(name, text)).equals(settings)) {
      throw new IllegalArgumentException(
          "option "
              + name
              + ": the text of the value, \""
              + text
              + "\", does not say all of it; give the value as text");
    }
    return text;
  }

  /** How many combinations there are, or empty where there is no end of them. */
  OptionalLong size() {
    long size = 1;
    for (Dimension dimension : dimensions) {
      if (!(dimension instanceof Finite finite)) {
        return OptionalLong.empty();
      }
      size = LongMath.saturatedMultiply(size, finite.count());
    }
    return OptionalLong.of(size);
  }

  /** The options that have no end of values. */
  List<String> continuous() {
    return dimensions.stream()
        .filter(dimension -> !(dimension instanceof Finite))
        .map(Dimension::name)
        .toList();
  }

  /** A combination of a space that has an end of them; the last option changes fastest. */
  Map<String, String> combination(long index) {
    Map<String, String> reversed = new LinkedHashMap<>();
    long rest = index;
    for (int d = dimensions.size() - 1; d >= 0; d--) {
      Finite finite = (Finite) dimensions.get(d);
      reversed.put(finite.name(), finite.value(rest % finite.count()));
      rest /= finite.count();
    }
    Map<String, String> combination = new LinkedHashMap<>();
    names().forEach(name -> combination.put(name, reversed.getOrDefault(name, "")));
    return combination;
  }

  /** A combination at random. */
  Map<String, String> draw(SplittableRandom random) {
    Map<String, String> combination = new LinkedHashMap<>();
    dimensions.forEach(dimension -> combination.put(dimension.name(), dimension.draw(random)));
    return combination;
  }

  @Override
  public String toString() {
    return dimensions.stream().map(Object::toString).collect(Collectors.joining("; "));
  }
}
