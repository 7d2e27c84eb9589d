// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import com.google.common.collect.Maps;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The terms of a collection of texts and how much each tells, and texts as vectors of them,
 * weighted by {@link TfIdf}. Terms are dense integers in the order of their labels. Made by {@link
 * TermMatrix}. Immutable.
 */
public final class Vocabulary {

  private final TfIdf weighting;
  private final String[] labels;
  private final double[] idf;
  private final Map<String, Integer> terms;

  /**
   * A vocabulary.
   *
   * @param weighting what a text's terms weigh
   * @param labels how each term reads; not copied
   * @param keys what each counts as, each once
   * @param idf how much each tells; not copied
   */
  Vocabulary(TfIdf weighting, String[] labels, List<String> keys, double[] idf) {
    this.weighting = weighting;
    this.labels = labels;
    this.idf = idf;
    this.terms = Maps.newHashMapWithExpectedSize(labels.length);
    for (int t = 0; t < labels.length; t++) {
      terms.put(keys.get(t), t);
    }
  }

  /**
   * Writes {@code labels}, {@code keys} and {@code idf}, in the order of the terms.
   *
   * @param out a section of its own
   */
  public void save(ModelWriter out) {
    String[] keys = new String[labels.length];
    terms.forEach((key, term) -> keys[term] = key);
    out.texts("labels", Arrays.asList(labels))
        .texts("keys", Arrays.asList(keys))
        .doubles("idf", idf);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in the section
   * @param weighting the weighting it was made with
   * @return the vocabulary
   * @throws dev.pushwright.io.ModelFormatException when it is no such vocabulary
   */
  public static Vocabulary read(ModelReader in, TfIdf weighting) {
    String[] labels = in.texts("labels").toArray(String[]::new);
    List<String> keys = in.texts("keys", labels.length);
    double[] idf = in.doubles("idf", labels.length);
    for (int t = 0; t < labels.length; t++) {
      // ln(…) + 1 with up to 2³¹ documents.
      if (!(idf[t] >= 1 && idf[t] < 64)) {
        throw in.damaged("idf of term " + t + " is " + idf[t]);
      }
      if (labels[t].isBlank()) {
        throw in.damaged("term " + t + " is blank");
      }
    }
    Vocabulary read = new Vocabulary(weighting, labels, keys, idf);
    if (read.terms.size() < labels.length) {
      throw in.damaged("terms are given twice");
    }
    return read;
  }

  /**
   * The number of terms.
   *
   * @return at least 0
   */
  public int size() {
    return labels.length;
  }

  /**
   * How a term reads.
   *
   * @param term from 0 to size − 1
   * @return the way of writing that most texts use, in lower case
   */
  public String label(int term) {
    return labels[term];
  }

  /**
   * How much a term tells.
   *
   * @param term from 0 to size − 1
   * @return its inverse document frequency
   */
  public double idf(int term) {
    return idf[term];
  }

  /** The term of a key, or −1 when it is none. */
  int term(String key) {
    Integer term = terms.get(key);
    return term == null ? -1 : term;
  }

  double[] idf() {
    return idf;
  }

  /**
   * Words as a vector; those that are no terms are passed over.
   *
   * @param words the words of a text
   * @return the vector, without entries when no word is a term
   */
  public SparseVector vector(List<Word> words) {
    int[] found = new int[words.size()];
    int size = 0;
    for (Word word : words) {
      int term = term(word.key());
      if (term >= 0) {
        found[size++] = term;
      }
    }
    Arrays.sort(found, 0, size);
    int distinct = 0;
    double[] counts = new double[size];
    for (int p = 0; p < size; p++) {
      if (p == 0 || found[p] != found[distinct - 1]) {
        found[distinct++] = found[p];
      }
      counts[distinct - 1]++;
    }
    weighting.weigh(found, counts, 0, distinct, idf);
    return new SparseVector(found, counts, distinct);
  }
}
