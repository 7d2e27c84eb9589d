// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.math.Parallel;
import java.time.Duration;
import java.util.Arrays;

/**
 * Lloyd's iterations, without the comparisons that Hamerly's bounds prove to be idle (see {@link
 * KMeans}): of each point it keeps how far its own centre is at most and any other at least. After
 * the centres have moved, a point whose bounds still stand apart keeps its cluster unseen; the
 * others go through {@link NearestCentres} together. Sums are kept and only changed by the points
 * that change their cluster. What comes out is what comparing all would give.
 *
 * <p>The points are cut into blocks whose number does not depend on the threads; what the blocks
 * add up is joined in their order.
 */
final class Lloyd {

  private static final int MAX_BLOCKS = 64;
  // Covers the rounding of the bounds themselves, far below what they decide.
  private static final double SLACK = 1 + 1e-10;

  private final Frame frame;
  private final Points points;
  private final int n;
  private final int d;
  private final int k;
  private final double[] centres;
  private final int[] labels;
  private final double[] upper;
  private final double[] lower;
  private final double[] moves;
  private final double[] halfGaps;
  private final int[] sizes;
  // Of the coordinates less the frame's shift, which keeps what is subtracted again small.
  private final double[] sums;
  private final int blockSize;
  private final Block[] blocks;

  private int farMover;
  private double longestMove;
  private double secondMove;
  private int iterations;
  private boolean converged;

  /** What a block's points change. */
  private static final class Block {
    final double[] sums;
    final int[] sizes;
    int changed;
    double inertia;

    Block(int k, int d) {
      this.sums = new double[k * d];
      this.sizes = new int[k];
    }

    void clear() {
      Arrays.fill(sums, 0);
      Arrays.fill(sizes, 0);
      changed = 0;
    }
  }

