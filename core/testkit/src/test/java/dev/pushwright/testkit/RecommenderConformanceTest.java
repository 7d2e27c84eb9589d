// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.SharedTags;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.spi.RecommenderProvider;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That the kit can fail: recommenders with one known fault each, and the case that finds it. */
class RecommenderConformanceTest {

  private static final AtomicReference<RecommenderProvider> TRIED = new AtomicReference<>();

  /** What the kit is run on; being nested and static, it is not found by itself. */
  static class Tried extends RecommenderConformance {
    @Override
    protected RecommenderProvider provider() {
      return Objects.requireNonNull(TRIED.get());
    }
  }

  /** The same on ratings. */
  static class TriedOnRatings extends Tried {
    private final Checkerboard rated = Checkerboard.standard().rated();

    @Override
    protected Checkerboard board() {
      return rated;
    }
  }

  private static Kit run(RecommenderProvider provider) {
    TRIED.set(provider);
    return Kit.run(Tried.class);
  }

  @Test
  void soundRecommenderPasses() {
    Kit result = run(new SharedTags());
    assertThat(result.failed()).isEmpty();
    assertThat(result.skipped())
        .containsExactlyInAnyOrder(
            "historyIsAnsweredFromTheFallbackWhereItCannotBeFoldedIn",
            "reasonsThatCannotBeGivenAreRefused",
            "constantRatingsPredictThemselves",
            "popularityDampingHoldsBackWhatIsPopular",
            "predictedRatingsKeepToTheScaleWhoeverAndWhateverIsAskedAbout",
            "savedModelPredictsTheSameRatingsAfterLoading",
            "twoUpdatesAnswerAsOne",
            "updateAnswersAsAFitToOldAndNewEventsWould",
            "updateKnowsUsersAndItemsThatAreNew",
            "updateLeavesTheModelAsItWas",
            "updateWithoutEventsChangesNothing",
            "updatedModelIsSavedAndLoadedAsAnyOther",
            "whatIsLikedIsPredictedAboveWhatIsNot");
    assertThat(result.passed()).hasSizeGreaterThan(50);
  }

  @Test
  void recommenderOfEveryCapabilityPasses() {
    Kit result = run(new ReferenceRecommender());
    assertThat(result.failed()).containsExactly("pluginsFindsTheProviderByItsName");
    assertThat(result.skipped())
        .containsExactly(
            "historyIsAnsweredFromTheFallbackWhereItCannotBeFoldedIn",
            "ratingsThatCannotBePredictedAreRefused",
            "reasonsThatCannotBeGivenAreRefused",
            "updateThatIsNotDeclaredIsRefused");
  }

  @Test
  void soundRecommenderPassesOnRatings() {
    TRIED.set(new SharedTags());
    Kit result = Kit.run(TriedOnRatings.class);
    assertThat(result.failed()).isEmpty();
    assertThat(result.passed()).isEqualTo(run(new SharedTags()).passed());
  }

  @Test
  void casesAreTriedOnTheBoardThatIsChosen() {
    TRIED.set(
        new FaultyRecommender() {
          @Override
          RecommenderModel fit(Recommender algorithm, Dataset data, FitContext context) {
            if (data.events().stream().anyMatch(event -> event.type() == EventType.PURCHASE)) {
              throw new IllegalStateException("purchases");
            }
            return super.fit(algorithm, data, context);
          }
        });
    List<String> onBoard =
        List.of(
            "userOfTrainingGetsTheHeldOutItemFirst",
            "fallbackPutsFirstWhatIsPopular",
            "userWhoConsumedEverythingGetsNoItemsAndAShortfall",
            "idsComeBackAsTheyWentIn",
            "strangeTimesAreNoTrouble",
            "provenanceSaysWhereTheModelComesFrom");
    assertThat(Kit.run(Tried.class, onBoard).failed()).hasSameElementsAs(onBoard);
    assertThat(Kit.run(TriedOnRatings.class, onBoard).failed()).isEmpty();
  }

  @Test
  void recommenderWithoutAFaultThatIsNotRegisteredFailsJustThat() {
    assertThat(run(new FaultyRecommender()).failed())
        .containsExactly("pluginsFindsTheProviderByItsName");
  }

  @Test
  void whatIsNotDeclaredIsSkippedVisiblyAndItsAbsenceIsTried() {
    Kit result = run(new FaultyRecommender.Undeclared());
    assertThat(result.failed()).containsExactly("pluginsFindsTheProviderByItsName");
    assertThat(result.skipped())
        .contains(
            "everyItemHasReasonsWhoseSharesAddUpToOne",
            "historyOfAnUnseenUserGetsTheRightAnswer",
            "historyOfTrainingGetsTheSameFirstItemAsTraining",
            "historyTakesThePlaceOfWhatTrainingKnew",
            "userOfTrainingGetsTheHeldOutItemFirst");
    assertThat(result.passed())
        .contains(
            "historyIsAnsweredFromTheFallbackWhereItCannotBeFoldedIn",
            "ratingsThatCannotBePredictedAreRefused",
            "reasonsThatCannotBeGivenAreRefused",
            "updateThatIsNotDeclaredIsRefused");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void faultIsFound(String fault, RecommenderProvider provider, List<String> cases) {
    TRIED.set(provider);
    assertThat(Kit.run(Tried.class, cases).failed())
        .as("cases that find: %s", fault)
        .containsExactlyInAnyOrderElementsOf(cases);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
            RecommenderFilterFaults.all(),
            RecommenderOrderFaults.all(),
            RecommenderAnswerFaults.all(),
            RecommenderFitFaults.all(),
            RecommenderDataFaults.all(),
            RecommenderCapabilityFaults.all())
        .flatMap(faults -> faults);
  }
}
