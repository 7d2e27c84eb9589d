// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.SharedTags;
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
