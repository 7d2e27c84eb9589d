// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.data.Weighting.Combine;
import dev.pushwright.data.Weighting.Rule;
import dev.pushwright.data.Weighting.Scale;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightingTest {

  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VIEW:1",
        "VIEW:1@14, PURCHASE:5*log, RATING>=4:1",
        "RATING>=-0.5:0.25*value@0.5, CLICK:0",
        "CART>=2:1.0E-7, SHARE:3@1.0E20"
      })
  void theTextFormIsReadBack(String text) {
    Weighting weighting = Weighting.parse(text);
    assertThat(Weighting.parse(weighting.toString())).isEqualTo(weighting);
  }

  @Test
  void theTextFormIsReadLeniently() {
    Weighting expected =
        Weighting.parse("VIEW:1")
            .with(EventType.RATING, new Rule(2, 4, Scale.VALUE, 7))
            .with(EventType.VIEW, new Rule(1, Double.NEGATIVE_INFINITY, Scale.ONE, 14));
    assertThat(Weighting.parse("rating >= 4 : 2 * value @ 7d,  view:1@14,"))
        .isEqualTo(expected)
        .hasSameHashCodeAs(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "VIEW, is no weighting rule",
    "LOOK:1, is no event type",
    "VIEW:1@0, half-life",
    "VIEW:-1, is no weighting rule",
    "VIEW:1e300, weight is",
    "VIEW:1.2.3, VIEW:1.2.3",
    "RATING>=NaN:1, NaN",
    "VIEW:1 VIEW:2, is no weighting rule",
    "' ', no weighting rule in"
  })
  void aRuleThatCannotBeReadIsNamed(String text, String reason) {
    assertThatThrownBy(() -> Weighting.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void twoRulesForOneTypeAreRefused() {
    assertThatThrownBy(() -> Weighting.parse("VIEW:1,VIEW:2"))
        .hasMessageContaining("two weighting rules for VIEW");
  }

  @Test
  void theValueEntersByItsScale() {
    Interaction bought = Interaction.purchase("u", "i", 7, 0, NOW);
    assertThat(Weighting.parse("PURCHASE:2").weigh(bought, NOW)).isEqualTo(2);
    assertThat(Weighting.parse("PURCHASE:2*value").weigh(bought, NOW)).isEqualTo(14);
    assertThat(Weighting.parse("PURCHASE:2*log").weigh(bought, NOW))
        .isCloseTo(2 * Math.log(8), within(1e-12));
    Interaction disliked = Interaction.rating("u", "i", -3, NOW);
    assertThat(Weighting.parse("RATING:1*value").weigh(disliked, NOW)).isZero();
    assertThat(Weighting.parse("RATING:1*log").weigh(disliked, NOW)).isZero();
  }

  @Test
  void aValueBelowTheThresholdWeighsNothing() {
    Weighting liked = Weighting.parse("RATING>=4:1");
    assertThat(liked.weigh(Interaction.rating("u", "i", 4, NOW), NOW)).isEqualTo(1);
    assertThat(liked.weigh(Interaction.rating("u", "i", 3.999, NOW), NOW)).isZero();
    assertThat(liked.weigh(Interaction.view("u", "i", NOW), NOW)).isZero();
  }

  @Test
  void aWeightHalvesWithEveryHalfLife() {
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 200; trial++) {
      double halfLifeDays = 0.1 + random.nextDouble() * 100;
      long ageSeconds = random.nextLong(400L * 86_400);
      Weighting weighting =
          Weighting.parse("VIEW:1")
              .with(EventType.VIEW, new Rule(3, Double.NEGATIVE_INFINITY, Scale.ONE, halfLifeDays));
      double expected = 3 * Math.exp(-Math.log(2) * ageSeconds / 86_400.0 / halfLifeDays);
      assertThat(weighting.weigh(Interaction.view("u", "i", NOW.minusSeconds(ageSeconds)), NOW))
          .isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void anEventAfterTheInstantIsOfAgeZero() {
    Weighting weighting = Weighting.parse("VIEW:1@1");
    assertThat(weighting.weigh(Interaction.view("u", "i", NOW.plusSeconds(99)), NOW)).isEqualTo(1);
  }

  @Test
  void aCommonHalfLifeLeavesTypesWithTheirOwnAlone() {
    Weighting weighting = Weighting.parse("VIEW:1@3,CART:1").withHalfLife(Duration.ofHours(36));
    assertThat(weighting).isEqualTo(Weighting.parse("VIEW:1@3, CART:1@1.5"));
    assertThatThrownBy(() -> Weighting.parse("CART:1").withHalfLife(Duration.ZERO))
        .hasMessageContaining("half-life");
  }

  @ParameterizedTest
  @CsvSource({"SUM, 7", "MAX, 5", "LAST, 0.5", "BINARY, 1"})
  void severalEventsWithOneItemAreCombined(Combine combine, float expected) {
    Weighting weighting = Weighting.parse("PURCHASE:5, VIEW:1.5, CLICK:0.5").withCombine(combine);
    List<Event> history =
        List.of(
            Interaction.of(EventType.CLICK, "u", "i", NOW),
            Interaction.view("u", "i", NOW.minusSeconds(20)),
            Interaction.purchase("u", "i", 1, 0, NOW.minusSeconds(10)));
    UserItems row = UserItems.of(history, IdIndex.of(List.of("i")), weighting, NOW);
    assertThat(row.size()).isEqualTo(1);
    assertThat(row.weight(0)).isEqualTo(expected);
    assertThat(row.type(0))
        .isEqualTo(combine == Combine.LAST ? EventType.CLICK : EventType.PURCHASE);
  }

  @Test
  void underLastARatingTakenBackRemovesTheItem() {
    Weighting liked = Weighting.parse("RATING>=4:1").withCombine(Combine.LAST);
    List<Event> history =
        List.of(
            Interaction.rating("u", "i", 5, NOW.minusSeconds(10)),
            Interaction.rating("u", "i", 1, NOW));
    assertThat(UserItems.of(history, IdIndex.of(List.of("i")), liked, NOW).size()).isZero();
  }

  @Test
  void theStandardWeightingLeavesImpressionsAndDismissalsOut() {
    assertThat(Weighting.standard().rules())
        .doesNotContainKeys(EventType.IMPRESSION, EventType.DISMISS)
        .containsKey(EventType.PURCHASE);
    assertThat(Weighting.standard().withCombine(Combine.MAX)).isNotEqualTo(Weighting.standard());
  }
}
