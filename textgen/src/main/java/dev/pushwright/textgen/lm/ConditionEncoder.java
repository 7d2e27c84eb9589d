// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.Activation;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.Embedding;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Parameters;
import java.util.Arrays;

/** Describes a set of conditions, in no order, by K numbers: tanh((Σ e_c)·W + b). */
final class ConditionEncoder {

  private final int width;
  private final Embedding embedding;
  private final Dense dense;
  private final Activation tanh = new Activation(Activation.Function.TANH);
  private Batch batch = new Batch();
  private float[] sums = {};
  private float[] spread = {};

  ConditionEncoder(Parameters parameters, String name, int conditions, int width) {
    this.width = width;
    this.embedding =
        new Embedding(parameters, name + ".conditions", conditions, width, Initializer.normal(0.3));
    this.dense = new Dense(parameters, name + ".context", width, width, Initializer.glorot());
  }

  /** Gives B×K. */
  float[] forward(Batch now) {
    batch = now;
    int all = now.starts()[now.size()];
    float[] rows = embedding.forward(now.conditions(), all);
    if (sums.length < now.size() * width) {
      sums = new float[now.size() * width];
    }
    Arrays.fill(sums, 0, now.size() * width, 0);
    for (int b = 0; b < now.size(); b++) {
      for (int c = now.starts()[b]; c < now.starts()[b + 1]; c++) {
        for (int k = 0; k < width; k++) {
          sums[b * width + k] += rows[c * width + k];
        }
      }
    }
    return tanh.forward(dense.forward(sums, now.size()), now.size() * width);
  }

  void backward(float[] dy) {
    float[] d = dense.backward(tanh.backward(dy));
    int all = batch.starts()[batch.size()];
    if (spread.length < all * width) {
      spread = new float[all * width];
    }
    for (int b = 0; b < batch.size(); b++) {
      for (int c = batch.starts()[b]; c < batch.starts()[b + 1]; c++) {
        System.arraycopy(d, b * width, spread, c * width, width);
      }
    }
    embedding.backward(spread);
  }
}
