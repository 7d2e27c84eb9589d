// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.RealData;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mappings that come with the library, on the files they are for. */
class RealFilesTest {

  @ParameterizedTest
  @CsvSource({
    "ml-100k/u.data.gz, movielens-100k-ratings, 100000, 943, 1682, 100000",
    "ml-100k/u.item, movielens-100k-items, 1682, 0, 1682, 0",
    "ml-100k/u.user, movielens-100k-users, 943, 943, 0, 0",
    "ml-1m-ncf/train.users0-2998.rating.tsv.gz, movielens-100k-ratings, 484651, 2999, 3613, 484651",
    "ml-1m-ncf/test.rating.tsv, movielens-100k-ratings, 6040, 6040, 1921, 6040",
    "ml-1m-ncf/movies.dat, movielens-1m-items, 3883, 0, 3883, 0",
    "ml-1m-ncf/users.dat, movielens-1m-users, 6040, 6040, 0, 0",
    "ml-1m-ncf/train.pairs.tsv.gz, ncf-pairs, 994169, 6040, 3704, 994169",
    "taobao/buy.train.tsv.gz, taobao, 211022, 48749, 38042, 211022",
    "taobao/cart.tsv.gz, taobao-cart, 193747, 37689, 34347, 193747"
  })
  void everyRowIsAccepted(
      String file, String mapping, long rows, int users, int items, int events) {
    IngestResult result =
        CsvIngest.builder().add(RealData.file(file), CsvMapping.named(mapping)).tolerance(0).read();
    assertThat(result.report().read()).isEqualTo(rows);
    assertThat(result.report().accepted()).isEqualTo(rows);
    assertThat(result.dataset().users().size()).isEqualTo(users);
    assertThat(result.dataset().items().size()).isEqualTo(items);
    assertThat(result.dataset().eventCount()).isEqualTo(events);
  }

  @Test
  void movieLens100kKnowsItsFilmsAndItsUsers() {
    Dataset data =
        CsvIngest.builder()
            .add(RealData.file("ml-100k/u.data.gz"), CsvMapping.named("movielens-100k-ratings"))
            .add(RealData.file("ml-100k/u.item"), CsvMapping.named("movielens-100k-items"))
            .add(RealData.file("ml-100k/u.user"), CsvMapping.named("movielens-100k-users"))
            .read()
            .dataset();
    Item toyStory = data.item("1").orElseThrow();
    assertThat(toyStory.title()).isEqualTo("Toy Story (1995)");
    assertThat(toyStory.tags()).containsExactly("Animation", "Children's", "Comedy");
    assertThat(data.user("1").orElseThrow().attributes())
        .isEqualTo(Map.of("age", "24", "gender", "M", "occupation", "technician", "zip", "85711"));
    assertThat(data.catalogue()).anyMatch(item -> item.title().contains("é"));
    assertThat(data.earliest()).isEqualTo(Instant.ofEpochSecond(874_724_710));
    assertThat(data.latest()).isEqualTo(Instant.ofEpochSecond(893_286_638));
  }

  @Test
  void movieLens1mTitlesAreReadInLatin1AndGenresSplit() {
    Dataset data =
        CsvIngest.builder()
            .add(RealData.file("ml-1m-ncf/movies.dat"), CsvMapping.named("movielens-1m-items"))
            .read()
            .dataset();
    assertThat(data.item("73").orElseThrow().title()).isEqualTo("Misérables, Les (1995)");
    assertThat(data.item("1").orElseThrow().tags())
        .containsExactly("Animation", "Children's", "Comedy");
  }

  // The numbers were counted from the raw file by a separate program written from the text of the
  // rules, in which each step is a few lines over plain lists.
  @Test
  void onlineRetailAccountsForEveryRow() {
    IngestResult result =
        CsvIngest.builder()
            .add(
                RealData.file("online-retail/online_retail.csv.gz"),
                CsvMapping.named("online-retail"))
            .tolerance(0)
            .read();
    IngestReport.Counts counts = result.report().total();
    assertThat(counts.read()).isEqualTo(541_909);
    assertThat(counts.filtered())
        .containsOnly(
            Map.entry("no-customer", 135_080L),
            Map.entry("non-product", 1_920L),
            Map.entry("no-price", 33L),
            Map.entry(CsvMapping.NOTHING_TO_CANCEL, 1_053L));
    assertThat(counts.merged())
        .containsOnly(
            Map.entry("duplicate", 5_263L),
            Map.entry("cancellation", 7_451L),
            Map.entry("cancelled purchase", 2_766L));
    assertThat(counts.malformed()).isEmpty();
    assertThat(counts.accepted()).isEqualTo(388_343);
    assertThat(counts.rewritten()).containsExactly(Map.entry("CustomerID as integer", 404_876L));

    Dataset data = result.dataset();
    assertThat(data.eventCount()).isEqualTo(388_343);
    // Ten customers and fourteen items are known from purchases that were all cancelled.
    assertThat(data.users().size()).isEqualTo(4_334);
    assertThat(data.items().size()).isEqualTo(3_659);
    assertThat(data.users().ids().stream().filter(id -> !data.eventsOf(id).isEmpty()))
        .hasSize(4_324);
    double quantity = 0;
    double amount = 0;
    for (Event event : data.events()) {
      quantity += ((Interaction) event).value();
      amount += ((Interaction) event).amount();
    }
    assertThat(quantity).isEqualTo(4_892_763);
    assertThat(Math.round(amount * 100)).isEqualTo(825_156_582L);
    assertThat(data.item("85123A"))
        .contains(
            Item.builder("85123A").title("WHITE HANGING HEART T-LIGHT HOLDER").price(2.95).build());
    assertThat(data.user("12347")).contains(new User("12347", Map.of("country", "Iceland")));
    assertThat(data.latest()).isEqualTo(Instant.parse("2011-12-09T12:50:00Z"));
    assertThat(result.report().describe().lines()).allMatch(line -> line.length() <= 100);
  }
}
