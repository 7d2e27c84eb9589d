// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.profile.text.Language;
import dev.pushwright.profile.text.TextAnalyzers;
import dev.pushwright.profile.vectors.CooccurrenceVectors;
import dev.pushwright.profile.vectors.ItemVectors;
import dev.pushwright.profile.vectors.VectorSpace.Neighbour;
import dev.pushwright.profile.vectors.WordVectors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What means the like in this shop? Words learn from the company they keep in titles, items from
 * what is bought beside them; both tables come from the bundled sales.
 *
 * <p>Run it with {@code mvn -q -pl examples -am compile exec:java
 * -Dexec.mainClass=dev.pushwright.examples.WordNeighbours}. Words may be given: {@code
 * -Dexec.args="lace tin"}.
 */
public final class WordNeighbours {

  private static final List<String> WORDS =
      List.of(
          "red",
          "christmas",
          "heart",
          "teacup",
          "candle",
          "garden",
          "bag",
          "vintage",
          "paper",
          "dog");

  private static final List<String> ITEMS = List.of("22423", "85123A", "22629", "23084", "21790");

  private WordNeighbours() {}

  /**
   * Prints two tables as Markdown.
   *
   * @param args words to look up; none: ten of our choice
   * @throws IOException when the bundled data cannot be read
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Dataset data = shop();
    CooccurrenceVectors algorithm = CooccurrenceVectors.builder().build();
    WordVectors words = algorithm.fitWords(data, TextAnalyzers.of(Language.ENGLISH));
    out.println("| word | nearest |");
    out.println("|---|---|");
    for (String word : args.length == 0 ? WORDS : List.of(args)) {
      out.println("| " + word + " | " + names(words.nearest(word, 6)) + " |");
    }
    ItemVectors items = algorithm.fitItems(data, TextAnalyzers.of(Language.ENGLISH));
    out.println();
    out.println("| item | bought beside it, or beside the likes of it |");
    out.println("|---|---|");
    for (String id : ITEMS) {
      Item item = data.item(id).orElseThrow();
      String nearest =
          items.nearest(item, 4).stream()
              .map(neighbour -> title(data, neighbour.name()))
              .collect(Collectors.joining(", "));
      out.println("| " + title(data, id) + " | " + nearest + " |");
    }
  }

  private static String names(List<Neighbour> neighbours) {
    return neighbours.stream().map(Neighbour::name).collect(Collectors.joining(", "));
  }

  private static String title(Dataset data, String id) {
    return data.item(id).map(Item::title).orElse(id).toLowerCase(Locale.ROOT);
  }

  private static Dataset shop() throws IOException {
    try (BundledData bundled = BundledData.open("online-retail-2011-q4.csv.gz")) {
      return CsvIngest.builder()
          .add(bundled.path(), CsvMapping.named("online-retail"))
          .read()
          .dataset();
    }
  }
}
