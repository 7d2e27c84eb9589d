// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.Parallel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The epochs of {@link BiasedMf}. Users and items are dealt into P groups each, of about as many
 * ratings; that makes P × P blocks of ratings, and an epoch P rounds of P blocks no two of which
 * have a user or an item in common. The blocks of a round can be learned from at once, and what
 * comes out is to the bit what they give one after another.
 */
final class BiasedMfTrainer extends RatingSgd {

  // A block should be worth handing to a thread, and there should be blocks for many threads.
  private static final int RATINGS_PER_BLOCK = 1000;
  private static final int MAX_GROUPS = 16;

  private final int groups;
  private final RatingSamples samples;
  // By block, user group · P + item group: where its samples begin.
  private final int[] starts;

  BiasedMfTrainer(String algorithm, Ratings ratings, SgdOptions options, FitContext context) {
    super(algorithm, ratings, options, context);
    this.groups = groups(learned.size());
    int[] userGroup = deal(userBias.length, learned.users(), groups);
    int[] itemGroup = deal(itemBias.length, learned.items(), groups);
    RatingSamples shuffled = learned.shuffled(random(3, 0));
    this.starts = new int[groups * groups + 1];
    int[] blockOf = new int[shuffled.size()];
    for (int s = 0; s < blockOf.length; s++) {
      blockOf[s] = userGroup[shuffled.users()[s]] * groups + itemGroup[shuffled.items()[s]];
      starts[blockOf[s] + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    int[] order = new int[blockOf.length];
    for (int s = 0; s < order.length; s++) {
      order[next[blockOf[s]]++] = s;
    }
    this.samples = shuffled.inOrder(order);
  }

  /** How many groups: it depends on the data alone, never on the number of threads. */
  static int groups(int ratings) {
    int groups = (int) Math.sqrt((double) ratings / RATINGS_PER_BLOCK);
    return Math.max(1, Math.min(MAX_GROUPS, groups));
  }

  /** Those with most ratings first, each into the group that has least by then. */
  private static int[] deal(int size, int[] ids, int groups) {
    int[] counts = new int[size];
    for (int id : ids) {
      counts[id]++;
    }
    int[] group = new int[size];
    long[] load = new long[groups];
    IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingInt((Integer id) -> -counts[id]))
        .forEach(
            id -> {
              int least = 0;
              for (int g = 1; g < groups; g++) {
                if (load[g] < load[least]) {
                  least = g;
                }
              }
              group[id] = least;
              load[least] += counts[id];
            });
    return group;
  }

  @Override
  double epoch(int epoch, float rate) {
    double[] losses = new double[groups * groups];
    double loss = 0;
    for (int round = 0; round < groups; round++) {
      int shift = round;
      Parallel.forBlocks(
          groups,
          1,
          context.threads(),
          (from, to) -> {
            for (int g = from; g < to; g++) {
              int block = block(g, shift);
              losses[block] = learn(starts[block], starts[block + 1], rate);
            }
          });
      for (int g = 0; g < groups; g++) {
        int block = block(g, shift);
        if (!Double.isFinite(losses[block])) {
          throw diverged(epoch, "block " + block + " of " + losses.length, losses[block]);
        }
        loss += losses[block];
      }
    }
    return loss;
  }

  private int block(int userGroup, int round) {
    return userGroup * groups + (userGroup + round) % groups;
  }

  private double learn(int from, int to, float rate) {
    float biasKeep = (float) (1 - rate * options.biasRegularization());
    float keep = (float) (1 - rate * options.regularization());
    int[] users = samples.users();
    int[] items = samples.items();
    float[] values = samples.values();
    double loss = 0;
    for (int s = from; s < to; s++) {
      int user = users[s];
      int item = items[s];
      float[] p = userFactors[user];
      float[] q = itemFactors[item];
      float error = values[s] - userBias[user] - itemBias[item] - Dense.dot(p, q);
      loss += (double) error * error;
      float step = rate * error;
      userBias[user] = biasKeep * userBias[user] + step;
      itemBias[item] = biasKeep * itemBias[item] + step;
      Dense.step(p, q, step, keep);
    }
    return loss;
  }

  @Override
  double product(int user, int item) {
    return Dense.dot(userFactors[user], itemFactors[item]);
  }

  @Override
  List<float[][]> learnedTensors() {
    return List.of(userFactors, itemFactors, new float[][] {userBias, itemBias});
  }

  @Override
  float[][] finalUserFactors() {
    return userFactors;
  }
}
