// SPDX-License-Identifier: Apache-2.0
/**
 * Native tiers of {@link dev.pushwright.math.Matmul}. Nothing here is called by hand: with this
 * module on the class path they are found, tried, and taken where they work.
 */
@NullMarked
package dev.pushwright.neural.blas;

import org.jspecify.annotations.NullMarked;
