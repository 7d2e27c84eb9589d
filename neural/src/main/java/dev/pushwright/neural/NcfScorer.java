// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.Parameters;
import java.util.Arrays;

/**
 * Scores all items by a {@link NcfNet}. What the first layer of the MLP tower makes of an item is
 * the same for every user, and computed once; a user adds a part of the own to it. Layers are
 * worked column by column over blocks of items.
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
    float[][][] h = new float[weights.length][][];
    for (int n = 0; n < h.length; n++) {
      h[n] = new float[biases[n].length][BLOCK];
    }
    float[] sums = new float[BLOCK];
    for (int from = 0; from < items; from += BLOCK) {
      int n = Math.min(BLOCK, items - from);
      for (int o = 0; o < own.length; o++) {
        addAndCut(itemPart[o], from, own[o], h[0][o], n);
      }
      for (int layer = 1; layer < h.length; layer++) {
        int width = biases[layer].length;
        for (int o = 0; o < width; o++) {
          Arrays.fill(sums, biases[layer][o]);
          Columns.add(weights[layer], o, width, h[layer - 1], h[layer - 1].length, sums, n);
          addAndCut(sums, 0, 0, h[layer][o], n);
        }
      }
      Arrays.fill(sums, 0);
      float[][] last = h[h.length - 1];
      Columns.add(outWeight, f, 1, last, last.length, sums, n);
      for (int i = 0; i < n; i++) {
        scores[from + i] += sums[i];
      }
    }
  }

  private static void addAndCut(float[] x, int off, float add, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.max(x[off + i] + add, 0);
    }
  }
}
