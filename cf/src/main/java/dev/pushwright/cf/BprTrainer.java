// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.Parallel;
import dev.pushwright.math.SparseRows;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Stochastic gradient ascent on BPR-Opt, see {@link Bpr}, on several threads with the bits of one.
 *
 * <p>Each epoch deals users and items at random into as many blocks each, B, a number that depends
 * on the data alone. A round works B pairs of blocks, of which no two share a user or an item, side
 * by side; B rounds work every pair of blocks once [1]. The items a user does not have are drawn
 * from the block at hand: so no two threads ever touch one row. Blocks are dealt anew for each
 * epoch, and over the epochs every item meets every other. Each pair of blocks has random numbers
 * of its own.
 *
 * <p>[1] R. Gemulla et al., "Large-scale matrix factorization with distributed stochastic gradient
 * descent", KDD 2011.
 */
final class BprTrainer {

  // As many threads as can work at once. More blocks would be smaller ones.
  private static final int MAX_BLOCKS = 16;

  // A smaller block would leave little to draw from.
  private static final int MIN_BLOCK_ITEMS = 128;

  // A step of BPR vanishes where scores differ by 100; what grows beyond this has diverged.
  static final float MAX_FACTOR = 1e6f;

  private static final double INITIAL_LENGTH = 0.1;

  private final SparseRows byUser;
  private final Bpr.Plan plan;
  private final Confidence confidence;
  // By item: how often it is drawn in proportion, empty for all alike.
  private final int[] drawWeights;
  // In the order of the deal: block b from bound(b) to bound(b + 1).
  private final int[] users;
  private final int[] items;
  private final int blocks;

  private final float[][] userRows;
  private final float[][] itemRows;
  private final float[] biases;

  // The pairs of user block p and item block q stand from starts[q·B + p], a bucket.
  private final int[] starts;
  private final int[] pairUser;
  private final int[] pairItem;
  private final float[] pairConfidence;

  /**
   * A trainer.
   *
   * @param byUser users × items, weights above 0
   * @param byItem the same by items
   * @param plan the settings
   */
  BprTrainer(SparseRows byUser, SparseRows byItem, Bpr.Plan plan) {
    this.byUser = byUser;
    this.plan = plan;
    this.confidence = Confidence.of(byUser);
    this.items = occurring(byItem);
    this.drawWeights = drawWeights(byItem, plan.sampling());
    this.users = new int[byUser.rows()];
    Arrays.setAll(users, u -> u);
    this.blocks =
        Math.max(1, Math.min(MAX_BLOCKS, Math.min(users.length, items.length / MIN_BLOCK_ITEMS)));
    SplittableRandom random = new SplittableRandom(plan.seed());
    this.userRows = rows(byUser.rows(), plan.factors(), random);
    this.itemRows = rows(byItem.rows(), plan.factors(), random);
    this.biases = new float[byItem.rows()];
    this.starts = new int[blocks * blocks + 1];
    this.pairUser = new int[byUser.size()];
    this.pairItem = new int[byUser.size()];
    this.pairConfidence = new float[byUser.size()];
  }

  /** The items that anybody has: of the others nothing is learned. */
  static int[] occurring(SparseRows byItem) {
    int[] found = new int[byItem.rows()];
    int size = 0;
    for (int i = 0; i < found.length; i++) {
      if (byItem.start(i) < byItem.end(i)) {
        found[size++] = i;
      }
    }
    return Arrays.copyOf(found, size);
  }

  /** By item: how often it is drawn in proportion; empty: all alike. */
  static int[] drawWeights(SparseRows byItem, Bpr.Sampling sampling) {
    int[] weights = new int[sampling == Bpr.Sampling.POPULARITY ? byItem.rows() : 0];
    Arrays.setAll(weights, i -> byItem.end(i) - byItem.start(i));
    return weights;
  }

  // Uniform, so that the bits are those of nextDouble on any release of Java.
  private static float[][] rows(int n, int factors, SplittableRandom random) {
    double half = INITIAL_LENGTH * Math.sqrt(3.0 / factors);
    float[][] rows = new float[n][factors];
    for (float[] row : rows) {
      for (int f = 0; f < factors; f++) {
        row[f] = (float) (half * (2 * random.nextDouble() - 1));
      }
    }
    return rows;
  }

  /** The factors of each user; the array itself. */
  float[][] userRows() {
    return userRows;
  }

  /** The factors of each item; the array itself. */
  float[][] itemRows() {
    return itemRows;
  }

  /** The bias of each item; the array itself. */
  float[] biases() {
    return biases;
  }

  /** Works all epochs. */
  void run(FitContext context) {
    SplittableRandom random = new SplittableRandom(plan.seed()).split();
    long began = System.nanoTime();
    for (int epoch = 0; epoch < plan.epochs(); epoch++) {
      double loss = work(epoch, random.split(), context.threads());
      checkFactors(epoch);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
      context.epochDone("epochs", epoch + 1, plan.epochs(), elapsed, loss);
    }
  }

