// SPDX-License-Identifier: Apache-2.0
/**
 * Groups of points, and of users: {@link dev.pushwright.profile.cluster.KMeans}, {@link
 * dev.pushwright.profile.cluster.MiniBatchKMeans} and {@link dev.pushwright.profile.cluster.Dbscan}
 * find them, {@link dev.pushwright.profile.cluster.ClusterMetrics} says how good they are, {@link
 * dev.pushwright.profile.cluster.ClusterCount} how many there should be, and {@link
 * dev.pushwright.profile.cluster.Segmentation} makes named segments of the users of a dataset.
 */
@NullMarked
package dev.pushwright.profile.cluster;

import org.jspecify.annotations.NullMarked;
