// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.profile.text.TfIdf.Idf;
import dev.pushwright.profile.text.TfIdf.Norm;
import dev.pushwright.profile.text.TfIdf.Tf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TermMatrixTest {

  private static final TextAnalyzer ENGLISH = TextAnalyzers.of(Language.ENGLISH);

  /** Made-up titles with singulars, plurals and repetitions, some of them empty. */
  private static List<String> titles(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> titles = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      StringBuilder title = new StringBuilder();
      for (int words = random.nextInt(12); words > 0; words--) {
        int u = random.nextInt(1, 60);
        title.append(random.nextInt(9) == 0 ? "LAMP" : "word").append((char) ('a' + 600 / u % 26));
        title.append((char) ('a' + 60 / u)).append(random.nextBoolean() ? " " : "s ");
      }
      titles.add(title.toString());
    }
    return titles;
  }

  private static TermMatrix matrix(
      List<String> texts, TextAnalyzer analyzer, TfIdf weighting, int threads) {
    return TermMatrix.of(texts, analyzer, weighting, FitContext.standard().withThreads(threads));
  }

  /** The definitions word for word, with maps, one text after the other. */
  private static List<Map<String, Double>> twin(List<String> texts, TfIdf weighting) {
    List<List<Word>> documents = texts.stream().map(ENGLISH::words).toList();
    Map<String, Integer> df = new TreeMap<>();
    for (List<Word> document : documents) {
      new TreeSet<>(document.stream().map(Word::key).toList())
          .forEach(key -> df.merge(key, 1, Integer::sum));
    }
    List<Map<String, Double>> rows = new ArrayList<>();
    for (List<Word> document : documents) {
      Map<String, Double> row = new TreeMap<>();
      document.forEach(word -> row.merge(word.key(), 1.0, Double::sum));
      double most = row.values().stream().mapToDouble(c -> c).max().orElse(0);
      row.replaceAll(
          (key, count) ->
              switch (weighting.tf()) {
                    case RAW -> count;
                    case LOG -> 1 + Math.log(count);
                    case AUGMENTED -> 0.5 + 0.5 * count / most;
                  }
                  * weighting.idf(documents.size(), Objects.requireNonNull(df.get(key))));
      double norm =
          switch (weighting.norm()) {
            case NONE -> 1;
            case L1 -> row.values().stream().mapToDouble(w -> w).sum();
            case L2 -> Math.sqrt(row.values().stream().mapToDouble(w -> w * w).sum());
          };
      row.replaceAll((key, value) -> value / norm);
      rows.add(row);
    }
    return rows;
  }

  @Test
  void matrixEqualsThePlainDefinitionsInEveryVariant() {
    List<String> titles = titles(300, 1);
    for (Tf tf : Tf.values()) {
      for (Idf idf : Idf.values()) {
        for (Norm norm : Norm.values()) {
          TfIdf weighting = new TfIdf(tf, idf, norm);
          TermMatrix matrix = matrix(titles, ENGLISH, weighting, 2);
          List<Map<String, Double>> expected = twin(titles, weighting);
          for (int d = 0; d < titles.size(); d++) {
            int[] columns = matrix.rows().rowColumns(d);
            assertThat(columns).hasSize(expected.get(d).size());
            for (Map.Entry<String, Double> entry : expected.get(d).entrySet()) {
              assertThat((double) matrix.rows().get(d, matrix.vocabulary().term(entry.getKey())))
                  .as("%s, text %s, %s", weighting, d, entry.getKey())
                  .isEqualTo(entry.getValue(), within(1e-6 * (1 + entry.getValue())));
            }
          }
        }
      }
    }
  }

  @Test
  void rowIsTheVectorOfItsText() {
    List<String> titles = titles(200, 2);
    TermMatrix matrix = matrix(titles, ENGLISH, TfIdf.standard(), 1);
    for (int d = 0; d < titles.size(); d++) {
      SparseVector vector = matrix.vocabulary().vector(ENGLISH.words(titles.get(d)));
      assertThat(matrix.rows().end(d) - matrix.rows().start(d)).isEqualTo(vector.size());
      for (int p = 0; p < vector.size(); p++) {
        int at = matrix.rows().start(d) + p;
        assertThat(matrix.rows().column(at)).isEqualTo(vector.term(p));
        assertThat(matrix.rows().value(at)).isEqualTo((float) vector.value(p));
      }
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    List<String> titles = titles(20_000, 3);
    TermMatrix one = matrix(titles, ENGLISH, TfIdf.standard(), 1);
    TermMatrix eight = matrix(titles, TextAnalyzers.of(Language.ENGLISH), TfIdf.standard(), 8);
    assertThat(eight.rows()).isEqualTo(one.rows());
    assertThat(labels(eight)).isEqualTo(labels(one));
    assertThat(eight.vocabulary().idf()).isEqualTo(one.vocabulary().idf());
  }

  private static List<String> labels(TermMatrix matrix) {
    List<String> labels = new ArrayList<>();
    for (int t = 0; t < matrix.vocabulary().size(); t++) {
      labels.add(matrix.vocabulary().label(t));
    }
    return labels;
  }

  @Test
  void analyzerThatMakesNewWordsEachTimeCountsAlike() {
    List<String> titles = titles(3_000, 4);
    TextAnalyzer copying =
        text ->
            ENGLISH.words(text).stream()
                .map(w -> new Word(String.valueOf(w.key().toCharArray()), w.label() + ""))
                .toList();
    assertThat(matrix(titles, copying, TfIdf.standard(), 2).rows())
        .isEqualTo(matrix(titles, ENGLISH, TfIdf.standard(), 2).rows());
  }

  /** More ways of writing than a cutter remembers, so that it has to forget. */
  @Test
  void moreWordsThanAnyTableHoldsAreNoTrouble() {
    List<String> texts = new ArrayList<>();
    for (int d = 0; d < 1_400; d++) {
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < 100; w++) {
        text.append('w').append(Integer.toString(100 * d + w, 36)).append(' ');
      }
      texts.add(text.append("every").toString());
    }
    TermMatrix matrix = matrix(texts, TextAnalyzers.of(Language.LATIN), TfIdf.standard(), 1);
    assertThat(matrix.vocabulary().size()).isEqualTo(140_001);
    assertThat(matrix.rows().size()).isEqualTo(1_400 * 101);
    assertThat(matrix.vocabulary().idf(matrix.vocabulary().term("every"))).isEqualTo(1);
  }

  @Test
  void nothingGivesAnEmptyMatrix() {
    TermMatrix none = matrix(List.of(), ENGLISH, TfIdf.standard(), 2);
    assertThat(none.vocabulary().size()).isZero();
    assertThat(none.rows().rows()).isZero();
    TermMatrix silent = matrix(List.of("", "...", "the of"), ENGLISH, TfIdf.standard(), 2);
    assertThat(silent.rows().rows()).isEqualTo(3);
    assertThat(silent.rows().size()).isZero();
  }

  @Test
  void interruptCancels() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> matrix(titles(10, 5), ENGLISH, TfIdf.standard(), 1))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void failureOfTheAnalyzerIsThrown() {
    TextAnalyzer failing =
        text -> {
          throw new IllegalStateException("broken");
        };
    assertThatThrownBy(() -> matrix(Arrays.asList("a", "b"), failing, TfIdf.standard(), 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
  }
}
