// SPDX-License-Identifier: Apache-2.0
/** DJL, see {@link dev.pushwright.benchmarks.peers}. */
@NullMarked
package dev.pushwright.benchmarks.peers.djl;

import org.jspecify.annotations.NullMarked;
