// SPDX-License-Identifier: Apache-2.0
/** Spark, see {@link dev.pushwright.benchmarks.peers}. */
@NullMarked
package dev.pushwright.benchmarks.peers.spark;

import org.jspecify.annotations.NullMarked;
