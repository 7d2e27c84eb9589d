// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.data.Item;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {

  private static List<String> failed(String item, Locale locale, String title, String body) {
    ContentRequest request = Asked.about(Item.of("i", item)).locale(locale).build();
    return new Agreement()
        .check(request, new Candidate(title, body, 0, "test")).stream()
            .filter(verdict -> !verdict.passed())
            .map(verdict -> verdict.check() + ": " + verdict.detail())
            .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "CLASSIC BICYCLE CLIPS,For you,Classic Bicycle Clips costs £1.45.,costs",
    "Vintage Snap Cards,Vintage Snap Cards is back,Have a look.,is",
    "PLASTERS IN TIN CIRCUS PARADE,Price drop,Plasters in Tin Circus Parade now costs £1.65.,costs",
    "Classic Bicycle Clips,For you,Classic Bic… looks good.,looks",
  })
  void severalThingsHaveNoVerbOfOne(String item, String title, String body, String verb) {
    assertThat(failed(item, Locale.UK, title, body))
        .containsExactly("agreement: \"" + verb + "\" is said of several things: " + item);
  }

  @ParameterizedTest
  @CsvSource({
    "Classic Bicycle Clips,For you,Classic Bicycle Clips for £1.45.",
    "Classic Bicycle Clips,For you,Classic Bicycle Clips went from £2 to £1.",
    "Classic Bicycle Clips,For you,Classic Bicycle Clips as a gift. It costs £1.45.",
    "Box of 6 Mini Crackers,For you,Box of 6 Mini Crackers costs £2.49.",
    "Red desk lamp,For you,Red desk lamp is back.",
    "Jumbo Bag 50's Christmas,For you,Jumbo Bag 50's Christmas is back.",
    "Hand Gloss,For you,Hand Gloss costs £2.",
  })
  void whatAgreesIsLeftAlone(String item, String title, String body) {
    assertThat(failed(item, Locale.UK, title, body)).isEmpty();
  }

  @Test
  void otherLanguagesAreLeftAlone() {
    assertThat(failed("Snap Cards", Locale.FRANCE, "x", "Snap Cards mais aussi")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "Of Mice", "of", "Christmas", "Tennis", "24"})
  void whatHasNoHeadOfSeveralIsOne(String name) {
    assertThat(Agreement.isPlural(name)).isFalse();
  }
}
