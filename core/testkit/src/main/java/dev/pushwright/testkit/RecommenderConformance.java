// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.RecommenderProvider;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of a recommender. Extend it in a test of your plug-in and override {@link
 * #provider()}; where the defaults need more data than the kit's {@link Checkerboard} has, override
 * {@link #options()} too, and {@link #board()} where the recommender learns from ratings.
 *
 * <p>Every filter is tried on a user of training, on an unknown user and on a history. Every answer
 * the kit gets is tried against all that holds for any answer: limit, order, ties, filters, the
 * sums of the shortfall, reasons. A capability that the provider declares is tried; where it is not
 * declared its cases are reported as skipped.
 */
public abstract class RecommenderConformance extends RecommenderCapabilityCases {

  /** For subclasses. */
  protected RecommenderConformance() {}

  /**
   * The plug-in that is tried.
   *
   * @return its provider, as {@link dev.pushwright.spi.Plugins} would make it
   */
  @Override
  protected abstract RecommenderProvider provider();

  /**
   * The data that most cases are tried on. Override it where the recommender learns from what the
   * standard board lacks: {@code Checkerboard.standard().rated()} has ratings.
   *
   * @return the standard board unless overridden; the same at each call
   */
  @Override
  protected Checkerboard board() {
    return super.board();
  }

  @Test
  void userOfTrainingGetsTheHeldOutItemFirst() {
    needs(Capability.PERSONALIZED);
    for (String user : board().users()) {
      Recommendations answer = ask(RecommendationQuery.forUser(user).limit(3));
      assertThat(answer.basis()).as("basis for user %s", user).isEqualTo(Basis.TRAINED);
      assertThat(answer.itemIds())
          .as(
              "items for user %s, who has every item of one taste but %s",
              user, board().heldOut(user))
          .startsWith(board().heldOut(user));
    }
  }

  @Test
  void historyOfAnUnseenUserGetsTheRightAnswer() {
    needs(Capability.FOLD_IN);
    for (String user : board().users()) {
      List<Event> history = board().history(user, STRANGER);
      for (RecommendationQuery.Builder query :
          List.of(
              RecommendationQuery.forHistory(history),
              RecommendationQuery.forUser(STRANGER).history(history))) {
        Recommendations answer = ask(query.limit(3));
        assertThat(answer.basis()).as("basis of an answer to a history").isEqualTo(Basis.HISTORY);
        if (can(Capability.PERSONALIZED)) {
          assertThat(answer.itemIds())
              .as("items for a history that has every item of one taste but one")
              .startsWith(board().heldOut(user));
        }
      }
    }
  }

  // A trained factor and one folded in may differ in the last bits, so only the first item is held
  // equal, which on the board is far ahead.
  @Test
  void historyOfTrainingGetsTheSameFirstItemAsTraining() {
    needs(Capability.FOLD_IN);
    needs(Capability.PERSONALIZED);
    for (String user : board().users()) {
      assertThat(ask(RecommendationQuery.forHistory(board().history(user)).limit(1)).itemIds())
          .as("the first item for the history that user %s has in training", user)
          .isEqualTo(ask(RecommendationQuery.forUser(user).limit(1)).itemIds());
    }
  }

  @Test
  void historyTakesThePlaceOfWhatTrainingKnew() {
    needs(Capability.FOLD_IN);
    Recommendations answer =
        ask(
            RecommendationQuery.forUser(evenUser())
                .history(board().history(oddUser(), evenUser()))
                .limit(1));
    assertThat(answer.basis()).as("basis").isEqualTo(Basis.HISTORY);
    if (can(Capability.PERSONALIZED)) {
      assertThat(answer.itemIds())
          .as("items for an even user whose history is all odd now")
          .containsExactly(board().heldOut(oddUser()));
    }
  }

  @Test
  void historyIsAnsweredFromTheFallbackWhereItCannotBeFoldedIn() {
    assumeFalse(
        can(Capability.FOLD_IN),
        () -> provider().name() + " declares " + Capability.FOLD_IN + ": skipped");
    Recommendations answer =
        ask(RecommendationQuery.forHistory(board().history(evenUser(), STRANGER)).limit(3));
    assertThat(answer.basis().isFallback()).as("answer is flagged as the fallback's").isTrue();
    assertThat(answer.items()).as("items of the fallback").hasSize(3);
  }

  @Test
  void unknownUserGetsAFlaggedFallback() {
    for (RecommendationQuery.Builder query :
        List.of(
            RecommendationQuery.forUser(STRANGER),
            RecommendationQuery.forUser(STRANGER).history(List.of()),
            RecommendationQuery.forHistory(List.of()))) {
      Recommendations answer = ask(query.limit(3));
      assertThat(answer.basis()).as("basis for an unknown user").isEqualTo(Basis.EVERYBODY);
      assertThat(answer.items()).as("items of the fallback").hasSize(3);
    }
  }

  @Test
  void fallbackPutsFirstWhatIsPopular() {
    String popular = board().items().get(board().items().size() - 1);
    Dataset.Builder more = board().data().toBuilder();
    for (int fan = 0; fan < 40; fan++) {
      more.add(board().liked("fan-" + fan, popular, board().data().latest()));
    }
    Dataset data = more.build();
    assertThat(
            ask(fit(data), data, RecommendationQuery.forUser(STRANGER).limit(1).build()).itemIds())
        .as("the first item for an unknown user, where one item is liked by most")
        .containsExactly(popular);
  }

  @Test
  void unknownSegmentIsEverybody() {
    Recommendations answer =
        ask(RecommendationQuery.forUser(STRANGER).segment("no such segment").limit(3));
    assertThat(answer.basis()).as("basis").isEqualTo(Basis.EVERYBODY);
    assertThat(answer.items())
        .as("items for an unknown segment, which are those for everybody")
        .isEqualTo(ask(RecommendationQuery.forUser(STRANGER).limit(3)).items());
  }

  @Test
  void fallbackOfASegmentIsWhatIsPopularInIt() {
    String option = CommonOptions.SEGMENT_BY.name();
    assumeTrue(
        provider().options().names().contains(option),
        () -> provider().name() + " has no option " + option + ": skipped");
    RecommenderModel model =
        fit(
            provider().create(options().with(option, Checkerboard.PARITY)),
            board().data(),
            FitContext.standard());
    for (String user : List.of(evenUser(), oddUser())) {
      String parity = user.equals(evenUser()) ? "even" : "odd";
      Set<String> taste = board().taste(user);
      Recommendations answer =
          ask(
              model,
              board().data(),
              RecommendationQuery.forUser(STRANGER).segment(parity).limit(taste.size()).build());
      assertThat(answer.basis()).as("basis in segment %s", parity).isEqualTo(Basis.SEGMENT);
      assertThat(answer.itemIds())
          .as("items for an unknown user of segment %s", parity)
          .containsExactlyInAnyOrderElementsOf(taste);
    }
  }

  @Test
  void everyItemHasReasonsWhoseSharesAddUpToOne() {
    needs(Capability.EXPLAIN);
    for (Asker asker : askers()) {
      Recommendations plain = ask(asker.query().excludeSeen(false).limit(catalogue()));
      Recommendations explained =
          ask(asker.query().excludeSeen(false).limit(catalogue()).explain(true));
      assertThat(explained.itemIds())
          .as("items for %s with reasons, which are those without", asker.who())
          .isEqualTo(plain.itemIds());
      ask(asker.query().limit(catalogue()).rescorer((item, score) -> -score).explain(true));
    }
  }

  @Test
  void reasonsThatCannotBeGivenAreRefused() {
    assumeFalse(
        can(Capability.EXPLAIN),
        () -> provider().name() + " declares " + Capability.EXPLAIN + ": skipped");
    for (Asker asker : askers()) {
      assertThatThrownBy(
              () -> model().recommend(asker.query().explain(true).build()),
              "%s asks for reasons, and %s is not declared",
              asker.who(),
              Capability.EXPLAIN)
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }
}
