// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.data.UserItems;
import dev.pushwright.data.Weighting;
import dev.pushwright.eval.EvaluationResult.Comparison;
import dev.pushwright.eval.EvaluationResult.Cost;
import dev.pushwright.eval.EvaluationResult.Entry;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static final int USERS = 60;
  private static final int ITEMS = 20;
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  /** Scores by a rule over the user's and the item's number. */
  private static Recommender rule(ToDoubleBiFunction<Integer, Integer> score) {
    return (data, context) -> {
      TrainedUsers trained = TrainedUsers.of(data, Weighting.standard(), "");
      Provenance provenance = Provenance.of("rule", Map.of("note", "a | b"), data.fingerprint());
      return new ScoringModel(provenance, Set.of(), trained) {
        @Override
        protected boolean score(OptionalInt user, UserItems items, float[] scores) {
          int u = number(trained.users().id(user.getAsInt()));
          for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) score.applyAsDouble(u, number(trained.items().id(i)));
          }
          return true;
        }
      };
    };
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  private static int right(int user) {
    return (user * 7 + 3) % ITEMS;
  }

  // Each user has seen one item and will take one more, right(u).
  private static Split split() {
    Dataset.Builder data = Dataset.builder();
    for (int i = 0; i < ITEMS; i++) {
      data.add(Item.of("i" + i));
    }
    for (int u = 0; u < USERS; u++) {
      data.add(User.of("u" + u).with("side", u % 2 == 0 ? "left" : "right"));
      data.add(Interaction.view("u" + u, "i" + (right(u) + 1) % ITEMS, T));
      data.add(Interaction.view("u" + u, "i" + right(u), T.plusSeconds(10)));
    }
    data.add(Interaction.view("stranger", "i9", T.plusSeconds(11)));
    data.add(Interaction.view("u0", "i4", T.plusSeconds(12)));
    return Splits.byTime(data.build(), T.plusSeconds(5));
  }

  private static final Recommender ORACLE = rule((u, i) -> i == right(u) ? 1 : 0.5 - i * 0.01);
  private static final Recommender WRONG = rule((u, i) -> i == right(u) ? -1 : 0.5 - i * 0.01);
  private static final Recommender HALF =
      rule((u, i) -> (i == right(u)) == (u % 2 == 0) ? 1 : 0.5 - i * 0.01);

  private static Evaluation evaluation() {
    return Evaluation.of(split())
        .recommender("wrong", WRONG)
        .recommender("oracle", ORACLE)
        .recommender("half", HALF)
        .metrics("hr@1", "ndcg@5", "auc")
        .beyondAccuracyAt(1, 3)
        .segmentBy("side")
        .bootstrap(200, 7)
        .context(FitContext.standard().withThreads(1));
  }

  @Test
  void knownRecommendersGetTheScoresTheyMust() {
    EvaluationResult result = evaluation().run();
    assertThat(result.users()).isEqualTo(USERS + 1);
    assertThat(result.protocol()).isEqualTo("full");
    assertThat(result.baseline()).isEqualTo("wrong");
    // u0 saw i4 in training, which is thus not asked about again; the stranger gets the
    // fallback, where everything is equally popular and i9 not the first.
    assertThat(result.entry("oracle").fallbacks()).isEqualTo(1);
    assertThat(result.score("oracle", "hr@1").mean()).isEqualTo(60 / 61.0);
    assertThat(result.score("wrong", "hr@1").mean()).isZero();
    assertThat(result.score("wrong", "ndcg@5").mean()).isLessThan(0.02);
    assertThat(result.score("half", "hr@1").mean()).isBetween(0.4, 0.6);
    for (Entry entry : result.entries()) {
      for (EvaluationResult.Score score : entry.scores()) {
        assertThat(score.mean()).isBetween(score.low(), score.high());
      }
      assertThat(entry.beyond()).extracting(BeyondAccuracy::k).containsExactly(1, 3);
      assertThat(entry.beyond()).allSatisfy(b -> assertThat(b.lists()).isEqualTo(USERS + 1));
      Cost cost = entry.cost();
      assertThat(cost.recommendMillisP50()).isPositive();
      assertThat(cost.recommendMillisP95()).isGreaterThanOrEqualTo(cost.recommendMillisP50());
      assertThat(cost.recommendMillisP99()).isGreaterThanOrEqualTo(cost.recommendMillisP95());
      assertThat(cost.modelHeapBytes()).isNotNegative();
      assertThat(cost.peakHeapBytes()).isPositive();
      assertThat(cost.fitSeconds()).isPositive();
    }
  }

  @Test
  void theOthersAreComparedWithTheBaselineUserByUser() {
    EvaluationResult result = evaluation().baseline("half").run();
    assertThat(result.comparisons())
        .extracting(Comparison::recommender)
        .containsExactly("wrong", "wrong", "wrong", "oracle", "oracle", "oracle");
    Comparison oracle = result.comparisons().get(3);
    assertThat(oracle.metric()).isEqualTo("hr@1");
    assertThat(oracle.difference())
        .isEqualTo(result.score("oracle", "hr@1").mean() - result.score("half", "hr@1").mean());
    assertThat(oracle.low()).isPositive();
    assertThat(oracle.high()).isGreaterThan(oracle.difference());
    assertThat(oracle.tTestHolm()).isGreaterThan(oracle.tTestP()).isLessThan(0.001);
    assertThat(oracle.wilcoxonHolm()).isGreaterThan(oracle.wilcoxonP()).isLessThan(0.001);
  }

  @Test
  void aRecommenderDoesNotDifferFromItself() {
    EvaluationResult result = evaluation().recommender("again", ORACLE).baseline("oracle").run();
    assertThat(result.comparisons())
        .filteredOn(comparison -> comparison.recommender().equals("again"))
        .hasSize(3)
        .allSatisfy(
            comparison -> {
              assertThat(comparison.difference()).isZero();
              assertThat(comparison.tTestP()).isEqualTo(1);
              assertThat(comparison.wilcoxonHolm()).isEqualTo(1);
            });
  }

  @Test
  void segmentsThatAreServedWorseAreSeen() {
    Entry half = evaluation().run().entry("half");
    SegmentGap gap = half.segments().get(0);
    assertThat(gap.metric()).isEqualTo("hr@1");
    assertThat(gap.attribute()).isEqualTo("side");
    assertThat(gap.unknown()).isEqualTo(1);
    assertThat(gap.segments()).containsKeys("left", "right");
    assertThat(gap.gap()).isGreaterThan(0.9);
  }

  @Test
  void everythingButTheCostsIsTheSameInEveryRun() {
    EvaluationResult first = evaluation().run();
    EvaluationResult second = evaluation().context(FitContext.standard().withThreads(2)).run();
    assertThat(withoutCosts(second)).isEqualTo(withoutCosts(first));
    assertThat(withoutCosts(evaluation().bootstrap(200, 8).run()))
        .isNotEqualTo(withoutCosts(first));
  }

  private static EvaluationResult withoutCosts(EvaluationResult r) {
    List<Entry> entries =
        r.entries().stream()
            .map(
                e ->
                    new Entry(
                        e.name(),
                        e.provenance(),
                        e.fallbacks(),
                        e.scores(),
                        e.ratingErrors(),
                        e.beyond(),
                        e.segments(),
                        new Cost(0, 0, 0, 0, 0, 0)))
            .toList();
    return new EvaluationResult(
        r.split(),
        r.protocol(),
        r.users(),
        r.skipped(),
        r.notes(),
        r.confidence(),
        r.resamples(),
        r.seed(),
        r.baseline(),
        entries,
        r.comparisons());
  }

  @Test
  void candidatesThatAreGivenSayNothingOfTheCatalogue() {
    Map<String, Negatives.Row> rows = new HashMap<>();
    for (int u = 1; u < USERS; u++) {
      rows.put("u" + u, new Negatives.Row("i" + right(u), List.of("i" + (right(u) + 2) % ITEMS)));
    }
    rows.put("stranger", new Negatives.Row("i9", List.of("i1")));
    Dataset train = split().train();
    Dataset.Builder test = Dataset.builder();
    split().test().forEach((user, events) -> test.add(events.get(0)));
    EvaluationResult result =
        Evaluation.of(Splits.given(train, test.build()))
            .protocol(SampledNegatives.of(new Negatives(rows)))
            .recommender("oracle", ORACLE)
            .metrics("hr@1")
            .run();
    assertThat(result.protocol()).isEqualTo("sampled(1)");
    assertThat(result.users()).isEqualTo(USERS);
    assertThat(result.skipped()).containsEntry("no negatives are given", 1);
    assertThat(result.entry("oracle").beyond()).isEmpty();
    assertThat(result.comparisons()).isEmpty();
    assertThat(result.score("oracle", "hr@1").mean()).isGreaterThan(0.98);
    assertThat(result.toMarkdown()).doesNotContain("Beyond accuracy", "Compared with");
  }

  @Test
  void theMarkdownSaysWhatAReaderMustKnow() {
    Split leaking = Splits.leaveLastOut(split().train().toBuilder().addAll(later()).build());
    String text =
        Evaluation.of(leaking)
            .recommender("wrong", WRONG)
            .recommender("or|acle", ORACLE)
            .bootstrap(100, 1)
            .segmentBy("side")
            .run()
            .toMarkdown();
    assertThat(text)
        .contains("# Evaluation, protocol full")
        .contains("TIME LEAK")
        .contains("| recommender | hr@10 | precision@10 | recall@10 | f1@10 | ndcg@10 | map@10 |")
        .contains("## Compared with wrong", "## Beyond accuracy", "## Segments", "## Costs")
        .contains("| or\\|acle |")
        .contains("{note=a \\| b}")
        .doesNotContain("NaN");
    int columns = -1;
    for (String line : text.lines().toList()) {
      int bars = line.replace("\\|", "").replaceAll("[^|]", "").length();
      assertThat(bars).as(line).isIn(columns < 1 || bars == 0 ? List.of(bars) : List.of(columns));
      columns = bars;
    }
  }

  private static List<Interaction> later() {
    List<Interaction> events = new ArrayList<>();
    for (int u = 0; u < USERS; u++) {
      events.add(Interaction.view("u" + u, "i" + right(u), T.plusSeconds(20 + u)));
      if (u % 2 == 0) {
        events.add(Interaction.view("u" + u, "i" + (right(u) + 5) % ITEMS, T.plusSeconds(90 + u)));
      }
    }
    return events;
  }

  @Test
  void theJsonIsOneObjectWithTheSameNumbers() throws IOException {
    EvaluationResult result = evaluation().run();
    String json = result.toJson();
    assertThat(json).doesNotContain("\n", "NaN", "Infinity");
    Map<String, Object> leaves = leaves(json);
    assertThat(leaves)
        .containsEntry("/protocol", "full")
        .containsEntry("/users", 61.0)
        .containsEntry("/split/timeLeak", "NONE")
        .containsEntry("/seed", 7.0)
        .containsEntry("/recommenders/1/name", "oracle")
        .containsEntry("/recommenders/1/options/note", "a | b")
        .containsEntry("/recommenders/1/metrics/hr@1/mean", 60 / 61.0)
        .containsEntry(
            "/recommenders/2/segments/0/segments/left/mean",
            Objects.requireNonNull(result.entry("half").segments().get(0).segments().get("left"))
                .mean())
        .containsEntry("/comparisons/0/tTestHolm", result.comparisons().get(0).tTestHolm())
        .containsEntry(
            "/recommenders/0/beyondAccuracy/1/gini", result.entry("wrong").beyond().get(1).gini())
        .containsKey("/recommenders/0/cost/peakHeapBytes");
  }

  /** Every text and number by its path. */
  private static Map<String, Object> leaves(String json) throws IOException {
    Map<String, Object> leaves = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String path = parser.getParsingContext().pathAsPointer().toString();
        if (token.isNumeric()) {
          leaves.put(path, parser.getDoubleValue());
        } else if (token == JsonToken.VALUE_STRING) {
          leaves.put(path, parser.getText());
        }
      }
    }
    return leaves;
  }

  @Test
  void theListenerHearsOfEveryPhaseToItsEnd() {
    List<Progress> heard = new ArrayList<>();
    evaluation().context(FitContext.standard().withListener(heard::add)).run();
    assertThat(heard)
        .filteredOn(progress -> progress.done() == progress.total())
        .extracting(Progress::phase)
        .containsExactly("ask wrong", "ask oracle", "ask half", "bootstrap");
  }

  @Test
  void interruptionEndsTheRun() {
    Evaluation interrupted =
        evaluation()
            .context(
                FitContext.standard()
                    .withListener(
                        progress -> {
                          assertThat(progress.phase()).isEqualTo("ask wrong");
                          Thread.currentThread().interrupt();
                        }));
    try {
      assertThatThrownBy(interrupted::run)
          .isInstanceOf(CancellationException.class)
          .hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void whatCannotBeEvaluatedIsRefusedWithARemedy() {
    assertThatThrownBy(() -> Evaluation.of(split()).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("add a recommender");
    assertThatThrownBy(() -> evaluation().baseline("orakle").run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean \"oracle\"?");
    assertThatThrownBy(() -> evaluation().recommender("oracle", WRONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"oracle\"");
    assertThatThrownBy(() -> evaluation().run().score("oracle", "hr@2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean \"hr@1\"?");
    FullCatalogue nothing = new FullCatalogue(Weighting.parse("PURCHASE:1"), true);
    assertThatThrownBy(() -> evaluation().protocol(nothing).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no test event speaks for an item=61");
    assertThatThrownBy(() -> evaluation().bootstrap(10, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 100");
  }
}
