// SPDX-License-Identifier: Apache-2.0
/**
 * Finds good options for a recommender: a {@link dev.pushwright.eval.search.HyperParameterSearch}
 * tries what a {@link dev.pushwright.eval.search.SearchSpace} allows, in the manner of a {@link
 * dev.pushwright.eval.search.SearchStrategy}, on a validation part cut from training data.
 */
@NullMarked
package dev.pushwright.eval.search;

import org.jspecify.annotations.NullMarked;
