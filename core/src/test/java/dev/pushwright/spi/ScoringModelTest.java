// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Recommendations.Cause;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.data.UserItems;
import dev.pushwright.data.Weighting;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The query contract, on a model whose scores are written down here. */
class ScoringModelTest {

  private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

  // Popularity: a 5 + 1 = 6, b 5, c 1, d 0, e 0; in segment "north" (ann) b 5, a 1.
  private static final Dataset DATA =
      Dataset.builder()
          .add(Item.of("d"))
          .add(Item.of("e"))
          .add(User.of("ann").with("region", "north"))
          .add(User.of("bob").with("region", "south"))
          .add(Interaction.view("ann", "a", DAY))
          .add(Interaction.purchase("ann", "b", 1, 2, DAY))
          .add(Interaction.purchase("bob", "a", 1, 2, DAY))
          .add(Interaction.view("bob", "c", DAY.plus(Duration.ofDays(1))))
          .add(Interaction.of(EventType.IMPRESSION, "bob", "d", DAY))
          .build();

  /** Gives every user the same scores; users without weighted items get the fallback. */
  private static class Fixed extends ScoringModel {
    private final float[] scores;

    Fixed(Set<Capability> capabilities, float... scores) {
      this(Provenance.of("fixed", Map.of(), DATA.fingerprint()), capabilities, scores);
    }

    Fixed(Provenance provenance, Set<Capability> capabilities, float... scores) {
      super(provenance, capabilities, TrainedUsers.of(DATA, Weighting.standard(), "region"));
      this.scores = scores;
    }

    @Override
    protected boolean score(OptionalInt user, UserItems items, float[] out) {
      assertThat(out).containsOnly(NO_EVIDENCE);
      System.arraycopy(scores, 0, out, 0, scores.length);
      return items.size() > 0;
    }

    @Override
    protected List<Reason> reasons(OptionalInt user, UserItems items, int item) {
      return ownItems(items, p -> items.weight(p) - 1);
    }
  }

  private static final float NONE = ScoringModel.NO_EVIDENCE;

  private static Fixed model(float... scores) {
    return new Fixed(EnumSet.allOf(Capability.class), scores);
  }

  private static RecommendationQuery.Builder ann() {
    return RecommendationQuery.forUser("ann");
  }

  @Test
  void bestComesFirstAndTiesAreInTheOrderOfIds() {
    Recommendations answer =
        model(1, 3, 2, 3, -1).recommend(ann().excludeSeen(false).limit(5).build());
    assertThat(answer.itemIds()).containsExactly("b", "d", "c", "a", "e");
    assertThat(answer.basis()).isEqualTo(Basis.TRAINED);
    assertThat(answer.shortfall()).isEmpty();
    assertThat(answer.left()).isEmpty();
  }

  @Test
  void everyItemIsCountedUnderTheFirstCauseThatApplies() {
    Recommendations answer =
        model(9, 8, 7, NONE, 1)
            .recommend(
                ann()
                    .candidates(List.of("a", "c", "d", "e", "unknown"))
                    .exclude(List.of("b", "e", "unknown"))
                    .rescorer((item, score) -> score - 100)
                    .minScore(0)
                    .build());
    assertThat(answer.items()).isEmpty();
    assertThat(answer.left())
        .containsOnly(
            entry(Cause.NO_CANDIDATE, 1),
            entry(Cause.EXCLUDED, 1),
            entry(Cause.SEEN, 1),
            entry(Cause.NO_EVIDENCE, 1),
            entry(Cause.BELOW_MIN_SCORE, 1));
    assertThat(answer.shortfall().orElseThrow().describe())
        .isEqualTo(
            "10 missing: 1 no candidate, 1 excluded, 1 seen, 1 no evidence, 1 below min score");
  }

  @Test
  void whatIsLeftOutIsCountedWhereOnlyTheScoreChoosesToo() {
    Recommendations answer = model(1, 3, NONE, 3, -1).recommend(ann().limit(1).build());
    assertThat(answer.itemIds()).containsExactly("d");
    assertThat(answer.left()).containsOnly(entry(Cause.SEEN, 2), entry(Cause.NO_EVIDENCE, 1));
    // As the same query is answered where a rescorer that changes nothing looks at every item.
    assertThat(model(1, 3, NONE, 3, -1).recommend(ann().rescorer((i, x) -> x).limit(1).build()))
        .isEqualTo(answer);
  }

