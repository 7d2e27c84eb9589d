// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.textgen.copy.TextTokens;
import java.util.List;
import java.util.Map;

/**
 * A text as a model wrote it.
 *
 * @param tokens its words, placeholders where values are copied
 * @param logProbability the mean natural log-probability of a word, at temperature 1; at most 0
 * @param complete whether it came to an end by itself, states each slot that is copied, and has one
 *     line, or two: title and body
 */
public record WrittenText(List<String> tokens, double logProbability, boolean complete) {

  /** Copies the tokens. */
  public WrittenText {
    tokens = List.copyOf(tokens);
  }

  /**
   * The text with values in it.
   *
   * @param values by slot
   * @return the text; a line break parts title and body where it has a title
   */
  public String text(Map<String, String> values) {
    return TextTokens.join(tokens, values);
  }
}
