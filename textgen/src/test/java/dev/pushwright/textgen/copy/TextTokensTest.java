// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTokensTest {

  @Test
  void wordsKeepWhatIsInsideThem() {
    assertThat(TextTokens.cut("A family-friendly pub, it's £20-25 (or £20-£25) at 3.5."))
        .containsExactly(
            "A",
            "family-friendly",
            "pub",
            ",",
            "it's",
            "£20-25",
            "(",
            "or",
            "£20-£25",
            ")",
            "at",
            "3.5",
            ".");
    assertThat(TextTokens.cut("新款T恤,满100减20!\n快来"))
        .containsExactly("新", "款", "T", "恤", ",", "满", "100", "减", "20", "!", "\n", "快", "来");
    assertThat(TextTokens.cut("hi 👩‍👩‍👧 you")).containsExactly("hi", "👩‍👩‍👧", "you");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Only $12.50 today: 20% off!",
        "A/B and C&D, x@y.example, \"so\" (they) say…",
        "新款T恤，满100减20！\n快来 看",
        "Ünïcode e\u0301 👩‍👩‍👧👍 ok",
        "The {item} is text here, #1 and {{name}}",
        "Title\nBody"
      })
  void joiningGivesTheTextBackButForItsSpaces(String text) {
    String joined = TextTokens.join(TextTokens.cut(text), Map.of("item", "no", "name", "no"));
    assertThat(joined.replace(" ", "")).isEqualTo(text.replace(" ", ""));
    assertThat(TextTokens.join(TextTokens.cut(joined), Map.of())).isEqualTo(joined);
  }

  @Test
  void spacesStandWherePeopleWriteThem() {
    for (String text :
        List.of(
            "Only $12.50 today: 20% off!",
            "It's (almost) gone, Ann.",
            "A well-known B/C pair",
            "News on “mugs” today… or “cups” — who knows?",
            "Word—word",
            "喜欢“LED灯”的你——快来……",
            "满100减20！\n快来")) {
      assertThat(TextTokens.join(TextTokens.cut(text), Map.of())).isEqualTo(text);
    }
  }

  @Test
  void sentencesBeginWithACapitalAndValuesStayAsTheyAre() {
    List<String> tokens =
        List.of(
            "only",
            "{item}",
            ".",
            "so",
            "cheap",
            "!",
            "{item}",
            "-",
            TextTokens.GLUE,
            "now",
            "\n",
            "“",
            "iPhone",
            "{none}");
    assertThat(TextTokens.join(tokens, Map.of("item", "mug")))
        .isEqualTo("Only mug. So cheap! mug -now\n“iPhone {none}");
  }

  @Test
  void capitalsThatOnlyBeginASentenceAreTaken() {
    assertThat(
            SentenceCase.lower(
                List.of(
                    List.of("The", "pub", ".", "Ann", "likes", "the", "pub"),
                    List.of("Pub", "by", "Ann"))))
        .containsExactly(
            List.of("the", "pub", ".", "Ann", "likes", "the", "pub"), List.of("pub", "by", "Ann"));
  }
}
