// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventAndRecordTest {

  private static final Instant AT = Instant.parse("2024-05-01T12:00:00Z");

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e308})
  void anInteractionRefusesAValueThatIsNoNumberToCountWith(double value) {
    assertThatThrownBy(() -> Interaction.rating("u", "i", value, AT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("value is " + value);
    assertThatThrownBy(() -> Interaction.purchase("u", "i", 1, value, AT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("amount is " + value);
  }

  @Test
  void anInteractionTakesTheLargestValueAndRefusesTheNextAndANegativeAmount() {
    double max = Interaction.MAX_VALUE;
    assertThat(Interaction.rating("u", "i", -max, AT).value()).isEqualTo(-max);
    assertThatThrownBy(() -> Interaction.rating("u", "i", Math.nextUp(max), AT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Interaction.purchase("u", "i", 1, -0.01, AT))
        .hasMessageContaining("amount is -0.01");
  }

  @Test
  void eventsRefuseBlankIdsAndASearchHasAQuery() {
    assertThatThrownBy(() -> Interaction.view(" ", "i", AT)).hasMessage("user id is blank");
    assertThatThrownBy(() -> Interaction.view("u", "", AT)).hasMessage("item id is empty");
    assertThatThrownBy(() -> Search.of("u", "\t", AT)).hasMessage("query is blank");
    assertThatThrownBy(() -> Interaction.of(EventType.SEARCH, "u", "i", AT))
        .hasMessageContaining("Search.of");
    assertThat(Search.of("u", "lamp", AT).type()).isEqualTo(EventType.SEARCH);
  }

  @Test
  void onlyAnImpressionLeavesAnItemUnseen() {
    for (EventType type : EventType.values()) {
      assertThat(type.marksSeen()).isEqualTo(type != EventType.IMPRESSION);
    }
  }

  @Test
  void aUserRefusesAttributesWithAMeaningThatHaveNone() {
    assertThatThrownBy(() -> new User("u", Map.of(User.ZONE, "Mars/Base")))
        .hasMessageContaining("zone of user u is \"Mars/Base\"")
        .hasMessageContaining("Europe/London");
    assertThatThrownBy(() -> new User("u", Map.of(User.LOCALE, "not a locale")))
        .hasMessageContaining("en-GB");
    assertThatThrownBy(() -> new User("u", Map.of(User.CONSENT, "perhaps")))
        .hasMessageContaining("yes or no");
    assertThatThrownBy(() -> User.of("")).hasMessage("user id is empty");
  }

  @Test
  void aUserReadsItsAttributesAndLeavesBlankOnesOut() {
    User user =
        User.of("u")
            .with(User.NAME, " Ada ")
            .with(User.LOCALE, "en-GB")
            .with(User.ZONE, "Europe/London")
            .with(User.CONSENT, "No")
            .with("country", " ");
    assertThat(user.name()).contains("Ada");
    assertThat(user.locale()).contains(Locale.UK);
    assertThat(user.zone()).contains(ZoneId.of("Europe/London"));
    assertThat(user.consent()).isEqualTo(User.Consent.DENIED);
    assertThat(user.attributes()).doesNotContainKey("country");
    assertThat(User.of("v").consent()).isEqualTo(User.Consent.UNKNOWN);
    assertThat(user.with(User.NAME, "").name()).isEmpty();
  }

  @Test
  void anItemIsEqualByAllItsPartsAndItsBuilderKeepsThem() {
    Item item =
        Item.builder("i")
            .title(" Lamp ")
            .category("Home")
            .attribute("colour", "red")
            .tags("a", " ", "b ")
            .price(2.5)
            .vector("text", new float[] {1, 2})
            .build();
    assertThat(item.toBuilder().build()).isEqualTo(item).hasSameHashCodeAs(item);
    assertThat(item.toBuilder().price(3).build()).isNotEqualTo(item);
    assertThat(item.toBuilder().vector("text", new float[] {1, 3}).build()).isNotEqualTo(item);
    assertThat(item.title()).isEqualTo("Lamp");
    assertThat(item.tags()).containsExactly("a", "b");
    assertThat(item.toBuilder().category("").build().attributes()).containsOnlyKeys("colour");
  }

  @Test
  void anItemWithoutATitleShowsItsIdAndSaysSo() {
    assertThat(Item.of("i").title()).isEqualTo("i");
    assertThat(Item.of("i").hasTitle()).isFalse();
    assertThat(Item.of("i", "Lamp").hasTitle()).isTrue();
  }

  @Test
  void anItemRefusesImpossiblePricesAndVectors() {
    Item.Builder builder = Item.builder("i");
    assertThatThrownBy(() -> builder.price(-1)).hasMessageContaining("price of item i is -1.0");
    assertThatThrownBy(() -> builder.price(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> builder.vector("v", new float[] {0, Float.NaN}))
        .hasMessageContaining("is NaN at 1");
    assertThatThrownBy(() -> Item.of("i").vector("image")).hasMessageContaining("\"image\"");
  }

  @Test
  void aVectorCannotBeChangedFromOutside() {
    float[] given = {1, 2};
    Item item = Item.builder("i").vector("v", given).build();
    given[0] = 9;
    item.vector("v")[1] = 9;
    assertThat(item.vector("v")).containsExactly(1, 2);
  }
}
