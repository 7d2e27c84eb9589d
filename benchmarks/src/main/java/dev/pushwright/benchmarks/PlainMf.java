// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.data.Interaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Matrix factorization with biases as its equations are written down: one loop over the ratings in
 * double, one over the factors inside it, one thread.
 */
final class PlainMf {

  private final Map<String, Integer> users = new HashMap<>();
  private final Map<String, Integer> items = new HashMap<>();
  private final double mean;
  private final double[] userBias;
  private final double[] itemBias;
  private final double[][] p;
  private final double[][] q;

  PlainMf(List<Interaction> ratings, MfSettings settings) {
    List<int[]> pairs = new ArrayList<>();
    double[] values = new double[ratings.size()];
    double sum = 0;
    for (Interaction rating : ratings) {
      int user = users.computeIfAbsent(rating.userId(), id -> users.size());
      int item = items.computeIfAbsent(rating.itemId(), id -> items.size());
      values[pairs.size()] = rating.value();
      pairs.add(new int[] {user, item});
      sum += rating.value();
    }
    mean = sum / ratings.size();
    userBias = new double[users.size()];
    itemBias = new double[items.size()];
    SplittableRandom random = new SplittableRandom(1);
    p = random(users.size(), settings.factors(), random);
    q = random(items.size(), settings.factors(), random);
    int[] order = new int[values.length];
    for (int s = 0; s < order.length; s++) {
      int other = random.nextInt(s + 1);
      order[s] = order[other];
      order[other] = s;
    }
    double rate = settings.learningRate();
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      for (int s : order) {
        learn(pairs.get(s)[0], pairs.get(s)[1], values[s], rate, settings);
      }
      rate *= settings.decay();
    }
  }

  private static double[][] random(int rows, int factors, SplittableRandom random) {
    double[][] vectors = new double[rows][factors];
    for (double[] row : vectors) {
      for (int f = 0; f < factors; f++) {
        row[f] = random.nextDouble(-1, 1) * 0.5 * Math.sqrt(3.0 / factors);
      }
    }
    return vectors;
  }

  private void learn(int user, int item, double value, double rate, MfSettings settings) {
    double error = value - predict(user, item);
    userBias[user] += rate * (error - settings.biasRegularization() * userBias[user]);
    itemBias[item] += rate * (error - settings.biasRegularization() * itemBias[item]);
    for (int f = 0; f < settings.factors(); f++) {
      double pf = p[user][f];
      double qf = q[item][f];
      p[user][f] += rate * (error * qf - settings.regularization() * pf);
      q[item][f] += rate * (error * pf - settings.regularization() * qf);
    }
  }

  private double predict(int user, int item) {
    double predicted = mean + userBias[user] + itemBias[item];
    for (int f = 0; f < p[user].length; f++) {
      predicted += p[user][f] * q[item][f];
    }
    return predicted;
  }

  double predict(String userId, String itemId) {
    return predict(
        Objects.requireNonNull(users.get(userId), userId),
        Objects.requireNonNull(items.get(itemId), itemId));
  }

  /** What both rivals are given. */
  record MfSettings(
      int factors,
      int epochs,
      double learningRate,
      double decay,
      double regularization,
      double biasRegularization) {}
}