  Lloyd(Frame frame, double[] centres) {
    this.frame = frame;
    this.points = frame.points;
    this.n = points.size();
    this.d = points.dimensions();
    this.k = centres.length / d;
    this.centres = centres.clone();
    this.labels = new int[n];
    Arrays.fill(labels, -1);
    this.upper = new double[n];
    this.lower = new double[n];
    this.moves = new double[k];
    this.halfGaps = new double[k];
    this.sizes = new int[k];
    this.sums = new double[k * d];
    // The blocks' sums take at most half as much memory as the points.
    int count = Math.max(1, Math.min(MAX_BLOCKS, n / (4 * k)));
    this.blockSize = (n + count - 1) / count;
    this.blocks = new Block[(n + blockSize - 1) / blockSize];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] = new Block(k, d);
    }
  }

  /**
   * Iterates.
   *
   * @param maxIterations how often the centres move at most
   * @param tolerance the sum of the squared moves at which the centres are taken to rest
   * @param context threads, progress, cancel
   */
  void run(int maxIterations, double tolerance, FitContext context) {
    long began = System.nanoTime();
    while (iterations < maxIterations && !converged) {
      int changed = assign(context);
      changed += fillEmpty();
      double moved = moveCentres();
      iterations++;
      converged = changed == 0 || moved <= tolerance;
      context
          .listener()
          .onProgress(
              new Progress(
                  "k-means",
                  iterations,
                  maxIterations,
                  Duration.ofNanos(System.nanoTime() - began)));
      context.checkCancelled();
    }
    assign(context);
  }

  /** Gives each point the nearest centre; returns how many have another than before. */
  private int assign(FitContext context) {
    gaps();
    NearestCentres nearest = new NearestCentres(frame, centres);
    Parallel.forBlocks(
        n,
        blockSize,
        context.threads(),
        (from, to) -> assign(from, to, nearest, blocks[from / blockSize]));
    int changed = 0;
    for (Block block : blocks) {
      changed += block.changed;
      if (block.changed > 0) {
        for (int c = 0; c < k; c++) {
          sizes[c] += block.sizes[c];
        }
        for (int p = 0; p < sums.length; p++) {
          sums[p] += block.sums[p];
        }
      }
    }
    return changed;
  }

  private void assign(int from, int to, NearestCentres nearest, Block block) {
    block.clear();
    NearestCentres.Scratch scratch = new NearestCentres.Scratch(k, d);
    int open = 0;
    for (int i = from; i < to; i++) {
      if (!settled(i)) {
        scratch.rows[open++] = i;
        if (open == NearestCentres.ROWS) {
          search(nearest, scratch, open, block);
          open = 0;
        }
      }
    }
    search(nearest, scratch, open, block);
  }

  /** Whether a point's bounds prove that its centre is still the nearest. */
  private boolean settled(int i) {
    int own = labels[i];
    if (own < 0) {
      return false;
    }
    double least = lower[i] - (own == farMover ? secondMove : longestMove);
    double bound = Math.max(least, halfGaps[own]);
    double most = upper[i] + moves[own];
    if (most * SLACK >= bound) {
      if (upper[i] - moves[own] >= bound) {
        // Unlikely to be near enough: not worth measuring.
        return false;
      }
      most = Math.sqrt(points.squaredDistance(i, centres, own));
      if (most * SLACK >= bound) {
        return false;
      }
    }
    upper[i] = most;
    lower[i] = least;
    return true;
  }

  private void search(NearestCentres nearest, NearestCentres.Scratch found, int open, Block block) {
    nearest.find(found, open);
    for (int r = 0; r < open; r++) {
      int i = found.rows[r];
      upper[i] = Math.sqrt(found.upper[r]);
      lower[i] = Math.sqrt(found.lower[r]);
      int before = labels[i];
      int after = found.nearest[r];
      if (before != after) {
        labels[i] = after;
        block.changed++;
        move(i, before, after, block.sums, block.sizes);
      }
    }
  }

  private void move(int i, int before, int after, double[] sums, int[] sizes) {
    float[] values = points.values();
    sizes[after]++;
    if (before >= 0) {
      sizes[before]--;
    }
    for (int j = 0; j < d; j++) {
      double x = values[i * d + j] - frame.shift(j);
      sums[after * d + j] += x;
      if (before >= 0) {
        sums[before * d + j] -= x;
      }
    }
  }

  /** Gives each empty cluster the point that is farthest from its centre; returns how many. */
  private int fillEmpty() {
    int filled = 0;
    double[] distances = null;
    for (int c = 0; c < k; c++) {
      if (sizes[c] > 0) {
        continue;
      }
      if (distances == null) {
        distances = new double[n];
        for (int i = 0; i < n; i++) {
          distances[i] = points.squaredDistance(i, centres, labels[i]);
        }
      }
      int farthest = -1;
      for (int i = 0; i < n; i++) {
        if (sizes[labels[i]] > 1
            && distances[i] > 0
            && (farthest < 0 || distances[i] > distances[farthest])) {
          farthest = i;
        }
      }
      if (farthest < 0) {
        break;
      }
      move(farthest, labels[farthest], c, sums, sizes);
      labels[farthest] = c;
      distances[farthest] = 0;
      // Nothing is known about the new centre; the next look compares all.
      upper[farthest] = Double.POSITIVE_INFINITY;
      lower[farthest] = 0;
      filled++;
    }
    return filled;
  }

  /** Moves the centres to the means; returns the sum of the squared moves. */
  private double moveCentres() {
    double total = 0;
    farMover = -1;
    longestMove = 0;
    secondMove = 0;
    for (int c = 0; c < k; c++) {
      double squared = 0;
      if (sizes[c] > 0) {
        for (int j = 0; j < d; j++) {
          double mean = frame.shift(j) + sums[c * d + j] / sizes[c];
          double move = mean - centres[c * d + j];
          squared += move * move;
          centres[c * d + j] = mean;
        }
      }
      total += squared;
      moves[c] = Math.sqrt(squared);
      if (moves[c] > longestMove) {
        secondMove = longestMove;
        longestMove = moves[c];
        farMover = c;
      } else if (moves[c] > secondMove) {
        secondMove = moves[c];
      }
    }
    return total;
  }

  /** Half the way from each centre to the nearest other: within it, no other can be nearer. */
  private void gaps() {
    for (int c = 0; c < k; c++) {
      halfGaps[c] = Double.POSITIVE_INFINITY;
    }
    for (int c = 0; c < k; c++) {
      for (int other = 0; other < c; other++) {
        double squared = 0;
        for (int j = 0; j < d; j++) {
          double difference = centres[c * d + j] - centres[other * d + j];
          squared += difference * difference;
        }
        double half = Math.sqrt(squared) / 2;
        halfGaps[c] = Math.min(halfGaps[c], half);
        halfGaps[other] = Math.min(halfGaps[other], half);
      }
    }
  }

  /** What was found, without clusters that stayed empty. */
  KMeansModel model(FitContext context) {
    Parallel.forBlocks(
        n,
        blockSize,
        context.threads(),
        (from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            sum += points.squaredDistance(i, centres, labels[i]);
          }
          blocks[from / blockSize].inertia = sum;
        });
    double inertia = 0;
    for (Block block : blocks) {
      inertia += block.inertia;
    }
    return KMeansModel.withoutEmpty(d, centres, labels, inertia, iterations, converged);
  }
}
