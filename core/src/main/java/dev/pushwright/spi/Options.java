// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Option values by name, as a user gives them; an {@link OptionSet} knows which names and values
 * are right. Immutable.
 *
 * @param values the values by name; text is read as the option's type
 */
public record Options(Map<String, Object> values) {

  private static final Options NONE = new Options(Map.of());

  /** Copies the values. */
  public Options {
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach(
        (name, value) ->
            copy.put(
                Objects.requireNonNull(name, "option name"),
                Objects.requireNonNull(value, () -> "value of option " + name)));
    values = Collections.unmodifiableMap(copy);
  }

  /**
   * No options: every default.
   *
   * @return empty options
   */
  public static Options none() {
    return NONE;
  }

  /**
   * One option.
   *
   * @param name its name
   * @param value its value
   * @return the options
   */
  public static Options of(String name, Object value) {
    return none().with(name, value);
  }

  /**
   * Two options.
   *
   * @param name1 the name of the first
   * @param value1 its value
   * @param name2 the name of the second
   * @param value2 its value
   * @return the options
   */
  public static Options of(String name1, Object value1, String name2, Object value2) {
    return of(name1, value1).with(name2, value2);
  }

  /**
   * These options and one more, or with another value for it.
   *
   * @param name its name
   * @param value its value
   * @return new options
   */
  public Options with(String name, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.put(name, value);
    return new Options(copy);
  }

  /**
   * Options from text, one each, as on a command line.
   *
   * @param assignments such as {@code "neighbours=50"}
   * @return the options
   * @throws IllegalArgumentException for a text without {@code =}
   */
  public static Options parse(Iterable<String> assignments) {
    Options options = none();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("\"" + assignment + "\" is no option; write name=value");
      }
      options =
          options.with(
              assignment.substring(0, equals).strip(), assignment.substring(equals + 1).strip());
    }
    return options;
  }
}
