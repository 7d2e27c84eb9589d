// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.TopN;
import dev.pushwright.neural.nn.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Terms as directions of a small space, so that items of like words lie close to each other: the
 * rows of the TF-IDF matrix of the catalogue, each of length 1, projected on its first right
 * singular vectors (latent semantic indexing [1]). With V terms and K dimensions, Q is V×K and has
 * orthonormal columns; a text t lies at tQ. Found by orthogonal iteration from random columns, in
 * float64 and always in the same order.
 *
 * <p>[1] S. Deerwester et al., "Indexing by latent semantic analysis", JASIS 41(6), 1990.
 */
final class TermSpace {

  private static final int ITERATIONS = 12;
  private static final double NOTHING = 1e-9;

  private final List<String> terms;
  private final Map<String, Integer> index;
  private final float[] idf;
  private final float[] q;
  private final int dimensions;

  private TermSpace(List<String> terms, float[] idf, float[] q, int dimensions) {
    this.terms = List.copyOf(terms);
    this.index = new HashMap<>();
    for (int t = 0; t < terms.size(); t++) {
      index.put(terms.get(t), t);
    }
    this.idf = idf;
    this.q = q;
    this.dimensions = dimensions;
  }

  /**
   * Learns a space.
   *
   * @param documents the terms of each item with their counts
   * @param dimensions K at most; fewer when there are fewer items or terms
   * @param most how many terms at most, those of most documents
   */
  static TermSpace fit(List<Map<String, Float>> documents, int dimensions, int most) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Map<String, Float> document : documents) {
      document.keySet().forEach(term -> counts.merge(term, 1, Integer::sum));
    }
    List<Map.Entry<String, Integer>> chosen = new ArrayList<>(counts.entrySet());
    chosen.sort(
        Map.Entry.<String, Integer>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    chosen = chosen.subList(0, Math.min(most, chosen.size()));
    List<String> terms = chosen.stream().map(Map.Entry::getKey).toList();
    float[] idf = new float[terms.size()];
    for (int t = 0; t < idf.length; t++) {
      idf[t] = (float) StrictMath.log((1.0 + documents.size()) / (1.0 + chosen.get(t).getValue()));
      // A term that every document has would count nothing, and an item of no other lie nowhere.
      idf[t] = Math.max(idf[t], 0.01f);
    }
    int k = Math.min(dimensions, Math.min(terms.size(), documents.size()));
    TermSpace whole = new TermSpace(terms, idf, new float[0], k);
    List<Row> rows =
        documents.stream().map(whole::row).filter(row -> row.columns.length > 0).toList();
    return new TermSpace(terms, idf, whole.subspace(rows), k);
  }

  /** A row of the TF-IDF matrix. */
  private static final class Row {
    final int[] columns;
    final float[] values;

    Row(int[] columns, float[] values) {
      this.columns = columns;
      this.values = values;
    }
  }

  private Row row(Map<String, Float> document) {
    List<Integer> columns = new ArrayList<>();
    for (String term : document.keySet()) {
      Integer column = index.get(term);
      if (column != null) {
        columns.add(column);
      }
    }
    columns.sort(Comparator.naturalOrder());
    int[] sorted = columns.stream().mapToInt(c -> c).toArray();
    float[] values = new float[sorted.length];
    double squares = 0;
    for (int c = 0; c < sorted.length; c++) {
      values[c] = document.getOrDefault(terms.get(sorted[c]), 0f) * idf[sorted[c]];
      squares += (double) values[c] * values[c];
    }
    for (int c = 0; c < values.length; c++) {
      values[c] = (float) (values[c] / Math.sqrt(squares));
    }
    return new Row(sorted, values);
  }

  private float[] subspace(List<Row> rows) {
    int v = terms.size();
    int k = dimensions;
    double[] q = new double[v * k];
    for (int n = 0; n < q.length; n++) {
      q[n] = CounterRandom.gaussian(1, n);
    }
    orthonormalise(q, v, k);
    double[] y = new double[k];
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] next = new double[v * k];
      for (Row row : rows) {
        Arrays.fill(y, 0);
        for (int c = 0; c < row.columns.length; c++) {
          int from = row.columns[c] * k;
          for (int d = 0; d < k; d++) {
            y[d] += row.values[c] * q[from + d];
          }
        }
        for (int c = 0; c < row.columns.length; c++) {
          int to = row.columns[c] * k;
          for (int d = 0; d < k; d++) {
            next[to + d] += row.values[c] * y[d];
          }
        }
      }
      orthonormalise(next, v, k);
      q = next;
    }
    float[] floats = new float[q.length];
    for (int n = 0; n < q.length; n++) {
      floats[n] = (float) q[n];
    }
    return floats;
  }

  // Gram–Schmidt, column after column; a column that depends on those before it becomes 0.
  private static void orthonormalise(double[] q, int rows, int columns) {
    for (int d = 0; d < columns; d++) {
      double before = Math.sqrt(dot(q, rows, columns, d, d));
      // Twice is enough.
      for (int pass = 0; pass < 2; pass++) {
        for (int e = 0; e < d; e++) {
          double along = dot(q, rows, columns, d, e);
          for (int r = 0; r < rows; r++) {
            q[r * columns + d] -= along * q[r * columns + e];
          }
        }
      }
      double length = Math.sqrt(dot(q, rows, columns, d, d));
      double scale = length > NOTHING * before && length > 0 ? 1 / length : 0;
      for (int r = 0; r < rows; r++) {
        q[r * columns + d] *= scale;
      }
    }
  }

  private static double dot(double[] q, int rows, int columns, int d, int e) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += q[r * columns + d] * q[r * columns + e];
    }
    return sum;
  }

  /** K. */
  int dimensions() {
    return dimensions;
  }

  /** Adds where a text of these terms lies, at length 1; nothing where no term is known. */
  void add(Map<String, Float> document, float[] to, int off) {
    Row row = row(document);
    double[] sum = new double[dimensions];
    for (int c = 0; c < row.columns.length; c++) {
      for (int d = 0; d < dimensions; d++) {
        sum[d] += row.values[c] * q[row.columns[c] * dimensions + d];
      }
    }
    addUnit(sum, to, off);
  }

  /** Adds the direction of weighted tags, at length 1; nothing where none is known. */
  void addTags(Map<String, Double> tags, float[] to, int off) {
    double[] sum = new double[dimensions];
    tags.forEach(
        (tag, weight) -> {
          for (String term : Terms.ofTag(tag)) {
            Integer t = index.get(term);
            if (t != null) {
              for (int d = 0; d < dimensions; d++) {
                sum[d] += weight * q[t * dimensions + d];
              }
              // The words of a tag that is known as a whole are in it.
              return;
            }
          }
        });
    addUnit(sum, to, off);
  }

  private static void addUnit(double[] sum, float[] to, int off) {
    double squares = 0;
    for (double x : sum) {
      squares += x * x;
    }
    if (squares > 0) {
      for (int d = 0; d < sum.length; d++) {
        to[off + d] += (float) (sum[d] / Math.sqrt(squares));
      }
    }
  }

  /**
   * The terms that read as tags and lie most in a direction.
   *
   * @param vector K numbers from off on
   * @param among which terms may be named
   * @param n how many at most
   * @return best first; none that lies in the opposite direction
   */
  List<String> nearest(float[] vector, int off, Predicate<String> among, int n) {
    if (n == 0) {
      return List.of();
    }
    TopN top = new TopN(n);
    for (int t = 0; t < terms.size(); t++) {
      if (Terms.isShown(terms.get(t)) && among.test(terms.get(t))) {
        double along = 0;
        for (int d = 0; d < dimensions; d++) {
          along += (double) q[t * dimensions + d] * vector[off + d];
        }
        if (along > 0) {
          top.offer(t, along);
        }
      }
    }
    int[] found = new int[top.size()];
    int count = top.drain(found, new double[found.length]);
    List<String> named = new ArrayList<>();
    for (int f = 0; f < count; f++) {
      named.add(terms.get(found[f]));
    }
    return named;
  }

  void save(ModelWriter out) {
    out.texts("terms", terms).floats("idf", idf).floats("projection", q, terms.size(), dimensions);
  }

  static TermSpace read(ModelReader in) {
    List<String> terms = in.texts("terms");
    if (new HashSet<>(terms).size() < terms.size() || terms.stream().anyMatch(String::isEmpty)) {
      throw in.damaged("terms has one twice, or an empty one");
    }
    float[] idf = in.floats("idf", terms.size());
    for (float x : idf) {
      if (!(x > 0 && x < 100)) {
        throw in.damaged("idf holds " + x);
      }
    }
    float[] q = in.floats("projection");
    int dimensions = terms.isEmpty() ? 0 : q.length / terms.size();
    q = in.floats("projection", terms.size(), dimensions);
    for (float x : q) {
      if (!(Math.abs(x) <= 1.01f)) {
        throw in.damaged("projection holds " + x + "; its columns have length 1");
      }
    }
    return new TermSpace(terms, idf, q, dimensions);
  }
}
