// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BasketsTest {

  private static final Instant T = Instant.parse("2026-03-01T09:00:00Z");

  private static List<List<String>> all(Baskets baskets) {
    return IntStream.range(0, baskets.size()).mapToObj(baskets::basket).toList();
  }

  @Test
  void anItemCountsOnceAndAnEmptyBasketCounts() {
    Baskets baskets =
        Baskets.of(List.of(List.of("tea", "pot", "tea"), List.of(), List.of("cup"), Set.of("tea")));
    assertThat(all(baskets))
        .containsExactly(List.of("pot", "tea"), List.of(), List.of("cup"), List.of("tea"));
    assertThat(baskets.items().ids()).containsExactly("cup", "pot", "tea");
    assertThat(baskets).hasToString("4 baskets of 4 items, 3 different ones");
    assertThat(all(Baskets.of(List.of()))).isEmpty();
  }

  @Test
  void aBlankIdIsRefused() {
    assertThatThrownBy(() -> Baskets.of(List.of(List.of("tea"), List.of("pot", " "))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("basket 1 has the item \" \"; an id is needed");
  }

  private static Dataset shop() {
    return Dataset.builder()
        .add(Item.of("never sold"))
        .add(User.of("idle"))
        .add(Interaction.purchase("ann", "tea", 1, 5, T))
        .add(Interaction.purchase("ann", "pot", 2, 20, T))
        .add(Interaction.view("ann", "cup", T))
        .add(Search.of("ann", "cups", T))
        .add(Interaction.purchase("ann", "cup", 1, 6, T.plusSeconds(3600)))
        .add(Interaction.purchase("ann", "tea", 1, 5, T.plusSeconds(5400)))
        .add(Interaction.purchase("ann", "tray", 1, 9, T.plusSeconds(7201)))
        .add(Interaction.purchase("bob", "tea", 1, 5, T))
        .build();
  }

  @Test
  void usersEventsOfOneInstantAreABasket() {
    Baskets baskets = Baskets.of(shop(), EventType.PURCHASE, Duration.ZERO);
    assertThat(all(baskets))
        .containsExactly(
            List.of("pot", "tea"), List.of("cup"), List.of("tea"), List.of("tray"), List.of("tea"));
    assertThat(baskets.items()).isSameAs(shopItems(baskets));
  }

  private static Object shopItems(Baskets baskets) {
    assertThat(baskets.items().ids()).containsExactly("cup", "never sold", "pot", "tea", "tray");
    return baskets.items();
  }

  @Test
  void aBasketHoldsWhatFollowsItsFirstEventWithinTheWindow() {
    assertThat(all(Baskets.of(shop(), EventType.PURCHASE, Duration.ofHours(1))))
        .containsExactly(List.of("cup", "pot", "tea"), List.of("tea", "tray"), List.of("tea"));
    // Two hours to the second: the tray comes a second later.
    assertThat(all(Baskets.of(shop(), EventType.PURCHASE, Duration.ofHours(2))))
        .containsExactly(List.of("cup", "pot", "tea"), List.of("tray"), List.of("tea"));
    assertThat(all(Baskets.of(shop(), EventType.PURCHASE, Duration.ofDays(1000))))
        .containsExactly(List.of("cup", "pot", "tea", "tray"), List.of("tea"));
    assertThatThrownBy(() -> Baskets.of(shop(), EventType.PURCHASE, Duration.ofSeconds(-1)))
        .hasMessageContaining("window is PT-1S");
  }

  @Test
  void manyBasketsOfManyUsersAreKeptApart() {
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 300; u++) {
      for (int e = 0; e < 3; e++) {
        data.add(Interaction.view("u" + (1000 + u), "i" + e, T.plusSeconds(60L * e)));
      }
    }
    List<List<String>> baskets = all(Baskets.of(data.build(), EventType.VIEW, Duration.ZERO));
    assertThat(baskets).hasSize(900);
    for (int b = 0; b < 900; b++) {
      assertThat(baskets.get(b)).containsExactly("i" + b % 3);
    }
  }

  @Test
  void purchasesFillBasketsWhereThereAreAnyElseWhatWeighs() {
    BasketEvents automatic = BasketEvents.parse("");
    Weighting weighting = Weighting.parse("VIEW:1, RATING>=4:1, PURCHASE:5");
    assertThat(automatic.of(shop(), weighting))
        .accepts(Interaction.purchase("ann", "tea", 1, 5, T))
        .rejects(Interaction.view("ann", "tea", T));
    Dataset views = Dataset.builder().add(Interaction.view("ann", "tea", T)).build();
    assertThat(automatic.of(views, weighting))
        .accepts(Interaction.view("ann", "tea", T), Interaction.rating("ann", "tea", 4, T))
        .rejects(
            Interaction.rating("ann", "tea", 3, T),
            Interaction.of(EventType.CLICK, "ann", "tea", T));
    assertThat(BasketEvents.parse("cart, CLICK").of(shop(), weighting))
        .accepts(
            Interaction.of(EventType.CLICK, "ann", "tea", T),
            Interaction.of(EventType.CART, "ann", "tea", T))
        .rejects(Interaction.purchase("ann", "tea", 1, 5, T));
  }
}
