// SPDX-License-Identifier: Apache-2.0
/** LensKit, see {@link dev.pushwright.benchmarks.peers}. */
@NullMarked
package dev.pushwright.benchmarks.peers.lenskit;

import org.jspecify.annotations.NullMarked;
