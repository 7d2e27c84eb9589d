// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.profile.text.KeywordText.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextRankTest {

  private static final TextAnalyzer SPACES =
      text ->
          Arrays.stream(text.split(" ", -1))
              .filter(word -> !word.isEmpty())
              .map(word -> new Word(word, word))
              .toList();

  private static Map<String, Double> scores(TextRank rank, String text) {
    return rank.of(KeywordText.of(Field.REVIEW, text), 1_000).stream()
        .collect(Collectors.toMap(Keyword::label, Keyword::weight));
  }

  private static TextRank.Builder exact() {
    return TextRank.builder(SPACES).tolerance(1e-8);
  }

  /** Every word of a ring has two neighbours, so by symmetry S = 0.15 + 0.85 S. */
  @Test
  void wordsOfARingAreAllOne() {
    assertThat(scores(exact().build(), "a b c d e a").values())
        .hasSize(5)
        .allSatisfy(score -> assertThat(score).isEqualTo(1, within(1e-7)));
  }

  /**
   * A hub with n leaves: hub = (1 − d) + d·n·leaf and leaf = (1 − d) + d·hub/n give hub = (1 + d·n)
   * / (1 + d), leaf = (1 + d/n) / (1 + d).
   */
  @Test
  void hubOfAStarHasItsClosedForm() {
    Map<String, Double> scores = scores(exact().build(), "hub a hub b hub c hub e hub");
    double d = 0.85;
    assertThat(scores).hasSize(5);
    assertThat(scores.get("hub")).isEqualTo((1 + 4 * d) / (1 + d), within(1e-7));
    assertThat(scores.get("a")).isEqualTo((1 + d / 4) / (1 + d), within(1e-7));
  }

  /** a—b—c with the edge a—b met three times: by hand from the two equations of its symmetry. */
  @Test
  void weightedEdgesPullTheScore() {
    Map<String, Double> plain = scores(exact().build(), "a b a b c");
    Map<String, Double> weighted = scores(exact().weighted(true).build(), "a b a b c");
    assertThat(plain.get("a")).isEqualTo(plain.get("c"), within(1e-9));
    double d = 0.85;
    double b = (1 - d) * (1 + 2 * d) / (1 - d * d);
    assertThat(weighted.get("b")).isEqualTo(b, within(1e-7));
    assertThat(weighted.get("a")).isEqualTo(1 - d + d * 0.75 * b, within(1e-7));
    assertThat(weighted.get("c")).isEqualTo(1 - d + d * 0.25 * b, within(1e-7));
  }

  /** A dense twin: the same equations as a matrix, iterated a fixed number of times. */
  @Test
  void randomTextsEqualADenseTwin() {
    SplittableRandom random = new SplittableRandom(7);
    for (int run = 0; run < 30; run++) {
      int window = random.nextInt(2, 6);
      boolean weighted = random.nextBoolean();
      double damping = random.nextDouble(0, 0.95);
      int[] words = random.ints(random.nextInt(2, 60), 0, 15).toArray();
      double[][] edges = new double[15][15];
      for (int i = 0; i < words.length; i++) {
        for (int j = i + 1; j < Math.min(words.length, i + window); j++) {
          if (words[i] != words[j]) {
            edges[words[i]][words[j]] = weighted ? edges[words[i]][words[j]] + 1 : 1;
            edges[words[j]][words[i]] = edges[words[i]][words[j]];
          }
        }
      }
      double[] expected = twin(edges, damping);
      String text = Arrays.stream(words).mapToObj(w -> "w" + w).collect(Collectors.joining(" "));
      Map<String, Double> scores =
          scores(exact().window(window).weighted(weighted).damping(damping).build(), text);
      assertThat(scores).hasSize((int) Arrays.stream(words).distinct().count());
      scores.forEach(
          (word, score) ->
              assertThat(score)
                  .as("%s in %s", word, text)
                  .isEqualTo(expected[Integer.parseInt(word.substring(1))], within(1e-6)));
    }
  }

  private static double[] twin(double[][] edges, double damping) {
    int n = edges.length;
    double[] scores = new double[n];
    for (int step = 0; step < 800; step++) {
      double[] next = new double[n];
      for (int i = 0; i < n; i++) {
        next[i] = 1 - damping;
        for (int j = 0; j < n; j++) {
          if (edges[i][j] > 0) {
            next[i] += damping * edges[i][j] / Arrays.stream(edges[j]).sum() * scores[j];
          }
        }
      }
      scores = next;
    }
    return scores;
  }

  @Test
  void windowsDoNotReachFromOneTextIntoAnother() {
    TextRank rank = exact().build();
    KeywordText apart = KeywordText.of(Field.TITLE, "a b").with(Field.REVIEW, "c d");
    assertThat(rank.of(apart, 9)).extracting(Keyword::weight).allMatch(w -> Math.abs(w - 1) < 1e-7);
    assertThat(rank.of(KeywordText.of(Field.TITLE, "a b c d"), 9).get(0).label()).isIn("b", "c");
  }

  @Test
  void wordWithoutNeighboursHasWhatIsLeft() {
    assertThat(scores(exact().build(), "alone alone").get("alone")).isEqualTo(0.15, within(1e-9));
    assertThat(exact().build().of(KeywordText.of(Field.TITLE, ""), 5)).isEmpty();
  }

  @Test
  void reviewsNameTheirSubject() {
    TextRank rank = TextRank.builder(TextAnalyzers.of(Language.ENGLISH)).build();
    KeywordText text =
        KeywordText.of(Field.DESCRIPTION, "A kettle of steel. The steel kettle boils fast.")
            .with(Field.REVIEW, "I love this kettle, the old kettle was slow")
            .with(Field.REVIEW, "Kettle arrived late but the kettle works")
            .with(Field.TAG, "Kitchen");
    assertThat(rank.of(text, 3).get(0).label()).isEqualTo("kettle");
    assertThat(rank.of(text, 3)).hasSize(3).isEqualTo(rank.of(text, 100).subList(0, 3));
  }

  @Test
  void tiesAreInTheOrderOfTheirLabels() {
    assertThat(exact().build().of(KeywordText.of(Field.TITLE, "d c b a d"), 4))
        .extracting(Keyword::label)
        .containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(exact().build().of(KeywordText.of(Field.TITLE, "b a"), 4))
        .extracting(Keyword::label)
        .containsExactly("a", "b");
  }

  @Test
  void settingsOutOfRangeAreRefusedNamingThem() {
    Map<String, Function<TextRank.Builder, TextRank.Builder>> bad =
        Map.of(
            "window is 1", b -> b.window(1),
            "damping is 1.0", b -> b.damping(1),
            "damping is NaN", b -> b.damping(Double.NaN),
            "tolerance is 0.0", b -> b.tolerance(0));
    bad.forEach(
        (message, set) ->
            assertThatThrownBy(() -> set.apply(exact()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message));
    assertThatThrownBy(() -> exact().build().of(new KeywordText(List.of()), -1))
        .hasMessageContaining("limit is -1");
  }
}
