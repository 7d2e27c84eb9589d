// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.math.Matmul;

/**
 * The nearest of k centres for many points at once. The products xᵀc come from a matrix product in
 * float32; the nearest is the one with the least ½‖c‖² − xᵀc. Where rounding leaves a choice, the
 * centres in question are compared again in double: the answer is that of the definition, the lower
 * number of two centres equally far away.
 *
 * <p>O(k·d) for a point. Immutable; each thread brings a {@link Scratch} of its own.
 */
final class NearestCentres {

  /** Rows a product has; large enough to be worth packing the centres for. */
  static final int ROWS = 512;

  private final Frame frame;
  private final double[] centres;
  private final int k;
  private final float[] columns;
  private final float[] halfNorms;
  private final double largestNorm;

  /**
   * Prepares the search.
   *
   * @param frame holds the points
   * @param centres at least one, row-major, in the points' own units; not to be changed meanwhile
   */
  NearestCentres(Frame frame, double[] centres) {
    int d = frame.dimensions;
    this.frame = frame;
    this.centres = centres;
    this.k = centres.length / d;
    this.columns = new float[centres.length];
    this.halfNorms = new float[k];
    double largest = 0;
    for (int c = 0; c < k; c++) {
      double norm = 0;
      for (int j = 0; j < d; j++) {
        double x = frame.toFrame(centres[c * d + j], j);
        columns[j * k + c] = (float) x;
        norm += x * x;
      }
      halfNorms[c] = (float) (norm / 2);
      largest = Math.max(largest, norm);
    }
    this.largestNorm = Math.sqrt(largest);
  }

  /** What one thread works in, and where it finds the answer for {@link #ROWS} points at most. */
  static final class Scratch {
    final int[] rows = new int[ROWS];

    /** The nearest centre of each. */
    final int[] nearest = new int[ROWS];

    /** Not less than the squared distance from it, in the points' own units. */
    final double[] upper = new double[ROWS];

    /** Not more than the squared distance from any other, in the points' own units. */
    final double[] lower = new double[ROWS];

    private final float[] gathered;
    private final float[] products;

    Scratch(int k, int dimensions) {
      this.gathered = new float[ROWS * dimensions];
      this.products = new float[ROWS * k];
    }
  }

  /**
   * Finds the nearest centres of the points whose numbers are in {@code scratch.rows}.
   *
   * @param scratch takes the answer
   * @param count how many points there are, at most {@link #ROWS}
   */
  void find(Scratch scratch, int count) {
    if (count == 0) {
      return;
    }
    int d = frame.dimensions;
    int first = scratch.rows[0];
    float[] a = frame.rows;
    int aOff = first * d;
    // Rows that lie together need no copy.
    if (scratch.rows[count - 1] != first + count - 1) {
      a = scratch.gathered;
      aOff = 0;
      for (int r = 0; r < count; r++) {
        System.arraycopy(frame.rows, scratch.rows[r] * d, a, r * d, d);
      }
    }
    float[] products = scratch.products;
    Matmul.sgemm(false, false, count, k, d, -1, a, aOff, d, columns, 0, k, 0, products, 0, k);
    for (int r = 0; r < count; r++) {
      choose(scratch, r);
    }
  }

  private void choose(Scratch scratch, int r) {
    float[] products = scratch.products;
    int off = r * k;
    float best = Float.POSITIVE_INFINITY;
    float second = Float.POSITIVE_INFINITY;
    int nearest = 0;
    for (int c = 0; c < k; c++) {
      float s = halfNorms[c] + products[off + c];
      if (s < second) {
        if (s < best) {
          second = best;
          best = s;
          nearest = c;
        } else {
          second = s;
        }
      }
    }
    int row = scratch.rows[r];
    double norm = frame.squaredNorms[row];
    double error = frame.error(norm, largestNorm);
    if (second - (double) best > 2 * error) {
      scratch.nearest[r] = nearest;
      scratch.upper[r] = frame.toOwnUnits(Math.max(0, norm + 2 * (best + error)));
      scratch.lower[r] = frame.toOwnUnits(Math.max(0, norm + 2 * (second - error)));
    } else {
      chooseExactly(scratch, r, best + 2 * error, norm + 2 * (best + error));
    }
  }

  /** Compares those whose score is at most a limit; the others are at least {@code rest} away. */
  private void chooseExactly(Scratch scratch, int r, double limit, double rest) {
    double best = Double.POSITIVE_INFINITY;
    double second = Double.POSITIVE_INFINITY;
    int nearest = 0;
    for (int c = 0; c < k; c++) {
      if (halfNorms[c] + scratch.products[r * k + c] <= limit) {
        double distance = frame.points.squaredDistance(scratch.rows[r], centres, c);
        if (distance < best) {
          second = best;
          best = distance;
          nearest = c;
        } else if (distance < second) {
          second = distance;
        }
      }
    }
    scratch.nearest[r] = nearest;
    scratch.upper[r] = best;
    scratch.lower[r] = Math.min(second, frame.toOwnUnits(Math.max(0, rest)));
  }
}
