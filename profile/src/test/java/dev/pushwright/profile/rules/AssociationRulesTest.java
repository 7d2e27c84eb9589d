// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.pushwright.api.Basis;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssociationRulesTest {

  private static final Instant T = Instant.parse("2026-03-01T09:00:00Z");

  /** Everybody buys one basket. */
  private static Dataset baskets(List<? extends List<String>> baskets) {
    Dataset.Builder data = Dataset.builder();
    for (int b = 0; b < baskets.size(); b++) {
      for (String item : baskets.get(b)) {
        data.add(Interaction.purchase("u" + (1000 + b), item, 1, 5, T.plusSeconds(b)));
      }
    }
    return data.build();
  }

  // tea in 5 of 6, milk in 4, scone in 2, jam in 2; scone with jam always, tea and milk 3 times.
  private static final Dataset TEA_ROOM =
      baskets(
          List.of(
              List.of("tea", "milk", "scone", "jam"),
              List.of("tea", "milk", "scone", "jam"),
              List.of("tea", "milk"),
              List.of("tea"),
              List.of("milk"),
              List.of("tea", "cake")));

  private static AssociationRules.Builder small() {
    return AssociationRules.builder().minSupport(0).minCount(1).minConfidence(0).minLift(0);
  }

  private static List<Event> basket(String... items) {
    List<Event> basket = new ArrayList<>();
    for (String item : items) {
      basket.add(Interaction.of(EventType.CART, "someone", item, T));
    }
    return basket;
  }

  private static Recommendations ask(RecommenderModel model, String... items) {
    return model.recommend(
        RecommendationQuery.forHistory(basket(items)).limit(20).explain(true).build());
  }

  @Test
  void anItemScoresTheConfidenceOfItsBestRuleWhichIsItsReason() {
    Recommendations answer = ask(small().build().fit(TEA_ROOM), "scone", "tea");
    assertThat(answer.basis()).isEqualTo(Basis.HISTORY);
    assertThat(answer.items())
        .containsExactly(
            // {scone} => jam and {scone, tea} => jam are as sure: the one of more support, and of
            // those of the same the earlier itemset, is told.
            new Recommendation("jam", 1, List.of(new Reason.OwnItem("scone", EventType.CART, 1))),
            new Recommendation("milk", 1, List.of(new Reason.OwnItem("scone", EventType.CART, 1))),
            new Recommendation(
                "cake", (float) 0.2, List.of(new Reason.OwnItem("tea", EventType.CART, 1))));
  }

  @Test
  void aRuleOfTwoItemsNamesBothInEqualShares() {
    // a => c 2 of 4, b => c 2 of 4, {a, b} => c 2 of 2.
    RecommenderModel model =
        small()
            .build()
            .fit(
                baskets(
                    List.of(
                        List.of("a", "b", "c"),
                        List.of("a", "b", "c"),
                        List.of("a"),
                        List.of("a"),
                        List.of("b"),
                        List.of("b"))));
    assertThat(ask(model, "a", "b").items())
        .containsExactly(
            new Recommendation(
                "c",
                1,
                List.of(
                    new Reason.OwnItem("a", EventType.CART, 0.5),
                    new Reason.OwnItem("b", EventType.CART, 0.5))));
    assertThat(ask(model, "a").items().get(0).score()).isEqualTo(0.5);
  }

  @Test
  void whatNoRuleSpeaksOfIsAnsweredByTheFallback() {
    RecommenderModel model = small().minLift(1.1).build().fit(TEA_ROOM);
    assertThat(ask(model, "cake").basis()).isEqualTo(Basis.HISTORY);
    assertThat(ask(AssociationRules.builder().build().fit(TEA_ROOM), "cake").basis())
        .isEqualTo(Basis.EVERYBODY);
    assertThat(ask(model, "no such item").basis()).isEqualTo(Basis.EVERYBODY);
  }

  /** Few popular items and many rare ones, each user with a basket a day. */
  private static Dataset random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 40; u++) {
      for (int day = 0; day < 4; day++) {
        int size = random.nextInt(6);
        for (int k = 0; k < size; k++) {
          double skew = random.nextDouble();
          data.add(
              Interaction.purchase(
                  "u" + u,
                  "i" + (int) (skew * skew * 15),
                  1,
                  5,
                  T.plusSeconds(86_400L * day + random.nextInt(3600))));
        }
      }
    }
    return data.build();
  }

  @Test
  void scoresAndReasonsAreThoseOfTheTwin() {
    for (long seed = 1; seed < 6; seed++) {
      Dataset data = random(seed);
      for (int maxLength = 2; maxLength < 5; maxLength++) {
        RulesModel model =
            small()
                .minCount(2)
                .minConfidence(0.2)
                .maxLength(maxLength)
                .basketHours(1)
                .build()
                .fit(data);
        assertThat(model.rules().all())
            .isNotEmpty()
            .isSortedAccordingTo(
                Comparator.comparingDouble(AssociationRule::confidence)
                    .thenComparingDouble(AssociationRule::lift)
                    .reversed());
        for (String user : data.users().ids()) {
          Set<String> own = new HashSet<>();
          data.eventsOf(user).forEach(event -> own.add(((Interaction) event).itemId()));
          Recommendations answer =
              model.recommend(
                  RecommendationQuery.forUser(user)
                      .limit(100)
                      .excludeSeen(false)
                      .explain(true)
                      .build());
          List<AssociationRule> fired =
              model.rules().all().stream()
                  .filter(rule -> own.containsAll(rule.antecedent()))
                  .toList();
          if (fired.isEmpty()) {
            assertThat(answer.basis()).isEqualTo(Basis.EVERYBODY);
            continue;
          }
          assertThat(answer.itemIds())
              .containsExactlyInAnyOrderElementsOf(
                  fired.stream().map(rule -> rule.consequent().get(0)).distinct().toList());
          for (Recommendation item : answer.items()) {
            // The rules are best first.
            AssociationRule best =
                fired.stream()
                    .filter(rule -> rule.consequent().get(0).equals(item.itemId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(item.score()).isEqualTo((float) best.confidence());
            assertThat(item.reasons())
                .extracting(reason -> ((Reason.OwnItem) reason).itemId())
                .containsExactlyElementsOf(best.antecedent());
          }
        }
      }
    }
  }

  @Test
  void theRulesAreThoseOfTheMinersByType() {
    Dataset data = random(9);
    RulesModel model = small().minCount(3).minConfidence(0.3).basketHours(2).build().fit(data);
    FrequentItemsets itemsets =
        FpGrowth.builder()
            .minSupport(0)
            .minCount(3)
            .maxLength(3)
            .build()
            .mine(Baskets.of(data, EventType.PURCHASE, Duration.ofHours(2)));
    MinedRules rules =
        RuleMiner.builder().minConfidence(0.3).order(RuleOrder.CONFIDENCE).build().mine(itemsets);
    assertThat(model.rules().all()).isEqualTo(rules.all());
    assertThat(model.rules().cuts()).isEqualTo(rules.cuts());
  }

  @Test
  void aModelThatWasCutShortSaysSoBeforeAndAfterItIsSaved(@TempDir Path folder) {
    Dataset data = random(2);
    for (RulesModel model :
        List.of(
            small().maxItemsets(30).maxRules(5).build().fit(data),
            small().timeLimitSeconds(1e-3).maxItemsets(300).build().fit(data),
            AssociationRules.builder().build().fit(data))) {
      Path file = folder.resolve("rules.safetensors");
      Models.save(model, file);
      RulesModel loaded =
          (RulesModel) Models.loadRecommender(file, Plugins.of(new RulesProvider()));
      assertThat(loaded.rules().cuts()).isEqualTo(model.rules().cuts());
      assertThat(loaded.rules().all()).isEqualTo(model.rules().all());
      assertThat(loaded.rules().baskets()).isEqualTo(model.rules().baskets());
    }
    MinedRules cut = small().maxItemsets(30).maxRules(5).build().fit(data).rules();
    assertThat(cut.size()).isEqualTo(5);
    assertThat(cut.cuts())
        .extracting(Cut::limit)
        .containsExactly(Limit.ITEMSETS, Limit.LENGTH, Limit.RULES);
    assertThat(AssociationRules.warning(cut))
        .contains(
            "the limit of 30 itemsets was met",
            "the limit of 5 rules was met: those of less confidence are missing");
    // What every user's data meet is told, but nobody is warned of it.
    MinedRules pairs = small().maxLength(2).build().fit(data).rules();
    assertThat(pairs.cuts()).extracting(Cut::limit).containsExactly(Limit.LENGTH);
    assertThat(AssociationRules.warning(pairs)).isEmpty();
  }

  @Test
  void oneThreadAndEightGiveTheSameModel() {
    Dataset data = random(4);
    AssociationRules rules = small().build();
    RulesModel one = rules.fit(data, FitContext.standard().withThreads(1));
    RulesModel eight = rules.fit(data, FitContext.standard().withThreads(8));
    assertThat(eight.rules().all()).isEqualTo(one.rules().all());
  }

  @Test
  void equalBasketsOfFiveHundredItemsAreNoTrouble() {
    List<List<String>> all = new ArrayList<>();
    List<String> everything = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      everything.add("i" + (1000 + i));
    }
    for (int b = 0; b < 30; b++) {
      all.add(everything);
    }
    RulesModel model =
        AssociationRules.builder().maxLength(30).maxItemsets(20_000).build().fit(baskets(all));
    assertThat(model.rules().cuts()).extracting(Cut::limit).containsExactly(Limit.ITEMSETS);
    assertThat(ask(model, "i1000").items().get(0).score()).isEqualTo(1);
  }

  @Test
  void builderAndNameEndInTheSameSettings() {
    Dataset data = random(3);
    Options options =
        Options.of("minSupport", "0.01", "minCount", 2)
            .with("minConfidence", 0.3)
            .with("minLift", 1.5)
            .with("maxLength", 4)
            .with("basketEvents", "purchase,CART")
            .with("basketHours", 2)
            .with("maxItemsets", 1000)
            .with("maxRules", 500)
            .with("timeLimitSeconds", 60);
    RecommenderModel byName = Plugins.load().recommender("rules", options).fit(data);
    RulesModel byType =
        AssociationRules.builder()
            .minSupport(0.01)
            .minCount(2)
            .minConfidence(0.3)
            .minLift(1.5)
            .maxLength(4)
            .basketEvents(EventType.CART, EventType.PURCHASE)
            .basketHours(2)
            .maxItemsets(1000)
            .maxRules(500)
            .timeLimitSeconds(60)
            .build()
            .fit(data);
    assertThat(byName.provenance()).isEqualTo(byType.provenance());
    assertThat(byName.provenance().options())
        .contains(entry("basketEvents", "CART, PURCHASE"), entry("minLift", "1.5"));
    assertThat(((RulesModel) byName).rules().all()).isEqualTo(byType.rules().all());
  }

  @Test
  void badOptionsSayWhatIsAllowed() {
    assertThatThrownBy(() -> small().minSupport(2).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option minSupport is 2.0; allowed: 0.0 to 1.0");
    assertThatThrownBy(() -> small().maxLength(1).build())
        .hasMessageContaining("option maxLength is 1; allowed: 2 to 30");
    assertThatThrownBy(() -> small().minLift(Double.NaN).build())
        .hasMessageContaining("option minLift is NaN");
    assertThatThrownBy(() -> small().basketEvents(EventType.SEARCH))
        .hasMessageContaining("a SEARCH names no item");
    for (String events : List.of("SALE", "PURCHASE,", "SEARCH")) {
      assertThatThrownBy(
              () -> Plugins.load().recommender("rules", Options.of("basketEvents", events)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("option basketEvents is " + events + "; allowed: types of event");
    }
  }
}
