// SPDX-License-Identifier: Apache-2.0
/** RankSys, see {@link dev.pushwright.benchmarks.peers}. */
@NullMarked
package dev.pushwright.benchmarks.peers.ranksys;

import org.jspecify.annotations.NullMarked;
