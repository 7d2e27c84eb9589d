// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.TextAnalyzerProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The contract of a text analyzer. Extend it in a test of your plug-in and override {@link
 * #provider()} and {@link #texts()}.
 */
public abstract class TextAnalyzerConformance {

  private static final int THREADS = 8;

  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          " \t\r\n\u00A0\u3000",
          "... !!! --- ' \" ／ 【】",
          "1234567890 ３ 3.5 1,000",
          "\uD83C\uDF81\uD83D\uDC69\u200D\uD83D\uDC67 \u2764\uFE0F",
          "\uD800 half of a pair \uDC00",
          "\u0000\u0001\u001B[31m\uFEFF\u202E",
          "e\u0301\u0301\u0301 \u0300",
          "x".repeat(100_000),
          "红".repeat(20_000),
          "lamp ".repeat(20_000),
          "红色 Lamp 圣诞灯 مصباح お茶 ΛΑΜΠΑ İĞ");

  /** For subclasses. */
  protected TextAnalyzerConformance() {}

  /**
   * The plug-in that is tried.
   *
   * @return its provider, as {@link Plugins} would make it
   */
  protected abstract TextAnalyzerProvider provider();

  /**
   * Texts that the analyzer is meant for.
   *
   * @return at least two, each with at least two words
   */
  protected abstract List<String> texts();

  private TextAnalyzer analyzer() {
    return provider().create(Options.none());
  }

  private static List<List<Word>> words(TextAnalyzer analyzer, List<String> texts) {
    return texts.stream().map(analyzer::words).toList();
  }

  private List<String> allTexts() {
    List<String> all = new ArrayList<>(texts());
    all.addAll(ODD_TEXTS);
    return all;
  }

  @Test
  void providerIsFoundByItsNameAndDescribesItself() {
    assertThat(provider().name()).as("name()").matches("[a-z][a-z0-9+-]*");
    assertThat(provider().description()).as("description()").isNotBlank().doesNotContain("\n");
    assertThat(Plugins.load().textAnalyzer(provider().name()))
        .as("what Plugins finds; META-INF/services/%s", TextAnalyzerProvider.class.getName())
        .hasSameClassAs(provider());
  }

  @Test
  void everyOptionReadsBackFromTextAndAnUnknownOneIsRefused() {
    Map<String, String> defaults = provider().options().resolve(Options.none()).asText();
    for (OptionSpec<?> spec : provider().options().specs()) {
      assertThat(spec.doc()).as("doc of option %s", spec.name()).isNotBlank();
    }
    TextAnalyzer fromText = provider().create(new Options(Map.copyOf(defaults)));
    assertThat(words(fromText, texts()))
        .as("words by options given as text")
        .isEqualTo(words(analyzer(), texts()));
    assertThatThrownBy(
            () -> provider().create(Options.of("no-such-option", "1")),
            "create with an option that is not there")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-option");
  }

  @Test
  void textsItIsMeantForHaveWords() {
    assertThat(texts()).as("texts()").hasSizeGreaterThan(1);
    assertThat(words(analyzer(), texts()))
        .as("words of each of texts(): at least two, and others than those of the next")
        .allSatisfy(words -> assertThat(words).hasSizeGreaterThan(1))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyWordIsSoundWhateverTheText() {
    TextAnalyzer analyzer = analyzer();
    for (String text : allTexts()) {
      for (Word word : analyzer.words(text)) {
        assertThat(word.key()).as("key of a word").isNotBlank();
        assertThat(word.label())
            .as("label of the word %s: in lower case, without spaces around", word.key())
            .isNotBlank()
            .isEqualTo(word.label().strip())
            .isEqualTo(word.label().toLowerCase(Locale.ROOT));
      }
      assertThat(analyzer.whole(text)).as("the whole text as a word").isNotNull();
    }
  }

  @Test
  void spacesAndSignsAloneAreNoWords() {
    assertThat(words(analyzer(), ODD_TEXTS.subList(0, 3)))
        .as("words of nothing, of spaces and of signs")
        .allMatch(List::isEmpty);
  }

  @Test
  void sameTextGivesTheSameWordsAgainAndInAnotherAnalyzer() {
    TextAnalyzer analyzer = analyzer();
    List<List<Word>> first = words(analyzer, allTexts());
    assertThat(words(analyzer, allTexts())).as("the second time").isEqualTo(first);
    List<String> reversed = new ArrayList<>(allTexts());
    Collections.reverse(reversed);
    List<List<Word>> other = new ArrayList<>(words(analyzer(), reversed));
    Collections.reverse(other);
    assertThat(other).as("by another analyzer, in another order").isEqualTo(first);
  }

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    TextAnalyzer analyzer = analyzer();
    List<String> texts = new ArrayList<>();
    for (int n = 0; n < 200; n++) {
      texts.add(texts().get(n % texts().size()) + " " + texts().get(n * 7 % texts().size()));
    }
    List<List<Word>> alone = words(analyzer(), texts);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try {
      List<Future<List<List<Word>>>> given = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        given.add(
            pool.submit(
                () -> {
                  start.await();
                  return words(analyzer, texts);
                }));
      }
      for (Future<List<List<Word>>> words : given) {
        try {
          assertThat(words.get()).as("words in one of %s threads", THREADS).isEqualTo(alone);
        } catch (ExecutionException e) {
          throw new AssertionError("an analyzer failed where many threads use it", e.getCause());
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
