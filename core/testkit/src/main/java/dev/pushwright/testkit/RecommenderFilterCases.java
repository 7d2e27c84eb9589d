// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Recommendations.Cause;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.api.Rescorer;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Limit, filters, business rules and the batch. Each is asked for by a user of training, by an
 * unknown user and with a history, for what holds in the model has to hold in the fallback.
 */
abstract class RecommenderFilterCases extends RecommenderCases {

  private static final int N = 3;

  @Test
  void answerHasExactlyAsManyItemsAsAskedForWhileThereAreEnough() {
    for (Asker asker : askers()) {
      List<String> all = everythingFor(asker);
      for (int limit = 1; limit <= all.size(); limit++) {
        assertThat(ask(asker.query().excludeSeen(false).limit(limit)).items())
            .as("%s asks for %s of %s items", asker.who(), limit, all.size())
            .hasSize(limit);
      }
    }
  }

  @Test
  void limitBeyondTheCatalogueGivesWhatThereIsAndAShortfall() {
    for (Asker asker : askers()) {
      for (int limit : new int[] {catalogue() + 1, 1_000_000, Integer.MAX_VALUE}) {
        Recommendations answer = ask(asker.query().excludeSeen(false).limit(limit));
        assertThat(answer.itemIds())
            .as("%s asks for %s items", asker.who(), limit)
            .hasSameElementsAs(everythingFor(asker));
        assertThat(answer.shortfall()).as("shortfall").isPresent();
      }
    }
  }

  @Test
  void onlyCandidatesAreAnswered() {
    for (Asker asker : askers()) {
      List<String> all = everythingFor(asker);
      Set<String> candidates = new HashSet<>(all.subList(all.size() - N, all.size()));
      assertThat(
              ask(asker.query().excludeSeen(false).candidates(candidates).limit(catalogue()))
                  .itemIds())
          .as("%s asks among the %s candidates that were last without them", asker.who(), N)
          .hasSameElementsAs(candidates);
      assertThat(ask(asker.query().excludeSeen(false).candidates(candidates).limit(N - 1)).items())
          .as("%s asks for %s of %s candidates", asker.who(), N - 1, N)
          .hasSize(N - 1);
    }
  }

  @Test
  void noCandidatesGiveNoItemsAndAShortfall() {
    for (Asker asker : askers()) {
      Recommendations answer = ask(asker.query().candidates(Set.of()).limit(N));
      assertThat(answer.items()).as("%s asks among no candidates", asker.who()).isEmpty();
      assertThat(left(answer, Cause.NO_CANDIDATE)).isEqualTo(catalogue());
    }
  }

  @Test
  void excludedItemsAreLeftOut() {
    for (Asker asker : askers()) {
      List<String> all = everythingFor(asker);
      Set<String> exclude = new HashSet<>(all.subList(0, all.size() / 2));
      Set<String> rest = new HashSet<>(all);
      rest.removeAll(exclude);
      assertThat(
              ask(asker.query().excludeSeen(false).exclude(exclude).limit(catalogue())).itemIds())
          .as("%s excludes the better half", asker.who())
          .hasSameElementsAs(rest);
    }
  }

  @Test
  void filtersComeBeforeTheChoiceOfTheBest() {
    for (Asker asker : askers()) {
      List<String> best = ask(asker.query().excludeSeen(false).limit(N)).itemIds();
      assertThat(ask(asker.query().excludeSeen(false).exclude(best).limit(N)).items())
          .as("%s excludes the best %s and asks for %s", asker.who(), N, N)
          .hasSize(N);
    }
  }

  @Test
  void everythingExcludedGivesNoItemsAndAShortfall() {
    for (Asker asker : askers()) {
      Recommendations answer = ask(asker.query().exclude(board().items()).limit(N));
      assertThat(answer.items()).as("%s excludes everything", asker.who()).isEmpty();
      assertThat(left(answer, Cause.EXCLUDED)).isEqualTo(catalogue());
    }
  }

