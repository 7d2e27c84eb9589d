// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.Matmul;
import dev.pushwright.neural.nn.FloatMath;

/**
 * From generated features to the items of a catalogue. With M draws y for a user x, the density of
 * what is generated at an item i is
 *
 * <pre>
 * p(i | x) = 1/M · Σ_m exp(κ·(cos(y_m, i) − 1))
 * </pre>
 *
 * <p>and p(i) the mean of that over all users. A density knows nothing of how many items lie at a
 * place, nor of what one of them sells beside its neighbours; by Bayes' theorem the probability of
 * an item is
 *
 * <pre>
 * P(i | x) ∝ P(i) · (p(i | x) / p(i))^α
 * </pre>
 *
 * <p>with P(i) its share of all that was wanted, and α = 1 if densities were exact. κ and α are
 * chosen by what watched users wanted.
 */
final class Decoder {

  private static final int BLOCK = 4096;

  private final float[] catalogue;
  private final int width;
  private final float[] logPrior;
  private final float[] logMarginal;
  private final float concentration;
  private final float power;

  /**
   * A decoder.
   *
   * @param catalogue items × D, rows of length 1
   * @param width D
   * @param logPrior ln P(i)
   * @param logMarginal ln p(i)
   * @param concentration κ
   * @param power α
   */
  Decoder(
      float[] catalogue,
      int width,
      float[] logPrior,
      float[] logMarginal,
      float concentration,
      float power) {
    this.catalogue = catalogue;
    this.width = width;
    this.logPrior = logPrior;
    this.logMarginal = logMarginal;
    this.concentration = concentration;
    this.power = power;
  }

  /**
   * The logarithm of the density at each item.
   *
   * @param y draws, M×D, rows of length 1
   * @param draws M
   */
  static float[] logDensity(
      float[] y, int draws, float[] catalogue, int width, float concentration) {
    int items = catalogue.length / width;
    float[] found = new float[items];
    float[] cosines = new float[draws * Math.min(BLOCK, items)];
    for (int from = 0; from < items; from += BLOCK) {
      int n = Math.min(BLOCK, items - from);
      Matmul.sgemm(
          false,
          true,
          draws,
          n,
          width,
          1,
          y,
          0,
          width,
          catalogue,
          from * width,
          width,
          0,
          cosines,
          0,
          n);
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int m = 0; m < draws; m++) {
          sum += FloatMath.exp(concentration * (cosines[m * n + i] - 1));
        }
        found[from + i] = (float) StrictMath.log(sum / draws);
      }
    }
    return found;
  }

  /** ln p(i | x), for M draws. */
  float[] logDensity(float[] y, int draws) {
    return logDensity(y, draws, catalogue, width, concentration);
  }

  /** ln P(i | x) but for what is the same for all items. */
  float[] scores(float[] y, int draws) {
    float[] scores = logDensity(y, draws);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = logPrior[i] + power * (scores[i] - logMarginal[i]);
    }
    return scores;
  }

  float concentration() {
    return concentration;
  }

  void save(ModelWriter out) {
    out.floats("logPrior", logPrior).floats("logMarginal", logMarginal);
    out.floats("sharpness", new float[] {concentration, power});
  }

  /** Reads what {@link #save} wrote. */
  static Decoder read(ModelReader in, float[] catalogue, int width) {
    int items = catalogue.length / width;
    float[] prior = in.floats("logPrior", items);
    float[] marginal = in.floats("logMarginal", items);
    for (int i = 0; i < items; i++) {
      if (!(Math.abs(prior[i]) < 1000 && Math.abs(marginal[i]) < 1000)) {
        throw in.damaged("logPrior or logMarginal of item " + i + " is no logarithm");
      }
    }
    float[] sharpness = in.floats("sharpness", 2);
    if (!(sharpness[0] > 0 && sharpness[0] <= 1000 && sharpness[1] > 0 && sharpness[1] <= 10)) {
      throw in.damaged("sharpness is " + sharpness[0] + ", " + sharpness[1]);
    }
    return new Decoder(catalogue, width, prior, marginal, sharpness[0], sharpness[1]);
  }
}
