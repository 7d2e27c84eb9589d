// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.FloatMath;
import dev.pushwright.neural.nn.Parameters;
import java.util.Arrays;

/**
 * Scores all items by a {@link VaeNet}, with sums in an order that is its own: the same bits
 * whatever multiplies matrices in training. Thread-safe.
 */
final class VaeScorer {

  private final Parameters parameters;
  private final int hidden;
  private final int latent;

  VaeScorer(Parameters parameters, VaeNet.Shape shape) {
    this.parameters = parameters;
    this.hidden = shape.hidden();
    this.latent = shape.latent();
  }

  /**
   * Scores all items.
   *
   * @param ids N items
   * @param x what the user has of each, of length 1 together
   * @param n N
   * @param scores receives ln π, one for each item
   */
  void score(int[] ids, float[] x, int n, float[] scores) {
    float[] h = values(VaeNet.ENCODER_BIAS).clone();
    float[] table = values(VaeNet.ENCODER);
    for (int k = 0; k < n; k++) {
      add1(x[k], table, ids[k] * hidden, h, hidden);
    }
    tanh(h);
    float[] z = dense(VaeNet.MEAN, h, latent);
    float[] back = dense(VaeNet.DECODER, z, hidden);
    tanh(back);
    System.arraycopy(dense(VaeNet.OUT, back, scores.length), 0, scores, 0, scores.length);
    logSoftmax(scores);
  }

  private float[] values(String name) {
    return parameters.get(name).values();
  }

  private static void tanh(float[] h) {
    for (int o = 0; o < h.length; o++) {
      h[o] = FloatMath.tanh(h[o]);
    }
  }

  private float[] dense(String name, float[] x, int outputs) {
    float[] weight = values(name + ".weight");
    float[] y = Arrays.copyOf(values(name + ".bias"), outputs);
    int k = 0;
    for (; k + 4 <= x.length; k += 4) {
      add4(x, k, weight, y, outputs);
    }
    for (; k < x.length; k++) {
      add1(x[k], weight, k * outputs, y, outputs);
    }
    return y;
  }

  private static void add1(float w, float[] rows, int off, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += w * rows[off + i];
    }
  }

  private static void add4(float[] x, int k, float[] rows, float[] y, int n) {
    float x0 = x[k];
    float x1 = x[k + 1];
    float x2 = x[k + 2];
    float x3 = x[k + 3];
    int o0 = k * n;
    int o1 = o0 + n;
    int o2 = o1 + n;
    int o3 = o2 + n;
    for (int i = 0; i < n; i++) {
      y[i] += x0 * rows[o0 + i] + x1 * rows[o1 + i] + x2 * rows[o2 + i] + x3 * rows[o3 + i];
    }
  }

  private static void logSoftmax(float[] scores) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (float score : scores) {
      sum += FloatMath.exp(score - largest);
    }
    float normalizer = (float) (StrictMath.log(sum) + largest);
    for (int i = 0; i < scores.length; i++) {
      scores[i] -= normalizer;
    }
  }
}
