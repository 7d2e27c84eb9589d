// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

/**
 * How a next word is drawn from what a model gives V words. With logits x, the words have the
 * probabilities p = softmax(x / temperature); of these the {@code topK} largest stay, and of those
 * the fewest whose sum reaches the share {@code topP} of theirs [1, 2]. What stays is drawn from in
 * proportion. Of equal words the one with the lower number counts as the larger.
 *
 * <p>[1] A. Fan, M. Lewis, Y. Dauphin, "Hierarchical neural story generation", ACL 2018. [2] A.
 * Holtzman et al., "The curious case of neural text degeneration", ICLR 2020.
 *
 * @param temperature from 0 (the largest word is taken) to 100; 1 leaves the model's own
 *     probabilities, more makes them more alike
 * @param topK how many words stay at most, at least 1; 0: as many as there are
 * @param topP how much probability stays at least, above 0 and at most 1; 1: all of it
 */
public record Sampling(double temperature, int topK, double topP) {

  /** The model's own probabilities. */
  public static final Sampling PLAIN = new Sampling(1, 0, 1);

  /** Checks the numbers. */
  public Sampling {
    if (!(temperature >= 0 && temperature <= 100)) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + "; 0 to 100 are possible");
    }
    if (topK < 0) {
      throw new IllegalArgumentException("topK is " + topK + "; 0 (all) or more are possible");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException(
          "topP is " + topP + "; above 0 and at most 1 are possible");
    }
  }

  /**
   * The same with another temperature.
   *
   * @param temperature from 0 to 100
   * @return a new sampling
   */
  public Sampling withTemperature(double temperature) {
    return new Sampling(temperature, topK, topP);
  }
}