  @Test
  void seenItemsAreLeftOutUnlessTheyAreAskedFor() {
    for (Asker asker : askers()) {
      Recommendations unseen = ask(asker.query().limit(catalogue()));
      Recommendations all = ask(asker.query().excludeSeen(false).limit(catalogue()));
      assertThat(left(all, Cause.SEEN)).as("left out as seen by excludeSeen(false)").isZero();
      Set<String> more = new HashSet<>(all.itemIds());
      more.removeAll(unseen.itemIds());
      boolean hasSeen = left(unseen, Cause.SEEN) > 0;
      assertThat(!more.isEmpty())
          .as("items %s gets by excludeSeen(false) only: %s", asker.who(), more)
          .isEqualTo(hasSeen);
      assertThat(all.itemIds())
          .as("items %s gets whether seen ones are left out or not", asker.who())
          .containsAll(unseen.itemIds());
    }
  }

  @Test
  void userWhoConsumedEverythingGetsNoItemsAndAShortfall() {
    Dataset.Builder more = board().data().toBuilder();
    for (String item : board().items()) {
      more.add(board().liked("insatiable", item, board().data().latest()));
    }
    Dataset data = more.build();
    RecommenderModel model = fit(data);
    for (RecommendationQuery.Builder query :
        List.of(
            RecommendationQuery.forUser("insatiable"),
            RecommendationQuery.forHistory(data.eventsOf("insatiable")))) {
      Recommendations answer = ask(model, data, query.limit(N).build());
      assertThat(answer.items()).as("items for who has seen everything").isEmpty();
      assertThat(left(answer, Cause.SEEN)).isEqualTo(catalogue());
    }
  }

  @Test
  void rescorerComesBeforeTheChoiceOfTheBest() {
    for (Asker asker : askers()) {
      List<String> all = everythingFor(asker);
      String last = all.get(all.size() - 1);
      Rescorer promote = (item, score) -> item.equals(last) ? 1e9 : score;
      List<Recommendation> items =
          ask(asker.query().excludeSeen(false).rescorer(promote).limit(1)).items();
      assertThat(items)
          .as("%s asks for the best, and a rescorer lifts what was last", asker.who())
          .extracting(Recommendation::itemId, Recommendation::score)
          .containsExactly(tuple(last, 1e9));
    }
  }

  @Test
  void rescorerTakesAnItemOutByAScoreThatIsNotFinite() {
    for (Asker asker : askers()) {
      List<String> all = everythingFor(asker);
      double[] out = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
      for (double score : out) {
        Rescorer first = (item, s) -> item.equals(all.get(0)) ? score : s;
        Recommendations answer =
            ask(asker.query().excludeSeen(false).rescorer(first).limit(catalogue() + 1));
        assertThat(answer.itemIds())
            .as("%s has a rescorer that makes the first item's score %s", asker.who(), score)
            .hasSameElementsAs(all.subList(1, all.size()));
        assertThat(left(answer, Cause.RESCORED_OUT)).as("counted as rescored out").isEqualTo(1);
        assertThat(ask(asker.query().excludeSeen(false).rescorer(first).limit(N)).items())
            .as("%s has a rescorer that takes the best out, and asks for %s", asker.who(), N)
            .hasSize(N);
      }
    }
  }

  @Test
  void equalScoresComeInTheOrderOfIds() {
    for (Asker asker : askers()) {
      List<String> sorted = new ArrayList<>(everythingFor(asker));
      Collections.sort(sorted);
      Rescorer equal = (item, score) -> 1;
      for (int limit : new int[] {N, sorted.size()}) {
        assertThat(ask(asker.query().excludeSeen(false).rescorer(equal).limit(limit)).itemIds())
            .as("%s gets equal scores for all", asker.who())
            .containsExactlyElementsOf(sorted.subList(0, limit));
      }
    }
  }

