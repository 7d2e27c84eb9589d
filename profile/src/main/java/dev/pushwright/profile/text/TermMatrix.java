// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import com.google.common.collect.Maps;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.math.SparseRows;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.IntFunction;

/**
 * A collection of texts as a sparse matrix, texts × terms, and the {@link Vocabulary} of its terms.
 *
 * <p>A term reads the way most texts write it; of equally many the shortest, then the first.
 *
 * <p><b>Cost.</b> Two passes over the texts, each in blocks on the threads of the context: one
 * counts, one weighs. Each thread counts in tables of its own, which are joined in between; what
 * comes out has the same bits with any number of threads. Memory is 8 bytes for each entry of the
 * matrix while it is counted, and 8 bytes after.
 *
 * @param vocabulary the terms
 * @param rows texts × terms: the weights as float32, in the order of the texts
 */
public record TermMatrix(Vocabulary vocabulary, SparseRows rows) {

  private static final int BLOCK_SIZE = 1024;
  private static final int TERM_BLOCK_SIZE = 8192;

  /** The counts of the texts of one block, by the keys of the counter that counted them. */
  static final class Block {
    final TermCounter counter;
    final int[] ends;
    final int[] keys;
    final int[] counts;

    Block(TermCounter counter, int[] ends, int[] keys, int[] counts) {
      this.counter = counter;
      this.ends = ends;
      this.keys = keys;
      this.counts = counts;
    }
  }

  /** How the texts of a block are counted. */
  @FunctionalInterface
  private interface Counting {
    Block block(TermCounter counter, int from, int to);
  }

  /** The weights of the texts of one block. */
  private static final class Weights {
    int[] ends = new int[0];
    int[] terms = new int[0];
    float[] values = new float[0];
  }

