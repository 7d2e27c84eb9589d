// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

/**
 * The sizes of a network.
 *
 * @param slots how many slots are known, the unknown one included
 * @param values how many values of slots are known, likewise
 * @param vocabulary V, tokens
 * @param embedding E, the width of the vectors of tokens and attributes
 * @param hidden H, the width of the state
 * @param condition C, what every step sees of the set
 * @param output O, the width before the logits
 */
record Seq2SeqShape(
    int slots, int values, int vocabulary, int embedding, int hidden, int condition, int output) {}
