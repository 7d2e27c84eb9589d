// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The epochs of {@link SvdPlusPlus}: user by user, in an order that is shuffled each time. */
final class SvdPlusPlusTrainer extends RatingSgd {

  private static final int BLOCK = 256;

  private final float[][] implicitFactors;
  private final float[][] wholeUserFactors;
  // By user: where the samples begin.
  private final int[] starts;
  private final int[] userOrder;

  SvdPlusPlusTrainer(String algorithm, Ratings ratings, SgdOptions options, FitContext context) {
    super(algorithm, ratings, options, context);
    this.implicitFactors = vectors(itemBias.length, learned.items(), 3);
    this.wholeUserFactors = new float[userFactors.length][factors];
    this.starts = new int[userFactors.length + 1];
    for (int user : learned.users()) {
      starts[user + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    this.userOrder = new int[userFactors.length];
    Arrays.setAll(userOrder, u -> u);
  }

  @Override
  double epoch(int epoch, float rate) {
    SplittableRandom random = random(4, epoch);
    for (int u = userOrder.length - 1; u > 0; u--) {
      int other = random.nextInt(u + 1);
      int user = userOrder[u];
      userOrder[u] = userOrder[other];
      userOrder[other] = user;
    }
    double loss = 0;
    float[] z = new float[factors];
    float[] whole = new float[factors];
    float[] sum = new float[factors];
    for (int user : userOrder) {
      context.checkCancelled();
      if (starts[user] < starts[user + 1]) {
        loss += learn(user, rate, z, whole, sum);
      }
      if (!Double.isFinite(loss)) {
        throw diverged(epoch, "user " + user + " of " + userOrder.length, loss);
      }
    }
    return loss;
  }

  private double learn(int user, float rate, float[] z, float[] whole, float[] sum) {
    float biasKeep = (float) (1 - rate * options.biasRegularization());
    float keep = (float) (1 - rate * options.regularization());
    float norm = implicit(user, z);
    Arrays.fill(sum, 0);
    float[] p = userFactors[user];
    double loss = 0;
    for (int s = starts[user]; s < starts[user + 1]; s++) {
      int item = learned.items()[s];
      float[] q = itemFactors[item];
      Dense.sum(p, z, whole);
      float error = learned.values()[s] - userBias[user] - itemBias[item] - Dense.dot(whole, q);
      loss += (double) error * error;
      userBias[user] = biasKeep * userBias[user] + rate * error;
      itemBias[item] = biasKeep * itemBias[item] + rate * error;
      Dense.step(p, z, q, sum, error, rate, keep);
    }
    for (int s = starts[user]; s < starts[user + 1]; s++) {
      Dense.add(implicitFactors[learned.items()[s]], keep, sum, rate * norm);
    }
    return loss;
  }

  /** Sets z to n^−½ Σ y of the user's items and returns n^−½. */
  private float implicit(int user, float[] z) {
    float norm = (float) (1 / Math.sqrt((double) starts[user + 1] - starts[user]));
    Arrays.fill(z, 0);
    for (int s = starts[user]; s < starts[user + 1]; s++) {
      Dense.add(z, 1, implicitFactors[learned.items()[s]], norm);
    }
    return norm;
  }

  @Override
  void prepare() {
    Parallel.forBlocks(
        userFactors.length,
        BLOCK,
        context.threads(),
        (from, to) -> {
          for (int user = from; user < to; user++) {
            if (starts[user] < starts[user + 1]) {
              implicit(user, wholeUserFactors[user]);
              Dense.add(wholeUserFactors[user], 1, userFactors[user], 1);
            }
          }
        });
  }

  @Override
  double product(int user, int item) {
    return Dense.dot(wholeUserFactors[user], itemFactors[item]);
  }

  @Override
  List<float[][]> learnedTensors() {
    return List.of(userFactors, itemFactors, implicitFactors, new float[][] {userBias, itemBias});
  }

  @Override
  float[][] finalUserFactors() {
    return wholeUserFactors;
  }

  @Override
  float[][] finalImplicitFactors() {
    return implicitFactors;
  }
}
