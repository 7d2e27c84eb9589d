// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static dev.pushwright.testkit.FaultyRecommender.asking;
import static dev.pushwright.testkit.FaultyRecommender.fault;
import static dev.pushwright.testkit.FaultyRecommender.withItems;
import static dev.pushwright.testkit.Queries.changed;

import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.api.Rescorer;
import dev.pushwright.data.Dataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Recommenders with one fault in a filter, and the cases that find it. */
final class RecommenderFilterFaults {

  private RecommenderFilterFaults() {}

  static Stream<Arguments> all() {
    return Stream.of(
        fault(
            "ignores exclude",
            asking((query, copy) -> copy.exclude(Set.of())),
            "excludedItemsAreLeftOut",
            "filtersComeBeforeTheChoiceOfTheBest",
            "everythingExcludedGivesNoItemsAndAShortfall"),
        fault(
            "always leaves seen items out",
            asking((query, copy) -> copy.excludeSeen(true)),
            "seenItemsAreLeftOutUnlessTheyAreAskedFor"),
        fault(
            "never leaves seen items out",
            asking((query, copy) -> copy.excludeSeen(false)),
            "seenItemsAreLeftOutUnlessTheyAreAskedFor",
            "userWhoConsumedEverythingGetsNoItemsAndAShortfall"),
        fault(
            "does not see what a history has seen",
            asking(
                (query, copy) ->
                    copy.excludeSeen(query.excludeSeen() && query.history().isEmpty())),
            "historyOfAnUnseenUserGetsTheRightAnswer",
            "userWhoConsumedEverythingGetsNoItemsAndAShortfall"),
        fault(
            "ignores candidates",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                return model.recommend(changed(query, q -> q.candidates(data.items().ids())));
              }
            },
            "onlyCandidatesAreAnswered",
            "noCandidatesGiveNoItemsAndAShortfall"),
        fault(
            "filters after the choice of the best",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                Recommendations all = model.recommend(changed(query, q -> q.exclude(Set.of())));
                return withItems(
                    all,
                    all.items().stream()
                        .filter(item -> !query.exclude().contains(item.itemId()))
                        .toList());
              }
            },
            "filtersComeBeforeTheChoiceOfTheBest"),
        fault(
            "rescores after the choice of the best",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                if (query.rescorer().isEmpty()) {
                  return model.recommend(query);
                }
                Rescorer rule = query.rescorer().orElseThrow();
                Recommendations plain =
                    model.recommend(changed(query, q -> q.rescorer((item, score) -> score)));
                List<Recommendation> items = new ArrayList<>();
                for (Recommendation item : plain.items()) {
                  double score = rule.rescore(item.itemId(), item.score());
                  if (Double.isFinite(score)) {
                    items.add(new Recommendation(item.itemId(), score, item.reasons()));
                  }
                }
                items.sort(
                    Comparator.comparingDouble(Recommendation::score)
                        .reversed()
                        .thenComparing(Recommendation::itemId));
                return withItems(plain, items);
              }
            },
            "rescorerComesBeforeTheChoiceOfTheBest",
            "rescorerTakesAnItemOutByAScoreThatIsNotFinite"),
        fault(
            "takes NaN from a rescorer for a low score",
            asking(
                (query, copy) ->
                    query
                        .rescorer()
                        .ifPresent(
                            rule ->
                                copy.rescorer(
                                    (item, score) -> {
                                      double given = rule.rescore(item, score);
                                      return Double.isFinite(given) ? given : -1e300;
                                    }))),
            "rescorerTakesAnItemOutByAScoreThatIsNotFinite"),
        fault(
            "holds minScore against the score before rescoring",
            asking(
                (query, copy) ->
                    copy.minScore(Double.NEGATIVE_INFINITY)
                        .rescorer(
                            (item, score) ->
                                score < query.minScore().orElse(Double.NEGATIVE_INFINITY)
                                    ? Double.NaN
                                    : query
                                        .rescorer()
                                        .map(r -> r.rescore(item, score))
                                        .orElse(score))),
            "minScoreComesAfterTheRescorer"),
        fault(
            "ignores minScore",
            asking((query, copy) -> copy.minScore(Double.NEGATIVE_INFINITY)),
            "minScoreComesAfterTheRescorer",
            "minScoreKeepsWhatReachesItAndNothingElse"),
        fault(
            "throws at an unknown candidate",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                query
                    .candidates()
                    .ifPresent(ids -> ids.forEach(id -> data.items().find(id).orElseThrow()));
                return model.recommend(query);
              }
            },
            "unknownIdsInTheQueryAreNoError"));
  }
}
