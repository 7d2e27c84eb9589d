// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import java.util.Arrays;

/**
 * Chooses the nearest of all rows by {@link SharedCounts}. Of a few hundred rows, evenly taken, the
 * similarity is computed first: that tells where about a few more than are wanted will remain. All
 * rows are then held against that floor by one product each, see {@link Measure#bound}, and only
 * the similarities of those that may reach it are computed. Where the guess was too high for enough
 * to remain, all are computed; so what is chosen does not depend on the guess. The loops over rows
 * have no branches that depend on the data, for these cannot be foretold and would take longer than
 * everything else. Thread-safe, with a {@link Choice} for each thread.
 */
final class NearestByCount {

  private static final int SAMPLE = 192;

  // How many times too many shall remain, about.
  private static final double SLACK = 2.5;

  private final SharedCounts pairs;
  private final Measure measure;
  private final int kept;
  private final int populated;
  // By rank: the row, its size, and what its counts are multiplied by.
  private final int[] ranked;
  private final int[] sizes;
  private final float[] reach;
  // Ranks, evenly taken, and how many of them shall reach the floor.
  private final int[] sample;
  private final int sampled;

  /**
   * Makes ready to choose.
   *
   * @param pairs what rows share, counted
   * @param measure of sets, or the cosine
   * @param kept how many at most
   * @param populated how many columns there are that anybody has
   * @param sizes by row, how many columns it has
   * @param reach by row, see {@link Measure#reach}
   */
  NearestByCount(
      SharedCounts pairs, Measure measure, int kept, int populated, int[] sizes, double[] reach) {
    this.pairs = pairs;
    this.measure = measure;
    this.kept = kept;
    this.populated = populated;
    this.ranked = pairs.ranked();
    int n = ranked.length;
    this.sizes = new int[n];
    this.reach = new float[n];
    for (int rank = 0; rank < n; rank++) {
      this.sizes[rank] = sizes[ranked[rank]];
      this.reach[rank] = (float) reach[ranked[rank]];
    }
    int step = Math.max(1, n / SAMPLE);
    this.sample = new int[(n - step / 2 + step - 1) / step];
    for (int s = 0; s < sample.length; s++) {
      sample[s] = step / 2 + s * step;
    }
    // Not where nearly all would remain anyway.
    this.sampled =
        SLACK * kept < n / 2.0 ? (int) Math.ceil(SLACK * kept / n * sample.length) + 1 : 0;
  }

  /** Space for one thread to choose in. */
  Choice choice() {
    return new Choice();
  }

  /** Chooses for one row after the other. Not thread-safe. */
  final class Choice {
    private final int[] candidates = new int[ranked.length + 1];
    private final long[] keys = new long[ranked.length];

    private Choice() {}

    /** The neighbours of the row of that rank, in any order. */
    Neighbours.Found nearest(int rank) {
      char[] counts = pairs.of(rank);
      float floor = guess(rank, counts);
      int size = largest(rank, counts, floor);
      if (floor > 0 && (size < kept || leastOf(size) < floor)) {
        size = largest(rank, counts, 0);
      }
      return found(size);
    }

    /**
     * A similarity that somewhat more than enough rows may have; 0 where too few share anything.
     */
    private float guess(int rank, char[] counts) {
      int size = sampled == 0 ? 0 : compute(rank, counts, sample, sample.length);
      if (size <= sampled) {
        return 0;
      }
      Nearest.select(keys, size, sampled);
      return leastOf(sampled);
    }

    /** Brings the largest keys of what may reach a floor to the front; returns how many. */
    private int largest(int rank, char[] counts, float floor) {
      float needed = (float) (floor / measure.bound(sizes[rank]));
      int remaining = remaining(counts, Math.max(Float.MIN_VALUE, needed));
      int size = compute(rank, counts, candidates, remaining);
      if (size <= kept) {
        return size;
      }
      Nearest.select(keys, size, kept);
      return kept;
    }

    /** The least similarity of the first keys. */
    private float leastOf(int size) {
      long least = Long.MAX_VALUE;
      for (int p = 0; p < size; p++) {
        least = Math.min(least, keys[p]);
      }
      return Nearest.similarity(least);
    }

    // Bits of floats above 0 are in the order of the floats; the difference has the sign of the
    // comparison.
    private int remaining(char[] counts, float needed) {
      int below = Float.floatToRawIntBits(needed) - 1;
      int remaining = 0;
      for (int other = 0; other < counts.length; other++) {
        candidates[remaining] = other;
        remaining += (below - Float.floatToRawIntBits(counts[other] * reach[other])) >>> 31;
      }
      return remaining;
    }

    /** Computes the keys of these ranks; returns how many are above 0, which come first. */
    private int compute(int rank, char[] counts, int[] others, int length) {
      int size = 0;
      for (int c = 0; c < length; c++) {
        long key = key(rank, others[c], counts[others[c]]);
        keys[size] = key;
        size += key > 0 ? 1 : 0;
      }
      return size;
    }

    /** As {@link Nearest#key} has it; 0 for what is no neighbour. */
    private long key(int rank, int other, int shared) {
      if (shared == 0 || rank == other) {
        return 0;
      }
      float similarity = (float) measure.ofSets(shared, sizes[rank], sizes[other], populated);
      return similarity > 0 ? Nearest.key(ranked[other], similarity) : 0;
    }

    private Neighbours.Found found(int size) {
      int[] numbers = new int[size];
      float[] similarities = new float[size];
      int found = 0;
      for (int p = 0; p < size; p++) {
        float amplified = (float) measure.amplified(Nearest.similarity(keys[p]));
        numbers[found] = Nearest.number(keys[p]);
        similarities[found] = amplified;
        // A float can vanish where a double does not.
        found += amplified > 0 ? 1 : 0;
      }
      return found == size
          ? new Neighbours.Found(numbers, similarities)
          : new Neighbours.Found(Arrays.copyOf(numbers, found), Arrays.copyOf(similarities, found));
    }
  }
}
