// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.Matmul;
import dev.pushwright.math.Parallel;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Chooses points to start k-means from, by k-means++ (see {@link KMeans}): each drawn with a chance
 * that grows with the squared distance from those before. Of several drawn each time, the one that
 * leaves the least sum of squared distances is taken.
 *
 * <p>The distances come from matrix products with the points lying in columns, by which the inner
 * loop runs over the points: few candidates are enough to keep it busy. O(n·d·k·log k) operations;
 * holds two copies of them meanwhile.
 */
final class Seeding {

  /** Of more points than these, and than {@link #SAMPLE_PER_CLUSTER} · k, a sample is taken. */
  static final int SAMPLE = 20_000;

  static final int SAMPLE_PER_CLUSTER = 400;

  // Points a product has. They fit into the cache with the candidates' distances.
  private static final int TILE = 512;

  private final Frame frame;
  private final int n;
  private final int d;
  private final float[] tiles;

  /**
   * Draws.
   *
   * @param points what is drawn from
   * @param k how many are wanted
   * @param random draws
   * @param context how many threads may work
   * @return distinct points; fewer than k when there are no more
   */
  static Points draw(Points points, int k, SplittableRandom random, FitContext context) {
    int n = points.size();
    int wanted = (int) Math.max(SAMPLE, Math.min(n, (long) SAMPLE_PER_CLUSTER * k));
    if (n > wanted) {
      Points seeds = draw(points.rows(sample(n, wanted, random)), k, random, context);
      if (seeds.size() == k) {
        return seeds;
      }
      // Where nearly all points are the same, a sample may miss the others.
    }
    Seeding seeding = new Seeding(new Frame(points, new double[0], context.threads()), context);
    return points.rows(seeding.choose(k, random, context));
  }

  /** Numbers below n, ascending, each set of them as likely as any other. */
  static int[] sample(int n, int size, SplittableRandom random) {
    int[] sample = new int[size];
    int taken = 0;
    for (int i = 0; taken < size; i++) {
      if (random.nextInt(n - i) < size - taken) {
        sample[taken++] = i;
      }
    }
    return sample;
  }

  private Seeding(Frame frame, FitContext context) {
    this.frame = frame;
    this.n = frame.points.size();
    this.d = frame.dimensions;
    this.tiles = new float[frame.rows.length];
    Parallel.forBlocks(
        n,
        TILE,
        context.threads(),
        (from, to) -> {
          int width = to - from;
          for (int i = from; i < to; i++) {
            for (int j = 0; j < d; j++) {
              tiles[from * d + j * width + (i - from)] = frame.rows[i * d + j];
            }
          }
        });
  }

  /** Numbers of points, no two of them at the same place. */
  private int[] choose(int k, SplittableRandom random, FitContext context) {
    int wanted = Math.min(k, n);
    int[] chosen = new int[wanted];
    if (wanted == 0) {
      return chosen;
    }
    int candidates = 2 + (int) Math.log(k);
    int blocks = (n + TILE - 1) / TILE;
    float[] closest = new float[n];
    Arrays.fill(closest, Float.POSITIVE_INFINITY);
    float[] distances = new float[Math.multiplyExact(candidates, n)];
    double[] sums = new double[candidates * blocks];
    int[] drawn = {random.nextInt(n)};
    double[] ofBlock = new double[blocks];
    for (int found = 0; ; ) {
      measure(drawn, closest, distances, sums, blocks, context);
      int best = leastSum(sums, drawn.length, blocks);
      chosen[found++] = drawn[best];
      if (found == wanted) {
        return chosen;
      }
      for (int i = 0; i < n; i++) {
        closest[i] = Math.min(closest[i], distances[best * n + i]);
      }
      System.arraycopy(sums, best * blocks, ofBlock, 0, blocks);
      double total = 0;
      for (double sum : ofBlock) {
        total += sum;
      }
      if (!(total > 0)) {
        return Arrays.copyOf(chosen, found);
      }
      drawn = new int[candidates];
      for (int c = 0; c < candidates; c++) {
        drawn[c] = pick(random.nextDouble() * total, ofBlock, closest);
      }
    }
  }

  /** What the sums of squared distances would be with each of the candidates. */
  private void measure(
      int[] drawn,
      float[] closest,
      float[] distances,
      double[] sums,
      int blocks,
      FitContext context) {
    int count = drawn.length;
    float[] candidates = new float[count * d];
    for (int c = 0; c < count; c++) {
      System.arraycopy(frame.rows, drawn[c] * d, candidates, c * d, d);
    }
    Parallel.forBlocks(
        n,
        TILE,
        context.threads(),
        (from, to) -> {
          int width = to - from;
          float[] products = new float[count * width];
          Matmul.sgemm(
              false,
              false,
              count,
              width,
              d,
              -2,
              candidates,
              0,
              d,
              tiles,
              from * d,
              width,
              0,
              products,
              0,
              width);
          for (int c = 0; c < count; c++) {
            double norm = frame.squaredNorms[drawn[c]];
            // Below it, rounding could make equal points differ, or turn a distance around.
            double doubtful = 8 * frame.error(norm, 2 * Math.sqrt(norm));
            double sum = 0;
            for (int i = from; i < to; i++) {
              double distance = frame.squaredNorms[i] + norm + products[c * width + i - from];
              if (distance <= doubtful) {
                distance = frame.fromOwnUnits(frame.points.squaredDistance(i, drawn[c]));
              }
              float value = (float) Math.max(0, distance);
              distances[c * n + i] = value;
              sum += Math.min(value, closest[i]);
            }
            sums[c * blocks + from / TILE] = sum;
          }
        });
  }

  private static int leastSum(double[] sums, int candidates, int blocks) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < candidates; c++) {
      double total = 0;
      for (int b = 0; b < blocks; b++) {
        total += sums[c * blocks + b];
      }
      if (total < least) {
        least = total;
        best = c;
      }
    }
    return best;
  }

  /** The point at which the running sum of squared distances passes a number. */
  private int pick(double at, double[] ofBlock, float[] closest) {
    int block = 0;
    while (block < ofBlock.length - 1 && at >= ofBlock[block]) {
      at -= ofBlock[block++];
    }
    int last = -1;
    for (int i = block * TILE; i < Math.min(n, (block + 1) * TILE); i++) {
      if (closest[i] > 0) {
        last = i;
        at -= closest[i];
        if (at < 0) {
          return i;
        }
      }
    }
    if (last >= 0) {
      return last;
    }
    // Rounding has led past the last block with anything in it.
    for (int i = 0; i < n; i++) {
      if (closest[i] > 0) {
        return i;
      }
    }
    throw new IllegalStateException("no point is away from those chosen");
  }
}
