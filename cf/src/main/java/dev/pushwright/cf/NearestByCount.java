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
 * everything else. Not thread-safe.
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

  private final int step;
  private final int sampled;
  private final long[] sample;
  private final int[] candidates;
  private final long[] keys;
  // By row, of those that are chosen; the bits are 0 between two calls.
  private final float[] chosen;
  private final long[] bits;
  private final int[] numbers;
  private final float[] similarities;

  /**
   * Scratch space to choose in.
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
    this.step = Math.max(1, n / SAMPLE);
    this.sample = new long[(n + step - 1) / step];
    // Not where nearly all would remain anyway.
    this.sampled =
        SLACK * kept < n / 2.0 ? (int) Math.ceil(SLACK * kept / n * sample.length) + 1 : 0;
    this.candidates = new int[n + 1];
    this.keys = new long[n];
    this.chosen = new float[n];
    this.bits = new long[(n + Long.SIZE - 1) / Long.SIZE];
    this.numbers = new int[kept];
    this.similarities = new float[kept];
  }

  /** The neighbours of the row of that rank. */
  Neighbours.Found nearest(int rank) {
    char[] counts = pairs.of(rank);
    float floor = sampled == 0 ? 0 : guess(rank, counts);
    int size = compute(rank, counts, floor);
    if (size < 0) {
      size = compute(rank, counts, 0);
    }
    if (size > kept) {
      Nearest.select(keys, size, kept);
      size = kept;
    }
    return found(size);
  }

  /** A similarity that somewhat more than enough rows may have; 0 where too few share anything. */
  private float guess(int rank, char[] counts) {
    int size = 0;
    for (int other = step / 2; other < counts.length; other += step) {
      long key = key(rank, other, counts[other]);
      sample[size] = key;
      size += key > 0 ? 1 : 0;
    }
    if (size <= sampled) {
      return 0;
    }
    Nearest.select(sample, size, sampled);
    long least = Long.MAX_VALUE;
    for (int p = 0; p < sampled; p++) {
      least = Math.min(least, sample[p]);
    }
    return Nearest.similarity(least);
  }

  /**
   * Computes the similarities that may reach a floor.
   *
   * @return how many keys there are, or −1 when too few reach the floor
   */
  private int compute(int rank, char[] counts, float floor) {
    float needed = (float) (floor / measure.bound(sizes[rank]));
    int remaining = remaining(counts, Math.max(Float.MIN_VALUE, needed));
    int size = 0;
    int above = 0;
    for (int c = 0; c < remaining; c++) {
      int other = candidates[c];
      long key = key(rank, other, counts[other]);
      keys[size] = key;
      size += key > 0 ? 1 : 0;
      above += Nearest.similarity(key) >= floor ? 1 : 0;
    }
    return floor > 0 && above < kept ? -1 : size;
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

  /** As {@link Nearest#key} has it; 0 for what is no neighbour. */
  private long key(int rank, int other, int shared) {
    if (shared == 0 || rank == other) {
      return 0;
    }
    float similarity = (float) measure.ofSets(shared, sizes[rank], sizes[other], populated);
    return similarity > 0 ? Nearest.key(ranked[other], similarity) : 0;
  }

  private Neighbours.Found found(int size) {
    for (int p = 0; p < size; p++) {
      int row = Nearest.number(keys[p]);
      bits[row / Long.SIZE] |= 1L << row;
      chosen[row] = Nearest.similarity(keys[p]);
    }
    int found = 0;
    for (int word = 0; word < bits.length; word++) {
      for (long left = bits[word]; left != 0; left &= left - 1) {
        int row = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        float amplified = (float) measure.amplified(chosen[row]);
        numbers[found] = row;
        similarities[found] = amplified;
        // A float can vanish where a double does not.
        found += amplified > 0 ? 1 : 0;
      }
      bits[word] = 0;
    }
    return new Neighbours.Found(Arrays.copyOf(numbers, found), Arrays.copyOf(similarities, found));
  }
}
