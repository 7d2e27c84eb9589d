// SPDX-License-Identifier: Apache-2.0
/**
 * Records as numbers: missing values filled in, numbers scaled, categories spread over columns. A
 * {@link dev.pushwright.profile.features.Preprocessing} says what is done with each column; fitted
 * to rows it is a {@link dev.pushwright.profile.features.FeaturePipeline}, which turns any row into
 * a vector and can be saved.
 *
 * <pre>{@code
 * FeaturePipeline pipeline =
 *     Preprocessing.of(
 *             Column.number("age").imputeMedian().zScore(),
 *             Column.number("income").imputeMean().log().minMax(),
 *             Column.category("city").imputeMostFrequent().oneHot(),
 *             Column.category("zip").hashing(64))
 *         .fit(users.stream().map(Row::of).toList());
 * float[] vector = pipeline.transform(Row.of(user));
 * }</pre>
 */
@NullMarked
package dev.pushwright.profile.features;

import org.jspecify.annotations.NullMarked;
