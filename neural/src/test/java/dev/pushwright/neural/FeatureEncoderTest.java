// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FeatureEncoderTest {

  private static final List<Item> ITEMS =
      List.of(
          Item.builder("lamp").category("Home").tags("red", "light").price(9).build(),
          Item.builder("mug").category("Kitchen").tags("red").price(99).build(),
          Item.builder("tin")
              .category("Kitchen")
              .tags("light")
              .attribute(Item.DESCRIPTION, "round")
              .build(),
          Item.builder("new").category("Home").tags("red", "new").price(1e9).build(),
          Item.of("unknown"));

  // Nothing is learned of the last two.
  private static boolean isLearned(int item) {
    return item < 3;
  }

  private static FeatureRows encode(String fields, int most, int buckets) {
    return FeatureEncoder.encode(
        FeatureSource.ITEMS,
        ITEMS,
        FeatureEncoderTest::isLearned,
        FeatureFields.parse(fields),
        most,
        buckets);
  }

  private static Map<String, Float> row(FeatureRows rows, int entity) {
    Map<String, Float> row = new TreeMap<>();
    for (int p = rows.rows().start(entity); p < rows.rows().end(entity); p++) {
      row.put(rows.columns().get(rows.rows().column(p)), rows.rows().value(p));
    }
    return row;
  }

  @Test
  void labelsThatTwoLearnedItemsShareAreColumnsAndNumbersAreScaled() {
    FeatureRows rows = encode("*", 100, 0);
    float half = (float) Math.sqrt(0.5);
    // Home is shared with an item that nothing is learned of.
    assertThat(rows.columns())
        .containsExactly("price", "category=Kitchen", "tags=light", "tags=red");
    assertThat(row(rows, 0)).isEqualTo(Map.of("price", -1f, "tags=light", half, "tags=red", half));
    assertThat(row(rows, 1)).isEqualTo(Map.of("price", 1f, "category=Kitchen", 1f, "tags=red", 1f));
    assertThat(row(rows, 2)).isEqualTo(Map.of("category=Kitchen", 1f, "tags=light", 1f));
    // log 10 and log 100 are −1 and 1; what is far out is cut.
    assertThat(row(rows, 3)).isEqualTo(Map.of("price", 3f, "tags=red", half));
    assertThat(rows.has(3)).isTrue();
    assertThat(rows.has(4)).isFalse();
    assertThat(rows.only(3).rows().rows()).isEqualTo(1);
    assertThat(row(rows.only(3), 0)).isEqualTo(row(rows, 3));
    assertThat(rows.only(-1).has(0)).isFalse();
  }

  @Test
  void labelsBeyondTheMostShareBuckets() {
    FeatureRows rows = encode("category, tags", 1, 2);
    assertThat(rows.columns()).containsExactly("category=Kitchen", "bucket 0", "bucket 1");
    Map<String, Float> lamp = row(rows, 0);
    assertThat(lamp).doesNotContainKey("category=Kitchen");
    double squares = lamp.values().stream().mapToDouble(v -> v).sum();
    // Home, red and light: wherever they fall, their shares add up.
    assertThat(squares).isCloseTo(1 + 2 * Math.sqrt(0.5), within(1e-6));
    assertThat(row(rows, 0)).isEqualTo(row(encode("category, tags", 1, 2), 0));
  }

  @Test
  void attributesOfUsersAreLabelsOrNumbers() {
    List<User> users =
        List.of(
            User.of("a").with("age", "20").with("country", "DE").with(User.NAME, "Ann"),
            User.of("b").with("age", "40").with("country", "DE").with(User.NAME, "Ann"),
            User.of("c").with("age", "old").with("country", "FR"));
    FeatureRows rows =
        FeatureEncoder.encode(
            FeatureSource.USERS, users, u -> true, FeatureFields.parse("*, age:number"), 9, 0);
    assertThat(row(rows, 0)).isEqualTo(Map.of("age", -1f, "country=DE", 1f));
    assertThat(row(rows, 1)).isEqualTo(Map.of("age", 1f, "country=DE", 1f));
    assertThat(rows.has(2)).isFalse();
  }

  @Test
  void aNumberThatIsTheSameEverywhereIsNoFeature() {
    List<Item> items =
        List.of(Item.builder("a").price(5).build(), Item.builder("b").price(5).build());
    assertThat(
            FeatureEncoder.encode(
                    FeatureSource.ITEMS, items, i -> true, FeatureFields.parse("*"), 9, 0)
                .columns())
        .isEmpty();
  }

  @Test
  void aFieldThatNobodyHasIsToldWithThoseThereAre() {
    assertThatThrownBy(() -> encode("catgory", 9, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option itemFeatures names catgory, which no item has")
        .hasMessageContaining("[category, price, tags]");
  }

  @Test
  void fieldsThatMakeNoSenseAreRefused() {
    for (String bad : List.of("a:nmber", "*:number", ":number", "a, a")) {
      assertThatThrownBy(() -> FeatureMlp.builder().userFeatures(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("option userFeatures is " + bad);
    }
    assertThat(FeatureFields.parse(" *,age:number ,zip").toString())
        .isEqualTo("*, age:number, zip");
    assertThat(FeatureFields.parse("").kinds()).isEmpty();
  }
}
