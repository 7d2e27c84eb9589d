// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.features;

import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A record of named values: numbers, and texts of which a column may hold several. What is not
 * there is missing. Immutable.
 */
public final class Row {

  /** The largest number, in size, that a row may hold; its square can still be summed. */
  public static final double MAX_NUMBER = 1e100;

  private final Map<String, Double> numbers;
  private final Map<String, List<String>> texts;

  private Row(Builder b) {
    this.numbers = Collections.unmodifiableMap(new TreeMap<>(b.numbers));
    this.texts = Collections.unmodifiableMap(new TreeMap<>(b.texts));
  }

  /**
   * Starts a row.
   *
   * @return a builder of an empty row
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A user's attributes, each as a text.
   *
   * @param user the user
   * @return a row with a column for each attribute
   */
  public static Row of(User user) {
    Builder row = builder();
    user.attributes().forEach(row::text);
    return row.build();
  }

  /**
   * An item's attributes, each as a text, its tags as the column {@code tags}, its price as the
   * number {@code price}. An attribute of one of these two names stands back.
   *
   * @param item the item
   * @return a row
   */
  public static Row of(Item item) {
    Builder row = builder();
    item.attributes().forEach(row::text);
    row.texts("tags", item.tags());
    row.texts.remove("price");
    item.price().ifPresent(price -> row.number("price", price));
    return row.build();
  }

  /**
   * A number, or a text that is written like one.
   *
   * @param column the name
   * @return the number, finite and at most {@link #MAX_NUMBER} in size, or empty when it is missing
   * @throws IllegalArgumentException when there is a text that is no such number, or several texts
   */
  public OptionalDouble number(String column) {
    Double number = numbers.get(column);
    if (number != null) {
      return OptionalDouble.of(number);
    }
    List<String> values = texts.getOrDefault(column, List.of());
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      if (values.size() == 1) {
        return OptionalDouble.of(checked(column, Double.parseDouble(values.get(0))));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(notANumber(column, values), e);
    }
    throw new IllegalArgumentException(notANumber(column, values));
  }

  private static String notANumber(String column, List<String> values) {
    return "column "
        + column
        + " holds "
        + values
        + ", which is no number; leave the value out where it is not known, or make it a category";
  }

  /**
   * The texts of a column. A number counts as the text of it, a whole one without decimals.
   *
   * @param column the name
   * @return the texts in their order, none when they are missing
   */
  public List<String> texts(String column) {
    Double number = numbers.get(column);
    if (number == null) {
      return texts.getOrDefault(column, List.of());
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
    return List.of(whole ? String.valueOf(number.longValue()) : number.toString());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Row other && numbers.equals(other.numbers) && texts.equals(other.texts);
  }

  @Override
  public int hashCode() {
    return 31 * numbers.hashCode() + texts.hashCode();
  }

  @Override
  public String toString() {
    Map<String, Object> all = new TreeMap<>(texts);
    all.putAll(numbers);
    return all.toString();
  }

  private static double checked(String column, double number) {
    // Written so that NaN fails it.
    if (!(Math.abs(number) <= MAX_NUMBER)) {
      throw new IllegalArgumentException(
          "column "
              + column
              + " is "
              + number
              + "; a number from -"
              + MAX_NUMBER
              + " to "
              + MAX_NUMBER
              + " is needed, or none where it is not known");
    }
    return number;
  }

  /** Builds a {@link Row}. A value replaces what the column held before. */
  public static final class Builder {
    private final Map<String, Double> numbers = new TreeMap<>();
    private final Map<String, List<String>> texts = new TreeMap<>();

    private Builder() {}

    /**
     * Sets a number.
     *
     * @param column the name, not blank
     * @param number from −{@link Row#MAX_NUMBER} to {@link Row#MAX_NUMBER}
     * @return this
     */
    public Builder number(String column, double number) {
      requireName(column);
      texts.remove(column);
      numbers.put(column, checked(column, number));
      return this;
    }

    /**
     * Sets a text.
     *
     * @param column the name, not blank
     * @param text the text; a blank one is missing
     * @return this
     */
    public Builder text(String column, String text) {
      return texts(column, List.of(text));
    }

    /**
     * Sets several texts.
     *
     * @param column the name, not blank
     * @param several the texts; blank ones are left out
     * @return this
     */
    public Builder texts(String column, Collection<String> several) {
      requireName(column);
      List<String> kept = several.stream().map(String::strip).filter(t -> !t.isEmpty()).toList();
      numbers.remove(column);
      if (kept.isEmpty()) {
        texts.remove(column);
      } else {
        texts.put(column, kept);
      }
      return this;
    }

    /**
     * The row.
     *
     * @return an immutable row
     */
    public Row build() {
      return new Row(this);
    }
  }

  static void requireName(String column) {
    if (column.isBlank()) {
      throw new IllegalArgumentException("the name of a column is blank; give it one");
    }
  }
}
