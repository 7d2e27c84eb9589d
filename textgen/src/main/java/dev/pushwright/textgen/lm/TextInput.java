// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.Embedding;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Parameters;

/**
 * What a recurrent network reads of texts: at each word the E numbers that describe it, and behind
 * them the K numbers of what is told of its text. Row t·B + b is that of word t of text b.
 */
final class TextInput {

  private final Embedding embedding;
  private final int described;
  private final int told;
  private float[] x = {};

  TextInput(Parameters parameters, String name, NetShape shape, int told) {
    this.described = shape.embedding();
    this.told = told;
    this.embedding =
        new Embedding(parameters, name, shape.words(), described, Initializer.normal(0.1));
  }

  /** E + K. */
  int width() {
    return described + told;
  }

  /** The table of words. */
  Embedding words() {
    return embedding;
  }

  /**
   * Gives what is read.
   *
   * @param words T·B
   * @param what is told of each text, B×K
   * @param steps T
   * @param texts B
   * @return T·B×(E + K), valid until the next call
   */
  float[] forward(int[] words, float[] what, int steps, int texts) {
    int rows = steps * texts;
    x = x.length >= rows * width() ? x : new float[rows * width()];
    embedding.forward(words, 0, rows, x, 0, width());
    for (int r = 0; r < rows; r++) {
      System.arraycopy(what, r % texts * told, x, r * width() + described, told);
    }
    return x;
  }

  /**
   * Adds to the gradients of the last {@link #forward}.
   *
   * @param dx gradient of what was read
   * @param dWhat takes in addition the gradient of what is told, B×K
   * @param steps T
   * @param texts B
   */
  void backward(float[] dx, float[] dWhat, int steps, int texts) {
    embedding.backward(dx, 0, width());
    for (int r = 0; r < steps * texts; r++) {
      int to = r % texts * told;
      int from = r * width() + described;
      for (int k = 0; k < told; k++) {
        dWhat[to + k] += dx[from + k];
      }
    }
  }
}
