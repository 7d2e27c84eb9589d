// SPDX-License-Identifier: Apache-2.0
/** Commons Math, see {@link dev.pushwright.benchmarks.peers}. */
@NullMarked
package dev.pushwright.benchmarks.peers.commonsmath;

import org.jspecify.annotations.NullMarked;
