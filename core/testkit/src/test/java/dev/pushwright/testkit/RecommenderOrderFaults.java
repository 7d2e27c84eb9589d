// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static dev.pushwright.testkit.FaultyRecommender.answering;
import static dev.pushwright.testkit.FaultyRecommender.eachItem;
import static dev.pushwright.testkit.FaultyRecommender.fault;
import static dev.pushwright.testkit.FaultyRecommender.withItems;
import static dev.pushwright.testkit.Queries.changed;

import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Recommenders with one fault in what leaves them, and the cases that find it. */
final class RecommenderOrderFaults {

  private RecommenderOrderFaults() {}

  static Stream<Arguments> all() {
    return Stream.of(
        fault(
            "answers one more than asked for",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                int more = Math.max(query.limit(), query.limit() + 1);
                Recommendations answer = model.recommend(changed(query, q -> q.limit(more)));
                return new Recommendations(
                    answer.items(), answer.basis(), query.limit(), answer.left());
              }
            },
            "answerHasExactlyAsManyItemsAsAskedForWhileThereAreEnough"),
        fault(
            "answers one fewer than asked for",
            answering(
                answer ->
                    withItems(
                        answer, answer.items().subList(0, Math.max(0, answer.items().size() - 1)))),
            "answerHasExactlyAsManyItemsAsAskedForWhileThereAreEnough"),
        fault(
            "puts the worst first",
            answering(
                answer -> {
                  List<Recommendation> items = new ArrayList<>(answer.items());
                  Collections.reverse(items);
                  return withItems(answer, items);
                }),
            "answerHasExactlyAsManyItemsAsAskedForWhileThereAreEnough"),
        fault(
            "breaks ties against the order of ids",
            answering(
                answer -> {
                  List<Recommendation> items = new ArrayList<>(answer.items());
                  Collections.reverse(items);
                  items.sort(Comparator.comparingDouble(Recommendation::score).reversed());
                  return withItems(answer, items);
                }),
            "equalScoresComeInTheOrderOfIds"),
        fault(
            "says the same item twice",
            answering(
                answer -> {
                  List<Recommendation> items = new ArrayList<>(answer.items());
                  if (items.size() > 1) {
                    items.set(1, items.get(0));
                  }
                  return withItems(answer, items);
                }),
            "answerHasExactlyAsManyItemsAsAskedForWhileThereAreEnough"),
        fault(
            "pads with sentinels",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                Recommendations answer = model.recommend(query);
                List<Recommendation> items = new ArrayList<>(answer.items());
                for (String id : data.items().ids()) {
                  if (items.size() < query.limit() && !answer.itemIds().contains(id)) {
                    items.add(new Recommendation(id, -Double.MAX_VALUE, List.of()));
                  }
                }
                return withItems(answer, items);
              }
            },
            "noCandidatesGiveNoItemsAndAShortfall",
            "userWhoConsumedEverythingGetsNoItemsAndAShortfall"),
        fault(
            "lets NaN out",
            answering(
                answer ->
                    eachItem(
                        answer,
                        item ->
                            new Recommendation(
                                item.itemId(), item.score() - item.score() / 0 * 0, List.of()))),
            "answerHasExactlyAsManyItemsAsAskedForWhileThereAreEnough"),
        fault(
            "keeps quiet about what was left out",
            answering(
                answer ->
                    new Recommendations(answer.items(), answer.basis(), answer.limit(), Map.of())),
            "limitBeyondTheCatalogueGivesWhatThereIsAndAShortfall"),
        fault(
            "counts what was seen as excluded",
            answering(
                answer -> {
                  Map<Recommendations.Cause, Integer> left =
                      new EnumMap<>(Recommendations.Cause.class);
                  answer
                      .left()
                      .forEach(
                          (cause, n) ->
                              left.merge(
                                  cause == Recommendations.Cause.SEEN
                                      ? Recommendations.Cause.EXCLUDED
                                      : cause,
                                  n,
                                  Integer::sum));
                  return new Recommendations(answer.items(), answer.basis(), answer.limit(), left);
                }),
            "seenItemsAreLeftOutUnlessTheyAreAskedFor",
            "userWhoConsumedEverythingGetsNoItemsAndAShortfall"),
        fault(
            "answers a batch with the first answer",
            new FaultyRecommender() {
              @Override
              List<Recommendations> batch(Model model, List<RecommendationQuery> queries) {
                return queries.stream().map(q -> model.recommend(queries.get(0))).toList();
              }
            },
            "batchGivesTheSameAsSingleQueries"));
  }
}
