// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import java.util.List;
import java.util.Objects;

/**
 * A text that a {@link Seq2SeqWriter} wrote.
 *
 * @param text with the values in it; a line break parts title and body
 * @param tokens with placeholders
 * @param logProbability the mean natural log-probability of a token, at most 0
 * @param errors how many slots are not stated, stated without being asked for, or copied twice over
 */
public record Written(String text, List<String> tokens, double logProbability, int errors) {

  /** Copies the tokens. */
  public Written {
    Objects.requireNonNull(text, "text");
    tokens = List.copyOf(tokens);
  }
}
