// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.math.Matmul;
import dev.pushwright.neural.nn.Parameters;
import java.util.Arrays;

/**
 * Scores all items by a {@link NcfNet}. What the first layer of the MLP tower makes of an item is
 * the same for every user, and computed once for the model: items × the width of that layer, in
 * float32. A user adds a part of the own to it, and the layers after it are matrix products over
 * blocks of items.
 */
final class NcfScorer implements PairScorer {

  private static final int BLOCK = 256;

  private final NcfNet.Shape shape;
  private final int items;
  private final float[][] gmfColumns;
  private final float[] outWeight;
  private final float outBias;
  private final int half;
  // By layer from the first on: weights row-major, and biases.
  private final float[][] weights;
  private final float[][] biases;
  // By column of the first layer: what it makes of each item. Without layers, the items themselves.
  private final float[][] itemPart;

  NcfScorer(Parameters parameters, int items, NcfNet.Shape shape) {
    this(parameters, items, shape, new float[0][]);
  }

  /** With something to be added to what the first layer makes of the items, by column. */
  NcfScorer(Parameters parameters, int items, NcfNet.Shape shape, float[][] ofItems) {
    this.shape = shape;
    this.items = items;
    this.gmfColumns =
        shape.hasGmf()
            ? Columns.of(parameters.get(NcfNet.GMF_ITEM).values(), items, shape.factors())
            : new float[0][];
    this.outWeight = parameters.get(NcfNet.OUT + ".weight").values().clone();
    this.outBias = parameters.get(NcfNet.OUT + ".bias").values()[0];
    int layers = Math.max(0, shape.layers().size() - 1);
    this.half = shape.hasMlp() ? shape.layers().get(0) / 2 : 0;
    this.weights = new float[layers][];
    this.biases = new float[layers][];
    for (int n = 0; n < layers; n++) {
      weights[n] = parameters.get(NcfNet.layer(n + 1) + ".weight").values().clone();
      biases[n] = parameters.get(NcfNet.layer(n + 1) + ".bias").values().clone();
    }
    this.itemPart = itemPart(parameters);
    for (int o = 0; o < ofItems.length; o++) {
      for (int i = 0; i < items; i++) {
        itemPart[o][i] += ofItems[o][i];
      }
    }
  }

  private float[][] itemPart(Parameters parameters) {
    if (!shape.hasMlp()) {
      return new float[0][];
    }
    float[][] embedded = Columns.of(parameters.get(NcfNet.MLP_ITEM).values(), items, half);
    if (weights.length == 0) {
      return embedded;
    }
    int width = biases[0].length;
    float[][] part = new float[width][items];
    for (int o = 0; o < width; o++) {
      Arrays.fill(part[o], biases[0][o]);
      Columns.add(weights[0], half * width + o, width, embedded, half, part[o], items);
    }
    return part;
  }

  @Override
  public void score(Parameters users, int user, float[] scores) {
    score(users, user, new float[weights.length == 0 ? 0 : biases[0].length], scores);
  }

  /** With something to be added to what the first layer makes of the user; modified. */
  void score(Parameters users, int user, float[] own, float[] scores) {
    Arrays.fill(scores, outBias);
    int f = shape.factors();
    if (shape.hasGmf()) {
      float[] p = users.get(NcfNet.GMF_USER).values();
      float[] w = new float[f];
      for (int k = 0; k < f; k++) {
        w[k] = outWeight[k] * p[user * f + k];
      }
      Columns.add(w, 0, 1, gmfColumns, f, scores, items);
    }
    if (shape.hasMlp()) {
      addMlp(users.get(NcfNet.MLP_USER).values(), user * half, own, scores);
    }
  }

  private void addMlp(float[] p, int at, float[] own, float[] scores) {
    int f = shape.factors();
    if (weights.length == 0) {
      float sum = 0;
      for (int k = 0; k < half; k++) {
        sum += outWeight[f + k] * p[at + k];
      }
      for (int i = 0; i < items; i++) {
        scores[i] += sum;
      }
      Columns.add(outWeight, f + half, 1, itemPart, half, scores, items);
      return;
    }
    for (int k = 0; k < half; k++) {
      for (int o = 0; o < own.length; o++) {
        own[o] += p[at + k] * weights[0][k * own.length + o];
      }
    }
    // By column again: row o of h holds what output o makes of each item of the block.
    float[][] h = new float[weights.length][];
    for (int n = 0; n < h.length; n++) {
      h[n] = new float[biases[n].length * BLOCK];
    }
    float[] last = h[h.length - 1];
    int width = shape.last();
    for (int from = 0; from < items; from += BLOCK) {
      int n = Math.min(BLOCK, items - from);
      for (int o = 0; o < own.length; o++) {
        addAndCut(itemPart[o], from, own[o], h[0], o * BLOCK, n);
      }
      for (int layer = 1; layer < h.length; layer++) {
        deeper(layer, h[layer - 1], h[layer], n);
      }
      Matmul.sgemm(
          false, false, 1, n, width, 1, outWeight, f, width, last, 0, BLOCK, 1, scores, from, n);
    }
  }

  /** y = ReLU(b + Wᵀ·x) of a layer after the first, for n items. */
  private void deeper(int layer, float[] x, float[] y, int n) {
    int in = biases[layer - 1].length;
    int out = biases[layer].length;
    Matmul.sgemm(true, false, out, n, in, 1, weights[layer], 0, out, x, 0, BLOCK, 0, y, 0, BLOCK);
    for (int o = 0; o < out; o++) {
      addAndCut(y, o * BLOCK, biases[layer][o], y, o * BLOCK, n);
    }
  }

  private static void addAndCut(float[] x, int xOff, float add, float[] y, int yOff, int n) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = Math.max(x[xOff + i] + add, 0);
    }
  }
}
