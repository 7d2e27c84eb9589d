// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.SparseRows;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Neighbours after some rows of the matrix have changed, at the cost of those rows. A row that
 * changed is computed anew. Any other keeps its neighbours, except that each changed row enters,
 * moves or leaves by its new similarity; only where one of them left a full list, or fell behind
 * the last in it, does a row move up that was not kept, and that list is computed anew too. What
 * comes out is what computing everything would give, but for similarities that were computed before
 * and differ from it by rounding.
 */
final class NeighbourUpdate {

  // With more than this share of changed rows, computing everything is the shorter way.
  private static final int SHARE = 8;

  private static final int BLOCK = 16;

  private record Candidate(int row, float similarity) {
    static final Comparator<Candidate> NEAREST_FIRST =
        Comparator.comparingDouble((Candidate one) -> -one.similarity)
            .thenComparingInt(Candidate::row);

    static final Candidate FARTHEST = new Candidate(Integer.MAX_VALUE, 0);

    boolean nearerThan(Candidate other) {
      return NEAREST_FIRST.compare(this, other) < 0;
    }
  }

  /** What is known of a row that did not change. */
  private static final class Kept {
    final List<Candidate> candidates = new ArrayList<>();
    // Whoever is not in the list is not nearer than this.
    Candidate horizon = Candidate.FARTHEST;
  }

  private NeighbourUpdate() {}

  /**
   * Brings neighbours up to date.
   *
   * @param now the matrix as it is now
   * @param kept how many neighbours a row keeps at most
   * @param before the neighbours of the matrix as it was
   * @param moved where the rows of before are now, ascending
   * @param changed the rows, by position now, that are new or whose similarity to any other changed
   * @param context threads, progress and interruption
   * @return the neighbours as they are now
   */
  static SparseRows apply(
      Neighbours now,
      int kept,
      SparseRows before,
      int[] moved,
      BitSet changed,
      FitContext context) {
    int rows = now.size();
    if (changed.cardinality() > rows / SHARE) {
      return now.all(context);
    }
    // Rows that are new have changed, so each of the others has a place in before.
    Kept[] others = new Kept[rows];
    for (int i = 0; i < rows; i++) {
      others[i] = new Kept();
    }
    for (int old = 0; old < moved.length; old++) {
      if (!changed.get(moved[old])) {
        keep(others[moved[old]], before, old, moved, changed, kept);
      }
    }
    for (int c = changed.nextSetBit(0); c >= 0; c = changed.nextSetBit(c + 1)) {
      context.checkCancelled();
      int row = c;
      now.similarTo(
          row,
          (other, similarity) -> {
            Candidate candidate = new Candidate(row, similarity);
            if (candidate.nearerThan(others[other].horizon)) {
              others[other].candidates.add(candidate);
            }
          });
    }
    Neighbours.Found[] found = new Neighbours.Found[rows];
    context.forBlocks(
        "neighbours",
        rows,
        BLOCK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            boolean lost = others[i].horizon.similarity() > 0 && others[i].candidates.size() < kept;
            found[i] = changed.get(i) || lost ? now.nearest(i) : nearest(others[i], kept);
          }
        });
    return Neighbours.neighbourOf(found).transpose();
  }

  private static void keep(
      Kept row, SparseRows before, int old, int[] moved, BitSet changed, int kept) {
    boolean full = before.end(old) - before.start(old) == kept;
    Candidate last = new Candidate(-1, Float.MAX_VALUE);
    for (int p = before.start(old); p < before.end(old); p++) {
      Candidate one = new Candidate(moved[before.column(p)], before.value(p));
      last = last.nearerThan(one) ? one : last;
      if (!changed.get(one.row())) {
        row.candidates.add(one);
      }
    }
    if (full) {
      row.horizon = last;
    }
  }

  private static Neighbours.Found nearest(Kept row, int kept) {
    List<Candidate> nearest =
        row.candidates.stream()
            .sorted(Candidate.NEAREST_FIRST)
            .limit(kept)
            .sorted(Comparator.comparingInt(Candidate::row))
            .toList();
    int[] rows = new int[nearest.size()];
    float[] similarities = new float[rows.length];
    for (int p = 0; p < rows.length; p++) {
      rows[p] = nearest.get(p).row();
      similarities[p] = nearest.get(p).similarity();
    }
    return new Neighbours.Found(rows, similarities);
  }
}
