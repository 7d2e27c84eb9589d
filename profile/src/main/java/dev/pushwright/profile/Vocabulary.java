// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import com.google.common.collect.Maps;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.profile.TextAnalysis.Word;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The terms of a catalogue and how much each tells, and texts as vectors of them: tf · idf with the
 * raw count for tf and the smooth idf, of length 1 (see {@link TfIdfProfiler}). Terms are dense
 * integers in the order of their labels. Immutable.
 */
final class Vocabulary {

  private static final class Term {
    final String key;
    int documents;
    final Map<String, Integer> labels = new TreeMap<>();

    Term(String key) {
      this.key = key;
    }

    /** The way of writing that most items use; of equally many the shortest, then the first. */
    String label() {
      return labels.entrySet().stream()
          .min(
              Comparator.<Map.Entry<String, Integer>>comparingInt(e -> -e.getValue())
                  .thenComparingInt(e -> e.getKey().length())
                  .thenComparing(Map.Entry::getKey))
          .orElseThrow()
          .getKey();
    }
  }

  private final String[] labels;
  private final double[] idf;
  private final Map<String, Integer> terms;

  /**
   * The terms of a catalogue.
   *
   * @param documents the words of each item
   * @param minDocuments a word of fewer items is no term
   * @param maxShare a word of a larger share of the items is no term
   */
  Vocabulary(List<List<Word>> documents, int minDocuments, double maxShare) {
    Map<String, Term> counted = new HashMap<>();
    Set<Word> once = new HashSet<>();
    Set<String> onceKeys = new HashSet<>();
    for (List<Word> document : documents) {
      once.clear();
      onceKeys.clear();
      for (Word word : document) {
        if (once.add(word)) {
          Term term = counted.computeIfAbsent(word.key(), Term::new);
          term.labels.merge(word.label(), 1, Integer::sum);
          if (onceKeys.add(word.key())) {
            term.documents++;
          }
        }
      }
    }
    int n = documents.size();
    record Kept(String label, String key, int documents) {}
    List<Kept> kept =
        counted.values().stream()
            .filter(term -> term.documents >= minDocuments && term.documents <= maxShare * n)
            .map(term -> new Kept(term.label(), term.key, term.documents))
            .sorted(Comparator.comparing(Kept::label).thenComparing(Kept::key))
            .toList();
    this.labels = kept.stream().map(Kept::label).toArray(String[]::new);
    this.idf = new double[labels.length];
    this.terms = Maps.newHashMapWithExpectedSize(labels.length);
    for (int t = 0; t < labels.length; t++) {
      idf[t] = Math.log((1.0 + n) / (1.0 + kept.get(t).documents())) + 1;
      terms.put(kept.get(t).key(), t);
    }
  }

  private Vocabulary(String[] labels, double[] idf, Map<String, Integer> terms) {
    this.labels = labels;
    this.idf = idf;
    this.terms = terms;
  }

  /** Writes {@code labels}, {@code keys} and {@code idf}, in the order of the terms. */
  void save(ModelWriter out) {
    String[] keys = new String[labels.length];
    terms.forEach((key, term) -> keys[term] = key);
    out.texts("labels", Arrays.asList(labels))
        .texts("keys", Arrays.asList(keys))
        .doubles("idf", idf);
  }

  /** Reads what {@link #save} wrote. */
  static Vocabulary read(ModelReader in) {
    String[] labels = in.texts("labels").toArray(String[]::new);
    List<String> keys = in.texts("keys", labels.length);
    double[] idf = in.doubles("idf", labels.length);
    Map<String, Integer> terms = Maps.newHashMapWithExpectedSize(labels.length);
    for (int t = 0; t < labels.length; t++) {
      // ln((1 + N) / (1 + df)) + 1 with df up to N.
      if (!(idf[t] >= 1 && idf[t] < 64)) {
        throw in.damaged("idf of term " + t + " is " + idf[t]);
      }
      if (labels[t].isBlank() || terms.put(keys.get(t), t) != null) {
        throw in.damaged("term " + t + " is blank or given twice: " + keys.get(t));
      }
    }
    return new Vocabulary(labels, idf, terms);
  }

  int size() {
    return labels.length;
  }

  String label(int term) {
    return labels[term];
  }

  /**
   * Words as a vector of length 1; those that are no terms are passed over.
   *
   * @param words the words of an item or a query
   * @return the vector, without entries when no word is a term
   */
  SparseVector vector(List<Word> words) {
    int[] found = new int[words.size()];
    int size = 0;
    for (Word word : words) {
      Integer term = terms.get(word.key());
      if (term != null) {
        found[size++] = term;
      }
    }
    Arrays.sort(found, 0, size);
    int[] outTerms = new int[size];
    double[] outValues = new double[size];
    int out = 0;
    double squares = 0;
    for (int from = 0; from < size; ) {
      int term = found[from];
      int to = from;
      while (to < size && found[to] == term) {
        to++;
      }
      double value = (to - from) * idf[term];
      outTerms[out] = term;
      outValues[out++] = value;
      squares += value * value;
      from = to;
    }
    double length = Math.sqrt(squares);
    for (int p = 0; p < out; p++) {
      outValues[p] /= length;
    }
    return new SparseVector(outTerms, outValues, out);
  }
}
