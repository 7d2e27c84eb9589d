// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.profile.text.Language;
import dev.pushwright.profile.text.TextAnalyzers;
import dev.pushwright.profile.vectors.VectorSpace.Neighbour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** The sales of a gift shop (Online Retail, UCI): neighbours that any reader would name. */
@Tag("accuracy")
@EnabledIf("isHere")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopVectorsAccuracyTest {

  private static final Path FILE =
      Path.of(
          System.getProperty("pushwright.data", "absent"), "online-retail/online_retail.csv.gz");
  private static final TextAnalyzer ENGLISH = TextAnalyzers.of(Language.ENGLISH);

  private Dataset shop = Dataset.builder().build();

  static boolean isHere() {
    return Files.isReadable(FILE);
  }

  @BeforeAll
  void read() {
    shop = CsvIngest.builder().add(FILE, CsvMapping.named("online-retail")).read().dataset();
  }

  private static List<String> nearest(WordVectors words, String word) {
    return words.nearest(word, 10).stream().map(Neighbour::name).toList();
  }

  @Test
  void neighboursOfWordsReadSensibly() {
    WordVectors words = CooccurrenceVectors.builder().build().fitWords(shop, ENGLISH);
    assertThat(nearest(words, "red")).contains("blue", "pink", "green");
    assertThat(nearest(words, "christmas")).contains("tree", "decoration");
    assertThat(nearest(words, "teacup")).contains("saucer", "regency");
    assertThat(nearest(words, "candle")).containsAnyOf("scented", "vanilla", "scent", "jasmine");
    assertThat(nearest(words, "garden")).containsAnyOf("herb", "rake", "birdhouse", "path");
    assertThat(nearest(words, "necklace")).containsAnyOf("bracelet", "earrings", "pendant");
  }

  /** Every tenth item loses its events; what is near to it by title was bought beside it. */
  @Test
  void neighboursOfAnItemWithoutEventsWereBoughtBesideIt() {
    Set<String> cold = new HashSet<>();
    List<Item> titled = shop.catalogue().stream().filter(Item::hasTitle).toList();
    for (int i = 0; i < titled.size(); i += 10) {
      cold.add(titled.get(i).id());
    }
    Dataset.Builder rest = Dataset.builder();
    shop.catalogue().forEach(rest::add);
    Map<String, Set<String>> buyers = new HashMap<>();
    for (Event event : shop.events()) {
      if (event instanceof Interaction interaction) {
        if (!cold.contains(interaction.itemId())) {
          rest.add(event);
        }
        // Of one customer at one instant: one invoice.
        buyers
            .computeIfAbsent(interaction.itemId(), id -> new HashSet<>())
            .add(event.userId() + event.at());
      }
    }
    ItemVectors items = CooccurrenceVectors.builder().build().fitItems(rest.build(), ENGLISH);
    List<String> known = items.items().names();
    double near = 0;
    double any = 0;
    int n = 0;
    for (String id : cold) {
      Set<String> own = buyers.getOrDefault(id, Set.of());
      List<Neighbour> nearest = items.nearest(shop.item(id).orElseThrow(), 10);
      if (own.size() < 20 || nearest.isEmpty()) {
        continue;
      }
      List<String> random = new ArrayList<>();
      for (int r = 0; r < 10; r++) {
        random.add(known.get((n * 7919 + r * 104_729) % known.size()));
      }
      near += together(own, nearest.stream().map(Neighbour::name).toList(), buyers);
      any += together(own, random, buyers);
      n++;
    }
    assertThat(n).isGreaterThan(150);
    assertThat(near / n).as("beside %s for any item", any / n).isGreaterThan(4 * any / n);
  }

  /** The mean share of an item's invoices that others are on. */
  private static double together(
      Set<String> own, List<String> others, Map<String, Set<String>> buyers) {
    double sum = 0;
    for (String other : others) {
      sum += buyers.getOrDefault(other, Set.of()).stream().filter(own::contains).count();
    }
    return sum / own.size() / others.size();
  }
}
