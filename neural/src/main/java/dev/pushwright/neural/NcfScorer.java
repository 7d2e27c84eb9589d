// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.math.Matmul;
import dev.pushwright.neural.nn.Parameters;
import java.util.Arrays;

/**
 * Scores all items by a {@link NcfNet}. What the first layer of the MLP tower makes of an item is
 * the same for every user, and computed once for the model: items × the width of that layer, in
 * float32. A user adds a part of the own to it, and the layers after it work over blocks of items,
 * the wide ones by products of matrices.
 */
final class NcfScorer implements PairScorer {

  private static final int BLOCK = 256;

  // Weights from which on a layer is a product of matrices: the loops are as fast below.
  private static final int PRODUCT = 2048;

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
    Room room = new Room(widest());
    for (int from = 0; from < items; from += BLOCK) {
      int n = Math.min(BLOCK, items - from);
      for (int o = 0; o < own.length; o++) {
        addAndCut(itemPart[o], from, own[o], h[0][o], n);
      }
      for (int layer = 1; layer < h.length; layer++) {
        deeper(layer, h[layer - 1], h[layer], room, n);
      }
      Arrays.fill(room.sums, 0);
      float[][] last = h[h.length - 1];
      Columns.add(outWeight, f, 1, last, last.length, room.sums, n);
      for (int i = 0; i < n; i++) {
        scores[from + i] += room.sums[i];
      }
    }
  }

  /** The columns of a block side by side, as a product of matrices takes them. */
  private static final class Room {
    final float[] sums = new float[BLOCK];
    final float[] x;
    final float[] y;

    Room(int width) {
      x = new float[width * BLOCK];
      y = new float[width * BLOCK];
    }
  }

  /** The widest that a product has to do with; 0 where all layers are worked column by column. */
  private int widest() {
    int widest = 0;
    for (int layer = 1; layer < weights.length; layer++) {
      if (weights[layer].length >= PRODUCT) {
        widest = Math.max(widest, Math.max(biases[layer - 1].length, biases[layer].length));
      }
    }
    return widest;
  }

  /** y = ReLU(b + Wᵀ·x) of a layer after the first, for n items. */
  private void deeper(int layer, float[][] x, float[][] y, Room room, int n) {
    int out = y.length;
    if (weights[layer].length < PRODUCT) {
      for (int o = 0; o < out; o++) {
        Arrays.fill(room.sums, biases[layer][o]);
        Columns.add(weights[layer], o, out, x, x.length, room.sums, n);
        addAndCut(room.sums, 0, 0, y[o], n);
      }
      return;
    }
    for (int k = 0; k < x.length; k++) {
      System.arraycopy(x[k], 0, room.x, k * BLOCK, n);
    }
    Matmul.sgemm(
        true,
        false,
        out,
        n,
        x.length,
        1,
        weights[layer],
        0,
        out,
        room.x,
        0,
        BLOCK,
        0,
        room.y,
        0,
        BLOCK);
    for (int o = 0; o < out; o++) {
      addAndCut(room.y, o * BLOCK, biases[layer][o], y[o], n);
    }
  }

  private static void addAndCut(float[] x, int off, float add, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.max(x[off + i] + add, 0);
    }
  }
}
