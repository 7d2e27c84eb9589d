// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.profile.text.KeywordText.Field;
import dev.pushwright.profile.text.TfIdf.Idf;
import dev.pushwright.profile.text.TfIdf.Norm;
import dev.pushwright.profile.text.TfIdf.Tf;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeywordsTest {

  private static final TextAnalyzer ENGLISH = TextAnalyzers.of(Language.ENGLISH);

  private static final Item LAMP =
      Item.builder("a")
          .title("Red desk lamp")
          .attribute(Item.DESCRIPTION, "A lamp for your desk, made of steel")
          .category("Home & Light")
          .tags("desk lamps")
          .build();

  private static final Dataset DATA =
      Dataset.builder()
          .add(LAMP)
          .add(Item.builder("b").title("Red mug").build())
          .add(Item.builder("c").title("Blue mugs").build())
          .add(Item.builder("without-title").build())
          .build();

  /**
   * By hand: of four texts "red" is in two and "desk" in one; idf 1 + ln(4/2) and 1 + ln 4; "desk"
   * counts twice as often in the text.
   */
  @Test
  void weightsAreTheSharesOfTheFormula() {
    Keywords keywords =
        Keywords.builder(ENGLISH).weighting(new TfIdf(Tf.RAW, Idf.PLAIN, Norm.L1)).fit(DATA);
    double red = 1 + Math.log(2);
    double desk = 2 * (1 + Math.log(4));
    List<Keyword> found = keywords.of("desk red DESK unheard-of", 9);
    assertThat(found).extracting(Keyword::label).containsExactly("desk", "red");
    assertThat(found.get(0).weight()).isEqualTo(desk / (desk + red), within(1e-12));
    assertThat(found.get(1).weight()).isEqualTo(red / (desk + red), within(1e-12));
  }

  @Test
  void everyFieldOfAnItemCountsAsMuchAsItWeighs() {
    Keywords all = Keywords.builder(ENGLISH).fit(DATA);
    assertThat(all.of(KeywordText.of(LAMP), 20))
        .extracting(Keyword::label)
        .contains("home & light", "desk lamps", "steel", "red")
        .startsWith("desk", "lamp");
    Keywords titles =
        Keywords.builder(ENGLISH)
            .fieldWeight(Field.DESCRIPTION, 0)
            .fieldWeight(Field.TAG, 3)
            .fit(DATA);
    List<Keyword> found = titles.of(KeywordText.of(LAMP), 20);
    assertThat(found).extracting(Keyword::label).doesNotContain("steel");
    assertThat(found.get(0).weight())
        .as("a tag that weighs three beside a word of the title, both of one item")
        .isEqualTo(
            3
                * found.stream()
                    .filter(k -> k.label().equals("desk"))
                    .findFirst()
                    .orElseThrow()
                    .weight(),
            within(1e-12));
  }

  @Test
  void queriesAndReviewsHaveKeywordsToo() {
    Keywords keywords = Keywords.builder(ENGLISH).fit(DATA);
    assertThat(keywords.of(KeywordText.of(Search.of("u", "blue steel mug", Instant.EPOCH)), 2))
        .extracting(Keyword::label)
        .containsExactly("blue", "steel");
    assertThat(keywords.of(KeywordText.of(Field.REVIEW, "My red mugs: red, red, and not blue"), 1))
        .extracting(Keyword::label)
        .containsExactly("red");
  }

  @Test
  void weightsAddUpToOneAndTheLimitCutsTheLightest() {
    Keywords keywords = Keywords.builder(ENGLISH).fit(DATA);
    List<Keyword> all = keywords.of(KeywordText.of(LAMP), 100);
    assertThat(all.stream().mapToDouble(Keyword::weight).sum()).isEqualTo(1, within(1e-12));
    assertThat(keywords.of(KeywordText.of(LAMP), 3)).isEqualTo(all.subList(0, 3));
    assertThat(keywords.of(KeywordText.of(LAMP), 0)).isEmpty();
    assertThat(keywords.of("nothing that anybody sells", 5)).isEmpty();
    assertThat(Keywords.builder(ENGLISH).fit(List.of()).of("lamp", 5)).isEmpty();
  }

  @Test
  void settingsOutOfRangeAreRefusedNamingThem() {
    assertThatThrownBy(() -> Keywords.builder(ENGLISH).fieldWeight(Field.TAG, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weight of TAG is NaN");
    assertThatThrownBy(() -> Keywords.builder(ENGLISH).fit(DATA).of("lamp", -1))
        .hasMessageContaining("limit is -1");
  }
}
