// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import java.util.Objects;

/**
 * A message that a generator proposes.
 *
 * @param title the title, any text: the checks decide whether it will do
 * @param body the body, likewise
 * @param logProbability the mean natural log-probability that the generator gave to a token, at
 *     most 0; 0 for texts written by hand
 * @param origin how it came about: the generator's name and, behind a slash, the decoding or the
 *     template, such as {@code seq2seq/beam:3}
 */
public record Candidate(String title, String body, double logProbability, String origin) {
  /** Checks the probability. */
  public Candidate {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(origin, "origin");
    if (!(logProbability <= 0 && logProbability > Double.NEGATIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "log-probability of the candidate "
              + origin
              + " is "
              + logProbability
              + "; a finite number of at most 0 is needed");
    }
  }
}
