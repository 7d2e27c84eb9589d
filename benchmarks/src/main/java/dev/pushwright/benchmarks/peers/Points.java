// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import java.util.SplittableRandom;

/** The points that are clustered: the same for everybody, made up from a seed. */
public final class Points {

  /** How many there are. */
  public static final int COUNT = 100_000;

  /** Of each. */
  public static final int DIMENSIONS = 64;

  private Points() {}

  /**
   * Overlapping clouds, so that no library is done after a few iterations.
   *
   * @param count how many points
   * @return an array of {@link #DIMENSIONS} numbers for each
   */
  public static double[][] of(int count) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] centres = new double[Work.CLUSTERS][];
    for (int c = 0; c < centres.length; c++) {
      centres[c] = gaussian(random, new double[DIMENSIONS], 0.5);
    }
    double[][] points = new double[count][];
    for (int p = 0; p < count; p++) {
      points[p] = gaussian(random, centres[random.nextInt(centres.length)], 1);
    }
    return points;
  }

  private static double[] gaussian(SplittableRandom random, double[] centre, double deviation) {
    double[] point = new double[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
      point[d] = centre[d] + deviation * random.nextGaussian();
    }
    return point;
  }
}
