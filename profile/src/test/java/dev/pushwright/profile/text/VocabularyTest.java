// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.TextAnalyzer.Word;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  private static List<Word> words(String... labels) {
    return Arrays.stream(labels).map(label -> new Word(label, label)).toList();
  }

  private static Vocabulary vocabulary(
      List<List<Word>> documents, int minDocuments, double maxShare) {
    return TermMatrix.of(
            documents.size(),
            documents::get,
            TfIdf.standard(),
            minDocuments,
            maxShare,
            FitContext.standard())
        .vocabulary();
  }

  private static double[] dense(Vocabulary vocabulary, List<Word> words) {
    SparseVector vector = vocabulary.vector(words);
    double[] dense = new double[vocabulary.size()];
    for (int p = 0; p < vector.size(); p++) {
      dense[vector.term(p)] = vector.value(p);
    }
    return dense;
  }

  /**
   * Six documents of three terms by their counts, and what scikit-learn's TfidfTransformer with its
   * defaults makes of them: idf = ln((1 + n) / (1 + df)) + 1, each row of length 1.
   */
  @Test
  void vectorsAreThoseOfTheSmoothIdfInScikitLearn() {
    int[][] counts = {{3, 0, 1}, {2, 0, 0}, {3, 0, 0}, {4, 0, 0}, {3, 2, 0}, {3, 0, 2}};
    double[][] expected = {
      {0.85151335, 0, 0.52433293},
      {1, 0, 0},
      {1, 0, 0},
      {1, 0, 0},
      {0.55422893, 0.83236428, 0},
      {0.63035731, 0, 0.77630514}
    };
    List<List<Word>> documents =
        Arrays.stream(counts)
            .map(
                row ->
                    IntStream.range(0, 3)
                        .boxed()
                        .flatMap(t -> Collections.nCopies(row[t], "t" + t).stream())
                        .map(label -> new Word(label, label))
                        .toList())
            .toList();
    Vocabulary vocabulary = vocabulary(documents, 1, 1);
    for (int d = 0; d < counts.length; d++) {
      assertThat(dense(vocabulary, documents.get(d))).containsExactly(expected[d], within(5e-9));
    }
  }

  @Test
  void termReadsTheWayMostItemsWriteIt() {
    Word one = new Word("candle", "candle");
    Word many = new Word("candle", "candles");
    Vocabulary vocabulary =
        vocabulary(List.of(List.of(one, one, one), List.of(many), List.of(many)), 1, 1);
    assertThat(vocabulary.size()).isEqualTo(1);
    assertThat(vocabulary.label(0)).isEqualTo("candles");
    assertThat(vocabulary(List.of(List.of(many), List.of(one)), 1, 1).label(0))
        .as("the shorter one when as many write either")
        .isEqualTo("candle");
  }

  @Test
  void anItemThatWritesATermInTwoWaysCountsOnce() {
    Vocabulary vocabulary =
        vocabulary(
            List.of(List.of(new Word("mug", "mug"), new Word("mug", "mugs")), words("cup")), 2, 1);
    assertThat(vocabulary.size()).isZero();
  }

  @Test
  void wordsOfTooFewOrTooManyItemsAreNoTerms() {
    List<List<Word>> documents =
        List.of(words("all", "half", "one"), words("all", "half"), words("all"), words("all"));
    assertThat(labels(vocabulary(documents, 1, 1))).containsExactly("all", "half", "one");
    assertThat(labels(vocabulary(documents, 2, 1))).containsExactly("all", "half");
    assertThat(labels(vocabulary(documents, 1, 0.5))).containsExactly("half", "one");
    assertThat(labels(vocabulary(documents, 1, 0.49))).containsExactly("one");
    assertThat(labels(vocabulary(documents, 1, 0))).isEmpty();
  }

  private static List<String> labels(Vocabulary vocabulary) {
    return IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::label).toList();
  }

  @Test
  void textWithoutATermIsTheZeroVector() {
    Vocabulary vocabulary = vocabulary(List.of(words("mug")), 1, 1);
    assertThat(vocabulary.vector(List.of()).size()).isZero();
    assertThat(vocabulary.vector(words("cup", "plate")).size()).isZero();
    assertThat(vocabulary(List.of(), 1, 1).vector(words("mug")).size()).isZero();
  }

  @Test
  void theHeaviestAreCutWithTiesByTerm() {
    SparseVector vector =
        new SparseVector(new int[] {2, 4, 5, 9}, new double[] {0.2, 0.3, 0.2, 0.3}, 4);
    assertThat(terms(vector.heaviest(3))).containsExactly(2, 4, 9);
    assertThat(terms(vector.heaviest(1))).containsExactly(4);
    assertThat(terms(vector.heaviest(9))).containsExactly(2, 4, 5, 9);
  }

  private static List<Integer> terms(SparseVector vector) {
    return Stream.iterate(0, p -> p + 1).limit(vector.size()).map(vector::term).toList();
  }
}
