// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextRulesTest {

  @TempDir Path folder;

  private String file(String... lines) throws IOException {
    return Files.write(folder.resolve("words.txt"), List.of(lines)).toString();
  }

  private TextAnalyzer english(String... synonyms) throws IOException {
    return TextAnalyzers.of(
        Language.ENGLISH, TextRules.builder().synonymsFile(file(synonyms)).build());
  }

  private static List<String> labels(TextAnalyzer analyzer, String text) {
    return analyzer.words(text).stream().map(Word::label).toList();
  }

  private static List<String> keys(TextAnalyzer analyzer, String text) {
    return analyzer.words(text).stream().map(Word::key).toList();
  }

  @Test
  void stopWordsOfAFileGoInAnyOfTheirForms() throws IOException {
    String file = file("\uFEFFSet # as in \"set of 3\"", "", "# pieces", "packs assorted", "、");
    TextAnalyzer analyzer =
        TextAnalyzers.of(
            Language.ENGLISH, TextRules.builder().stopWordsFile(file).stopWords("mini").build());
    assertThat(keys(analyzer, "Mini sets: a pack of assorted pieces")).containsExactly("piece");
  }

  @Test
  void wordsCountAndReadAsWhatTheyAreSynonymsOf() throws IOException {
    TextAnalyzer analyzer = english("tee, tops => T-Shirt", "sofa, couch, settee");
    assertThat(analyzer.words("Red TOPS and a couch"))
        .containsExactly(
            new Word("red", "red"), new Word("t-shirt", "t-shirt"), new Word("sofa", "sofa"));
    assertThat(keys(analyzer, "t-shirts and a settee")).containsExactly("t-shirt", "sofa");
  }

  @Test
  void phrasesAreJoinedTheLongestFirst() throws IOException {
    TextAnalyzer analyzer =
        english("mobile phone, cell phone => mobile phone", "mobile phone case => phone case");
    assertThat(labels(analyzer, "Cell phones, mobile phone cases, phones and a mobile"))
        .containsExactly("mobile phone", "phone case", "phones", "mobile");
  }

  @Test
  void wholeValuesHaveSynonymsToo() throws IOException {
    TextAnalyzer analyzer = english("top => t-shirt", "home & garden => garden");
    assertThat(analyzer.whole("Tops").key()).isEqualTo("t-shirt");
    assertThat(analyzer.whole(" Home  & Garden").key()).isEqualTo("garden");
    assertThat(analyzer.whole("Gardens").key()).isEqualTo("garden");
    assertThat(analyzer.whole("Top 3").key()).isEqualTo("top 3");
  }

  @Test
  void stopWordTakesItsSynonymsWithIt() throws IOException {
    TextRules rules =
        TextRules.builder().synonymsFile(file("tee, shirt")).stopWords("shirt").build();
    assertThat(keys(TextAnalyzers.of(Language.ENGLISH, rules), "tee shirt lamp"))
        .containsExactly("lamp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a, => c | without gaps",
        "=> c | without gaps",
        "tee => | without gaps",
        "tee => shirt => top | without gaps",
        "tee => shirt, top | one word or phrase after =>",
        "tee | one word alone has no synonym"
      })
  void lineThatIsNoSynonymIsRefusedNamingFileAndLine(String line, String message)
      throws IOException {
    String file = file("# fine", "sofa, couch", line);
    assertThatThrownBy(() -> TextRules.builder().synonymsFile(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("words.txt line 3 is \"" + line + "\"")
        .hasMessageContaining(message);
  }

  @Test
  void wordWithTwoMeaningsIsRefusedNamingBothLines() {
    assertThatThrownBy(() -> english("jumper => shirt", "", "jumpers => top"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("words.txt line 3: \"jumpers\" is to be \"top\"")
        .hasMessageContaining("words.txt line 1 it is \"shirt\"");
    assertThatThrownBy(() -> english("tee => shirt", "shirt => top"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1", "line 2");
    assertThatThrownBy(() -> english("tee => the"))
        .hasMessageContaining("words.txt line 1: \"the\" has no words")
        .hasMessageContaining("english");
  }

  @Test
  void sameMeaningTwiceIsNoTrouble() throws IOException {
    assertThat(keys(english("tee, jumper => shirt", "jumpers => shirts"), "jumper"))
        .containsExactly("shirt");
  }

  @Test
  void fileThatIsNoTextIsRefusedNamingTheLine() throws IOException {
    Path file = folder.resolve("latin1.txt");
    Files.write(file, "mug\ncafé\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TextRules.builder().stopWordsFile(file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("latin1.txt line 2 is no UTF-8");
    Files.write(file, "mug\ncup\n".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> TextRules.builder().stopWordsFile(file.toString()))
        .hasMessageContaining("latin1.txt line 1 holds control characters");
    assertThatThrownBy(() -> TextRules.builder().stopWordsFile(folder + "/absent.txt"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("absent.txt");
    String synonyms = file("mug => cup");
    assertThatThrownBy(() -> TextRules.builder().stopWordsFile(synonyms))
        .hasMessageContaining("words.txt line 1", "file of synonyms");
    String tagged = file("七雄争霸 nz 1024");
    assertThatThrownBy(() -> TextRules.builder().dictionaryFile(tagged))
        .hasMessageContaining("words.txt line 1", "one word a line");
  }

  @Test
  void dictionaryIsRefusedWhereNoAnalyzerTakesIt() {
    assertThatThrownBy(
            () ->
                TextAnalyzers.of(Language.ENGLISH, TextRules.builder().dictionary("七雄争霸").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("english takes no dictionary", "七雄争霸");
  }

  @Test
  void analyzerOfAnyNameTakesTheRulesAsOptions() throws IOException {
    TextAnalyzer german =
        Plugins.load()
            .textAnalyzer(
                "german", Options.of("synonymsFile", file("Sofa, Couch"), "stopWords", "Stück"));
    assertThat(labels(german, "2 Stück Couch für das Wohnzimmer"))
        .containsExactly("sofa", "wohnzimmer");
  }
}
