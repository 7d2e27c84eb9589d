// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.metrics;

/**
 * How many slots a set of texts states wrongly.
 *
 * @param texts how many texts there are
 * @param slots how many slots they were to state
 * @param missing how many of these they do not state
 * @param added how many slots they state that they were not given
 * @param wrong how many slots they state with another value
 * @param textsInError how many texts have an error at least
 */
public record SlotErrorRate(
    long texts, long slots, long missing, long added, long wrong, long textsInError) {

  /**
   * The slot error rate of [1]: all errors for each slot that was to be stated.
   *
   * <p>[1] Wen, Gašić, Mrkšić, Su, Vandyke, Young: Semantically conditioned LSTM-based natural
   * language generation for spoken dialogue systems. EMNLP 2015; with wrong values counted once.
   *
   * @return 0 for none; may pass 1
   */
  public double rate() {
    return slots == 0 ? 0 : (double) (missing + added + wrong) / slots;
  }

  /**
   * How many texts are not all right.
   *
   * @return from 0 to 1
   */
  public double textErrorRate() {
    return texts == 0 ? 0 : (double) textsInError / texts;
  }
}
