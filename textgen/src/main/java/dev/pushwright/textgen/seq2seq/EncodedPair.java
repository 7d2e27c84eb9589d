// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

/** A pair as numbers. */
final class EncodedPair {

  private final AttributeSet attributes;
  private final int[] tokens;

  EncodedPair(AttributeSet attributes, int[] tokens) {
    this.attributes = attributes;
    this.tokens = tokens;
  }

  /** What is told. */
  AttributeSet attributes() {
    return attributes;
  }

  /** What is said, the end included. */
  int[] tokens() {
    return tokens;
  }
}
