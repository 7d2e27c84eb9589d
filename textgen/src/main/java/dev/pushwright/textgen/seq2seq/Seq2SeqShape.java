// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

/**
 * The kind of a network and its sizes.
 *
 * @param slots how many slots are known, the unknown one included
 * @param values how many values of slots are known, likewise
 * @param vocabulary V, tokens
 * @param embedding E, the width of the vectors of tokens and attributes
 * @param hidden H, the width of the state
 * @param condition C, what every step sees of the set
 * @param output O, the width before the logits, where it attends
 * @param attends whether it sees the single attributes, too
 */
record Seq2SeqShape(
    int slots,
    int values,
    int vocabulary,
    int embedding,
    int hidden,
    int condition,
    int output,
    boolean attends) {

  Seq2SeqShape attending(boolean other) {
    return new Seq2SeqShape(slots, values, vocabulary, embedding, hidden, condition, output, other);
  }
}
