// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LuceneAnalyzerTest {

  private final TextAnalyzer english = TextAnalyzers.of(Language.ENGLISH);
  private final TextAnalyzer latin = TextAnalyzers.of(Language.LATIN);

  private static List<String> labels(TextAnalyzer text, String title) {
    return text.words(title).stream().map(Word::label).toList();
  }

  private static List<String> keys(TextAnalyzer text, String title) {
    return text.words(title).stream().map(Word::key).toList();
  }

  @Test
  void titleInCapitalsGivesReadableWords() {
    assertThat(labels(english, "WHITE HANGING HEART T-LIGHT HOLDER"))
        .containsExactly("white", "hanging", "heart", "t-light", "holder");
    assertThat(labels(english, "SET OF 3 CAKE TINS PANTRY DESIGN "))
        .containsExactly("set", "cake", "tins", "pantry", "design");
  }

  @Test
  void pluralCountsAsItsSingularButReadsAsItIsWritten() {
    assertThat(english.words("CANDLES")).containsExactly(new Word("candle", "candles"));
    assertThat(english.words("doilies")).containsExactly(new Word("doily", "doilies"));
    assertThat(english.words("T-Lights")).containsExactly(new Word("t-light", "t-lights"));
    assertThat(english.words("christmas")).extracting(Word::label).containsExactly("christmas");
    assertThat(keys(english, "glass bus")).containsExactly("glass", "bus");
  }

  @Test
  void possessiveAndStopWordsGo() {
    assertThat(keys(english, "The CHILDREN'S apron for the kitchen"))
        .containsExactly("children", "apron", "kitchen");
    assertThat(keys(english, "mother’s day")).containsExactly("mother", "day");
  }

  @Test
  void furtherStopWordsGoInAnyOfTheirForms() {
    TextAnalyzer text =
        TextAnalyzers.of(Language.ENGLISH, TextRules.builder().stopWords("Set, packs").build());
    assertThat(keys(text, "SETS of 3 packs, a pack and a mug set")).containsExactly("mug");
    assertThat(text.whole("Sets")).as("a category is the shop's own word").isEqualTo(of("sets"));
    assertThat(
            keys(
                TextAnalyzers.of(Language.LATIN, TextRules.builder().stopWords("le").build()),
                "Le chat les"))
        .containsExactly("chat", "les");
  }

  @Test
  void latinTakesEveryWordAsItIs() {
    assertThat(keys(latin, "Les Bougies of the Été"))
        .containsExactly("les", "bougies", "of", "the", "été");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12 3.5 1,000",
        "a B 7",
        "🎁 👨‍👩‍👧 ❤️",
        "红色陶瓷马克杯",
        "お茶",
        "- -- ' \"",
        "\u0000\uFFFD",
        " \t\n"
      })
  void textWithoutWordsHasNone(String text) {
    assertThat(english.words(text)).isEmpty();
    assertThat(latin.words(text)).isEmpty();
  }

  @Test
  void wordsAmongOtherSignsAreFound() {
    assertThat(keys(english, "🎁 mug 马克杯 x2 50's A4/cup"))
        .containsExactly("mug", "x2", "a4", "cup");
  }

  @Test
  void onlyAHyphenBetweenLettersJoins() {
    assertThat(keys(english, "sci-fi non\u2011stick mug - blue 3-piece tea-"))
        .containsExactly("sci-fi", "non-stick", "mug", "blue", "piece", "tea");
  }

  @Test
  void wholeValueStaysWhole() {
    assertThat(english.whole("  Home \u00A0 &  Garden ")).isEqualTo(of("home & garden"));
    assertThat(english.whole("Size 3")).isEqualTo(of("size 3"));
    assertThat(english.whole("3-piece")).isEqualTo(of("3-piece"));
    assertThat(english.whole("C++")).isEqualTo(of("c++"));
    assertThat(english.whole("厨房")).isEqualTo(of("厨房"));
    assertThat(english.whole("🎁")).isEqualTo(of("🎁"));
  }

  private static Word of(String text) {
    return new Word(text, text);
  }

  @Test
  void wholeValueOfOneWordCountsAsThatWord() {
    assertThat(english.whole("Mugs")).isEqualTo(new Word("mug", "mugs"));
    assertThat(english.whole("T-Shirts")).isEqualTo(new Word("t-shirt", "t-shirts"));
  }

  @Test
  void manyThreadsGetWhatOneGets() {
    List<String> titles =
        IntStream.range(0, 2_000).mapToObj(i -> "SET OF " + i + " word" + i + " t-lights").toList();
    List<List<Word>> alone = titles.stream().map(english::words).toList();
    assertThat(titles.parallelStream().map(english::words).toList()).isEqualTo(alone);
    assertThat(alone.get(7)).extracting(Word::label).containsExactly("set", "word7", "t-lights");
  }
}
