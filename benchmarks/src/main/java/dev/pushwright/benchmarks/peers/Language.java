// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import java.util.SplittableRandom;

/**
 * A language that is made up, for recurrent language models to learn: three words of four follow
 * from the one before, every fourth is any. How well the best model foretells it is known.
 *
 * @param words V, how many there are; at least 2
 * @param steps T, how many tokens of a sequence are to be foretold, each from those before it; at
 *     least 1
 */
public record Language(int words, int steps) {

  private static final double RULED = 0.75;

  /** Checks the sizes. */
  public Language {
    if (words < 2 || steps < 1) {
      throw new IllegalArgumentException(
          "words is %d, steps %d; at least 2 and 1 are needed".formatted(words, steps));
    }
  }

  /**
   * The one that libraries are compared by.
   *
   * @return {@link Work#LM_WORDS} words, {@link Work#LM_STEPS} steps
   */
  public static Language standard() {
    return new Language(Work.LM_WORDS, Work.LM_STEPS);
  }

  /**
   * Reads sequences. Each is drawn from its number alone, so that every library, and every thread,
   * finds the same.
   *
   * @param from the number of the first
   * @param sequences B, how many, one number after the other
   * @param byStep whether step t of sequence b is row t·B + b, otherwise b·T + t
   * @param inputs receives the word of each step, from 0 to V − 1; T·B
   * @param targets receives the word that follows it; T·B
   */
  public void read(long from, int sequences, boolean byStep, int[] inputs, int[] targets) {
    for (int b = 0; b < sequences; b++) {
      SplittableRandom random = new SplittableRandom(from + b);
      int word = random.nextInt(words);
      for (int t = 0; t < steps; t++) {
        int row = byStep ? t * sequences + b : b * steps + t;
        inputs[row] = word;
        word =
            random.nextDouble() < RULED ? (int) ((3L * word + 1) % words) : random.nextInt(words);
        targets[row] = word;
      }
    }
  }

  /**
   * The mean loss of a model that knows the language: the word that follows from the one before
   * comes with the probability 3/4 + 1/(4V), each of the others with 1/(4V).
   *
   * @return nats a token
   */
  public double entropy() {
    double other = (1 - RULED) / words;
    double ruled = RULED + other;
    return -ruled * Math.log(ruled) - (words - 1) * other * Math.log(other);
  }
}