  @Test
  void minScoreComesAfterTheRescorer() {
    for (Asker asker : askers()) {
      List<String> all = everythingFor(asker);
      // The model's best gets the lowest score: a minScore on the model's own would keep it.
      Rescorer reversed = (item, score) -> all.indexOf(item);
      double minScore = all.size() - N;
      Recommendations answer =
          ask(
              asker
                  .query()
                  .excludeSeen(false)
                  .rescorer(reversed)
                  .minScore(minScore)
                  .limit(catalogue() + 1));
      assertThat(answer.itemIds())
          .as("%s asks for scores of at least %s", asker.who(), minScore)
          .hasSameElementsAs(all.subList(all.size() - N, all.size()));
      assertThat(left(answer, Cause.BELOW_MIN_SCORE))
          .as("counted as below minScore")
          .isEqualTo(all.size() - N);
    }
  }

  @Test
  void minScoreKeepsWhatReachesItAndNothingElse() {
    for (Asker asker : askers()) {
      List<Recommendation> all = ask(asker.query().excludeSeen(false).limit(catalogue())).items();
      double best = all.get(0).score();
      assertThat(ask(asker.query().excludeSeen(false).minScore(best).limit(catalogue())).itemIds())
          .as("%s asks for scores of at least that of the best item", asker.who())
          .hasSameElementsAs(
              all.stream()
                  .filter(item -> item.score() == best)
                  .map(Recommendation::itemId)
                  .toList());
      Recommendations none =
          ask(asker.query().excludeSeen(false).minScore(Math.nextUp(best)).limit(N));
      assertThat(none.items())
          .as("%s asks for scores above that of the best item", asker.who())
          .isEmpty();
      assertThat(left(none, Cause.BELOW_MIN_SCORE))
          .as("counted as below minScore")
          .isEqualTo(all.size());
    }
  }

  @Test
  void filtersHoldTogether() {
    for (Asker asker : askers()) {
      List<String> items = board().items();
      ask(
          asker
              .query()
              .candidates(items.subList(2, 20))
              .exclude(items.subList(0, 6))
              .rescorer((item, score) -> item.equals(items.get(8)) ? Double.NaN : score)
              .minScore(-1e9)
              .limit(catalogue()));
    }
  }

  @Test
  void unknownIdsInTheQueryAreNoError() {
    for (Asker asker : askers()) {
      List<String> all = everythingFor(asker);
      List<String> candidates = new ArrayList<>(all.subList(0, N));
      candidates.add(STRANGER);
      assertThat(
              ask(asker.query().excludeSeen(false).candidates(candidates).limit(N + 1)).itemIds())
          .as("%s names an unknown candidate", asker.who())
          .hasSameElementsAs(all.subList(0, N));
      assertThat(
              ask(asker.query().excludeSeen(false).exclude(Set.of(STRANGER)).limit(catalogue()))
                  .itemIds())
          .as("%s excludes an unknown item", asker.who())
          .isEqualTo(all);
    }
    Recommendations answer =
        ask(
            RecommendationQuery.forHistory(
                    List.of(Interaction.view(STRANGER, STRANGER, board().data().latest())))
                .limit(N));
    assertThat(answer.basis().isFallback())
        .as("an answer to a history of unknown items only is the fallback's")
        .isTrue();
  }

  @Test
  void batchGivesTheSameAsSingleQueries() {
    List<RecommendationQuery> queries = new ArrayList<>(queries(board().data()));
    for (Asker asker : askers()) {
      queries.add(asker.query().exclude(board().items().subList(0, 9)).limit(N).build());
      queries.add(asker.query().rescorer((item, score) -> item.hashCode()).limit(N).build());
    }
    assertThat(model().recommendAll(queries))
        .as("recommendAll, beside recommend for each query")
        .isEqualTo(queries.stream().map(model()::recommend).toList());
    assertThat(model().recommendAll(List.of())).as("answers to no queries").isEmpty();
  }
}
