// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WHITE HANGING HEART T-LIGHT HOLDER|White Hanging Heart T-Light Holder",
        "SET OF 3 CAKE TINS IN THE 3D BOX|Set of 3 Cake Tins in the 3D Box",
        "OF MICE AND MEN|Of Mice and Men",
        "CHILDREN'S   APRON|Children's Apron",
        "USB DVD PLAYER|USB DVD Player",
        "RED HOTTIE WHITE HEART .|Red Hottie White Heart",
        "Tea Ltd.|Tea Ltd",
        "...|.",
        "JUMBO BAG 50'S CHRISTMAS|Jumbo Bag 50's Christmas",
        "1960S LAMP|1960s Lamp",
        "IKEA|IKEA",
        "LANTERN|Lantern",
        "iPhone CASE|iPhone CASE",
        "小米 MAX 手机|小米 MAX 手机",
        "CAFÉ-AU-LAIT BOWL|Café-Au-Lait Bowl",
        "ΚΑΛΗΜΕΡΑ ΚΟΣΜΕ|Καλημερα Κοσμε",
        "1234|1234",
        "COST $5 \\ MUG|Cost $5 \\ Mug"
      })
  void aNameThatShoutsIsCalmedAndNoOtherIsTouched(String name, String shown) {
    assertThat(DisplayName.of(name)).isEqualTo(shown);
  }

  @Test
  void aFeastOrACountryGetsTheCapitalThatATagHasLost() {
    assertThat(DisplayName.ofTag("christmas")).isEqualTo("Christmas");
    assertThat(DisplayName.ofTag("victorian")).isEqualTo("Victorian");
    assertThat(DisplayName.ofTag("vintage")).isEqualTo("vintage");
    assertThat(DisplayName.ofTag("复古")).isEqualTo("复古");
    assertThat(DisplayName.ofTag("HOME DECOR")).isEqualTo("Home Decor");
  }
}
