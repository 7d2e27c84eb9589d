// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

/** What writes texts token by token. One thread at a time. */
interface NextToken {

  /** W, how many numbers the state of a text has. */
  int width();

  /**
   * Begins to write for one set of attributes, which the next steps are about.
   *
   * @param set one set
   * @return what {@link #next} is to be given; its first W numbers are the first state, the array
   *     is the caller's
   */
  float[] begin(AttributeBatch set);

  /**
   * Goes one step on in several texts.
   *
   * @param set the set that {@link #begin} was given
   * @param begun what it returned
   * @param last the last token of each text, B
   * @param states their states, B×W; receives the new ones
   * @param texts B
   * @return logits, B×V; the caller may change them until the next call
   */
  float[] next(AttributeBatch set, float[] begun, int[] last, float[] states, int texts);
}
