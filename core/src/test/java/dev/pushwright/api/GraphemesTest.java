// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GraphemesTest {

  private static final String FAMILY = "👨‍👩‍👧‍👦";
  private static final String FLAG = "🇬🇧";
  private static final String THUMB = "👍🏽";
  private static final String ACCENTED = "e\u0301";

  @Test
  void whatPeopleSeeAsOneCharacterCountsAsOne() {
    assertThat(Graphemes.count("")).isZero();
    assertThat(Graphemes.count("abc")).isEqualTo(3);
    assertThat(Graphemes.count("陶瓷马克杯")).isEqualTo(5);
    assertThat(Graphemes.count(FAMILY)).isEqualTo(1);
    assertThat(Graphemes.count(FLAG + FLAG)).isEqualTo(2);
    assertThat(Graphemes.count(THUMB + ACCENTED)).isEqualTo(2);
  }

  @Test
  void aTextThatFitsIsLeftAlone() {
    assertThat(Graphemes.cut("Mug", 3)).isEqualTo("Mug");
    assertThat(Graphemes.cut("", 1)).isEmpty();
    assertThat(Graphemes.cut(FAMILY + FLAG, 2)).isEqualTo(FAMILY + FLAG);
  }

  @Test
  void clustersAreNeverTornApart() {
    assertThat(Graphemes.cut(FAMILY.repeat(4), 3)).isEqualTo(FAMILY + FAMILY + "…");
    assertThat(Graphemes.cut(FLAG.repeat(4), 2)).isEqualTo(FLAG + "…");
    assertThat(Graphemes.cut(ACCENTED.repeat(4), 3)).isEqualTo(ACCENTED + ACCENTED + "…");
  }

  @Test
  void wordsStayWholeWhereThatCostsLittle() {
    assertThat(Graphemes.cut("White Hanging Heart T-Light Holder", 22))
        .isEqualTo("White Hanging Heart…");
    assertThat(Graphemes.cut("A Donaudampfschifffahrt", 12)).isEqualTo("A Donaudamp…");
  }

  @Test
  void aCutAtTheEndOfAWordKeepsTheWord() {
    assertThat(Graphemes.cut("White Heart Holder", 12)).isEqualTo("White Heart…");
  }

  @Test
  void noNumberIsCutIntoAnother() {
    assertThat(Graphemes.cut("陶瓷马克杯套装共1200件", 11)).isEqualTo("陶瓷马克杯套装共…");
    assertThat(Graphemes.cut("陶瓷马克杯只要12.99元", 11)).isEqualTo("陶瓷马克杯只要…");
  }

  @Test
  void nothingHangsLooseBeforeTheEllipsis() {
    assertThat(Graphemes.cut("Tea towels, blue (set of two)", 14)).isEqualTo("Tea towels…");
    assertThat(Graphemes.cut("Tea towels (blue) for the kitchen", 13)).isEqualTo("Tea towels…");
    assertThat(Graphemes.cut("陶瓷杯,蓝色款", 5)).isEqualTo("陶瓷杯…");
  }

  @Test
  void oneGraphemeIsTheEllipsisAlone() {
    assertThat(Graphemes.cut("Mug", 1)).isEqualTo("…");
    assertThatThrownBy(() -> Graphemes.cut("Mug", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max is 0; at least 1 is needed");
  }

  @Test
  void aCutNeverExceedsItsLimitAndAlwaysBeginsTheText() {
    String[] parts = {"a", " ", FAMILY, FLAG, "杯", "12", ".", ",", ACCENTED, "(", "Holder"};
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int p = random.nextInt(20); p > 0; p--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      int max = 1 + random.nextInt(15);
      String cut = Graphemes.cut(text.toString(), max);
      assertThat(Graphemes.count(cut)).as("\"%s\" cut to %d", text, max).isLessThanOrEqualTo(max);
      String kept = cut.endsWith("…") ? cut.substring(0, cut.length() - 1) : cut;
      assertThat(text.toString()).startsWith(kept);
    }
  }
}
