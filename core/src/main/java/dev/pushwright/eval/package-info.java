// SPDX-License-Identifier: Apache-2.0
/**
 * The means to know how good a recommender is. {@link dev.pushwright.eval.Splits} cut the data into
 * a part to learn from and a part to be asked about; a {@link dev.pushwright.eval.Protocol} says
 * what is asked; {@link dev.pushwright.eval.RankingMetric}, {@link
 * dev.pushwright.eval.RatingMetrics}, {@link dev.pushwright.eval.BinaryMetrics}, {@link
 * dev.pushwright.eval.BeyondAccuracy} and {@link dev.pushwright.eval.SegmentGap} measure; an {@link
 * dev.pushwright.eval.Evaluation} does all of it for several recommenders at once and says which
 * differences are more than chance. What options to give a recommender is the business of {@link
 * dev.pushwright.eval.search}, whether it does better with live users that of {@link
 * dev.pushwright.eval.experiment}.
 */
@NullMarked
package dev.pushwright.eval;

import org.jspecify.annotations.NullMarked;
