// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the scores of all classes into probabilities that add up to 1. Of two classes the second
 * one's {@link Calibrator} says all. Of more each has its own, one class against the rest, and
 *
 * <pre>
 *   p(c) = q(c)^t / Σ_d q(d)^t
 * </pre>
 *
 * <p>with q what the calibrators say. Where classes exclude each other, evidence against one is
 * evidence for the others, which each q alone has counted in only once: t, the inverse of the
 * temperature of Guo et al., "On calibration of modern neural networks" (ICML 2017), makes up for
 * it. It is fitted by maximum likelihood on the same scores.
 */
final class Calibrators {

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  // t lies within; what is less than the floor counts as the floor.
  private static final double MAX_POWER = 8;
  private static final double FLOOR = 1e-9;

  private final List<Calibrator> calibrators;
  private final double power;

  private Calibrators(List<Calibrator> calibrators, double power) {
    this.calibrators = List.copyOf(calibrators);
    this.power = power;
  }

  /**
   * Fits.
   *
   * @param way Platt or isotonic
   * @param scores users × classes, of users that the learner had not seen
   * @param classOf the class of each user
   * @param users the users that count
   */
  static Calibrators of(
      AttributeInference.Calibration way, double[][] scores, int[] classOf, int[] users) {
    int classes = scores[0].length;
    List<Calibrator> fitted = new ArrayList<>();
    for (int c = classes == 2 ? 1 : 0; c < classes; c++) {
      double[] own = new double[users.length];
      boolean[] is = new boolean[users.length];
      for (int i = 0; i < users.length; i++) {
        own[i] = scores[users[i]][c];
        is[i] = classOf[users[i]] == c;
      }
      fitted.add(
          way == AttributeInference.Calibration.PLATT
              ? Calibrator.platt(own, is)
              : Calibrator.isotonic(own, is));
    }
    return new Calibrators(fitted, classes == 2 ? 1 : power(fitted, scores, classOf, users));
  }

  /** By golden section over ln t; the likelihood has one peak. */
  private static double power(
      List<Calibrator> fitted, double[][] scores, int[] classOf, int[] users) {
    double[][] logs = new double[users.length][];
    for (int i = 0; i < users.length; i++) {
      logs[i] = logs(fitted, scores[users[i]]);
    }
    double low = -StrictMath.log(MAX_POWER);
    double high = -low;
    while (high - low > 1e-6) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (loss(logs, classOf, users, StrictMath.exp(left))
          <= loss(logs, classOf, users, StrictMath.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    return StrictMath.exp((low + high) / 2);
  }

  private static double[] logs(List<Calibrator> fitted, double[] scores) {
    double[] logs = new double[scores.length];
    for (int c = 0; c < logs.length; c++) {
      logs[c] = StrictMath.log(Math.max(FLOOR, fitted.get(c).probability(scores[c])));
    }
    return logs;
  }

  private static double loss(double[][] logs, int[] classOf, int[] users, double power) {
    double loss = 0;
    for (int i = 0; i < users.length; i++) {
      loss -= StrictMath.log(Math.max(FLOOR, softmax(logs[i], power)[classOf[users[i]]]));
    }
    return loss;
  }

  private static double[] softmax(double[] logs, double power) {
    double most = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      most = Math.max(most, log);
    }
    double[] out = new double[logs.length];
    double sum = 0;
    for (int c = 0; c < out.length; c++) {
      out[c] = StrictMath.exp(power * (logs[c] - most));
      sum += out[c];
    }
    for (int c = 0; c < out.length; c++) {
      out[c] /= sum;
    }
    return out;
  }

  /** Probabilities that add up to 1. */
  double[] probabilities(double[] scores) {
    if (calibrators.size() == 1) {
      double second = calibrators.get(0).probability(scores[1]);
      return new double[] {1 - second, second};
    }
    return softmax(logs(calibrators, scores), power);
  }

  void save(ModelWriter out) {
    out.doubles("power", new double[] {power});
    for (int c = 0; c < calibrators.size(); c++) {
      calibrators.get(c).save(out.section(String.valueOf(c)));
    }
  }

  static Calibrators read(ModelReader in, int classes) {
    double power = in.doubles("power", 1)[0];
    if (!(power >= 1 / MAX_POWER - 1e-6 && power <= MAX_POWER + 1e-6)) {
      throw in.damaged("power is " + power);
    }
    List<Calibrator> calibrators = new ArrayList<>();
    for (int c = 0; c < (classes == 2 ? 1 : classes); c++) {
      calibrators.add(Calibrator.read(in.section(String.valueOf(c))));
    }
    return new Calibrators(calibrators, power);
  }
}
