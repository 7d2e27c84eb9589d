// SPDX-License-Identifier: Apache-2.0
/**
 * The means to know how good a recommender is: {@link dev.pushwright.eval.Splits} cut the data into
 * a part to learn from and a part to be asked about.
 */
@NullMarked
package dev.pushwright.eval;

import org.jspecify.annotations.NullMarked;