  /** Works an epoch; gives the mean loss of its steps. */
  private double work(int epoch, SplittableRandom random, int threads) {
    fillBuckets(deal(users, byUser.rows(), random), deal(items, biases.length, random));
    SplittableRandom[] streams = new SplittableRandom[blocks * blocks];
    Arrays.setAll(streams, bucket -> random.split());
    double[] losses = new double[blocks * blocks];
    long[] counts = new long[blocks * blocks];
    for (int round = 0; round < blocks; round++) {
      int shift = round;
      Parallel.forBlocks(
          blocks,
          1,
          threads,
          (from, to) -> {
            for (int p = from; p < to; p++) {
              int bucket = (p + shift) % blocks * blocks + p;
              BprSteps steps = new BprSteps(plan.rate(epoch), (float) plan.regularization());
              work(bucket, streams[bucket], steps);
              losses[bucket] = steps.loss();
              counts[bucket] = steps.count();
              if (!Double.isFinite(losses[bucket])) {
                throw diverged("loss is " + losses[bucket], epoch, "block " + bucket);
              }
            }
          });
    }
    return Arrays.stream(losses).sum() / Math.max(1, Arrays.stream(counts).sum());
  }

  /** Shuffles what is dealt; says for each integer below n the block it went to. */
  private int[] deal(int[] dealt, int n, SplittableRandom random) {
    for (int k = dealt.length - 1; k > 0; k--) {
      swap(dealt, k, random.nextInt(k + 1));
    }
    int[] blockOf = new int[n];
    for (int b = 0; b < blocks; b++) {
      for (int k = bound(dealt, b); k < bound(dealt, b + 1); k++) {
        blockOf[dealt[k]] = b;
      }
    }
    return blockOf;
  }

  private int bound(int[] dealt, int block) {
    return (int) ((long) dealt.length * block / blocks);
  }

  private void fillBuckets(int[] userBlock, int[] itemBlock) {
    int[] next = new int[blocks * blocks + 1];
    for (int u = 0; u < userBlock.length; u++) {
      for (int p = byUser.start(u); p < byUser.end(u); p++) {
        next[itemBlock[byUser.column(p)] * blocks + userBlock[u] + 1]++;
      }
    }
    for (int bucket = 0; bucket < blocks * blocks; bucket++) {
      next[bucket + 1] += next[bucket];
    }
    System.arraycopy(next, 0, starts, 0, starts.length);
    for (int u = 0; u < userBlock.length; u++) {
      for (int p = byUser.start(u); p < byUser.end(u); p++) {
        int target = next[itemBlock[byUser.column(p)] * blocks + userBlock[u]]++;
        pairUser[target] = u;
        pairItem[target] = byUser.column(p);
        pairConfidence[target] = confidence.of(byUser.value(p));
      }
    }
  }

  private void work(int bucket, SplittableRandom random, BprSteps steps) {
    int itemBlock = bucket / blocks;
    NegativeSampler sampler =
        new NegativeSampler(
            byUser, items, bound(items, itemBlock), bound(items, itemBlock + 1), drawWeights);
    shuffle(starts[bucket], starts[bucket + 1], random);
    for (int k = starts[bucket]; k < starts[bucket + 1]; k++) {
      int user = pairUser[k];
      int item = pairItem[k];
      // Who has everything has nothing to be drawn, and is not worth looking.
      if (byUser.end(user) - byUser.start(user) == items.length) {
        continue;
      }
      for (int n = 0; n < plan.negatives(); n++) {
        int other = sampler.draw(user, random);
        if (other == NegativeSampler.NONE) {
          break;
        }
        steps.step(
            userRows[user],
            itemRows[item],
            itemRows[other],
            biases,
            item,
            other,
            pairConfidence[k]);
      }
    }
  }

  private void shuffle(int from, int to, SplittableRandom random) {
    for (int k = to - 1; k > from; k--) {
      int other = from + random.nextInt(k - from + 1);
      swap(pairUser, k, other);
      swap(pairItem, k, other);
      float confidence = pairConfidence[k];
      pairConfidence[k] = pairConfidence[other];
      pairConfidence[other] = confidence;
    }
  }

  private static void swap(int[] array, int a, int b) {
    int swapped = array[a];
    array[a] = array[b];
    array[b] = swapped;
  }

  private void checkFactors(int epoch) {
    for (int u = 0; u < userRows.length; u++) {
      checkFactors(userRows[u], epoch, "user " + u);
    }
    for (int i = 0; i < itemRows.length; i++) {
      checkFactors(itemRows[i], epoch, "item " + i);
    }
    checkFactors(biases, epoch, "the biases");
  }

  private void checkFactors(float[] row, int epoch, String where) {
    float largest = 0;
    for (float factor : row) {
      // Of a NaN too, for it is not less than anything.
      largest = Math.abs(factor) <= largest ? largest : Math.abs(factor);
    }
    if (!(largest <= MAX_FACTOR)) {
      throw diverged("a factor is " + largest, epoch, where);
    }
  }

  private IllegalStateException diverged(String what, int epoch, String where) {
    return new IllegalStateException(
        "bpr diverged: "
            + what
            + " in epoch "
            + (epoch + 1)
            + " of "
            + plan.epochs()
            + ", "
            + where
            + ", at learningRate "
            + plan.learningRate()
            + " and regularization "
            + plan.regularization()
            + "; lower learningRate");
  }
}
