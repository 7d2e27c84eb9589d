// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlotRulesTest {

  private static final SlotRules RULES =
      SlotRules.builder()
          .copy("name")
          .copy("near")
          .words("food")
          .words("family")
          .says("family", "yes", "\\bkids? (are )?welcome|family.friendly")
          .says("family", "no", "adults only")
          .context("tone")
          .build();

  private static DelexicalizedPair delexicalize(Map<String, String> attributes, String text) {
    return RULES.delexicalize(new CopyPair(attributes, text));
  }

  @Test
  void copiedValuesBecomePlaceholdersWhateverTheirCaseAccentsAndSpaces() {
    DelexicalizedPair pair =
        delexicalize(
            Map.of("name", "The Mill", "near", "Café Rouge", "food", "Thai", "tone", "playful"),
            "the  mill by Cafe Rouge: THE MILL's Thai.");
    assertThat(pair.tokens())
        .containsExactly(
            "{name}",
            "by",
            "{near}",
            ":",
            "{name}",
            TextTokens.GLUE,
            "'",
            TextTokens.GLUE,
            "s",
            "Thai",
            ".");
    assertThat(pair.attributes())
        .isEqualTo(Map.of("name", "", "near", "", "food", "Thai", "tone", "playful"));
    assertThat(TextTokens.join(pair.tokens(), Map.of("name", "X", "near", "Y")))
        .isEqualTo("X by Y: X's Thai.");
  }

  @Test
  void longerValuesComeFirstAndEqualOnesOneAfterTheOther() {
    assertThat(
            delexicalize(Map.of("name", "Mill", "near", "Mill Road"), "Mill Road, Mill").tokens())
        .containsExactly("{near}", ",", "{name}");
    assertThat(delexicalize(Map.of("name", "Mill", "near", "Mill"), "Mill on Mill, Mill").tokens())
        .containsExactly("{name}", "on", "{near}", ",", "{near}");
  }

  @Test
  void aValueInsideAWordIsNone() {
    assertThat(delexicalize(Map.of("name", "Art"), "Start with Art").tokens())
        .containsExactly("Start", "with", "{name}");
    assertThat(delexicalize(Map.of("name", "鞋"), "新鞋子").tokens())
        .containsExactly("新", "{name}", "子");
    assertThat(delexicalize(Map.of("name", "$3"), "at $30 or $3").tokens())
        .containsExactly("at", "$30", "or", "{name}");
  }

  @Test
  void textsAreHeldToTheirSlotsInAllThreeWays() {
    CopyPair good = new CopyPair(Map.of("name", "A", "family", "yes"), "A, kids welcome");
    CopyPair lacking = new CopyPair(Map.of("name", "A", "food", "Thai"), "A is nice");
    CopyPair other = new CopyPair(Map.of("name", "A", "family", "no"), "A, family-friendly");
    CopyPair extra = new CopyPair(Map.of("name", "A"), "A, Family Friendly");
    CopyPair named = new CopyPair(Map.of("name", "Adults Only"), "Adults Only is a pub");
    List<CopyPair> pairs = List.of(good, lacking, other, extra, named);
    Cleaning dropped = RULES.clean(pairs, Cleaning.Way.DROP);
    assertThat(dropped.pairs()).containsExactly(good, named);
    assertThat(dropped.unstated()).isEqualTo(Map.of("food", 1, "family", 1));
    assertThat(dropped.unasked()).isEqualTo(Map.of("family", 1));
    assertThat(RULES.clean(pairs, Cleaning.Way.KEEP).pairs()).isEqualTo(pairs);
    assertThat(RULES.clean(pairs, Cleaning.Way.MEND).pairs())
        .containsExactly(
            good,
            new CopyPair(Map.of("name", "A"), "A is nice"),
            new CopyPair(Map.of("name", "A"), "A, family-friendly"),
            named);
  }

  @Test
  void rulesAreMadeAgainFromWhatWasSet() {
    SlotRules again = RULES.toBuilder().build();
    assertThat(again.kinds()).isEqualTo(RULES.kinds());
    assertThat(again.patterns()).isEqualTo(RULES.patterns());
    assertThat(again.states("family", "no", "ADULTS ONLY")).isTrue();
    assertThat(again.kind("unheard of")).isEqualTo(SlotKind.COPY);
  }

  @Test
  void whatIsNoPatternIsRefused() {
    assertThatThrownBy(() -> SlotRules.builder().says("food", "Thai", "(").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("food = Thai");
    assertThatThrownBy(() -> new CopyPair(Map.of("a", " "), "x")).hasMessageContaining("slot a");
    assertThatThrownBy(() -> new CopyPair(Map.of("{a", "b"), "x")).hasMessageContaining("{a");
  }
}
