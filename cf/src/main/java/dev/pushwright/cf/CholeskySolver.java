// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import java.util.Arrays;

/**
 * Forms the matrix A of a {@link RidgeSystem} and factors it as UᵀU in place: O(rows · width² +
 * width³). Where rounding in float32 eats a pivot, because some weights are millions of times
 * others, it leaves the system to {@link ConjugateGradient}.
 */
final class CholeskySolver implements RidgeSolver {

  // The vector instructions of the largest machines take this many floats: a row of U is formed
  // from the last multiple on.
  private static final int LANES = 16;

  // What of a diagonal element has to be left in its pivot.
  private static final float LEAST = 1e-5f;

  private final int width;
  private final float[][] upper;
  private final float[] diagonal;
  private final float[] right;
  private final ConjugateGradient instead;

  CholeskySolver(int width) {
    this.width = width;
    this.upper = new float[width][width];
    this.diagonal = new float[width];
    this.right = new float[width];
    this.instead = ConjugateGradient.exact(width);
  }

  @Override
  public void solve(RidgeSystem system, float[] x) {
    system.rightHandSide(right);
    solve(system, right, x);
  }

  @Override
  public void solve(RidgeSystem system, float[] right, float[] x) {
    form(system);
    if (!factor()) {
      instead.solve(system, right, x);
      return;
    }
    System.arraycopy(right, 0, x, 0, width);
    for (int i = 0; i < width; i++) {
      float[] row = upper[i];
      x[i] /= row[i];
      float v = x[i];
      for (int j = i + 1; j < width; j++) {
        x[j] -= v * row[j];
      }
    }
    for (int i = width - 1; i >= 0; i--) {
      float[] row = upper[i];
      float sum = x[i];
      for (int j = i + 1; j < width; j++) {
        sum -= row[j] * x[j];
      }
      x[i] = sum / row[i];
    }
  }

  private void form(RidgeSystem system) {
    for (int i = 0; i < width; i++) {
      Arrays.fill(upper[i], 0);
      upper[i][i] = system.base()[i];
    }
    int n = 0;
    for (; n + 3 < system.size(); n += 4) {
      add(
          system.quadratic(n),
          system.row(n),
          system.quadratic(n + 1),
          system.row(n + 1),
          system.quadratic(n + 2),
          system.row(n + 2),
          system.quadratic(n + 3),
          system.row(n + 3));
    }
    for (; n < system.size(); n++) {
      float[] row = system.row(n);
      add(system.quadratic(n), row, 0, row, 0, row, 0, row);
    }
  }

  private void add(
      float q0, float[] r0, float q1, float[] r1, float q2, float[] r2, float q3, float[] r3) {
    for (int i = 0; i < width; i++) {
      add4(
          upper[i],
          i / LANES * LANES,
          q0 * r0[i],
          r0,
          q1 * r1[i],
          r1,
          q2 * r2[i],
          r2,
          q3 * r3[i],
          r3);
    }
  }

  /** Row by row, each less what the rows above it hold of it; false where a pivot is lost. */
  private boolean factor() {
    for (int i = 0; i < width; i++) {
      diagonal[i] = upper[i][i];
    }
    for (int i = 0; i < width; i++) {
      float[] row = upper[i];
      int k = 0;
      for (; k + 3 < i; k += 4) {
        float[] r0 = upper[k];
        float[] r1 = upper[k + 1];
        float[] r2 = upper[k + 2];
        float[] r3 = upper[k + 3];
        add4(row, i, -r0[i], r0, -r1[i], r1, -r2[i], r2, -r3[i], r3);
      }
      for (; k < i; k++) {
        float[] above = upper[k];
        float w = -above[i];
        for (int j = i; j < width; j++) {
          row[j] += w * above[j];
        }
      }
      if (!(row[i] > LEAST * diagonal[i])) {
        return false;
      }
      float scale = (float) (1 / Math.sqrt(row[i]));
      for (int j = i; j < width; j++) {
        row[j] *= scale;
      }
    }
    return true;
  }

  private static void add4(
      float[] to,
      int from,
      float w0,
      float[] r0,
      float w1,
      float[] r1,
      float w2,
      float[] r2,
      float w3,
      float[] r3) {
    for (int j = from; j < to.length; j++) {
      to[j] += w0 * r0[j] + w1 * r1[j] + w2 * r2[j] + w3 * r3[j];
    }
  }
}
