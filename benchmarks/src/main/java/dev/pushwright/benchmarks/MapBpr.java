// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.data.Interaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * Bayesian personalised ranking as one would write it in an afternoon: maps of ids, factors in
 * double, one thread. The rival of {@code bpr}, with the same steps in another order.
 */
final class MapBpr {

  private final int factors;
  private final Map<String, Set<String>> has = new HashMap<>();
  private final Map<String, double[]> users = new HashMap<>();
  // The last number is the bias.
  private final Map<String, double[]> items = new HashMap<>();

  /** Learns. */
  MapBpr(
      List<Interaction> pairs,
      int factors,
      double regularization,
      double learningRate,
      int epochs,
      int negatives,
      long seed) {
    this.factors = factors;
    Random random = new Random(seed);
    for (Interaction pair : pairs) {
      has.computeIfAbsent(pair.userId(), user -> new HashSet<>()).add(pair.itemId());
      users.computeIfAbsent(pair.userId(), user -> start(random, factors));
      items.computeIfAbsent(pair.itemId(), item -> start(random, factors + 1));
    }
    List<String> itemIds = new ArrayList<>(items.keySet());
    List<Interaction> order = new ArrayList<>(pairs);
    for (int epoch = 0; epoch < epochs; epoch++) {
      double rate = learningRate * (epochs - epoch) / epochs;
      Collections.shuffle(order, random);
      for (Interaction pair : order) {
        for (int n = 0; n < negatives; n++) {
          String other = itemIds.get(random.nextInt(itemIds.size()));
          while (known(has, pair.userId()).contains(other)) {
            other = itemIds.get(random.nextInt(itemIds.size()));
          }
          step(pair, other, rate, regularization);
        }
      }
    }
  }

  private static double[] start(Random random, int length) {
    return random.doubles(length, -0.02, 0.02).toArray();
  }

  private void step(Interaction pair, String other, double rate, double regularization) {
    double[] p = known(users, pair.userId());
    double[] q = known(items, pair.itemId());
    double[] r = known(items, other);
    double g = 1 / (1 + Math.exp(score(p, q) - score(p, r)));
    for (int f = 0; f < factors; f++) {
      double user = p[f];
      p[f] += rate * (g * (q[f] - r[f]) - regularization * user);
      q[f] += rate * (g * user - regularization * q[f]);
      r[f] += rate * (-g * user - regularization * r[f]);
    }
    q[factors] += rate * (g - regularization * q[factors]);
    r[factors] += rate * (-g - regularization * r[factors]);
  }

  private static <T> T known(Map<String, T> map, String id) {
    return Objects.requireNonNull(map.get(id), id);
  }

  private double score(double[] user, double[] item) {
    double sum = item[factors];
    for (int f = 0; f < factors; f++) {
      sum += user[f] * item[f];
    }
    return sum;
  }

  /** All items, best first, those that the user has among them. */
  List<String> ranking(String userId) {
    double[] user = known(users, userId);
    return items.keySet().stream()
        .sorted(
            Comparator.comparingDouble((String item) -> -score(user, known(items, item)))
                .thenComparing(item -> item))
        .toList();
  }
}
