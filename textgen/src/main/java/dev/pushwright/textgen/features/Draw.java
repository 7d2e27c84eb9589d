// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.neural.nn.CounterRandom;
import java.util.Arrays;

/**
 * What a chunk of a batch is made of: profiles, items and noise, each a function of a key and the
 * number of the row alone. A block of a profile is left out of one row in ten, as at answering time
 * it may not be known. One thread at a time.
 */
final class Draw {

  private static final float LEFT_OUT = 0.1f;

  private final FeatureSpace space;
  private final Examples examples;
  private final Pairs pairs;
  private final float[][] vectors;
  private final int noise;
  private final float scale;

  private long begin;

  float[] x = {};
  float[] y = {};
  float[] z = {};

  /**
   * Draws of pairs.
   *
   * @param space where profiles and items lie
   * @param examples the pairs
   * @param pairs those that may be drawn
   * @param vectors of the items by dense index
   * @param noise K
   */
  Draw(FeatureSpace space, Examples examples, Pairs pairs, float[][] vectors, int noise) {
    this.space = space;
    this.examples = examples;
    this.pairs = pairs;
    this.vectors = vectors;
    this.noise = noise;
    this.scale = (float) Math.sqrt(space.itemWidth());
  }

  /** Fills x, y and z with the rows from one number on. */
  void rows(long key, long from, int rows) {
    begin = from;
    int p = space.profileWidth();
    int d = space.itemWidth();
    x = x.length >= rows * p ? x : new float[rows * p];
    y = y.length >= rows * d ? y : new float[rows * d];
    for (int r = 0; r < rows; r++) {
      long row = CounterRandom.key(key, from + r);
      int pair = pairs.draw(row, 0);
      input(space, examples.profile(pair), x, r * p);
      for (int b = 0; b < space.blocks(); b++) {
        if (CounterRandom.uniform(row, 1 + b) < LEFT_OUT) {
          Arrays.fill(x, r * p + space.blockStart(b), r * p + space.blockStart(b + 1), 0);
          x[r * p + space.knownAt(b)] = 0;
        }
      }
      float[] vector = vectors[examples.item(pair)];
      for (int i = 0; i < d; i++) {
        y[r * d + i] = vector[i] * scale;
      }
    }
    z = noise(z, CounterRandom.key(key, -1 - from), rows, noise);
  }

  /** The number of the first row that was drawn. */
  long begin() {
    return begin;
  }

  /** Fills a buffer, or a larger one, with numbers of the standard normal distribution. */
  static float[] noise(float[] buffer, long key, int rows, int width) {
    float[] to = buffer.length >= rows * width ? buffer : new float[rows * width];
    for (int i = 0; i < rows * width; i++) {
      to[i] = (float) CounterRandom.gaussian(key, i);
    }
    return to;
  }

  /** A profile as networks take it: what lies among the items at the length that items have. */
  static void input(FeatureSpace space, float[] profile, float[] to, int off) {
    float scale = (float) Math.sqrt(space.itemWidth());
    System.arraycopy(profile, 0, to, off, profile.length);
    for (int i = 0; i < space.itemWidth(); i++) {
      to[off + i] *= scale;
    }
  }
}
