// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One option of a plug-in: name, type, default, range and what it does. The default stands here and
 * nowhere else.
 *
 * @param <T> the type of its value
 */
public final class OptionSpec<T> {

  private final String name;
  private final Class<T> type;
  private final T defaultValue;
  private final String range;
  private final String doc;
  private final Function<Object, T> read;

  private OptionSpec(
      String name,
      Class<T> type,
      T defaultValue,
      String range,
      String doc,
      Function<Object, T> read) {
    this.name = Objects.requireNonNull(name, "name");
    this.type = type;
    this.defaultValue = defaultValue;
    this.range = range;
    this.doc = doc;
    this.read = read;
    read(defaultValue);
  }

  /**
   * A whole number.
   *
   * @param name its name
   * @param defaultValue the default
   * @param min the smallest value allowed
   * @param max the largest value allowed
   * @param doc what it does
   * @return the option
   */
  public static OptionSpec<Integer> integer(
      String name, int defaultValue, int min, int max, String doc) {
    return new OptionSpec<>(
        name,
        Integer.class,
        defaultValue,
        min + " to " + max,
        doc,
        value -> {
          int number =
              value instanceof Integer i ? i : Integer.parseInt(String.valueOf(value).strip());
          if (number < min || number > max) {
            throw new IllegalArgumentException("out of range");
          }
          return number;
        });
  }

  /**
   * A seed: any whole number.
   *
   * @param defaultValue the default
   * @return the option, named {@code seed}
   */
  public static OptionSpec<Long> seed(long defaultValue) {
    return new OptionSpec<>(
        "seed",
        Long.class,
        defaultValue,
        "any whole number",
        "Drives every random choice: same data, options and seed, same model.",
        value ->
            value instanceof Long l
                ? l
                : value instanceof Integer i
                    ? Long.valueOf(i)
                    : Long.valueOf(String.valueOf(value).strip()));
  }

  /**
   * A number.
   *
   * @param name its name
   * @param defaultValue the default
   * @param min the smallest value allowed
   * @param max the largest value allowed
   * @param doc what it does
   * @return the option
   */
  public static OptionSpec<Double> number(
      String name, double defaultValue, double min, double max, String doc) {
    return new OptionSpec<>(
        name,
        Double.class,
        defaultValue,
        min + " to " + max,
        doc,
        value -> {
          double number =
              value instanceof Number n
                  ? n.doubleValue()
                  : Double.parseDouble(String.valueOf(value).strip());
          if (!(number >= min && number <= max)) {
            throw new IllegalArgumentException("out of range");
          }
          return number;
        });
  }

  /**
   * A choice of yes or no.
   *
   * @param name its name
   * @param defaultValue the default
   * @param doc what it does
   * @return the option
   */
  public static OptionSpec<Boolean> flag(String name, boolean defaultValue, String doc) {
    return new OptionSpec<>(
        name,
        Boolean.class,
        defaultValue,
        "true or false",
        doc,
        value ->
            switch (String.valueOf(value).strip().toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("neither true nor false");
            });
  }

  /**
   * A choice among the constants of an enumeration; text is read whatever its case, with {@code -}
   * for {@code _}.
   *
   * @param name its name
   * @param defaultValue the default
   * @param doc what it does
   * @param <E> the enumeration
   * @return the option
   */
  public static <E extends Enum<E>> OptionSpec<E> choice(String name, E defaultValue, String doc) {
    Class<E> type = defaultValue.getDeclaringClass();
    return new OptionSpec<>(
        name,
        type,
        defaultValue,
        Arrays.stream(type.getEnumConstants())
            .map(OptionSpec::text)
            .collect(Collectors.joining(", ")),
        doc,
        value ->
            type.isInstance(value)
                ? type.cast(value)
                : Enum.valueOf(
                    type,
                    String.valueOf(value).strip().toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /**
   * Text.
   *
   * @param name its name
   * @param defaultValue the default, may be empty
   * @param range what is allowed, in words
   * @param doc what it does
   * @return the option
   */
  public static OptionSpec<String> text(
      String name, String defaultValue, String range, String doc) {
    return of(name, String.class, defaultValue, range, doc, Function.identity());
  }

  /**
   * An option of a type of its own.
   *
   * @param name its name
   * @param type its type
   * @param defaultValue the default
   * @param range what is allowed, in words
   * @param doc what it does
   * @param parse reads it from text, which {@code toString} of a value gives; throws {@link
   *     IllegalArgumentException} for text it cannot read
   * @param <T> its type
   * @return the option
   */
  public static <T> OptionSpec<T> of(
      String name,
      Class<T> type,
      T defaultValue,
      String range,
      String doc,
      Function<String, T> parse) {
    return new OptionSpec<>(
        name,
        type,
        defaultValue,
        range,
        doc,
        value -> type.isInstance(value) ? type.cast(value) : parse.apply(String.valueOf(value)));
  }

  /**
   * The name users give.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * The type of the value.
   *
   * @return the type
   */
  public Class<T> type() {
    return type;
  }

  /**
   * The value where none is given.
   *
   * @return the default
   */
  public T defaultValue() {
    return defaultValue;
  }

  /**
   * What is allowed.
   *
   * @return the range in words
   */
  public String range() {
    return range;
  }

  /**
   * What the option does.
   *
   * @return a sentence or two
   */
  public String doc() {
    return doc;
  }

  /**
   * This option with another default.
   *
   * @param defaultValue the default
   * @return a new option of the same name, type, range and documentation
   */
  public OptionSpec<T> withDefault(T defaultValue) {
    return new OptionSpec<>(name, type, defaultValue, range, doc, read);
  }

  /**
   * Reads a value.
   *
   * @param value a value of the type, or its text
   * @return the value
   * @throws IllegalArgumentException naming option, value and range
   */
  public T read(Object value) {
    try {
      return read.apply(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "option " + name + " is " + value + "; allowed: " + range + " (" + reason(e) + ")", e);
    }
  }

  // What the JDK says of a text it cannot read helps nobody.
  private @Nullable String reason(IllegalArgumentException e) {
    if (e instanceof NumberFormatException) {
      return type == Double.class ? "no number" : "no whole number within that";
    }
    return type.isEnum() ? "none of these" : e.getMessage();
  }

  static String text(Object value) {
    return value instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
        : value.toString();
  }

  @Override
  public String toString() {
    String shown = text(defaultValue).isEmpty() ? "empty" : text(defaultValue);
    return name + " (default " + shown + "; " + range + "): " + doc;
  }
}
