// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

/**
 * Keeps the n best of a stream of scored integers: highest score first, equal scores by the smaller
 * integer. The result does not depend on the order of offering. Holds 12 bytes for each of the n;
 * O(log n) an offer that enters, O(1) one that does not. Not thread-safe; {@link #clear()} makes it
 * ready for the next stream.
 */
public final class TopN {

  // A binary heap with the worst entry at the root.
  private final int[] indices;
  private final double[] scores;
  private int size;

  /**
   * A selector.
   *
   * @param n how many to keep, at least 0
   */
  public TopN(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("n is " + n + "; at least 0 is needed");
    }
    this.indices = new int[n];
    this.scores = new double[n];
  }

  /**
   * Offers one.
   *
   * @param index the integer
   * @param score its score, not NaN
   */
  public void offer(int index, double score) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("score of " + index + " is NaN");
    }
    if (size < indices.length) {
      siftUp(size++, index, score);
    } else if (size > 0 && worse(indices[0], scores[0], index, score)) {
      siftDown(index, score, size);
    }
  }

  /**
   * What an offer has to be above to be sure to enter; one of the same score enters only with a
   * smaller integer.
   *
   * @return the worst score that is kept, negative infinity while fewer than n are kept
   */
  public double floor() {
    if (size < indices.length) {
      return Double.NEGATIVE_INFINITY;
    }
    return size == 0 ? Double.POSITIVE_INFINITY : scores[0];
  }

  private static boolean worse(int indexA, double scoreA, int indexB, double scoreB) {
    return scoreA < scoreB || (scoreA == scoreB && indexA > indexB);
  }

  private void siftUp(int from, int index, double score) {
    int hole = from;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (!worse(index, score, indices[parent], scores[parent])) {
        break;
      }
      indices[hole] = indices[parent];
      scores[hole] = scores[parent];
      hole = parent;
    }
    indices[hole] = index;
    scores[hole] = score;
  }

  private void siftDown(int index, double score, int limit) {
    int hole = 0;
    while (2 * hole + 1 < limit) {
      int child = 2 * hole + 1;
      if (child + 1 < limit
          && worse(indices[child + 1], scores[child + 1], indices[child], scores[child])) {
        child++;
      }
      if (!worse(indices[child], scores[child], index, score)) {
        break;
      }
      indices[hole] = indices[child];
      scores[hole] = scores[child];
      hole = child;
    }
    indices[hole] = index;
    scores[hole] = score;
  }

  /**
   * How many were kept.
   *
   * @return at most n
   */
  public int size() {
    return size;
  }

  /**
   * Writes what was kept, best first, and empties this.
   *
   * @param outIndices receives the integers, at least {@link #size()} long
   * @param outScores receives the scores, at least {@link #size()} long
   * @return how many were written
   */
  public int drain(int[] outIndices, double[] outScores) {
    int n = size;
    for (int last = n - 1; last >= 0; last--) {
      outIndices[last] = indices[0];
      outScores[last] = scores[0];
      siftDown(indices[last], scores[last], last);
    }
    size = 0;
    return n;
  }

  /** Forgets what was kept. */
  public void clear() {
    size = 0;
  }
}
