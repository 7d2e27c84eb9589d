// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.TextAnalyzerProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That the kit can fail: analyzers with one known fault each, and the case that finds it. */
class TextAnalyzerConformanceTest {

  private static final AtomicReference<TextAnalyzerProvider> TRIED = new AtomicReference<>();

  /** What the kit is run on; being nested and static, it is not found by itself. */
  static class Tried extends TextAnalyzerConformance {
    @Override
    protected TextAnalyzerProvider provider() {
      return Objects.requireNonNull(TRIED.get());
    }

    @Override
    protected List<String> texts() {
      return List.of("Red lamp", "blue mug of tin", "paper heart");
    }
  }

  /** Cuts at what is no letter; sound. */
  private static class Letters implements TextAnalyzerProvider {
    @Override
    public String name() {
      return "letters";
    }

    @Override
    public String description() {
      return "Cuts at what is no letter.";
    }

    @Override
    public OptionSet options() {
      return OptionSet.of();
    }

    @Override
    public TextAnalyzer create(Options options) {
      options().resolve(options);
      return this::sound;
    }

    List<Word> sound(String text) {
      return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"))
          .filter(part -> !part.isEmpty())
          .map(part -> new Word(part, part))
          .toList();
    }
  }

  @Test
  void soundAnalyzerFailsOnlyForNotBeingRegistered() {
    TRIED.set(new Letters());
    Kit result = Kit.run(Tried.class);
    assertThat(result.failed()).containsExactly("providerIsFoundByItsNameAndDescribesItself");
    assertThat(result.passed()).hasSize(6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void faultIsFound(String fault, TextAnalyzerProvider provider, String found) {
    TRIED.set(provider);
    assertThat(Kit.run(Tried.class).failed()).as("cases that find: %s", fault).contains(found);
  }

  private static Arguments fault(String what, TextAnalyzerProvider provider, String found) {
    return Arguments.of(what, provider, found);
  }

  private static TextAnalyzerProvider cutting(TextAnalyzer analyzer) {
    return new Letters() {
      @Override
      public TextAnalyzer create(Options options) {
        options().resolve(options);
        return analyzer;
      }
    };
  }

  static Stream<Arguments> faultIsFound() {
    Letters letters = new Letters();
    AtomicInteger calls = new AtomicInteger();
    List<Word> shared = new ArrayList<>();
    return Stream.of(
        fault(
            "keeps capitals",
            cutting(
                text -> letters.sound(text).stream().map(w -> new Word(w.key(), "Lamp")).toList()),
            "everyWordIsSoundWhateverTheText"),
        fault(
            "takes all of a text for one word",
            cutting(text -> List.of(new Word(text, text))),
            "textsItIsMeantForHaveWords"),
        fault("gives no words", cutting(text -> List.of()), "textsItIsMeantForHaveWords"),
        fault(
            "gives an empty word for an empty text",
            cutting(text -> text.isBlank() ? List.of(new Word("", "")) : letters.sound(text)),
            "spacesAndSignsAloneAreNoWords"),
        fault(
            "does not bear half a surrogate pair",
            cutting(
                text -> {
                  assertThat(text.chars().noneMatch(c -> c == 0xD800)).isTrue();
                  return letters.sound(text);
                }),
            "everyWordIsSoundWhateverTheText"),
        fault(
            "counts its calls",
            cutting(
                text -> {
                  String word = "call" + calls.incrementAndGet();
                  return List.of(new Word(word, word), new Word("other", "other"));
                }),
            "sameTextGivesTheSameWordsAgainAndInAnotherAnalyzer"),
        fault(
            "works in one buffer for all threads",
            cutting(
                text -> {
                  shared.clear();
                  for (Word word : letters.sound(text)) {
                    shared.add(word);
                    LockSupport.parkNanos(1);
                  }
                  return List.copyOf(shared);
                }),
            "manyThreadsGetWhatOneGets"),
        fault(
            "takes any option",
            new Letters() {
              @Override
              public TextAnalyzer create(Options options) {
                return this::sound;
              }
            },
            "everyOptionReadsBackFromTextAndAnUnknownOneIsRefused"));
  }
}
