// SPDX-License-Identifier: Apache-2.0
/**
 * Experiments on live users: {@link dev.pushwright.eval.experiment.Experiment} says who gets what,
 * {@link dev.pushwright.eval.experiment.SampleSize} how many users it takes, {@link
 * dev.pushwright.eval.experiment.SampleRatio} whether the assignment can be trusted, and {@link
 * dev.pushwright.eval.experiment.TwoSampleTest} (once, at the end) or {@link
 * dev.pushwright.eval.experiment.SequentialTest} (at any time) what came of it.
 */
@NullMarked
package dev.pushwright.eval.experiment;

import org.jspecify.annotations.NullMarked;
