// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.math.Parallel;
import java.util.Arrays;

/**
 * Points as float32 products want them: moved so that their mean is near 0, and scaled by a power
 * of two so that no coordinate passes 1. Far from 0, ‖x‖² − 2xᵀc + ‖c‖² would be a small difference
 * of large numbers; beyond 1e19, squares overflow. Neither changes which centre is nearest.
 */
final class Frame {

  /** Half a unit in the last place of 1, in float32. */
  private static final double ROUNDING = 0x1p-24;

  private static final int BLOCK = 4096;

  final Points points;
  final int dimensions;
  final float[] rows;
  final double[] squaredNorms;

  private final float[] shift;
  private final double scale;
  private final double variance;

  /**
   * A frame.
   *
   * @param points what is put into it
   * @param centres further points of the space, row-major, that have to fit in as well
   * @param threads how many threads may work
   */
  Frame(Points points, double[] centres, int threads) {
    this.points = points;
    this.dimensions = points.dimensions();
    int n = points.size();
    int d = dimensions;
    float[] values = points.values();
    int blocks = (n + BLOCK - 1) / BLOCK;
    this.shift = mean(points, blocks, threads);
    double[] furthest = new double[blocks];
    double[] squares = new double[blocks];
    Parallel.forBlocks(
        n,
        BLOCK,
        threads,
        (from, to) -> {
          double largest = 0;
          double sum = 0;
          for (int i = from; i < to; i++) {
            for (int j = 0; j < d; j++) {
              double x = (double) values[i * d + j] - shift[j];
              largest = Math.max(largest, Math.abs(x));
              sum += x * x;
            }
          }
          furthest[from / BLOCK] = largest;
          squares[from / BLOCK] = sum;
        });
    double largest = Arrays.stream(furthest).max().orElse(0);
    for (int p = 0; p < centres.length; p++) {
      largest = Math.max(largest, Math.abs(centres[p] - shift[p % d]));
    }
    this.variance = n == 0 ? 0 : Arrays.stream(squares).sum() / n / d;
    this.scale = largest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(largest) - 1);
    this.rows = new float[values.length];
    this.squaredNorms = new double[n];
    Parallel.forBlocks(
        n,
        BLOCK,
        threads,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
              double x = ((double) values[i * d + j] - shift[j]) * scale;
              rows[i * d + j] = (float) x;
              sum += x * x;
            }
            squaredNorms[i] = sum;
          }
        });
  }

  private static float[] mean(Points points, int blocks, int threads) {
    int d = points.dimensions();
    float[] values = points.values();
    double[][] sums = new double[blocks][];
    Parallel.forBlocks(
        points.size(),
        BLOCK,
        threads,
        (from, to) -> {
          double[] sum = new double[d];
          for (int i = from; i < to; i++) {
            for (int j = 0; j < d; j++) {
              sum[j] += values[i * d + j];
            }
          }
          sums[from / BLOCK] = sum;
        });
    float[] mean = new float[d];
    for (int j = 0; j < d; j++) {
      double sum = 0;
      for (double[] ofBlock : sums) {
        sum += ofBlock[j];
      }
      mean[j] = (float) (sum / Math.max(1, points.size()));
    }
    return mean;
  }

  /** The mean over the columns of their variances. */
  double variance() {
    return variance;
  }

  /** What was taken from a coordinate. */
  double shift(int column) {
    return shift[column];
  }

  /** A coordinate of a centre in this frame. */
  double toFrame(double coordinate, int column) {
    return (coordinate - shift[column]) * scale;
  }

  /** A squared distance in this frame in the points' own units. */
  double toOwnUnits(double squaredDistance) {
    return squaredDistance / scale / scale;
  }

  /** A squared distance in the points' own units in this frame. */
  double fromOwnUnits(double squaredDistance) {
    return squaredDistance * scale * scale;
  }

  /**
   * How far ½‖c‖² − xᵀc can be off when both vectors are rounded to float32 and the product is that
   * of {@link dev.pushwright.math.Matmul}, whose error is at most (d + 3) · 2⁻²⁴ Σ|x||c| to first
   * order; rounding x, c, ½‖c‖² and the difference adds less than what is put on top.
   *
   * @param squaredNorm ‖x‖², in this frame
   * @param centreNorm the largest ‖c‖, in this frame
   */
  double error(double squaredNorm, double centreNorm) {
    return 1.1
            * ROUNDING
            * centreNorm
            * ((dimensions + 8) * Math.sqrt(squaredNorm) + 2 * centreNorm)
        + dimensions * 0x1p-140;
  }
}
