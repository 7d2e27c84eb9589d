// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChineseAnalyzerTest {

  private static List<String> labels(TextAnalyzer analyzer, String text) {
    return analyzer.words(text).stream().map(Word::label).toList();
  }

  private static List<String> hanLp(String text) {
    return labels(TextAnalyzers.of(Language.CHINESE_HANLP), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "限时八折，下单立减",
        "今日限时抢购 全场八折 现在下单",
        "限时！八折！下单！",
        "立即下单享八折优惠，限时两天",
        "今日限时特惠下单八折包邮",
        "双11限时8折起女装八折下单送T恤"
      })
  void wordsOfOffersStayWords(String text) {
    assertThat(hanLp(text)).contains("限时", "八折", "下单");
    assertThat(labels(TextAnalyzers.of(Language.CHINESE_SMARTCN), text)).contains("八折", "下单");
  }

  @Test
  void partsOfSpeechThatTellNothingGo() {
    assertThat(hanLp("我们的红色杯子非常漂亮，而且已经包邮")).containsExactly("红色", "杯子", "漂亮", "包邮");
    assertThat(hanLp("三十五个")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CHINESE_HANLP", "CHINESE_SMARTCN"})
  void scriptsAreToldApart(Language chinese) {
    TextAnalyzer analyzer = TextAnalyzers.of(chinese);
    assertThat(labels(analyzer, "iPhone手机壳ＮＩＫＥ运动鞋🎁U盘16G"))
        .containsExactly("iphone", "手机壳", "nike", "运动鞋", "u盘", "16g");
    assertThat(labels(analyzer, "mp288,259墨盒_新款")).startsWith("mp288", "墨盒");
    assertThat(labels(analyzer, "Levi's牛仔裤for男士")).containsExactly("levi", "牛仔裤", "男士");
    assertThat(labels(analyzer, "삼성手机 лампа")).containsExactly("삼성", "手机", "лампа");
  }

  @Test
  void wordOfMixedScriptsIsNotCutOutOfALongerOne() {
    assertThat(hanLp("纯棉T恤")).contains("t恤");
    assertThat(hanLp("ABT恤")).doesNotContain("t恤");
    assertThat(hanLp("t恤衫")).containsExactly("t恤衫");
  }

  @ParameterizedTest
  @EnumSource(names = {"CHINESE_HANLP", "CHINESE_SMARTCN"})
  void wordsOfTheShopsDictionaryStayWhole(Language chinese) {
    String title = "艾熙百思图亲子鞋 A1pro手环";
    TextRules rules = TextRules.builder().dictionary("艾熙百思图, A1Pro手环").build();
    assertThat(labels(TextAnalyzers.of(chinese), title)).doesNotContain("艾熙百思图");
    assertThat(labels(TextAnalyzers.of(chinese, rules), title))
        .containsExactly("艾熙百思图", "亲子鞋", "a1pro手环");
    assertThat(labels(TextAnalyzers.of(chinese), title))
        .as("another analyzer's dictionary is its own")
        .doesNotContain("艾熙百思图");
  }

  @Test
  void synonymsAndStopWordsHoldInChineseToo() {
    TextRules rules =
        TextRules.builder().synonyms(List.of("苹果手机"), "iphone").stopWords("包邮，正品").build();
    assertThat(labels(TextAnalyzers.of(Language.CHINESE_HANLP, rules), "正品苹果手机包邮"))
        .containsExactly("iphone");
  }

  @Test
  void wholeValueOfOneWordCountsAsThatWord() {
    TextAnalyzer analyzer = TextAnalyzers.of(Language.CHINESE);
    assertThat(analyzer.whole("连衣裙")).isEqualTo(new Word("连衣裙", "连衣裙"));
    assertThat(analyzer.whole("家居 / 厨房").label()).isEqualTo("家居 / 厨房");
  }

  @Test
  void chineseIsHanLpWhereItIsThere() {
    assertThat(TextAnalyzers.settled("chinese")).isEqualTo("chinese-hanlp");
    assertThat(TextAnalyzers.settled("german")).isEqualTo("german");
    String title = "时尚女鞋非常舒适";
    assertThat(labels(TextAnalyzers.of(Language.CHINESE), title)).isEqualTo(hanLp(title));
  }

  @Test
  void nothingIsPrinted() {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      new HanLpSegmenter().parts("全场八折下单即送");
      TextAnalyzers.of(Language.CHINESE_SMARTCN).words("全场八折下单即送");
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
