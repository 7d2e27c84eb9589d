// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LanguagesTest {

  /** Two forms of one word, which a dictionary of the language has under one entry. */
  @ParameterizedTest
  @CsvSource({
    "english, candle, candles",
    "german, Häuser, Haus",
    "german, Straße, Strasse",
    "french, bougies, bougie",
    "french, l'horloge, horloges",
    "spanish, lámparas, lámpara",
    "italian, dell'orologio, orologi",
    "portuguese, luvas, luva",
    "dutch, lampen, lamp",
    "russian, лампы, лампа",
    "swedish, lampor, lampa",
    "danish, lamper, lampen",
    "norwegian, lamper, lampe",
    "finnish, lamppu, lamput",
    "hungarian, lámpák, lámpa",
    "czech, lampy, lampa"
  })
  void formsOfOneWordCountAsOne(String language, String one, String other) {
    TextAnalyzer analyzer = TextAnalyzers.provider(language).create(Options.none());
    List<Word> words = analyzer.words(one + " " + other);
    assertThat(words).hasSize(2);
    assertThat(words.get(0).key()).isEqualTo(words.get(1).key());
    assertThat(words.get(1).label())
        .as("read as it is written")
        .isEqualTo(other.toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @CsvSource({
    "german, und die Lampe, lampe",
    "french, la lampe avec, lampe",
    "spanish, la lámpara de los, lámpara",
    "italian, la lampada della, lampada",
    "portuguese, a lâmpada para, lâmpada",
    "dutch, de lamp van het, lamp",
    "russian, и лампа для, лампа",
    "swedish, en lampa och, lampa"
  })
  void stopWordsOfTheLanguageGo(String language, String text, String word) {
    TextAnalyzer analyzer = TextAnalyzers.provider(language).create(Options.none());
    assertThat(analyzer.words(text)).extracting(Word::label).containsExactly(word);
  }

  @ParameterizedTest
  @EnumSource
  void everyLanguageIsFoundByItsName(Language language) {
    assertThat(Plugins.load().textAnalyzer(language.analyzer()))
        .hasSameClassAs(TextAnalyzers.provider(language.analyzer()));
    assertThat(Plugins.load().textAnalyzer(language.analyzer()).description()).isNotBlank();
    assertThat(Language.of(language.analyzer())).contains(language);
    assertThat(TextAnalyzers.of(language).words("Nokia 🎁 12")).hasSize(1);
  }

  @Test
  void nameIsReadInAnyCaseAndAWrongOneTellsTheNearest() {
    assertThat(TextAnalyzers.provider(" German ").name()).isEqualTo("german");
    assertThatThrownBy(() -> TextAnalyzers.provider("spannish"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean \"spanish\"?")
        .hasMessageContaining("chinese-hanlp");
    assertThat(Language.of("klingon")).isEmpty();
    assertThat(Arrays.stream(Language.values()).map(Language::analyzer)).doesNotHaveDuplicates();
  }
}
