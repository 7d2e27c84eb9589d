// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

/**
 * How large a network is.
 *
 * @param words V, how many words are known
 * @param conditions how many conditions are known
 * @param embedding E, how many numbers describe a word
 * @param hidden H, how many numbers are kept in mind
 * @param context K, how many numbers describe all conditions together
 * @param latent Z, how many numbers describe the kind of text; 0 for a plain language model
 * @param dropout the share of numbers left out in training, from 0 to below 1
 */
record NetShape(
    int words, int conditions, int embedding, int hidden, int context, int latent, double dropout) {

  /** How many numbers tell the decoder what to write. */
  int told() {
    return context + latent;
  }
}
