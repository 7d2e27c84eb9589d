// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Weighting;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExamplesTest {

  private static final Instant DAY = Instant.parse("2025-03-03T09:00:00Z");

  private static Dataset.Builder shop() {
    Dataset.Builder data = Dataset.builder();
    for (String name : new String[] {"apple", "berry", "cherry", "damson", "elder"}) {
      data.add(item(name));
    }
    return data;
  }

  private static Item item(String name) {
    return Item.of(name, "a fresh " + name);
  }

  private static float[] knowing(Map<String, float[]> found, String item) {
    return Objects.requireNonNull(found.get(item), item);
  }

  private static Interaction bought(String user, String item, int day) {
    return Interaction.purchase(user, item, 1, 2, DAY.plusSeconds(86_400L * day));
  }

  private static Examples examples(Dataset data, FeatureSpace space, Weighting weighting) {
    float[][] vectors = data.catalogue().stream().map(space::item).toArray(float[][]::new);
    return Examples.of(space, data, weighting, vectors);
  }

  @Test
  void profilesKnowOnlyEarlierDaysAndWantedIsOnlyWhatIsNew() {
    Dataset data =
        shop()
            .add(bought("ann", "apple", 0))
            .add(bought("ann", "berry", 1))
            .add(bought("ann", "apple", 2))
            .add(bought("ann", "cherry", 2))
            .add(Interaction.of(EventType.IMPRESSION, "ann", "elder", DAY.plusSeconds(172_800)))
            .build();
    FeatureSpace space = FeatureSpace.fit(data, 5, "");
    Examples examples = examples(data, space, Weighting.standard());
    Map<String, float[]> found = new TreeMap<>();
    for (int n = 0; n < examples.size(); n++) {
      found.put(data.items().id(examples.item(n)), examples.profile(n));
    }
    assertThat(found.keySet()).containsExactly("apple", "berry", "cherry");
    assertThat(knowing(found, "apple")).as("nothing came before").containsOnly(0f);
    float[] apple = space.item(item("apple"));
    float[] berry = space.item(item("berry"));
    float[] both = new float[apple.length];
    for (int d = 0; d < both.length; d++) {
      both[d] = apple[d] + berry[d];
    }
    FeatureSpace.toUnit(both, both.length);
    for (int d = 0; d < space.itemWidth(); d++) {
      assertThat(knowing(found, "berry")[d]).isCloseTo(apple[d], within(1e-6f));
      assertThat(knowing(found, "cherry")[d]).isCloseTo(both[d], within(1e-6f));
    }
  }

  @Test
  void halvesOfTheFirstDayTellOfEachOther() {
    Dataset data = shop().add(bought("ann", "apple", 0)).add(bought("ann", "berry", 0)).build();
    FeatureSpace space = FeatureSpace.fit(data, 5, "");
    Examples examples = examples(data, space, Weighting.standard());
    assertThat(examples.size()).isEqualTo(2);
    for (int n = 0; n < 2; n++) {
      String other = data.items().id(examples.item(n)).equals("apple") ? "berry" : "apple";
      float[] expected = space.item(item(other));
      for (int d = 0; d < space.itemWidth(); d++) {
        assertThat(examples.profile(n)[d]).isCloseTo(expected[d], within(1e-6f));
      }
    }
  }

  @Test
  void recentPairsAreDrawnMore() {
    Dataset data = shop().add(bought("ann", "apple", 0)).add(bought("bob", "berry", 20)).build();
    FeatureSpace space = FeatureSpace.fit(data, 5, "");
    Examples examples =
        examples(data, space, Weighting.standard().withHalfLife(Duration.ofDays(10)));
    Pairs pairs = new Pairs(examples, new int[] {0, 1});
    int old = 0;
    for (int n = 0; n < 10_000; n++) {
      old += data.items().id(examples.item(pairs.draw(7, n))).equals("apple") ? 1 : 0;
    }
    // A quarter of the weight of the other: one in five, to four standard deviations.
    assertThat(old).isBetween(1840, 2160);
  }
}