  /**
   * The matrix of some texts.
   *
   * @param texts the texts
   * @param analyzer cuts them into words
   * @param weighting what the terms weigh
   * @param context threads and progress
   * @return the matrix, every word of every text being a term
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public static TermMatrix of(
      List<String> texts, TextAnalyzer analyzer, TfIdf weighting, FitContext context) {
    if (!(analyzer instanceof LuceneAnalyzer lucene)) {
      return of(texts.size(), i -> analyzer.words(texts.get(i)), weighting, 1, 1, context);
    }
    return of(
        texts.size(),
        (counter, from, to) -> {
          WordCutter cutter = lucene.take();
          Block block = counter.block(from, to, cutter, texts);
          lucene.giveBack(cutter);
          return block;
        },
        weighting,
        1,
        1,
        context);
  }

  /**
   * The matrix of some documents.
   *
   * @param documents how many there are
   * @param words gives the words of each, from several threads at once
   * @param weighting what the terms weigh
   * @param minDocuments a word of fewer documents is no term, at least 1
   * @param maxShare a word of a larger share of the documents is no term, from 0 to 1
   * @param context threads and progress
   * @return the matrix
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public static TermMatrix of(
      int documents,
      IntFunction<List<Word>> words,
      TfIdf weighting,
      int minDocuments,
      double maxShare,
      FitContext context) {
    return of(
        documents,
        (counter, from, to) -> counter.block(from, to, words),
        weighting,
        minDocuments,
        maxShare,
        context);
  }

  private static TermMatrix of(
      int documents,
      Counting counting,
      TfIdf weighting,
      int minDocuments,
      double maxShare,
      FitContext context) {
    int blocks = (documents + BLOCK_SIZE - 1) / BLOCK_SIZE;
    Block[] counts = new Block[blocks];
    ConcurrentLinkedDeque<TermCounter> idle = new ConcurrentLinkedDeque<>();
    context.forBlocks(
        "words",
        documents,
        BLOCK_SIZE,
        (from, to) -> {
          TermCounter counter = idle.pollFirst();
          if (counter == null) {
            counter = new TermCounter();
          }
          counts[from / BLOCK_SIZE] = counting.block(counter, from, to);
          idle.addFirst(counter);
        });
    List<TermCounter> counters = List.copyOf(idle);
    Map<String, Term> counted =
        Maps.newHashMapWithExpectedSize(
            counters.stream().mapToInt(TermCounter::keys).max().orElse(0));
    Map<TermCounter, Term[]> terms = new HashMap<>();
    for (TermCounter counter : counters) {
      context.checkCancelled();
      terms.put(counter, counter.addTo(counted));
    }
    Vocabulary vocabulary =
        vocabulary(
            documents, counted.values(), weighting, minDocuments, maxShare * documents, context);
    Weights[] weighed = new Weights[blocks];
    context.forBlocks(
        "weights",
        documents,
        BLOCK_SIZE,
        (from, to) -> {
          Block block = counts[from / BLOCK_SIZE];
          weighed[from / BLOCK_SIZE] =
              weigh(block, terms.getOrDefault(block.counter, new Term[0]), vocabulary, weighting);
        });
    int size = Arrays.stream(weighed).mapToInt(block -> block.values.length).sum();
    SparseRows.Builder rows = SparseRows.builder(vocabulary.size(), documents, size);
    for (Weights block : weighed) {
      int p = 0;
      for (int end : block.ends) {
        for (; p < end; p++) {
          rows.add(block.terms[p], block.values[p]);
        }
        rows.endRow();
      }
    }
    return new TermMatrix(vocabulary, rows.build());
  }

  private static Vocabulary vocabulary(
      int documents,
      Collection<Term> counted,
      TfIdf weighting,
      int minDocuments,
      double maxDocuments,
      FitContext context) {
    Term[] kept =
        counted.stream()
            .filter(term -> term.documents >= minDocuments && term.documents <= maxDocuments)
            .toArray(Term[]::new);
    context.forBlocks(
        "terms",
        kept.length,
        TERM_BLOCK_SIZE,
        (from, to) -> {
          for (int t = from; t < to; t++) {
            kept[t].settle();
          }
          Arrays.sort(kept, from, to, Term.IN_ORDER);
        });
    // Finds the sorted blocks, and merges them.
    Arrays.sort(kept, Term.IN_ORDER);
    String[] labels = new String[kept.length];
    String[] keys = new String[kept.length];
    double[] idf = new double[kept.length];
    for (int t = 0; t < kept.length; t++) {
      kept[t].id = t;
      labels[t] = kept[t].label;
      keys[t] = kept[t].key;
      idf[t] = weighting.idf(documents, kept[t].documents);
    }
    return new Vocabulary(weighting, labels, Arrays.asList(keys), idf);
  }

  private static Weights weigh(
      Block block, Term[] termOfKey, Vocabulary vocabulary, TfIdf weighting) {
    Weights out = new Weights();
    out.ends = new int[block.ends.length];
    out.terms = new int[block.keys.length];
    double[] values = new double[block.keys.length];
    long[] row = new long[64];
    int size = 0;
    int start = 0;
    for (int d = 0; d < out.ends.length; d++) {
      int end = block.ends[d];
      if (end - start > row.length) {
        row = new long[2 * (end - start)];
      }
      int n = 0;
      for (int p = start; p < end; p++) {
        int term = termOfKey[block.keys[p]].id;
        if (term >= 0) {
          row[n++] = ((long) term << 32) | block.counts[p];
        }
      }
      Arrays.sort(row, 0, n);
      for (int p = 0; p < n; p++) {
        out.terms[size + p] = (int) (row[p] >>> 32);
        values[size + p] = (int) row[p];
      }
      weighting.weigh(out.terms, values, size, size + n, vocabulary.idf());
      // What is too small for float32 is left out: a stored value is above 0.
      for (int p = size, last = size + n; p < last; p++) {
        if ((float) values[p] > 0) {
          out.terms[size] = out.terms[p];
          values[size++] = values[p];
        }
      }
      out.ends[d] = size;
      start = end;
    }
    out.values = new float[size];
    for (int p = 0; p < size; p++) {
      out.values[p] = (float) values[p];
    }
    return out;
  }

  /** What all counters together know of a term. */
  static final class Term {
    // Most labels differ in their first letters, which takes no look at the texts themselves.
    static final Comparator<Term> IN_ORDER =
        (a, b) -> {
          int order = Long.compareUnsigned(a.firstLetters, b.firstLetters);
          if (order == 0) {
            order = Long.compareUnsigned(a.nextLetters, b.nextLetters);
          }
          if (order == 0) {
            order = a.label.compareTo(b.label);
          }
          return order == 0 ? a.key.compareTo(b.key) : order;
        };

    final String key;
    int documents;

    /** Its place in the vocabulary, −1 while it has none. */
    int id = -1;

    String label = "";
    private long firstLetters;
    private long nextLetters;
    private int most;
    // Only for the few terms that are written in more than one way.
    private Map<String, Integer> labels = Map.of();

    Term(String key) {
      this.key = key;
    }

    /** Takes the way of writing that most documents use for the label. */
    void settle() {
      if (!labels.isEmpty()) {
        label =
            labels.entrySet().stream()
                .min(
                    Comparator.<Map.Entry<String, Integer>>comparingInt(e -> -e.getValue())
                        .thenComparingInt(e -> e.getKey().length())
                        .thenComparing(Map.Entry::getKey))
                .orElseThrow()
                .getKey();
      }
      firstLetters = letters(0);
      nextLetters = letters(4);
    }

    private long letters(int from) {
      long letters = 0;
      for (int i = from; i < from + 4; i++) {
        letters = letters << 16 | (i < label.length() ? label.charAt(i) : 0);
      }
      return letters;
    }

    void add(String written, int inDocuments) {
      if (most == 0 || (labels.isEmpty() && written.equals(label))) {
        label = written;
        most += inDocuments;
        return;
      }
      if (labels.isEmpty()) {
        labels = new HashMap<>();
        labels.put(label, most);
      }
      labels.merge(written, inDocuments, Integer::sum);
    }
  }
}