  @Test
  void manyQueriesAreAnsweredInTheirOrderAsEachAlone() {
    Fixed model = model(1, 3, NONE, 3, -1);
    List<RecommendationQuery> queries = new ArrayList<>();
    for (int q = 0; q < 300; q++) {
      queries.add(
          RecommendationQuery.forUser(List.of("ann", "bob", "nobody").get(q % 3))
              .limit(1 + q % 5)
              .excludeSeen(q % 2 == 0)
              .build());
    }
    assertThat(model.recommendAll(queries))
        .isEqualTo(queries.stream().map(model::recommend).toList());
  }

  @Test
  void anAnswerAllocatesTwoSmallObjectsBesideItself() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Assumptions.assumeTrue(threads.isThreadAllocatedMemoryEnabled(), "this JVM does not count");
    float[] fixed = {1, 3, NONE, 3, -1};
    Fixed model =
        new Fixed(EnumSet.allOf(Capability.class), fixed) {
          @Override
          protected boolean score(OptionalInt user, UserItems items, float[] out) {
            System.arraycopy(fixed, 0, out, 0, out.length);
            return true;
          }
        };
    RecommendationQuery query = ann().limit(2).build();
    Recommendations answer = model.recommend(query);
    EnumMap<Cause, Integer> left = new EnumMap<>(answer.left());
    long own =
        allocated(
            threads,
            () -> {
              List<Recommendation> items =
                  List.of(
                      new Recommendation("b", 3, List.of()), new Recommendation("d", 3, List.of()));
              return new Recommendations(items, answer.basis(), answer.limit(), left);
            });
    // The user's position (24), the view of the user's items (32), and, until the compiler does
    // without it, the optional id (16).
    assertThat(allocated(threads, () -> model.recommend(query))).isBetween(own, own + 72);
  }

  /** The bytes of one call, when it is compiled or not yet, whichever is less. */
  private static long allocated(ThreadMXBean threads, Supplier<Recommendations> call) {
    Object[] kept = new Object[1000];
    long least = Long.MAX_VALUE;
    for (int batch = 0; batch < 30; batch++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < kept.length; i++) {
        kept[i] = call.get();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(kept).doesNotContainNull();
    return least / kept.length;
  }

  @Test
  void aSumOfNothingIsNoEvidence() {
    float[] scores = {0, 1, Float.MIN_VALUE, 0, Float.MAX_VALUE};
    ScoringModel.noEvidenceWhereZero(scores);
    assertThat(scores).containsExactly(NONE, 1, Float.MIN_VALUE, NONE, Float.MAX_VALUE);
  }

  @Test
  void rescorerSeesTheScoreAndTakesOutWhatItMakesNotFinite() {
    Recommendations answer =
        model(1, 2, 3, 4, 5)
            .recommend(
                ann()
                    .excludeSeen(false)
                    .limit(3)
                    .rescorer((item, score) -> item.equals("e") ? Double.NaN : -score)
                    .build());
    assertThat(answer.itemIds()).containsExactly("a", "b", "c");
    assertThat(answer.items().get(0).score()).isEqualTo(-1);
    assertThat(answer.left()).containsOnly(entry(Cause.RESCORED_OUT, 1));
  }

  @Test
  void scoreThatIsNotFiniteIsAFaultOfTheModelAndIsNamed() {
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> model(1, 2, wrong, 4, 5).recommend(ann().build()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("fixed scored item c " + wrong);
    }
  }

  @Test
  void unknownUserGetsEverybodysPopularityWhateverTheModelScores() {
    Recommendations answer =
        model(NONE, NONE, NONE, NONE, 100)
            .recommend(RecommendationQuery.forUser("nobody").limit(4).build());
    assertThat(answer.basis()).isEqualTo(Basis.EVERYBODY);
    assertThat(answer.itemIds()).containsExactly("a", "b", "c", "d");
    assertThat(answer.items().get(0).score()).isEqualTo(6);
  }

  @Test
  void segmentOfTheQueryThenThatOfTheRecordsThenEverybodyIsTheFallback() {
    Fixed silent = new Fixed(Set.of(), 1, 1, 1, 1, 1);
    List<Event> history = List.of(Interaction.view("ann", "e", DAY));
    Recommendations recorded = silent.recommend(ann().history(history).limit(1).build());
    assertThat(recorded.basis()).isEqualTo(Basis.SEGMENT);
    assertThat(recorded.itemIds()).containsExactly("b");
    Recommendations asked =
        silent.recommend(ann().history(history).segment("south").limit(1).build());
    assertThat(asked.basis()).isEqualTo(Basis.SEGMENT);
    assertThat(asked.itemIds()).containsExactly("a");
    Recommendations unknown =
        silent.recommend(ann().history(history).segment("west").limit(1).build());
    assertThat(unknown.basis()).isEqualTo(Basis.EVERYBODY);
  }

  @Test
  void historySaysAloneWhatWasSeen() {
    Recommendations answer =
        model(5, 4, 3, 2, 1)
            .recommend(
                ann()
                    .history(
                        List.of(
                            Interaction.view("ann", "c", DAY),
                            Interaction.of(EventType.IMPRESSION, "ann", "d", DAY)))
                    .limit(5)
                    .build());
    assertThat(answer.basis()).isEqualTo(Basis.HISTORY);
    assertThat(answer.itemIds()).containsExactly("a", "b", "d", "e");
    assertThat(answer.left()).containsOnly(entry(Cause.SEEN, 1));
  }

  @Test
  void historyWithoutWeightIsAnsweredFromTheFallbackWithTheSameFilters() {
    Recommendations answer =
        model(5, 4, 3, 2, 1)
            .recommend(
                RecommendationQuery.forHistory(
                        List.of(Interaction.of(EventType.DISMISS, "x", "a", DAY)))
                    .exclude(Set.of("b"))
                    .limit(2)
                    .build());
    assertThat(answer.basis()).isEqualTo(Basis.EVERYBODY);
    assertThat(answer.itemIds()).containsExactly("c", "d");
    assertThat(answer.left()).containsOnly(entry(Cause.EXCLUDED, 1), entry(Cause.SEEN, 1));
  }

  @Test
  void reasonsNameTheOwnItemsThatContributedWeightiestFirst() {
    Recommendations answer =
        model(1, 1, 1, 1, 1)
            .recommend(
                RecommendationQuery.forHistory(
                        List.of(
                            Interaction.view("x", "a", DAY),
                            Interaction.cart("x", "b", 1, DAY),
                            Interaction.purchase("x", "c", 1, 0, DAY)))
                    .explain(true)
                    .limit(1)
                    .build());
    // Weights 1, 4 and 5, of which the model takes 1 away.
    assertThat(answer.items().get(0).reasons())
        .containsExactly(
            new Reason.OwnItem("c", EventType.PURCHASE, 4.0 / 7),
            new Reason.OwnItem("b", EventType.CART, 3.0 / 7));
  }

  @Test
  void reasonOfTheFallbackIsPopularityInTheSegmentItCameFrom() {
    Recommendations everybody =
        model(1, 1, 1, 1, 1)
            .recommend(RecommendationQuery.forUser("nobody").explain(true).limit(1).build());
    assertThat(everybody.items().get(0).reasons()).containsExactly(new Reason.Popular("", 1));
    Recommendations north =
        model(1, 1, 1, 1, 1)
            .recommend(
                RecommendationQuery.forUser("nobody").segment("north").explain(true).build());
    assertThat(north.items())
        .allSatisfy(
            item -> assertThat(item.reasons()).containsExactly(new Reason.Popular("north", 1)));
  }

  @Test
  void reasonsThatAreNotDeclaredAreRefusedEvenForTheFallback() {
    Fixed silent = new Fixed(Set.of(Capability.PERSONALIZED), 1, 1, 1, 1, 1);
    for (String user : List.of("ann", "nobody")) {
      assertThatThrownBy(
              () -> silent.recommend(RecommendationQuery.forUser(user).explain(true).build()))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("fixed gives no reasons")
          .hasMessageContaining("EXPLAIN");
    }
  }

  @Test
  void eachQueryHasScoresOfItsOwn() {
    Fixed model = model(5, 4, 3, 2, 1);
    List<RecommendationQuery> queries =
        List.of(
            ann().build(),
            RecommendationQuery.forUser("bob").build(),
            RecommendationQuery.forUser("nobody").build());
    assertThat(model.recommendAll(queries))
        .isEqualTo(queries.stream().map(model::recommend).toList());
  }

  @Test
  void limitFarBeyondTheCatalogueCostsNoMemory() {
    assertThat(
            model(5, 4, 3, 2, 1)
                .recommend(ann().excludeSeen(false).limit(Integer.MAX_VALUE).build())
                .items())
        .hasSize(5);
  }

  @Test
  void popularityIsCountedForEverybodyAndForEachSegment() {
    Popularity popularity = Popularity.of(DATA, DATA.interactions(Weighting.standard()), "region");
    float[] everybody = new float[5];
    popularity.copyEverybody(everybody);
    assertThat(everybody).containsExactly(6, 5, 1, 0, 0);
    assertThat(popularity.everybody(1)).isEqualTo(5);
    float[] north = new float[5];
    Arrays.fill(north, NONE);
    popularity.copySegment("north", north);
    assertThat(north).containsExactly(1, 5, 0, 0, 0);
    assertThat(popularity.hasSegment("south")).isTrue();
    assertThat(popularity.hasSegment("west")).isFalse();
    assertThat(popularity.segmentOf(DATA.users().find("bob").orElseThrow())).contains("south");
    Popularity without = Popularity.of(DATA, DATA.interactions(Weighting.standard()), "");
    assertThat(without.hasSegment("north")).isFalse();
    assertThat(without.segmentOf(0)).isEmpty();
  }

  @Test
  void trainedUsersKeepWhatAnswersNeed() {
    TrainedUsers kept = TrainedUsers.of(DATA, Weighting.standard(), "");
    assertThat(kept.users()).isEqualTo(DATA.users());
    assertThat(kept.items()).isEqualTo(DATA.items());
    assertThat(kept.at()).isEqualTo(DATA.latest());
    assertThat(kept.seen()).isEqualTo(DATA.seen());
    assertThat(kept.seen().rowColumns(1))
        .as("bob saw a and c; d was only shown")
        .containsExactly(0, 2);
  }

  @Test
  void popularItemsAreHeldBackByDamping() {
    // Popularity over its mean: a 6 / 2.4, b 5 / 2.4, c 1 / 2.4, d and e 0.
    Fixed damped =
        new Fixed(
            Provenance.of("fixed", Map.of("popularityDamping", "0.5"), DATA.fingerprint()),
            EnumSet.allOf(Capability.class),
            4,
            -1,
            4,
            4,
            NONE);
    Recommendations answer = damped.recommend(ann().excludeSeen(false).limit(5).build());
    assertThat(answer.itemIds()).containsExactly("d", "c", "a", "b");
    assertThat(answer.items().get(0).score()).isEqualTo(4);
    assertThat(answer.items().get(1).score()).isCloseTo(4 / Math.sqrt(3.4 / 2.4), within(1e-6));
    assertThat(answer.items().get(2).score()).isCloseTo(4 / Math.sqrt(8.4 / 2.4), within(1e-6));
    assertThat(answer.items().get(3).score()).isCloseTo(-Math.sqrt(7.4 / 2.4), within(1e-6));
    assertThat(damped.recommend(RecommendationQuery.forUser("nobody").build()).items())
        .isEqualTo(
            model(0, 0, 0, 0, 0).recommend(RecommendationQuery.forUser("nobody").build()).items());
  }

  @Test
  void whatIsNotDeclaredIsRefusedWithTheRemedy() {
    Fixed model = model(1, 1, 1, 1, 1);
    assertThatThrownBy(() -> model.predictRating("ann", "a"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("fixed predicts no ratings")
        .hasMessageContaining("PREDICT_RATINGS");
    assertThatThrownBy(() -> model.update(List.of()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("fit it again")
        .hasMessageContaining("UPDATE");
  }
}
