// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.profile.text.SparseVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The different queries of the training data, as vectors. Two queries of the same terms are one:
 * "red mugs" and "Red mug!". What was typed is not kept. Immutable.
 */
final class Queries {

  private final List<SparseVector> vectors;
  private final Map<SparseVector, Integer> positions = new HashMap<>();

  private Queries(List<SparseVector> vectors) {
    this.vectors = List.copyOf(vectors);
    for (int q = 0; q < vectors.size(); q++) {
      positions.put(vectors.get(q), q);
    }
  }

  /** The different ones among vectors, in an order that does not depend on theirs. */
  static Queries of(Collection<SparseVector> vectors) {
    return new Queries(
        vectors.stream()
            .filter(vector -> vector.size() > 0)
            .distinct()
            .sorted(Queries::compare)
            .toList());
  }

  private static int compare(SparseVector a, SparseVector b) {
    for (int p = 0; p < Math.min(a.size(), b.size()); p++) {
      int order = Integer.compare(a.term(p), b.term(p));
      order = order != 0 ? order : Double.compare(a.value(p), b.value(p));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  int size() {
    return vectors.size();
  }

  SparseVector vector(int position) {
    return vectors.get(position);
  }

  /** Where a vector is, or −1. */
  int find(SparseVector vector) {
    return positions.getOrDefault(vector, -1);
  }

  /** Writes {@code ends} (one for each query), {@code terms} and {@code values}. */
  void save(ModelWriter out) {
    int size = vectors.stream().mapToInt(SparseVector::size).sum();
    int[] ends = new int[vectors.size()];
    int[] terms = new int[size];
    double[] values = new double[size];
    int n = 0;
    for (int q = 0; q < ends.length; q++) {
      SparseVector vector = vectors.get(q);
      for (int p = 0; p < vector.size(); p++) {
        terms[n] = vector.term(p);
        values[n++] = vector.value(p);
      }
      ends[q] = n;
    }
    out.ints("ends", ends).ints("terms", terms).doubles("values", values);
  }

  /** Reads what {@link #save} wrote. */
  static Queries read(ModelReader in, int vocabulary) {
    int[] ends = in.ints("ends");
    int[] terms = in.ints("terms");
    double[] values = in.doubles("values", terms.length);
    List<SparseVector> vectors = new ArrayList<>(ends.length);
    int start = 0;
    for (int q = 0; q < ends.length; q++) {
      if (ends[q] <= start || ends[q] > terms.length) {
        throw in.damaged("query " + q + " ends at " + ends[q] + " of " + terms.length);
      }
      for (int p = start; p < ends[q]; p++) {
        if (terms[p] < 0
            || terms[p] >= vocabulary
            || (p > start && terms[p] <= terms[p - 1])
            || !(values[p] > 0 && values[p] < 1.001)) {
          throw in.damaged("query " + q + " holds " + values[p] + " for term " + terms[p]);
        }
      }
      vectors.add(
          new SparseVector(
              Arrays.copyOfRange(terms, start, ends[q]),
              Arrays.copyOfRange(values, start, ends[q]),
              ends[q] - start));
      if (q > 0 && compare(vectors.get(q - 1), vectors.get(q)) >= 0) {
        throw in.damaged("query " + q + " is out of order");
      }
      start = ends[q];
    }
    if (start != terms.length) {
      throw in.damaged("queries end at " + start + " of " + terms.length);
    }
    return new Queries(vectors);
  }
}
