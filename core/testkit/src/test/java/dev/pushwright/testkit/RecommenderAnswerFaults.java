// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static dev.pushwright.testkit.FaultyRecommender.answering;
import static dev.pushwright.testkit.FaultyRecommender.asking;
import static dev.pushwright.testkit.FaultyRecommender.eachItem;
import static dev.pushwright.testkit.FaultyRecommender.fault;
import static dev.pushwright.testkit.FaultyRecommender.popular;
import static dev.pushwright.testkit.Queries.changed;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Recommenders with one fault in fallback or reasons, and the cases that find it. */
final class RecommenderAnswerFaults {

  private RecommenderAnswerFaults() {}

  static Stream<Arguments> all() {
    return Stream.concat(fallbackFaults(), reasonFaults());
  }

  private static Stream<Arguments> fallbackFaults() {
    return Stream.of(
        fault(
            "leaks what is excluded in the fallback",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                Recommendations answer = model.recommend(query);
                return answer.basis().isFallback()
                    ? model.recommend(changed(query, q -> q.exclude(Set.of())))
                    : answer;
              }
            },
            "excludedItemsAreLeftOut",
            "filtersHoldTogether"),
        fault(
            "leaks what was seen in the fallback",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                Recommendations answer = model.recommend(query);
                return answer.basis().isFallback()
                    ? model.recommend(changed(query, q -> q.excludeSeen(false)))
                    : answer;
              }
            },
            "constantRatingsAreNoTrouble"),
        fault(
            "throws for an unknown user",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                query.userId().ifPresent(id -> data.users().find(id).orElseThrow());
                return model.recommend(query);
              }
            },
            "unknownUserGetsAFlaggedFallback",
            "unknownSegmentIsEverybody"),
        fault(
            "does not flag the fallback",
            answering(
                answer ->
                    new Recommendations(
                        answer.items(), Basis.TRAINED, answer.limit(), answer.left())),
            "unknownUserGetsAFlaggedFallback"),
        fault(
            "falls back to the order of ids",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                Recommendations answer = model.recommend(query);
                return answer.basis().isFallback() && query.rescorer().isEmpty()
                    ? model.recommend(changed(query, q -> q.rescorer((item, score) -> 1)))
                    : answer;
              }
            },
            "fallbackPutsFirstWhatIsPopular"),
        fault(
            "throws for an unknown segment",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                if (query.segment().isPresent() && !query.segment().get().equals("even")) {
                  throw new NoSuchElementException(query.segment().get());
                }
                return model.recommend(query);
              }
            },
            "unknownSegmentIsEverybody"),
        fault(
            "does not know segments",
            asking((query, copy) -> copy.segment("none")),
            "fallbackOfASegmentIsWhatIsPopularInIt"),
        fault(
            "gives everybody the same and calls it personal",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                return popular(model, data, query);
              }
            },
            "userOfTrainingGetsTheHeldOutItemFirst",
            "historyOfAnUnseenUserGetsTheRightAnswer"),
        fault(
            "prefers training to a history",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                boolean known = query.userId().filter(data.users()::contains).isPresent();
                return model.recommend(
                    known
                        ? changed(query, q -> q.history(data.eventsOf(query.userId().get())))
                        : query);
              }
            },
            "historyTakesThePlaceOfWhatTrainingKnew"));
  }

  private static Reason halved(Reason reason) {
    if (reason instanceof Reason.OwnItem own) {
      return new Reason.OwnItem(own.itemId(), own.type(), own.share() / 2);
    }
    return new Reason.Popular("", reason.share() / 2);
  }

  private static Stream<Arguments> reasonFaults() {
    String reasonsCase = "everyItemHasReasonsWhoseSharesAddUpToOne";
    return Stream.of(
        fault(
            "gives shares that add up to a half",
            answering(
                answer ->
                    eachItem(
                        answer,
                        item ->
                            new Recommendation(
                                item.itemId(),
                                item.score(),
                                item.reasons().stream()
                                    .map(RecommenderAnswerFaults::halved)
                                    .toList()))),
            reasonsCase),
        fault(
            "names items of others as reasons",
            answering(
                answer ->
                    eachItem(
                        answer,
                        item ->
                            item.reasons().isEmpty()
                                ? item
                                : new Recommendation(
                                    item.itemId(),
                                    item.score(),
                                    List.of(
                                        new Reason.OwnItem(item.itemId(), EventType.VIEW, 1))))),
            reasonsCase),
        fault(
            "puts the weightiest reason last",
            answering(
                answer ->
                    eachItem(
                        answer,
                        item ->
                            item.reasons().isEmpty()
                                ? item
                                : new Recommendation(
                                    item.itemId(),
                                    item.score(),
                                    List.of(
                                        new Reason.Popular("", 0.25),
                                        new Reason.Popular("", 0.75))))),
            reasonsCase),
        fault(
            "declares reasons and gives none",
            asking((query, copy) -> copy.explain(false)),
            reasonsCase),
        fault(
            "gives reasons nobody asked for",
            asking((query, copy) -> copy.explain(true)),
            "excludedItemsAreLeftOut"),
        fault(
            "gives no reasons and does not say so",
            new FaultyRecommender() {
              @Override
              public Set<Capability> capabilities() {
                return Set.of(Capability.PERSONALIZED, Capability.FOLD_IN);
              }

              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                return model.recommend(changed(query, q -> q.explain(false)));
              }
            },
            "reasonsThatCannotBeGivenAreRefused"));
  }
}
