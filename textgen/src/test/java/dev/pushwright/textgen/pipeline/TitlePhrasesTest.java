// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.data.Item;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitlePhrasesTest {

  private static List<Item> items(String titles) {
    return Arrays.stream(titles.split(";", -1)).map(title -> Item.of(title, title)).toList();
  }

  private static String around(String tag, String title, String others) {
    return TitlePhrases.around(tag, Item.of("i", title), items(others)).orElse("");
  }

  @ParameterizedTest
  @CsvSource({
    "water,SCOTTIE DOG HOT WATER BOTTLE,HOT WATER BOTTLE KEEP CALM,hot water bottle",
    "water,Hot Water Bottle Keep Calm,Scottie Dog Hot Water Bottle,hot water bottle",
    "hand,Hand Warmer Owl Design,Mug;Hand Warmer Bird Design,hand warmer",
    "Warmer,Hand Warmer Owl Design,Hand Warmer,hand warmer",
    "christmas,Christmas Craft Tree,Christmas Craft Angel,Christmas craft",
  })
  void whatTwoTitlesCallAThingIsFound(String tag, String title, String others, String phrase) {
    assertThat(around(tag, title, others)).isEqualTo(phrase);
  }

  @ParameterizedTest
  @CsvSource({
    // Neither title begins with it.
    "tin,Plasters in Tin Vintage Paisley,Box Tin Vintage Red",
    // No other title has it.
    "hand,Hand Warmer Owl Design,Hand Cream Owl",
    // It is all there is, or the other is the same.
    "hand,Hand Warmer,Hand Warmer Owl Design",
    "hand,Hand Warmer Owl Design,HAND WARMER OWL DESIGN",
    // Small words and numbers are no part of a name.
    "tins,Set of 3 Tins,Set of 3 Boxes",
    "bag,Bag for Tea,Bag for Wine",
    // The tag is no word of the title.
    "mug,Hand Warmer Owl,Hand Warmer Bird",
  })
  void whatIsNoNameOfAKindIsLeftAlone(String tag, String title, String others) {
    assertThat(around(tag, title, others)).isEmpty();
  }

  @Test
  void withoutOtherItemsOrSpacesThereIsNone() {
    assertThat(TitlePhrases.around("hand", Item.of("i", "Hand Warmer Owl"), List.of())).isEmpty();
    assertThat(around("杯子", "蓝色杯子", "红色杯子")).isEmpty();
  }
}
