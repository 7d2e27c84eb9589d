// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers.djl;

import dev.pushwright.benchmarks.peers.Pairs;
import dev.pushwright.benchmarks.peers.Work;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/** The pairs and their negatives, drawn and shuffled anew for each epoch. */
final class Samples {

  private final Pairs pairs;
  private final BitSet has = new BitSet();
  private final SplittableRandom random = new SplittableRandom(1);
  private final int[] users;
  private final int[] items;
  private final float[] labels;

  Samples(Pairs pairs) {
    this.pairs = pairs;
    int size = pairs.size() * (1 + Work.NCF_NEGATIVES);
    this.users = new int[size];
    this.items = new int[size];
    this.labels = new float[size];
    for (int p = 0; p < pairs.size(); p++) {
      has.set(cell(pairs.user()[p], pairs.item()[p]));
    }
  }

  private int cell(int user, int item) {
    return Math.addExact(Math.multiplyExact(user, pairs.items()), item);
  }

  int size() {
    return users.length;
  }

  /** Draws the samples of an epoch. */
  void draw() {
    int n = 0;
    for (int p = 0; p < pairs.size(); p++) {
      int user = pairs.user()[p];
      put(n++, user, pairs.item()[p], 1);
      for (int k = 0; k < Work.NCF_NEGATIVES; k++) {
        int item = random.nextInt(pairs.items());
        while (has.get(cell(user, item))) {
          item = random.nextInt(pairs.items());
        }
        put(n++, user, item, 0);
      }
    }
    for (int at = n - 1; at > 0; at--) {
      int other = random.nextInt(at + 1);
      int user = users[at];
      int item = items[at];
      float label = labels[at];
      put(at, users[other], items[other], labels[other]);
      put(other, user, item, label);
    }
  }

  private void put(int at, int user, int item, float label) {
    users[at] = user;
    items[at] = item;
    labels[at] = label;
  }

  int[] users(int from, int to) {
    return Arrays.copyOfRange(users, from, to);
  }

  int[] items(int from, int to) {
    return Arrays.copyOfRange(items, from, to);
  }

  float[] labels(int from, int to) {
    return Arrays.copyOfRange(labels, from, to);
  }
}
