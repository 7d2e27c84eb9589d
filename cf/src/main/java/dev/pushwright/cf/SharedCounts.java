// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.SparseRows;
import java.util.Arrays;
import java.util.Optional;

/**
 * How many columns every two rows share, counted 32 columns at a time: for data that are not large
 * and not very sparse, where {@link Neighbours} would add one by one. The columns that most rows
 * have come first, so that the bits of a row lie in few words, and the rows are ranked by how many
 * words they have. Row i is then compared with the rows from rank i on, a word of it with that word
 * of all of them at once:
 *
 * <pre>
 * for each word w of row i, for each j ≥ i: count[i][j] += bitCount(bits[w][i] &amp; bits[w][j])
 * </pre>
 *
 * <p>The inner loop runs over rows, one array each for a word and for the counts, and has no sum
 * across lanes: the compiler makes vector instructions of it, where the processor can count bits in
 * vectors. Each pair costs the words of that row of the two which has fewer; a pair is counted
 * once, and copied to its other place.
 *
 * <p>It takes 2 bytes for every two rows, {@value #MAX_ROWS} rows at most, and so 80 MB at most,
 * until the neighbours are chosen.
 */
final class SharedCounts {

  /** With more rows than this the counts would take more than 80 MB. */
  static final int MAX_ROWS = 6324;

  private static final int BLOCK = 16;

  private static final int WORD = Integer.SIZE;

  private final int[] ranked;
  private final int[][] bits;
  // By rank, twice.
  private final char[][] counts;

  private SharedCounts(int[] ranked, int[][] bits) {
    this.ranked = ranked;
    this.bits = bits;
    this.counts = new char[ranked.length][ranked.length];
  }

  /**
   * Makes ready to count; O(weights).
   *
   * @param rows what pairs are counted of
   * @param columns the same matrix, transposed
   * @return empty where it would not fit, or adding one by one would cost less
   */
  static Optional<SharedCounts> of(SparseRows rows, SparseRows columns) {
    int n = rows.rows();
    if (n > MAX_ROWS || columns.rows() > Character.MAX_VALUE) {
      return Optional.empty();
    }
    int[] order = byFalling(sizes(columns), n);
    int[] words = words(columns, order, n);
    int[] ranked = byRising(words, (order.length + WORD - 1) / WORD);
    long together = 0;
    for (int rank = 0; rank < n; rank++) {
      together += (long) words[ranked[rank]] * (n - rank);
    }
    long oneByOne = 0;
    for (int c = 0; c < columns.rows(); c++) {
      oneByOne += (long) size(columns, c) * size(columns, c);
    }
    // Where the processor cannot count bits in vectors, a word of two rows takes as long as one
    // addition; a tenth of that where it can.
    if (together > oneByOne) {
      return Optional.empty();
    }
    int[] rankOf = new int[n];
    for (int rank = 0; rank < n; rank++) {
      rankOf[ranked[rank]] = rank;
    }
    int[][] bits = new int[(order.length + WORD - 1) / WORD][n];
    for (int place = 0; place < order.length; place++) {
      set(columns, order[place], rankOf, bits[place / WORD], 1 << (place % WORD));
    }
    return Optional.of(new SharedCounts(ranked, bits));
  }

  private static int size(SparseRows rows, int row) {
    return rows.end(row) - rows.start(row);
  }

  private static int[] sizes(SparseRows rows) {
    int[] sizes = new int[rows.rows()];
    for (int row = 0; row < sizes.length; row++) {
      sizes[row] = size(rows, row);
    }
    return sizes;
  }

  /** Where keys from 0 to {@code most} stand, the smallest first, equal ones in their order. */
  private static int[] byRising(int[] keys, int most) {
    int[] next = new int[most + 2];
    for (int key : keys) {
      next[key + 1]++;
    }
    for (int key = 0; key < most; key++) {
      next[key + 1] += next[key];
    }
    int[] order = new int[keys.length];
    for (int place = 0; place < keys.length; place++) {
      order[next[keys[place]]++] = place;
    }
    return order;
  }

  private static int[] byFalling(int[] keys, int most) {
    int[] turned = new int[keys.length];
    for (int place = 0; place < keys.length; place++) {
      turned[place] = most - keys[place];
    }
    return byRising(turned, most);
  }

  // Loops that are run for every row are methods of their own here: one that is called often is
  // compiled sooner and faster than a loop within another, and a first fit takes mostly that.

  private static void set(SparseRows columns, int column, int[] rankOf, int[] word, int bit) {
    for (int p = columns.start(column); p < columns.end(column); p++) {
      word[rankOf[columns.column(p)]] |= bit;
    }
  }

  /** By row: how many words have a bit of it. */
  private static int[] words(SparseRows columns, int[] order, int rows) {
    int[] words = new int[rows];
    int[] last = new int[rows];
    Arrays.fill(last, -1);
    for (int place = 0; place < order.length; place++) {
      mark(columns, order[place], place / WORD, last, words);
    }
    return words;
  }

  private static void mark(SparseRows columns, int column, int word, int[] last, int[] words) {
    for (int p = columns.start(column); p < columns.end(column); p++) {
      int row = columns.column(p);
      if (last[row] != word) {
        last[row] = word;
        words[row]++;
      }
    }
  }

  /** Counts all pairs. */
  void count(FitContext context) {
    context.forBlocks("pairs", ranked.length, BLOCK, this::count);
  }

  private void count(int from, int to) {
    int[] row = new int[ranked.length];
    for (int i = from; i < to; i++) {
      Arrays.fill(row, from, row.length, 0);
      count(i, from, row);
      narrow(row, from, counts[i]);
    }
    mirror(from, to);
  }

  private void count(int i, int from, int[] row) {
    for (int[] word : bits) {
      if (word[i] != 0) {
        add(row, from, word, word[i]);
      }
    }
  }

  // Several words at once would save a tenth of the time, and take the compiler longer than that.
  private static void add(int[] row, int from, int[] word, int bits) {
    for (int j = from; j < row.length; j++) {
      row[j] += Integer.bitCount(word[j] & bits);
    }
  }

  private static void narrow(int[] row, int from, char[] counted) {
    for (int j = from; j < row.length; j++) {
      counted[j] = (char) row[j];
    }
  }

  private void mirror(int from, int to) {
    for (int j = to; j < counts.length; j++) {
      char[] other = counts[j];
      for (int i = from; i < to; i++) {
        other[i] = counts[i][j];
      }
    }
  }

  /**
   * What a row shares with all rows, itself included.
   *
   * @param rank of the row
   * @return by rank; not to be changed
   */
  char[] of(int rank) {
    return counts[rank];
  }

  /**
   * The rows by their rank, those that have most last.
   *
   * @return not to be changed
   */
  int[] ranked() {
    return ranked;
  }
}
