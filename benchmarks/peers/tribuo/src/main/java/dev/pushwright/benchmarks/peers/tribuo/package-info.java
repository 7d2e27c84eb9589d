// SPDX-License-Identifier: Apache-2.0
/** Tribuo, see {@link dev.pushwright.benchmarks.peers}. */
@NullMarked
package dev.pushwright.benchmarks.peers.tribuo;

import org.jspecify.annotations.NullMarked;
