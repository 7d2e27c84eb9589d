// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.FitContext;
import dev.pushwright.io.ModelWriter;

/** What a clustering has found. Immutable and thread-safe. */
public sealed interface ClusterModel permits KMeansModel, DbscanModel {

  /**
   * How many clusters there are.
   *
   * @return at least 0; none of them is empty
   */
  int clusters();

  /**
   * How many numbers a point has.
   *
   * @return at least 1
   */
  int dimensions();

  /**
   * The clusters of the points the model was fitted to.
   *
   * @return for each point a number from 0 to clusters − 1, or {@link Assignment#NOISE}; yours
   */
  int[] labels();

  /**
   * How many of the points the model was fitted to are in each cluster.
   *
   * @return for each cluster a number of at least 1; yours
   */
  int[] sizes();

  /**
   * The cluster a point belongs to, which need not be one the model was fitted to.
   *
   * @param point as many finite numbers as the model has dimensions; not changed
   * @return the cluster and how far away it is
   * @throws IllegalArgumentException when the length differs or a number is not finite
   */
  Assignment predict(float[] point);

  /**
   * The clusters that points belong to, as {@link #predict(float[])} gives them one by one.
   *
   * @param points of as many dimensions as the model has
   * @param context how many threads may work, and who is told of the progress
   * @return for each point a number from 0 to clusters − 1, or {@link Assignment#NOISE}
   * @throws IllegalArgumentException when the dimensions differ
   */
  int[] predict(Points points, FitContext context);

  /**
   * Writes all of the model.
   *
   * @param out takes the parts
   */
  void save(ModelWriter out);
}
