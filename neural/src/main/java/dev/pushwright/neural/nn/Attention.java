// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import dev.pushwright.math.Matmul;
import java.util.Arrays;

/**
 * Attention by scaled dot products [1]: each of T queries of a sequence looks at S places of its
 * memory, and takes the mean of their values weighted by how well their keys fit. For each of B
 * sequences, with keys and queries D wide and values E wide:
 *
 * <pre>
 * A = softmax(Q·Kᵀ / √D)      Y = A·V
 * dV = Aᵀ·dY      dS = A ⊙ (dY·Vᵀ − Σ_places A ⊙ dY·Vᵀ)      dQ = dS·K / √D      dK = dSᵀ·Q / √D
 * </pre>
 *
 * <p>Query t of sequence b is row b·T + t, place s of its memory row b·S + s. Of a memory shorter
 * than S the last places count nothing. The layer has no parameters: a {@link Dense} before it
 * makes queries and keys.
 *
 * <p>[1] A. Vaswani et al., "Attention is all you need", NIPS 2017.
 */
public final class Attention {

  private final int width;
  private final int valueWidth;
  private final float scale;
  private float[] q = {};
  private float[] k = {};
  private float[] v = {};
  private int batch;
  private int steps;
  private int places;
  private float[] weights = {};
  private float[] y = {};
  private float[] dScores = {};
  private float[] dq = {};
  private float[] dk = {};
  private float[] dv = {};

  /**
   * A layer.
   *
   * @param width D, at least 1
   * @param valueWidth E, at least 1
   */
  public Attention(int width, int valueWidth) {
    if (width < 1 || valueWidth < 1) {
      throw new IllegalArgumentException(
          "width is " + width + ", valueWidth is " + valueWidth + "; at least 1 is needed");
    }
    this.width = width;
    this.valueWidth = valueWidth;
    this.scale = (float) (1 / Math.sqrt(width));
  }

  /**
   * Looks. All arrays are to stay as they are until {@link #backward}.
   *
   * @param q queries, B·T×D
   * @param k keys, B·S×D
   * @param v values, B·S×E
   * @param lengths how many places each memory has, from 1 to S; B
   * @param batch B, at least 0
   * @param steps T, at least 0
   * @param places S, at least 1
   * @return what was seen, B·T×E
   */
  public float[] forward(
      float[] q, float[] k, float[] v, int[] lengths, int batch, int steps, int places) {
    Buffers.check("q", q.length, batch * steps, width);
    Buffers.check("k", k.length, batch * places, width);
    Buffers.check("v", v.length, batch * places, valueWidth);
    Buffers.check("lengths", lengths.length, batch, 1);
    this.q = q;
    this.k = k;
    this.v = v;
    this.batch = batch;
    this.steps = steps;
    this.places = places;
    weights = Buffers.atLeast(weights, batch * steps, places);
    y = Buffers.atLeast(y, batch * steps, valueWidth);
    int all = steps * places;
    Matmul.sgemmBatched(
        batch,
        false,
        true,
        steps,
        places,
        width,
        scale,
        q,
        0,
        width,
        steps * width,
        k,
        0,
        width,
        places * width,
        0,
        weights,
        0,
        places,
        all,
        1);
    for (int b = 0; b < batch; b++) {
      if (lengths[b] < 1 || lengths[b] > places) {
        throw new IllegalArgumentException(
            "memory " + b + " has " + lengths[b] + " places; 1 to " + places + " are possible");
      }
      for (int t = 0; t < steps; t++) {
        softmax(b * all + t * places, lengths[b]);
      }
    }
    Matmul.sgemmBatched(
        batch,
        false,
        false,
        steps,
        valueWidth,
        places,
        1,
        weights,
        0,
        places,
        all,
        v,
        0,
        valueWidth,
        places * valueWidth,
        0,
        y,
        0,
        valueWidth,
        steps * valueWidth,
        1);
    return y;
  }

  private void softmax(int from, int length) {
    float[] w = weights;
    float largest = w[from];
    for (int s = 1; s < length; s++) {
      largest = Math.max(largest, w[from + s]);
    }
    float sum = 0;
    for (int s = 0; s < length; s++) {
      w[from + s] = FloatMath.exp(w[from + s] - largest);
      sum += w[from + s];
    }
    for (int s = 0; s < length; s++) {
      w[from + s] /= sum;
    }
    Arrays.fill(w, from + length, from + places, 0);
  }

  /**
   * Computes the gradients, to be had from {@link #dq}, {@link #dk} and {@link #dv}.
   *
   * @param dy gradient of what was seen, B·T×E
   */
  public void backward(float[] dy) {
    Buffers.check("dy", dy.length, batch * steps, valueWidth);
    dScores = Buffers.atLeast(dScores, batch * steps, places);
    dq = Buffers.atLeast(dq, batch * steps, width);
    dk = Buffers.atLeast(dk, batch * places, width);
    dv = Buffers.atLeast(dv, batch * places, valueWidth);
    int all = steps * places;
    int qStride = steps * width;
    int kStride = places * width;
    int yStride = steps * valueWidth;
    int vStride = places * valueWidth;
    Matmul.sgemmBatched(
        batch,
        true,
        false,
        places,
        valueWidth,
        steps,
        1,
        weights,
        0,
        places,
        all,
        dy,
        0,
        valueWidth,
        yStride,
        0,
        dv,
        0,
        valueWidth,
        vStride,
        1);
    Matmul.sgemmBatched(
        batch,
        false,
        true,
        steps,
        places,
        valueWidth,
        1,
        dy,
        0,
        valueWidth,
        yStride,
        v,
        0,
        valueWidth,
        vStride,
        0,
        dScores,
        0,
        places,
        all,
        1);
    for (int row = 0; row < batch * steps; row++) {
      int from = row * places;
      float mean = 0;
      for (int s = from; s < from + places; s++) {
        mean += weights[s] * dScores[s];
      }
      for (int s = from; s < from + places; s++) {
        dScores[s] = weights[s] * (dScores[s] - mean);
      }
    }
    Matmul.sgemmBatched(
        batch, false, false, steps, width, places, scale, dScores, 0, places, all, k, 0, width,
        kStride, 0, dq, 0, width, qStride, 1);
    Matmul.sgemmBatched(
        batch, true, false, places, width, steps, scale, dScores, 0, places, all, q, 0, width,
        qStride, 0, dk, 0, width, kStride, 1);
  }

  /**
   * How much each query looked at each place.
   *
   * @return B·T×S; 0 beyond the end of a memory
   */
  public float[] weights() {
    return weights;
  }

  /**
   * The gradient of the queries.
   *
   * @return B·T×D
   */
  public float[] dq() {
    return dq;
  }

  /**
   * The gradient of the keys.
   *
   * @return B·S×D
   */
  public float[] dk() {
    return dk;
  }

  /**
   * The gradient of the values.
   *
   * @return B·S×E
   */
  public float[] dv() {
    return dv;
  }
}
