// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link BeyondAccuracy}, {@link ItemSimilarity} and {@link SegmentGap}. */
class BeyondAccuracyTest {

  private static Interaction view(String user, String item) {
    return Interaction.view(user, item, Instant.EPOCH);
  }

  // a is seen by all three users, b by one, c and d by none.
  private static Dataset small() {
    return Dataset.builder()
        .add(Item.of("c"))
        .add(Item.of("d"))
        .add(view("u", "a"))
        .add(view("v", "a"))
        .add(view("w", "a"))
        .add(view("w", "b"))
        .build();
  }

  @Test
  void handWorkedValuesComeOut() {
    BeyondAccuracy found =
        BeyondAccuracy.of(
            List.of(List.of("a", "b", "d"), List.of("a", "c"), List.of("a"), List.of()),
            2,
            small(),
            (x, y) -> x.equals("b") || y.equals("b") ? 0.25 : 0.75);
    assertThat(found.lists()).isEqualTo(4);
    assertThat(found.emptyLists()).isEqualTo(1);
    // a b | a c | a: d stands third and does not count.
    assertThat(found.places()).isEqualTo(5);
    assertThat(found.coverage()).isEqualTo(0.75);
    // x = 0, 1, 1, 3: (−3·0 − 1·1 + 1·1 + 3·3) / (3 · 5).
    assertThat(found.gini()).isCloseTo(0.6, within(1e-15));
    assertThat(found.topShare()).isEqualTo(0.6);
    // a: log2(4/4) = 0, b: log2(4/2) = 1, c: log2(4/1) = 2.
    assertThat(found.novelty()).isCloseTo(3 / 5.0, within(1e-15));
    assertThat(found.listsWithPairs()).isEqualTo(2);
    assertThat(found.diversity()).isCloseTo((0.75 + 0.25) / 2, within(1e-15));
  }

  @Test
  void giniRunsFromEqualToAllForOne() {
    List<List<String>> equal = List.of(List.of("a", "b"), List.of("c", "d"));
    assertThat(BeyondAccuracy.of(equal, 2, small(), (x, y) -> 0).gini()).isZero();
    List<List<String>> one = List.of(List.of("d"), List.of("d"));
    assertThat(BeyondAccuracy.of(one, 2, small(), (x, y) -> 0).gini()).isEqualTo(1);
  }

  @Test
  void nothingShownIsZeroAndNotNan() {
    assertThat(BeyondAccuracy.of(List.of(List.of()), 5, small(), (x, y) -> 0))
        .isEqualTo(new BeyondAccuracy(5, 1, 1, 0, 0, 0, 0, 0, 0, 0));
    assertThat(BeyondAccuracy.of(List.of(), 5, Dataset.builder().build(), (x, y) -> 0))
        .isEqualTo(new BeyondAccuracy(5, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyMeasureIsThatOfItsBruteForceTwin(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset.Builder builder = Dataset.builder();
    for (int i = 0; i < 250; i++) {
      builder.add(Item.of("i" + i));
    }
    for (int e = 0; e < 2000; e++) {
      double skew = random.nextDouble();
      builder.add(view("u" + random.nextInt(60), "i" + (int) (skew * skew * 200)));
    }
    Dataset data = builder.build();
    List<List<String>> lists = new ArrayList<>();
    for (int l = 0; l < 80; l++) {
      Set<String> list = new HashSet<>();
      int size = random.nextInt(8);
      while (list.size() < size) {
        double skew = random.nextDouble();
        list.add("i" + (int) (skew * skew * 250));
      }
      lists.add(List.copyOf(list));
    }
    int k = 5;
    BeyondAccuracy found = BeyondAccuracy.of(lists, k, data, ItemSimilarity.coUsers(data));

    List<String> places = lists.stream().flatMap(list -> list.stream().limit(k)).toList();
    assertThat(found.places()).isEqualTo(places.size());
    assertThat(found.coverage()).isCloseTo(new HashSet<>(places).size() / 250.0, within(1e-12));
    List<Long> shown =
        data.items().ids().stream()
            .map(id -> places.stream().filter(id::equals).count())
            .sorted(Comparator.reverseOrder())
            .toList();
    // Gini as half the relative mean absolute difference, over pairs of different items.
    double differences = 0;
    for (long x : shown) {
      for (long y : shown) {
        differences += Math.abs(x - y);
      }
    }
    double mean = places.size() / 250.0;
    assertThat(found.gini()).isCloseTo(differences / (250.0 * 249 * 2 * mean), within(1e-12));
    double top = shown.get(0) + (double) shown.get(1) + shown.get(2);
    assertThat(found.topShare()).isCloseTo(top / places.size(), within(1e-12));
    double information = 0;
    for (String item : places) {
      double users = usersOf(data, item).size();
      information -= Math.log((users + 1) / (data.users().size() + 1)) / Math.log(2);
    }
    assertThat(found.novelty()).isCloseTo(information / places.size(), within(1e-9));
    double diversity = 0;
    int withPairs = 0;
    for (List<String> list : lists) {
      double unlike = 0;
      int pairs = 0;
      for (String x : list.stream().limit(k).toList()) {
        for (String y : list.stream().limit(k).toList()) {
          if (!x.equals(y)) {
            pairs++;
            Set<String> both = new HashSet<>(usersOf(data, x));
            both.retainAll(usersOf(data, y));
            double product = usersOf(data, x).size() * (double) usersOf(data, y).size();
            unlike += 1 - (product == 0 ? 0 : both.size() / Math.sqrt(product));
          }
        }
      }
      if (pairs > 0) {
        withPairs++;
        diversity += unlike / pairs;
      }
    }
    assertThat(found.listsWithPairs()).isEqualTo(withPairs);
    assertThat(found.diversity()).isCloseTo(diversity / withPairs, within(1e-9));
  }

  private static Set<String> usersOf(Dataset data, String item) {
    Set<String> users = new HashSet<>();
    data.events().stream()
        .filter(e -> e instanceof Interaction i && i.itemId().equals(item))
        .forEach(e -> users.add(e.userId()));
    return users;
  }

  @Test
  void anUnknownItemAndASimilarityOutOfRangeAreRefused() {
    assertThatThrownBy(() -> BeyondAccuracy.of(List.of(List.of("z")), 5, small(), (x, y) -> 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item z");
    assertThatThrownBy(
            () -> BeyondAccuracy.of(List.of(List.of("a", "b")), 5, small(), (x, y) -> Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void segmentsAreComparedAndUsersWithoutOneCounted() {
    Dataset data =
        Dataset.builder()
            .add(User.of("u").with("country", "DE"))
            .add(User.of("v").with("country", "DE"))
            .add(User.of("w").with("country", "FR"))
            .add(User.of("x"))
            .build();
    SegmentGap gap =
        SegmentGap.of(
            "hr@10",
            "country",
            List.of("u", "v", "w", "x", "stranger"),
            new double[] {1, 0, 0.2, 1, 1},
            data);
    assertThat(gap.segments())
        .isEqualTo(
            Map.of("DE", new SegmentGap.Segment(2, 0.5), "FR", new SegmentGap.Segment(1, 0.2)));
    assertThat(gap.unknown()).isEqualTo(2);
    assertThat(gap.gap()).isCloseTo(0.3, within(1e-15));
    SegmentGap none = SegmentGap.of("hr@10", "town", List.of("u"), new double[] {1}, data);
    assertThat(none.gap()).isZero();
    assertThat(none.unknown()).isEqualTo(1);
  }
}
