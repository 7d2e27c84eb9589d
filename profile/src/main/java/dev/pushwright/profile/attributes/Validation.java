// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import dev.pushwright.eval.BinaryMetrics;
import dev.pushwright.profile.attributes.AttributeReport.Band;
import dev.pushwright.profile.attributes.AttributeReport.ClassReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Folds, and what is measured on them. */
final class Validation {

  private static final int BANDS = 10;

  private Validation() {}

  /**
   * Deals users into folds, those of each class evenly.
   *
   * @param classOf the class of each user, from 0
   * @param folds how many folds
   * @param seed of the order in which they are dealt
   * @return the fold of each user, from 0
   */
  static int[] folds(int[] classOf, int folds, long seed) {
    int[] order = new int[classOf.length];
    SplittableRandom random = new SplittableRandom(seed);
    for (int u = 0; u < order.length; u++) {
      int with = random.nextInt(u + 1);
      order[u] = order[with];
      order[with] = u;
    }
    int classes = Arrays.stream(classOf).max().orElse(-1) + 1;
    int[] foldOf = new int[classOf.length];
    int next = 0;
    for (int c = 0; c < classes; c++) {
      for (int u : order) {
        if (classOf[u] == c) {
          foldOf[u] = next++ % folds;
        }
      }
    }
    return foldOf;
  }

  static int best(double[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      best = probabilities[c] > probabilities[best] ? c : best;
    }
    return best;
  }

  /** Measures probabilities that were given to users not seen. */
  static AttributeReport report(
      String attribute,
      List<String> values,
      int[] classOf,
      int[] foldOf,
      int folds,
      double[][] probabilities,
      double minProbability) {
    int n = classOf.length;
    int classes = values.size();
    int[][] confusion = new int[classes][classes];
    int[] bandUsers = new int[BANDS];
    double[] bandSum = new double[BANDS];
    int[] bandRight = new int[BANDS];
    int told = 0;
    int toldRight = 0;
    int right = 0;
    for (int u = 0; u < n; u++) {
      int best = best(probabilities[u]);
      double p = probabilities[u][best];
      boolean hit = best == classOf[u];
      confusion[classOf[u]][best]++;
      int band = Math.min(BANDS - 1, (int) (p * BANDS));
      bandUsers[band]++;
      bandSum[band] += p;
      bandRight[band] += hit ? 1 : 0;
      right += hit ? 1 : 0;
      told += p >= minProbability ? 1 : 0;
      toldRight += hit && p >= minProbability ? 1 : 0;
    }
    List<Band> bands = new ArrayList<>();
    double error = 0;
    for (int b = 0; b < BANDS; b++) {
      if (bandUsers[b] > 0) {
        double mean = bandSum[b] / bandUsers[b];
        double share = (double) bandRight[b] / bandUsers[b];
        bands.add(new Band((double) b / BANDS, (b + 1.0) / BANDS, bandUsers[b], mean, share));
        error += Math.abs(mean - share) * bandUsers[b] / n;
      }
    }
    List<ClassReport> reports = new ArrayList<>();
    int majority = 0;
    for (int c = 0; c < classes; c++) {
      int declared = Arrays.stream(confusion[c]).sum();
      int inferred = 0;
      for (int d = 0; d < classes; d++) {
        inferred += confusion[d][c];
      }
      majority = Math.max(majority, declared);
      reports.add(
          new ClassReport(
              values.get(c),
              declared,
              inferred == 0 ? 0 : (double) confusion[c][c] / inferred,
              (double) confusion[c][c] / declared));
    }
    return new AttributeReport(
        attribute,
        n,
        folds,
        (double) majority / n,
        (double) right / n,
        auc(classOf, foldOf, folds, probabilities, classes),
        error,
        minProbability,
        (double) told / n,
        told == 0 ? 0 : (double) toldRight / told,
        reports,
        bands);
  }

  private static double auc(
      int[] classOf, int[] foldOf, int folds, double[][] probabilities, int classes) {
    double sum = 0;
    for (int fold = 0; fold < folds; fold++) {
      int[] users = users(foldOf, fold, true);
      for (int c = 0; c < classes; c++) {
        double[] scores = new double[users.length];
        boolean[] is = new boolean[users.length];
        for (int i = 0; i < users.length; i++) {
          scores[i] = probabilities[users[i]][c];
          is[i] = classOf[users[i]] == c;
        }
        sum += BinaryMetrics.auc(is, scores).orElseThrow();
      }
    }
    return sum / folds / classes;
  }

  /** The users of a fold, or those of all others. */
  static int[] users(int[] foldOf, int fold, boolean within) {
    int[] users = new int[foldOf.length];
    int n = 0;
    for (int u = 0; u < foldOf.length; u++) {
      if ((foldOf[u] == fold) == within) {
        users[n++] = u;
      }
    }
    return Arrays.copyOf(users, n);
  }
}
