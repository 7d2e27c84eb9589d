// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Basis;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Reason;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Item;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemWordsTest {

  private static final Item ITEM =
      Item.builder("i")
          .title("RED T-LIGHT GLASSES, 日式手工陶瓷")
          .tags("Home Decor")
          .category("Kitchenware")
          .attribute(Item.BRAND, "Acme")
          .build();

  private static PushItem pushed(Reason... reasons) {
    return new PushItem(ITEM, 1, List.of(reasons));
  }

  @ParameterizedTest
  @CsvSource({
    "red,true",
    "glass,true",
    "t-light,true",
    "home decor,true",
    "Decor,true",
    "ACME,true",
    "陶瓷,true",
    "kitchenware,true",
    // Not the end of a word, nor so little of it.
    "ware,false",
    "kitchen,false",
    "light red,false",
    "blue,false",
    "马克杯,false",
    "' - ',false"
  })
  void anInterestIsFoundWhereTheItemIsDescribedByIt(String tag, boolean found) {
    assertThat(ItemWords.of(pushed()).have(tag)).isEqualTo(found);
  }

  @Test
  void whatTheItemIsRecommendedForCountsToo() {
    assertThat(ItemWords.of(pushed(new Reason.Interest("garden", 1))).have("garden")).isTrue();
  }

  @Test
  void noTextJoinsAnItemToAnInterestThatItDoesNotServe() {
    UserProfile profile =
        UserProfile.builder("u", Basis.TRAINED).tag("mug", 1).tag("red", 0.5).build();
    ContentRequest request = ContentRequest.builder(profile, List.of(pushed())).build();
    assertThat(SlotValues.of(request).get(SlotValues.TAG)).hasValue("red");
    UserProfile other = UserProfile.builder("u", Basis.TRAINED).tag("mug", 1).build();
    assertThat(
            SlotValues.of(ContentRequest.builder(other, List.of(pushed())).build())
                .get(SlotValues.TAG))
        .isEmpty();
  }
}
