// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Pairs of a user and an item that a model of factors is asked about: first some that it learned
 * from, then as many it did not. Drawn with a fixed seed, so that every library is asked the same.
 *
 * @param user of each pair
 * @param item of each pair
 * @param rating of each pair it learned from; shorter than the others
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Probe(int[] user, int[] item, float[] rating) {

  /** How many pairs of each kind at most. */
  public static final int SIZE = 10_000;

  /** Predicts one number for one pair. */
  @FunctionalInterface
  public interface Predictor {
    /**
     * Predicts.
     *
     * @param user the number of the user
     * @param item the number of the item
     * @return a score or a rating
     * @throws Exception when the library cannot
     */
    double predict(int user, int item) throws Exception;
  }

  /**
   * Draws the pairs.
   *
   * @param pairs what is learned from
   * @return the pairs
   */
  public static Probe of(Pairs pairs) {
    int size = Math.min(SIZE, pairs.size());
    SplittableRandom random = new SplittableRandom(2);
    int[] starts = pairs.starts();
    int[] user = new int[2 * size];
    int[] item = new int[2 * size];
    float[] rating = new float[size];
    for (int p = 0; p < size; p++) {
      int row = random.nextInt(pairs.size());
      user[p] = pairs.user()[row];
      item[p] = pairs.item()[row];
      rating[p] = pairs.rating()[row];
      int u = user[p];
      // Of the same user, so that how active users are says nothing. One who has everything gives
      // a pair that is wrong for every library alike.
      int other = random.nextInt(pairs.items());
      for (int tries = 0; tries < 1000 && has(pairs, starts, u, other); tries++) {
        other = random.nextInt(pairs.items());
      }
      user[size + p] = u;
      item[size + p] = other;
    }
    return new Probe(user, item, rating);
  }

  private static boolean has(Pairs pairs, int[] starts, int user, int item) {
    return Arrays.binarySearch(pairs.item(), starts[user], starts[user + 1], item) >= 0;
  }

  /**
   * Asks about all pairs.
   *
   * @param predictor what answers
   * @return an answer of one row
   * @throws Exception when the library cannot
   */
  public Answer ask(Predictor predictor) throws Exception {
    double[] predictions = new double[user.length];
    for (int p = 0; p < predictions.length; p++) {
      predictions[p] = predictor.predict(user[p], item[p]);
    }
    return Answer.ofValues(new double[][] {predictions});
  }
}
