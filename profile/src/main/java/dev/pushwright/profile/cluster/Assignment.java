// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

/**
 * The cluster a point belongs to.
 *
 * @param cluster from 0 to clusters − 1, or {@link #NOISE}
 * @param distance Euclidean, from what stands for the cluster: its centre for k-means, the nearest
 *     core point for DBSCAN; of noise, from the nearest core point of any cluster. At least 0;
 *     infinite when there are no clusters at all
 */
public record Assignment(int cluster, double distance) {

  /** The label of points that belong to no cluster. */
  public static final int NOISE = -1;

  /** Checks both. */
  public Assignment {
    if (cluster < NOISE || !(distance >= 0)) {
      throw new IllegalArgumentException("cluster is " + cluster + ", distance is " + distance);
    }
  }

  /**
   * Whether the point belongs to no cluster.
   *
   * @return whether it does not
   */
  public boolean isNoise() {
    return cluster == NOISE;
  }
}
