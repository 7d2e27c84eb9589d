// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.vectors;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.SparseRows;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * How often two names stand in one document, at most {@code window} places apart. Every pair of
 * places counts once for either of the two, so that the matrix is symmetric; a name is no company
 * of itself.
 */
final class Cooccurrence {

  private static final int BLOCK = 64;

  private final List<String> names;
  private final int[] documents;
  private final SparseRows counts;

  private Cooccurrence(List<String> names, int[] documents, SparseRows counts) {
    this.names = names;
    this.documents = documents;
    this.counts = counts;
  }

  /** The names that are in enough documents, sorted. */
  List<String> names() {
    return names;
  }

  /** How many documents each name stands in. */
  int[] documents() {
    return documents;
  }

  /** Names × names, whole numbers. */
  SparseRows counts() {
    return counts;
  }

  /**
   * Counts.
   *
   * @param texts the documents as names in their order
   * @param window how many places apart two names are at most; 0: any
   * @param minCount names of fewer documents are taken out before places are counted
   * @param context threads and progress
   */
  static Cooccurrence of(
      List<? extends List<String>> texts, int window, int minCount, FitContext context) {
    TreeMap<String, Integer> frequency = new TreeMap<>();
    for (List<String> text : texts) {
      text.stream().distinct().forEach(name -> frequency.merge(name, 1, Integer::sum));
    }
    frequency.values().removeIf(count -> count < minCount);
    List<String> names = List.copyOf(frequency.keySet());
    int[] documents = frequency.values().stream().mapToInt(Integer::intValue).toArray();
    TreeMap<String, Integer> position = new TreeMap<>();
    names.forEach(name -> position.put(name, position.size()));
    int[][] places =
        texts.stream()
            .map(
                text ->
                    text.stream()
                        .map(position::get)
                        .filter(p -> p != null)
                        .mapToInt(Integer::intValue)
                        .toArray())
            .toArray(int[][]::new);
    return new Cooccurrence(names, documents, count(places, names.size(), window, context));
  }

  private static SparseRows count(int[][] places, int n, int window, FitContext context) {
    // Where each name stands: text and place, in their order.
    int[] starts = new int[n + 1];
    for (int[] text : places) {
      for (int name : text) {
        starts[name + 1]++;
      }
    }
    for (int name = 0; name < n; name++) {
      starts[name + 1] = Math.addExact(starts[name + 1], starts[name]);
    }
    int[] next = Arrays.copyOf(starts, n);
    int[] textOf = new int[starts[n]];
    int[] placeOf = new int[starts[n]];
    for (int t = 0; t < places.length; t++) {
      for (int p = 0; p < places[t].length; p++) {
        int at = next[places[t][p]]++;
        textOf[at] = t;
        placeOf[at] = p;
      }
    }
    int[][] columns = new int[n][];
    float[][] values = new float[n][];
    context.forBlocks(
        "co-occurrence",
        n,
        BLOCK,
        (from, to) -> {
          int[] count = new int[n];
          int[] met = new int[n];
          for (int name = from; name < to; name++) {
            context.checkCancelled();
            int size = 0;
            for (int at = starts[name]; at < starts[name + 1]; at++) {
              int[] text = places[textOf[at]];
              int place = placeOf[at];
              int first = window == 0 ? 0 : Math.max(0, place - window);
              int last =
                  window == 0 || window >= text.length - place ? text.length - 1 : place + window;
              for (int p = first; p <= last; p++) {
                int other = text[p];
                if (other != name && count[other]++ == 0) {
                  met[size++] = other;
                }
              }
            }
            columns[name] = Arrays.copyOf(met, size);
            Arrays.sort(columns[name]);
            values[name] = new float[size];
            for (int p = 0; p < size; p++) {
              values[name][p] = count[columns[name][p]];
              count[columns[name][p]] = 0;
            }
          }
        });
    SparseRows.Builder rows = SparseRows.builder(n);
    for (int name = 0; name < n; name++) {
      for (int p = 0; p < columns[name].length; p++) {
        rows.add(columns[name][p], values[name][p]);
      }
      rows.endRow();
    }
    return rows.build();
  }
}
