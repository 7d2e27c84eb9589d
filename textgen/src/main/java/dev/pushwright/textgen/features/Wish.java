// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import java.util.List;
import java.util.Objects;

/** The features of an item that somebody would want, and what they mean. Immutable. */
public final class Wish {

  /**
   * An item of the catalogue.
   *
   * @param itemId its id
   * @param cosine how near it is, from −1 to 1
   */
  public record Match(String itemId, double cosine) {
    /** Checks that there is an id. */
    public Match {
      Objects.requireNonNull(itemId, "itemId");
    }
  }

  private final float[] vector;
  private final List<Match> items;
  private final List<String> tags;

  Wish(float[] vector, List<Match> items, List<String> tags) {
    this.vector = vector;
    this.items = List.copyOf(items);
    this.tags = List.copyOf(tags);
  }

  /**
   * The features.
   *
   * @return a copy: {@link FeatureSpace#itemWidth()} numbers of length 1
   */
  public float[] vector() {
    return vector.clone();
  }

  /**
   * The items of the catalogue that come nearest.
   *
   * @return nearest first, equally near ones by id
   */
  public List<Match> items() {
    return items;
  }

  /**
   * The features in words.
   *
   * @return what tells most first, in lower case
   */
  public List<String> tags() {
    return tags;
  }

  /** The nearest item and the tags, such as {@code 商品4：时尚、衣服、女士}. */
  @Override
  public String toString() {
    return (items.isEmpty() ? "" : items.get(0).itemId() + "：") + String.join("、", tags);
  }
}
