// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.profile.text.Language;
import dev.pushwright.profile.text.TextAnalyzers;
import dev.pushwright.profile.vectors.CooccurrenceVectors;
import dev.pushwright.profile.vectors.ItemVectors;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordNeighboursTest {

  @Test
  void tableShowsNeighboursThatReadSensibly() throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      WordNeighbours.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2 + 10 + 1 + 2 + 5);
    assertThat(row(lines, "red")).contains("blue", "pink", "green");
    assertThat(row(lines, "christmas")).contains("tree", "decoration");
    assertThat(row(lines, "teacup")).contains("regency", "saucer");
    assertThat(row(lines, "garden")).contains("herb");
    assertThat(row(lines, "regency cakestand 3 tier")).contains("teacup");
  }

  private static String row(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith("| " + name + " |"))
        .findAny()
        .orElseThrow();
  }

  /** Vectors of visits lead content to what is bought together, where no word is shared. */
  @Test
  void contentRecommendsByAttachedVectors() {
    Instant day = Instant.parse("2025-06-01T10:00:00Z");
    Dataset.Builder shop = Dataset.builder();
    List<String> tea = List.of("teapot", "saucer", "strainer", "cosy");
    List<String> desk = List.of("pencil", "stapler", "ruler", "eraser");
    for (int u = 0; u < 40; u++) {
      List<String> set = u % 2 == 0 ? tea : desk;
      for (int e = 0; e < 3; e++) {
        shop.add(Interaction.purchase("u" + u, set.get((u / 2 + e) % 4), 1, 1, day));
      }
    }
    tea.forEach(id -> shop.add(Item.of(id, "The " + id)));
    desk.forEach(id -> shop.add(Item.of(id, "The " + id)));
    // Never bought: its title stands for it.
    shop.add(Item.of("new", "Another saucer"));
    Dataset data = shop.build();
    ItemVectors vectors =
        CooccurrenceVectors.builder()
            .dimensions(4)
            .build()
            .fitItems(data, TextAnalyzers.of(Language.ENGLISH));
    RecommenderModel content =
        Plugins.load()
            .recommender("content", Options.of("fields", "vector.basket"))
            .fit(vectors.attachTo(data, "basket"));
    List<Recommendation> found =
        content
            .recommend(
                RecommendationQuery.forHistory(List.of(Interaction.view("guest", "teapot", day)))
                    .limit(4)
                    .build())
            .items();
    assertThat(found).extracting(Recommendation::itemId).contains("saucer", "strainer", "new");
    assertThat(found).extracting(Recommendation::itemId).doesNotContainAnyElementsOf(desk);
  }
}
