// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Something that can be shown to a user. Immutable; equal when every part is equal, vectors by
 * their numbers.
 *
 * <p>Well-known attributes are {@value #CATEGORY}, {@value #BRAND} and {@value #DESCRIPTION}; any
 * other name is yours.
 */
public final class Item {

  /** The attribute that holds the item's category. */
  public static final String CATEGORY = "category";

  /** The attribute that holds the item's brand. */
  public static final String BRAND = "brand";

  /** The attribute that holds the item's longer text. */
  public static final String DESCRIPTION = "description";

  private final String id;
  private final String title;
  private final Map<String, String> attributes;
  private final Set<String> tags;
  private final OptionalDouble price;
  private final Map<String, float[]> vectors;

  private Item(Builder b) {
    this.id = b.id;
    this.title = b.title.isBlank() ? b.id : b.title;
    this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(b.attributes));
    this.tags = Collections.unmodifiableSet(new LinkedHashSet<>(b.tags));
    this.price = b.price;
    this.vectors = Map.copyOf(b.vectors);
  }

  /**
   * An item of which only the id is known; its title is its id.
   *
   * @param id the id, not empty
   * @return the item
   */
  public static Item of(String id) {
    return builder(id).build();
  }

  /**
   * An item with a title.
   *
   * @param id the id, not empty
   * @param title the title; when blank, the id stands for it
   * @return the item
   */
  public static Item of(String id, String title) {
    return builder(id).title(title).build();
  }

  /**
   * Starts an item.
   *
   * @param id the id, not empty
   * @return a builder
   */
  public static Builder builder(String id) {
    return new Builder(id);
  }

  /**
   * The id, as it came in.
   *
   * @return the id, never empty
   */
  public String id() {
    return id;
  }

  /**
   * What people call it.
   *
   * @return the title, never blank
   */
  public String title() {
    return title;
  }

  /**
   * Whether a title was given, or the id stands for it.
   *
   * @return whether there is a title that may be shown to people
   */
  public boolean hasTitle() {
    return !title.equals(id);
  }

  /**
   * Named properties.
   *
   * @return an unmodifiable map in the order of insertion
   */
  public Map<String, String> attributes() {
    return attributes;
  }

  /**
   * Labels.
   *
   * @return an unmodifiable set in the order of insertion
   */
  public Set<String> tags() {
    return tags;
  }

  /**
   * The price of one, in the currency of the data.
   *
   * @return the price, at least 0, or empty when not known
   */
  public OptionalDouble price() {
    return price;
  }

  /**
   * The names of the vectors the item carries, such as {@code "image"} or {@code "text"}.
   *
   * @return the names
   */
  public Set<String> vectorNames() {
    return vectors.keySet();
  }

  /**
   * A vector the item carries.
   *
   * @param name one of {@link #vectorNames()}
   * @return a copy, yours to change
   * @throws IllegalArgumentException when the item has no such vector
   */
  public float[] vector(String name) {
    float[] vector = vectors.get(name);
    if (vector == null) {
      throw new IllegalArgumentException(
          "item " + id + " has no vector \"" + name + "\"; it has " + vectors.keySet());
    }
    return vector.clone();
  }

  /**
   * A builder that starts from this item.
   *
   * @return a builder holding all of this item
   */
  public Builder toBuilder() {
    Builder b = new Builder(id);
    b.title = hasTitle() ? title : "";
    b.attributes.putAll(attributes);
    b.tags.addAll(tags);
    b.price = price;
    b.vectors.putAll(vectors);
    return b;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Item other
        && id.equals(other.id)
        && title.equals(other.title)
        && attributes.equals(other.attributes)
        && tags.equals(other.tags)
        && price.equals(other.price)
        && sameVectors(vectors, other.vectors);
  }

  private static boolean sameVectors(Map<String, float[]> a, Map<String, float[]> b) {
    return a.keySet().equals(b.keySet())
        && a.keySet().stream()
            .allMatch(
                name ->
                    Arrays.equals(
                        Objects.requireNonNull(a.get(name)), Objects.requireNonNull(b.get(name))));
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, title, attributes, tags, price);
  }

  @Override
  public String toString() {
    return hasTitle() ? id + " \"" + title + "\"" : id;
  }

  /** Builds an {@link Item}. */
  public static final class Builder {
    private final String id;
    private String title = "";
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Set<String> tags = new LinkedHashSet<>();
    private OptionalDouble price = OptionalDouble.empty();
    private final Map<String, float[]> vectors = new LinkedHashMap<>();

    private Builder(String id) {
      Ids.check("item id", id);
      this.id = id;
    }

    /**
     * Sets the title.
     *
     * @param title what people call it; when blank, the id stands for it
     * @return this
     */
    public Builder title(String title) {
      this.title = Objects.requireNonNull(title, "title").strip();
      return this;
    }

    /**
     * Sets a named property; a blank value removes it.
     *
     * @param name the name, not blank
     * @param value the value
     * @return this
     */
    public Builder attribute(String name, String value) {
      Ids.check("attribute name", name);
      if (value.isBlank()) {
        attributes.remove(name);
      } else {
        attributes.put(name, value.strip());
      }
      return this;
    }

    /**
     * Sets the category.
     *
     * @param category the category; blank removes it
     * @return this
     */
    public Builder category(String category) {
      return attribute(CATEGORY, category);
    }

    /**
     * Adds labels; blank ones are left out.
     *
     * @param tags the labels
     * @return this
     */
    public Builder tags(String... tags) {
      for (String tag : tags) {
        if (!tag.isBlank()) {
          this.tags.add(tag.strip());
        }
      }
      return this;
    }

    /**
     * Sets the price of one.
     *
     * @param price from 0 to {@link Interaction#MAX_VALUE}
     * @return this
     */
    public Builder price(double price) {
      if (!(price >= 0 && price <= Interaction.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "price of item "
                + id
                + " is "
                + price
                + "; a number from 0 to "
                + Interaction.MAX_VALUE
                + " is needed");
      }
      this.price = OptionalDouble.of(price);
      return this;
    }

    /**
     * Adds a vector.
     *
     * @param name its name, not blank
     * @param vector its numbers, all finite; copied
     * @return this
     */
    public Builder vector(String name, float[] vector) {
      Ids.check("vector name", name);
      for (int d = 0; d < vector.length; d++) {
        if (!Float.isFinite(vector[d])) {
          throw new IllegalArgumentException(
              "vector \"" + name + "\" of item " + id + " is " + vector[d] + " at " + d);
        }
      }
      vectors.put(name, vector.clone());
      return this;
    }

    /**
     * The item.
     *
     * @return an immutable item
     */
    public Item build() {
      return new Item(this);
    }
  }
}
