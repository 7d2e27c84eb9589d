// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static dev.pushwright.testkit.FaultyRecommender.answering;
import static dev.pushwright.testkit.FaultyRecommender.eachItem;
import static dev.pushwright.testkit.FaultyRecommender.fault;
import static dev.pushwright.testkit.Queries.changed;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Recommenders with one fault in the provider or with odd data, and the cases that find it. */
final class RecommenderDataFaults {

  private RecommenderDataFaults() {}

  static Stream<Arguments> all() {
    return Stream.concat(providerFaults(), dataFaults());
  }

  private static Stream<Arguments> providerFaults() {
    return Stream.of(
        fault(
            "has a name nobody can type",
            new FaultyRecommender() {
              @Override
              public String name() {
                return "Shared Tags";
              }
            },
            "nameIsOneThatUsersCanType",
            "provenanceSaysWhereTheModelComesFrom"),
        fault(
            "does not say what it is",
            new FaultyRecommender() {
              @Override
              public String description() {
                return " ";
              }
            },
            "descriptionIsOneSentence"),
        fault(
            "takes any option",
            new FaultyRecommender() {
              @Override
              public Recommender create(Options options) {
                return super.create(Options.none());
              }
            },
            "unknownOptionIsRefusedWithTheNearestSpelling",
            "valueOfTheWrongTypeIsRefusedNamingTheOption"),
        fault(
            "does not take every option it lists",
            new FaultyRecommender() {
              @Override
              public OptionSet options() {
                return OptionSet.of(OptionSpec.flag("extra", true, "Not known to create."));
              }
            },
            "everyOptionCanBeGivenAsText",
            "provenanceSaysWhereTheModelComesFrom"),
        fault(
            "has an option that says nothing",
            new FaultyRecommender() {
              @Override
              public OptionSet options() {
                return OptionSet.of(
                    OptionSpec.of("odd", Odd.class, new Odd(1), "", "", Odd::parse));
              }
            },
            "everyOptionIsDescribedAndItsDefaultReadsBackFromText"),
        fault(
            "has a model that can do less",
            new FaultyRecommender() {
              @Override
              Set<Capability> capabilities(RecommenderModel model) {
                return Set.of(Capability.PERSONALIZED);
              }
            },
            "modelHasTheCapabilitiesOfItsProvider"),
        fault(
            "does not know what it was fitted to",
            new FaultyRecommender() {
              @Override
              Provenance provenance(RecommenderModel model) {
                return Provenance.of(name(), Map.of(), "");
              }
            },
            "provenanceSaysWhereTheModelComesFrom"));
  }

  private record Odd(int n) {
    static Odd parse(String text) {
      return new Odd(text.length());
    }
  }

  private static FaultyRecommender refusing(Predicate<Dataset> data) {
    return new FaultyRecommender() {
      @Override
      RecommenderModel fit(Recommender algorithm, Dataset given, FitContext context) {
        if (data.test(given)) {
          throw new ArithmeticException("cannot be fitted");
        }
        return super.fit(algorithm, given, context);
      }
    };
  }

  private static Stream<Arguments> dataFaults() {
    return Stream.of(
        fault(
            "folds ids to one case",
            answering(
                answer ->
                    eachItem(
                        answer,
                        item ->
                            new Recommendation(
                                item.itemId().toLowerCase(Locale.ROOT),
                                item.score(),
                                item.reasons()))),
            "idsComeBackAsTheyWentIn"),
        fault(
            "takes what was shown for seen",
            new FaultyRecommender() {
              @Override
              Recommendations answer(
                  RecommenderModel model, Dataset data, RecommendationQuery query) {
                Set<String> exclude = new HashSet<>(query.exclude());
                query
                    .userId()
                    .ifPresent(
                        user ->
                            data.eventsOf(user).stream()
                                .filter(event -> event.type() == EventType.IMPRESSION)
                                .map(Interaction.class::cast)
                                .forEach(event -> exclude.add(event.itemId())));
                return model.recommend(changed(query, q -> q.exclude(exclude)));
              }
            },
            "impressionDoesNotMarkAnItemAsSeenAndADismissalDoes"),
        fault(
            "needs events",
            refusing(data -> data.eventCount() == 0),
            "itemsWithoutEventsAreEnoughToFit",
            "noItemsGiveNoItemsAndAShortfall"),
        fault(
            "needs items",
            refusing(data -> data.items().size() == 0),
            "noItemsGiveNoItemsAndAShortfall"),
        fault(
            "needs two users", refusing(data -> data.users().size() == 1), "oneUserIsEnoughToFit"),
        fault(
            "needs times that differ",
            refusing(data -> data.eventCount() > 2 && data.earliest().equals(data.latest())),
            "strangeTimesAreNoTrouble",
            "ratingsOfZeroAndBelowAreNoTrouble"),
        fault(
            "does not bear large values",
            refusing(
                data ->
                    data.events().stream()
                        .anyMatch(
                            event ->
                                event instanceof Interaction interaction
                                    && interaction.value() > 1e6)),
            "hugeAndTinyValuesAreNoTrouble"),
        fault(
            "does not bear a user who only searched",
            refusing(data -> data.users().contains("searcher")),
            "userWhoOnlySearchedIsNoTrouble"),
        fault(
            "does not bear ratings that are all the same",
            refusing(
                data ->
                    data.eventCount() > 0
                        && data.events().stream().allMatch(e -> e.type() == EventType.RATING)),
            "constantRatingsAreNoTrouble"));
  }
}
