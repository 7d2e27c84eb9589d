// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;

/**
 * What the models of ratings have learned, of U users and I items in K factors, which may be 0.
 * Arrays are handed out as they are, and nobody changes them.
 */
final class RatingFactors {

  // What no sound training gets to: numbers within these bounds give scores within float32.
  static final double MAX_USER_SIDE = 1e30;
  static final double MAX_ITEM_FACTOR = 1e4;

  private final double[] userBias;
  private final double[] itemBias;
  private final float[] userFactors;
  private final float[][] itemFactors;
  private final float[] implicitFactors;

  RatingFactors(
      double[] userBias,
      double[] itemBias,
      float[] userFactors,
      float[][] itemFactors,
      float[] implicitFactors) {
    this.userBias = userBias;
    this.itemBias = itemBias;
    this.userFactors = userFactors;
    this.itemFactors = itemFactors;
    this.implicitFactors = implicitFactors;
  }

  /** How much each of the U users rates above the mean. */
  double[] userBias() {
    return userBias;
  }

  /** How much each of the I items is rated above the mean. */
  double[] itemBias() {
    return itemBias;
  }

  /** U × K, row-major. */
  float[] userFactors() {
    return userFactors;
  }

  /** K × I, a row for each factor, so that all items are scored in long loops. */
  float[][] itemFactors() {
    return itemFactors;
  }

  /**
   * I × K, row-major: what having rated an item tells, whatever the rating; or empty where that is
   * not learned.
   */
  float[] implicitFactors() {
    return implicitFactors;
  }

  int factors() {
    return itemFactors.length;
  }

  /** The factors of an item, gathered: K numbers. */
  float[] item(int item) {
    float[] row = new float[factors()];
    for (int f = 0; f < row.length; f++) {
      row[f] = itemFactors[f][item];
    }
    return row;
  }

  /** Rows of items turned into rows of factors. */
  static float[][] byFactor(float[][] byItem, int factors) {
    float[][] rows = new float[factors][byItem.length];
    for (int i = 0; i < byItem.length; i++) {
      for (int f = 0; f < factors; f++) {
        rows[f][i] = byItem[i][f];
      }
    }
    return rows;
  }

  /** One row after another. */
  static float[] flat(float[][] rows, int width) {
    float[] flat = new float[Math.multiplyExact(rows.length, width)];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, flat, r * width, width);
    }
    return flat;
  }

  void save(ModelWriter out) {
    int items = itemBias.length;
    out.doubles("userBias", userBias)
        .doubles("itemBias", itemBias)
        .floats("userFactors", userFactors, userBias.length, factors())
        .floats("itemFactors", flat(itemFactors, items), factors(), items)
        .floats(
            "implicitFactors", implicitFactors, implicitFactors.length == 0 ? 0 : items, factors());
  }

  static RatingFactors read(ModelReader in, int users, int items, int factors, boolean implicit) {
    double[] userBias = in.doubles("userBias", users);
    double[] itemBias = in.doubles("itemBias", items);
    float[] userFactors = in.floats("userFactors", users, factors);
    float[] flat = in.floats("itemFactors", factors, items);
    float[] implicitFactors = in.floats("implicitFactors", implicit ? items : 0, factors);
    check(in, "userBias", userBias);
    check(in, "itemBias", itemBias);
    check(in, "userFactors", userFactors, MAX_USER_SIDE);
    check(in, "itemFactors", flat, MAX_ITEM_FACTOR);
    check(in, "implicitFactors", implicitFactors, MAX_USER_SIDE);
    float[][] itemFactors = new float[factors][items];
    for (int f = 0; f < factors; f++) {
      System.arraycopy(flat, f * items, itemFactors[f], 0, items);
    }
    return new RatingFactors(userBias, itemBias, userFactors, itemFactors, implicitFactors);
  }

  private static void check(ModelReader in, String name, double[] values) {
    for (double value : values) {
      if (!(Math.abs(value) <= MAX_USER_SIDE)) {
        throw in.damaged(name + " holds " + value + ", which no training gives");
      }
    }
  }

  private static void check(ModelReader in, String name, float[] values, double max) {
    for (float value : values) {
      if (!(Math.abs(value) <= max)) {
        throw in.damaged(name + " holds " + value + ", which no training gives");
      }
    }
  }
}
