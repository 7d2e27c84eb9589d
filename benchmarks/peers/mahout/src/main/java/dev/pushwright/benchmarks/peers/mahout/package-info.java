// SPDX-License-Identifier: Apache-2.0
/** Mahout, see {@link dev.pushwright.benchmarks.peers}. */
@NullMarked
package dev.pushwright.benchmarks.peers.mahout;

import org.jspecify.annotations.NullMarked;
