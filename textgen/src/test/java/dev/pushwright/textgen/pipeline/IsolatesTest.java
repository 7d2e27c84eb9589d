// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Bidi;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsolatesTest {

  private static final Locale HEBREW = Locale.forLanguageTag("he");

  private static String marked(String text) {
    return text.replace('\u2068', '<').replace('\u2069', '>');
  }

  @Test
  void namesOfTheOtherDirectionStayTogether() {
    List<String> names = List.of("ספל 500", "Mug");
    assertThat(marked(Isolates.text("ספל 500, 20 left", names, Locale.UK)))
        .isEqualTo("<ספל 500>, 20 left");
    assertThat(marked(Isolates.text("ספל, 5 and קפה: 3", List.of(), Locale.UK)))
        .isEqualTo("<ספל>, 5 and <קפה>: 3");
    assertThat(marked(Isolates.text("Mug 5 ספל", names, HEBREW))).isEqualTo("<Mug> 5 ספל");
    assertThat(marked(Isolates.value("كوب 5", Locale.CHINA))).isEqualTo("<كوب 5>");
    assertThat(marked(Isolates.value("كوب 5", Locale.forLanguageTag("ar-EG")))).isEqualTo("كوب 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A mug for £5", "杯子 5 元", "👨‍👩‍👧‍👦 12", "\u2068ספל\u2069 5"})
  void textsOfOneDirectionOrMarkedAlreadyStayAsTheyAre(String text) {
    assertThat(Isolates.text(text, List.of("mug", "ספל"), Locale.UK)).isEqualTo(text);
  }

  @Test
  void theNumberBehindAHebrewNameStaysBehindIt() {
    String text = "ספל, 12 left";
    // Without marks the algorithm draws the number into the run from right to left.
    Bidi plain = new Bidi(text, Bidi.DIRECTION_LEFT_TO_RIGHT);
    assertThat(plain.getLevelAt(text.indexOf("12"))).isEqualTo(2);
    String marked = Isolates.text(text, List.of("ספל"), Locale.UK);
    Bidi isolated = new Bidi(marked, Bidi.DIRECTION_LEFT_TO_RIGHT);
    assertThat(isolated.getLevelAt(marked.indexOf("12"))).isEqualTo(0);
    assertThat(isolated.getLevelAt(marked.indexOf('ס')) % 2).isEqualTo(1);
  }
}
