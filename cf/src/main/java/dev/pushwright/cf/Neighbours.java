// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import com.google.common.base.Suppliers;
import dev.pushwright.api.FitContext;
import dev.pushwright.math.SparseRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The rows of a matrix that are most similar to each row: items by their users or, with the matrix
 * turned, users by their items.
 *
 * <p>Row by row, as a sparse product: for each column that row i has, every row j that has it too
 * gets its share added in an array as long as there are rows. So a row costs Σ<sub>columns of
 * i</sub> n<sub>column</sub> additions, and all of them Σ<sub>columns</sub> n<sub>column</sub>²;
 * the candidates that come out of it are then compared with the worst that is kept, most of them
 * once. A thread's scratch space takes from 4 bytes a row (sets) to 44 (norms over what two rows
 * share), and the answer 8 bytes for each neighbour kept. The same bits come out for any number of
 * threads, since a row is one thread's.
 *
 * <p>Where all weights are equal the cosine goes by counts alone, as the measures of sets do. Of
 * rows that are not many and share much the counts of all pairs are found by {@link SharedCounts},
 * in up to 80 MB. Otherwise, up to 65,536 rows, they have a loop of their own over 16-bit row
 * numbers, for half the memory traffic is most of what can be gained there.
 *
 * <p>Thread-safe: {@link #nearest(int[], float[])} may be asked from many threads.
 */
final class Neighbours {

  // Rows a block. A block of popular rows takes a while: small ones are shared out evenly.
  private static final int BLOCK = 16;

  // Of rows that take about as long as one another, and share scratch space.
  private static final int CHOSEN_BLOCK = 128;

  private static final int NARROW = 1 << 16;

  private final SparseRows rows;
  private final SparseRows columns;
  private final Measure measure;
  private final int kept;
  private final Centring centring;
  private final boolean counting;
  // Columns that anybody has.
  private final int populated;
  // By row: how many it has, and see Measure.reach.
  private final int[] sizes;
  private final double[] reach;
  // By row: the norm of its weights after centring; not asked for where only counts matter.
  private final Supplier<double[]> norms = Suppliers.memoize(this::norms);
  // By position in columns: the weight after centring; empty where nothing is subtracted.
  private final float[] centred;
  // By position in columns: the row; empty where it would not fit or would not help.
  private final Supplier<char[]> narrow = Suppliers.memoize(this::narrow);
  private final ConcurrentLinkedQueue<Row> scratch = new ConcurrentLinkedQueue<>();

  /**
   * Makes ready to find neighbours; O(weights).
   *
   * @param rows what neighbours are found of
   * @param columns the same matrix, transposed
   * @param measure how similar two rows are
   * @param kept how many neighbours each row keeps at most
   */
  Neighbours(SparseRows rows, SparseRows columns, Measure measure, int kept) {
    this.rows = rows;
    this.columns = columns;
    this.measure = measure;
    this.kept = Math.min(kept, rows.rows());
    this.centring = Centring.of(rows, columns, measure);
    this.counting =
        measure.similarity().ofSets()
            || (measure.similarity() == Similarity.COSINE && allEqual(rows));
    int n = rows.rows();
    this.sizes = new int[n];
    this.reach = new double[n];
    for (int i = 0; i < n; i++) {
      sizes[i] = rows.end(i) - rows.start(i);
      reach[i] = measure.reach(sizes[i]);
    }
    this.centred = measure.similarity().centred() ? centred() : new float[0];
    this.populated = Knn.populated(columns);
  }

  private float[] centred() {
    float[] found = new float[rows.size()];
    int[] next = new int[columns.rows()];
    for (int c = 0; c < next.length; c++) {
      next[c] = columns.start(c);
    }
    for (int i = 0; i < rows.rows(); i++) {
      int[] own = rows.rowColumns(i);
      float[] values = centring.apply(own, rows.rowValues(i));
      for (int p = 0; p < own.length; p++) {
        found[next[own[p]]++] = values[p];
      }
    }
    return found;
  }

  private double[] norms() {
    double[] found = new double[rows.rows()];
    for (int i = 0; i < found.length; i++) {
      found[i] = norm(centring.apply(rows.rowColumns(i), rows.rowValues(i)));
    }
    return found;
  }

  private char[] narrow() {
    char[] found = new char[counting && rows.rows() <= NARROW ? columns.size() : 0];
    for (int p = 0; p < found.length; p++) {
      found[p] = (char) columns.column(p);
    }
    return found;
  }

  private static boolean allEqual(SparseRows rows) {
    for (int p = 1; p < rows.size(); p++) {
      if (rows.value(p) != rows.value(0)) {
        return false;
      }
    }
    return true;
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  /** How many rows the matrix has. */
  int size() {
    return rows.rows();
  }

  /** The rows that have any of these columns. */
  BitSet rowsWith(BitSet some) {
    BitSet with = new BitSet();
    for (int c = some.nextSetBit(0); c >= 0; c = some.nextSetBit(c + 1)) {
      for (int p = columns.start(c); p < columns.end(c); p++) {
        with.set(columns.column(p));
      }
    }
    return with;
  }

  /** A row's neighbours, ascending but where it says otherwise, and their similarities, above 0. */
  static final class Found {
    private final int[] rows;
    private final float[] similarities;

    Found(int[] rows, float[] similarities) {
      this.rows = rows;
      this.similarities = similarities;
    }

    int[] rows() {
      return rows;
    }

    float[] similarities() {
      return similarities;
    }
  }

  /**
   * The neighbours of every row.
   *
   * @param context threads, progress and interruption
   * @return rows × rows; row i holds the neighbours of i with their similarity, in (0, 1], without
   *     i itself
   */
  SparseRows all(FitContext context) {
    return neighbourOf(context).transpose();
  }

  /**
   * {@link #all}, turned.
   *
   * @param context threads, progress and interruption
   * @return rows × rows; row j holds the rows that have j among their neighbours
   */
  SparseRows neighbourOf(FitContext context) {
    int n = rows.rows();
    Found[] found = new Found[n];
    Optional<SharedCounts> pairs = counting ? SharedCounts.of(rows, columns) : Optional.empty();
    if (pairs.isPresent()) {
      byCount(pairs.get(), found, context);
    } else {
      context.forBlocks(
          "neighbours",
          n,
          BLOCK,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              found[i] = nearest(i);
            }
          });
    }
    return neighbourOf(found);
  }

  private void byCount(SharedCounts pairs, Found[] found, FitContext context) {
    pairs.count(context);
    NearestByCount nearest = new NearestByCount(pairs, measure, kept, populated, sizes, reach);
    context.forBlocks(
        "neighbours",
        found.length,
        CHOSEN_BLOCK,
        (from, to) -> {
          NearestByCount.Choice choice = nearest.choice();
          for (int rank = from; rank < to; rank++) {
            found[pairs.ranked()[rank]] = choice.nearest(rank);
          }
        });
  }

  /** The neighbours found of each row, in whatever order, as a matrix, turned. */
  static SparseRows neighbourOf(Found[] found) {
    int[] starts = new int[found.length + 1];
    for (int i = 0; i < found.length; i++) {
      starts[i + 1] = starts[i] + found[i].rows().length;
    }
    int[] rows = new int[starts[found.length]];
    float[] similarities = new float[rows.length];
    for (int i = 0; i < found.length; i++) {
      int size = found[i].rows().length;
      System.arraycopy(found[i].rows(), 0, rows, starts[i], size);
      System.arraycopy(found[i].similarities(), 0, similarities, starts[i], size);
    }
    return SparseRows.ofColumns(found.length, starts, rows, similarities);
  }

  /** The neighbours of a row of the matrix. */
  Found nearest(int row) {
    return withScratch(
        work -> {
          work.take(rows.rowColumns(row), rows.rowValues(row), row, counting);
          return work.nearest();
        });
  }

  /**
   * The neighbours of a row from elsewhere, with its columns ascending and its weights. It may be
   * the twin of a row of the matrix, which is then its nearest neighbour.
   */
  Found nearest(int[] own, float[] weights) {
    return withScratch(
        work -> {
          work.take(own, weights, -1, measure.similarity().ofSets());
          return work.nearest();
        });
  }

  /** Receives a row and how similar it is. */
  @FunctionalInterface
  interface Consumer {
    void accept(int row, float similarity);
  }

  /**
   * Tells, for each row that has something in common with a row, how similar that other row is to
   * it.
   */
  void similarTo(int row, Consumer consumer) {
    withScratch(
        work -> {
          work.take(rows.rowColumns(row), rows.rowValues(row), row, counting);
          work.each(consumer);
          return work;
        });
  }

  /** The same of a row from elsewhere, with its columns ascending and its weights. */
  void similarTo(int[] own, float[] weights, Consumer consumer) {
    withScratch(
        work -> {
          work.take(own, weights, -1, measure.similarity().ofSets());
          work.each(consumer);
          return work;
        });
  }

  private <T> T withScratch(Function<Row, T> task) {
    Row work = scratch.poll();
    if (work == null) {
      work = new Row();
    }
    T result = task.apply(work);
    // Not when the task failed: it may have left something behind.
    scratch.add(work);
    return result;
  }

  /** What one row has in common with all others, in scratch space that is used again. */
  private final class Row {
    // By row: how many columns it shares with the one in hand.
    private final int[] shared = new int[rows.rows()];
    private final char[] numbersOf = narrow.get();
    private double[] normOf = {};
    // By row: Σ ab; empty where only counts matter.
    private double[] dots = {};
    // By row: Σ a, Σ b, Σ a², Σ b² over what is shared; empty where the norms are those of rows.
    private double[] sums = {};
    private final int[] touched = new int[rows.rows()];
    private final Nearest nearest = new Nearest(kept);
    private final int[] numbers = new int[kept];
    private final float[] similarities = new float[kept];

    private int self;
    private int size;
    private double norm;
    private boolean sets;
    // How many rows of touched are in use; all rows may be touched when it is −1.
    private int count;

    /** Adds up what the row has in common with all others. */
    void take(int[] own, float[] weights, int row, boolean bySets) {
      self = row;
      sets = bySets;
      size = own.length;
      count = 0;
      if (sets) {
        countShared(own);
        return;
      }
      if (dots.length == 0) {
        dots = new double[shared.length];
        sums = new double[measure.coRated() ? 4 * shared.length : 0];
        normOf = norms.get();
      }
      float[] values = centring.apply(own, weights);
      norm = norm(values);
      for (int p = 0; p < own.length; p++) {
        if (sums.length == 0) {
          addProducts(own[p], values[p]);
        } else {
          addSums(own[p], values[p]);
        }
      }
    }

    private void countShared(int[] own) {
      long work = 0;
      for (int column : own) {
        work += columns.end(column) - columns.start(column);
      }
      // Looking through all rows is cheaper than a list of those touched when these are many.
      if (numbersOf.length > 0 && work >= shared.length / 4) {
        for (int column : own) {
          countNarrow(columns.start(column), columns.end(column));
        }
        count = -1;
        return;
      }
      for (int column : own) {
        int end = columns.end(column);
        for (int q = columns.start(column); q < end; q++) {
          int j = columns.column(q);
          if (shared[j]++ == 0) {
            touched[count++] = j;
          }
        }
      }
    }

    private void countNarrow(int from, int to) {
      int[] counts = shared;
      char[] rowOf = numbersOf;
      for (int q = from; q < to; q++) {
        counts[rowOf[q]]++;
      }
    }

    private void addProducts(int column, double value) {
      int end = columns.end(column);
      for (int q = columns.start(column); q < end; q++) {
        int j = columns.column(q);
        if (shared[j]++ == 0) {
          touched[count++] = j;
        }
        dots[j] += value * (centred.length == 0 ? columns.value(q) : centred[q]);
      }
    }

    private void addSums(int column, double a) {
      int end = columns.end(column);
      for (int q = columns.start(column); q < end; q++) {
        int j = columns.column(q);
        if (shared[j]++ == 0) {
          touched[count++] = j;
        }
        double b = centred[q];
        dots[j] += a * b;
        sums[4 * j] += a;
        sums[4 * j + 1] += b;
        sums[4 * j + 2] += a * a;
        sums[4 * j + 3] += b * b;
      }
    }

    /** Chooses the nearest, and clears the scratch. */
    Found nearest() {
      double bound = sets ? measure.bound(size) : Double.MAX_VALUE;
      double floor = 0;
      if (count < 0) {
        for (int j = 0; j < shared.length; j++) {
          // Most end here; what is not shared does while nothing has been thrown out.
          if (shared[j] * (bound * reach[j]) >= floor && shared[j] > 0 && j != self) {
            offer(j);
            floor = nearest.floor();
          }
        }
      }
      for (int t = 0; t < count; t++) {
        int j = touched[t];
        if (shared[j] * (bound * reach[j]) >= floor && j != self) {
          offer(j);
          floor = nearest.floor();
        }
      }
      clear();
      int found = nearest.drain(numbers, similarities);
      int out = 0;
      for (int p = 0; p < found; p++) {
        float amplified = (float) measure.amplified(similarities[p]);
        if (amplified > 0) {
          numbers[out] = numbers[p];
          similarities[out++] = amplified;
        }
      }
      return new Found(Arrays.copyOf(numbers, out), Arrays.copyOf(similarities, out));
    }

    private void offer(int j) {
      float similarity = (float) similarity(j, false);
      // A float can vanish where a double does not.
      if (similarity > 0) {
        nearest.offer(j, similarity);
      }
    }

    /** How similar j is to the row in hand, or, for the measures that ask, the other way round. */
    private double similarity(int j, boolean turned) {
      if (sets) {
        return turned
            ? measure.ofSets(shared[j], sizes[j], size, populated)
            : measure.ofSets(shared[j], size, sizes[j], populated);
      }
      if (sums.length == 0) {
        return measure.ofProduct(dots[j], norm, normOf[j], shared[j]);
      }
      return measure.ofShared(
          dots[j], sums[4 * j], sums[4 * j + 1], sums[4 * j + 2], sums[4 * j + 3], shared[j]);
    }

    void each(Consumer consumer) {
      for (int t = 0; t < (count < 0 ? shared.length : count); t++) {
        int j = count < 0 ? t : touched[t];
        if (shared[j] > 0 && j != self) {
          float similarity = (float) measure.amplified((float) similarity(j, true));
          if (similarity > 0) {
            consumer.accept(j, similarity);
          }
        }
      }
      clear();
    }

    private void clear() {
      if (count < 0) {
        Arrays.fill(shared, 0);
        return;
      }
      for (int t = 0; t < count; t++) {
        int j = touched[t];
        shared[j] = 0;
        if (!sets) {
          dots[j] = 0;
          if (sums.length > 0) {
            Arrays.fill(sums, 4 * j, 4 * j + 4, 0);
          }
        }
      }
    }
  }
}
