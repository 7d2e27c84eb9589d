// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.data.EventType;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentChecksTest {

  private static final Item MUG =
      Item.builder("85123A").title("WHITE  MUG SET OF 4").price(12.99).category("Kitchen").build();

  private static ContentRequest.Builder request(Item... items) {
    List<PushItem> pushed =
        java.util.Arrays.stream(items).map(i -> new PushItem(i, 1, List.of())).toList();
    return ContentRequest.builder(UserProfile.empty("u1"), pushed)
        .currency(Currency.getInstance("GBP"))
        .locale(Locale.UK);
  }

  private static Verdict verdict(String check, ContentRequest request, String title, String body) {
    return ContentChecks.run(request, title, body).stream()
        .filter(v -> v.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private static Verdict facts(String body) {
    return verdict("facts", request(MUG).oldPrice(19.99).build(), "For you", body);
  }

  @Test
  void everyCheckAnswersAlwaysAndInOneOrder() {
    for (String text : List.of("", "White mug set of 4", "{{item}} 99 guaranteed \u0007")) {
      assertThat(ContentChecks.run(request(MUG).build(), text, text))
          .extracting(Verdict::check)
          .containsExactly(
              "blank",
              "slots",
              "title-length",
              "body-length",
              "bytes",
              "facts",
              "claims",
              "profanity",
              "safe-text");
    }
  }

  @Test
  void aGoodTextPassesAll() {
    ContentRequest request = request(MUG).oldPrice(19.99).build();
    assertThat(
            ContentChecks.run(
                request, "35% off for you", "White Mug Set of 4 is now £12.99, it was £19.99."))
        .allMatch(Verdict::passed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\u00a0\u3000", "\u200b\ufeff"})
  void whatShowsNothingIsBlank(String nothing) {
    ContentRequest request = request(MUG).build();
    assertThat(verdict("blank", request, nothing, "x"))
        .isEqualTo(new Verdict("blank", false, "the title is blank"));
    assertThat(verdict("blank", request, "x", nothing).detail()).isEqualTo("the body is blank");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hi , your mug",
        "Hi ! Your mug",
        "Hi \u200b, your mug",
        "Hi, {{name}}",
        "Hi ${name}",
        "Hi name}}",
        "Your null is here",
        "undefined is back",
        "Only £NaN",
        "Your  mug",
        "Your mug ",
        " your mug",
        "Your mug . Yes",
        ", your mug waits",
        "，你的杯子",
        "你好 ，杯子到货",
        "你好，，杯子到货",
        "Hi, , the mug",
        "We saved “” for you",
        "We saved \"\" for you",
        "为你留了《》",
        "为你留了「 」",
        "A mug ()",
        "Only £!",
        "Only £ today",
        "只要¥，快来",
        "Save % today",
        "直降%"
      })
  void aHoleIsFoundInTitleAndBody(String text) {
    ContentRequest request = request(MUG).build();
    assertThat(verdict("slots", request, text, "fine").passed()).isFalse();
    assertThat(verdict("slots", request, "fine", text).detail()).contains("in the body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hi there, your mug",
        "Hi Null, your mug",
        "Nan's Nullarbor mug",
        "Only £12.99!",
        "Nur 12,99\u00a0€.",
        "C'est prêt\u202f!",
        "Written in .NET",
        "A$AP Rocky",
        "It's 50% cotton",
        "A 6'' plate",
        "只要¥12.99，快来",
        "“White mug” (set of 4)",
        "Wait… there's more"
      })
  void harmlessTextHasNoHole(String text) {
    assertThat(verdict("slots", request(MUG).build(), "fine", text).detail()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"IOS,50,178", "ANDROID,65,240", "WEB,50,120"})
  void lengthIsInGraphemesAndPerChannel(Channel channel, int title, int body) {
    ContentRequest request = request(MUG).channel(channel).build();
    String family = "👨‍👩‍👧‍👦";
    assertThat(verdict("title-length", request, family.repeat(title), "").passed()).isTrue();
    assertThat(verdict("title-length", request, family.repeat(title + 1), ""))
        .isEqualTo(new Verdict("title-length", false, (title + 1) + " of " + title + " graphemes"));
    assertThat(verdict("body-length", request, "", "杯".repeat(body)).passed()).isTrue();
    assertThat(verdict("body-length", request, "", "杯".repeat(body + 1)).passed()).isFalse();
  }

  @Test
  void bytesOfTitleAndBodyCountTogether() {
    ContentRequest request = request(MUG).build();
    // 25 bytes a family: few graphemes, many bytes.
    assertThat(
            verdict("bytes", request, "👨‍👩‍👧‍👦".repeat(60), "👨‍👩‍👧‍👦".repeat(104)).detail())
        .isEqualTo("4100 of 4096 bytes");
    assertThat(verdict("bytes", request, "杯".repeat(365), "杯".repeat(1_001)).passed()).isFalse();
    assertThat(verdict("bytes", request, "杯".repeat(365), "杯".repeat(1_000) + "a").passed())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "White mug set of 4 for £12.99",
        "White mug set of 4 for 12.99",
        "White mug set of 4 for 12.99 GBP",
        "White mug set of 4 for GBP 12.99",
        "White mug set of ４ for £１２.９９",
        "White mug set of 4: £19.99 £12.99",
        "White mug set of 4, 35% off",
        "White mug set of 4 (85123A)",
        "1 thing: white mug set of 4"
      })
  void numbersThatTheRequestStatesPass(String body) {
    assertThat(facts(body).detail()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "White mug set of 4 for £13.99|13.99",
        "White mug set of 4 for £1299|1299",
        "White mug set of 4 for £1.299|1.299",
        "White mug set of 4 for £4|4 (£) is no price",
        "White mug set of 4, 36% off|36%",
        "White mug set of 4, 36 % off|36%",
        "White mug set of 4, 4% off|4%",
        "White mug set of 4 for €12.99|12.99 has the currency €; the request's is GBP",
        "White mug set of 4, 7 left|7",
        "White mug set of 4 at ½ price|2",
        "White mug set of 4 by 24.12.2026|24.12.2026",
        "White mug set of 4, ７ left|7",
        "White mug set of 4，五折|五折"
      })
  void aNumberThatTheRequestDoesNotStateIsNamed(String body, String named) {
    Verdict verdict = facts(body);
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.detail()).contains(named);
  }

  @Test
  void aPriceNeedsACurrencyInTheRequestToBeShownWithOne() {
    ContentRequest bare =
        ContentRequest.builder(UserProfile.empty("u"), List.of(new PushItem(MUG, 1, List.of())))
            .build();
    assertThat(verdict("facts", bare, "x", "White mug set of 4 for £12.99").detail())
        .contains("the request's is not given");
    assertThat(verdict("facts", bare, "x", "White mug set of 4 for 12.99").passed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en-GB|GBP|£1,299.50",
        "de-DE|EUR|1.299,50\u00a0€",
        "fr-FR|EUR|1\u202f299,50\u00a0€",
        "de-CH|CHF|CHF 1’299.50",
        "en-IN|INR|₹1,299.50",
        "zh-CN|CNY|¥1,299.50",
        "zh-CN|CNY|￥1299.5",
        "zh-CN|CNY|1299.5元",
        "en-US|CNY|CN¥1,299.50",
        "ar-EG|EGP|١٬٢٩٩٫٥٠ EGP"
      })
  void aPriceIsReadAsTheLocaleWritesIt(String locale, String currency, String price) {
    Item item = Item.builder("i").title("Mug").price(1299.5).build();
    ContentRequest request =
        request(item)
            .locale(Locale.forLanguageTag(locale))
            .currency(Currency.getInstance(currency))
            .build();
    assertThat(verdict("facts", request, "Mug", price).detail()).isEmpty();
    assertThat(verdict("facts", request, "Mug", price.replace('5', '6').replace('٥', '٦')).passed())
        .isFalse();
  }

  @Test
  void aPriceMayBeRoundedToTheDigitsOfItsCurrencyAndNoFurther() {
    Item item = Item.builder("i").title("Mug").price(12.995).build();
    assertThat(verdict("facts", request(item).build(), "Mug", "£13.00").passed()).isTrue();
    assertThat(verdict("facts", request(MUG).build(), "White mug set of 4", "£13").passed())
        .isFalse();
    ContentRequest yen = request(MUG).currency(Currency.getInstance("JPY")).build();
    assertThat(verdict("facts", yen, "White mug set of 4", "¥13").passed()).isTrue();
  }

  @Test
  void numbersFromFactsNamesTagsAndReasonsAreStated() {
    Item other = Item.builder("o").title("Box of 24 candles").build();
    UserProfile profile = UserProfile.builder("u", Basis.TRAINED).tag("1920s style", 1).build();
    List<Reason> reasons = List.of(new Reason.OwnItem("o", EventType.PURCHASE, 1));
    ContentRequest request =
        ContentRequest.builder(profile, List.of(new PushItem(MUG, 1, reasons)))
            .mention(List.of(other))
            .user(User.of("u").with(User.NAME, "R2D2"))
            .fact("coupon", "MUG15")
            .fact("share", "15")
            .currency(Currency.getInstance("GBP"))
            .build();
    for (String body :
        List.of(
            "R2D2, because of the box of 24 candles",
            "1920s style",
            "15% with MUG15",
            "£15 with MUG15")) {
      assertThat(verdict("facts", request, "White mug set of 4", body).detail()).isEmpty();
    }
    assertThat(verdict("facts", request, "White mug set of 4", "£24").passed()).isFalse();
  }

  @Test
  void aSignThatATitleCarriesMayBeRepeated() {
    Item voucher = Item.builder("v").title("€50 Voucher, 10% bonus").price(45).build();
    ContentRequest request = request(voucher).build();
    assertThat(verdict("facts", request, "€50 voucher, 10% bonus", "£45.00").passed()).isTrue();
    assertThat(verdict("facts", request, "€50 voucher, 10% bonus", "£50").passed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Your white mug set of 4 waits",
        "White\u00a0Mug Set of 4",
        "White mug s…",
        "Look: White mug set… now back",
        "White mug..."
      })
  void anItemIsNamedByItsTitleOrItsBeginning(String text) {
    assertThat(verdict("facts", request(MUG).build(), "x", text).detail()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Something for you",
        "White…",
        "White mug",
        "Offwhite mug set of 4",
        "Mug set of 4…"
      })
  void aTextThatNamesNoItemIsRefused(String text) {
    Verdict verdict = verdict("facts", request(MUG).build(), "x", text);
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.detail())
        .isEqualTo("none of the items is named; the main one is \"WHITE  MUG SET OF 4\"");
  }

  @Test
  void chineseTitlesAreNamedWithoutSpacesAround() {
    ContentRequest request =
        request(Item.of("c", "日式陶瓷马克杯大容量")).locale(Locale.SIMPLIFIED_CHINESE).build();
    assertThat(verdict("facts", request, "x", "你看过的日式陶瓷马克杯大容量到货了").passed()).isTrue();
    assertThat(verdict("facts", request, "x", "你看过的日式陶瓷…到货了").passed()).isTrue();
    assertThat(verdict("facts", request, "x", "你看过的日式…到货了").passed()).isFalse();
  }

  @Test
  void aStopAtTheEndOfATitleNeedNotBeRepeated() {
    ContentRequest request = request(Item.of("h", "WHITE HEART .")).build();
    assertThat(verdict("facts", request, "x", "White heart for you").passed()).isTrue();
    assertThat(verdict("facts", request(Item.of("d", "...")).build(), "x", "for you").passed())
        .isFalse();
  }

  @Test
  void anyOfTheItemsMayBeNamed() {
    ContentRequest request = request(MUG, Item.of("t", "Tea")).build();
    assertThat(verdict("facts", request, "x", "Tea time, 2 finds").detail()).isEmpty();
    assertThat(verdict("facts", request, "x", "Steam").passed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"全网最低价", "销量第一", "国家级品质", "顶级享受", "极致体验", "最近最好的杯子", "NO．1 之选"})
  void superlativesAreBannedInChinese(String text) {
    ContentRequest request = request(MUG).locale(Locale.SIMPLIFIED_CHINESE).build();
    assertThat(verdict("claims", request, "x", text).passed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"最近看过的杯子", "最后两天", "第一次见面", "第一时间告诉你", "简单好用"})
  void harmlessChineseWordsAreLeftAlone(String text) {
    ContentRequest request = request(MUG).locale(Locale.SIMPLIFIED_CHINESE).build();
    assertThat(verdict("claims", request, "x", text).detail()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Guaranteed to please",
        "A RISK-FREE treat",
        "Risk\u2011free",
        "100% free",
        "Best price ever!"
      })
  void claimsNobodyCanProveAreBannedInEnglish(String text) {
    Verdict verdict = verdict("claims", request(MUG).build(), "x", text);
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.detail()).startsWith("banned claim \"");
  }

  @Test
  void aClaimIsAWordOfItsOwn() {
    ContentRequest request = request(MUG).build();
    assertThat(verdict("claims", request, "x", "Unguaranteedly 1100% freed").passed()).isTrue();
  }

  @Test
  void aLanguageWithoutAListIsHeldToAllLists() {
    ContentRequest request = request(MUG).locale(Locale.GERMANY).build();
    assertThat(verdict("claims", request, "x", "Guaranteed").passed()).isFalse();
    assertThat(verdict("claims", request, "x", "最低价").passed()).isFalse();
    ContentRequest chinese = request(MUG).locale(Locale.CHINA).build();
    assertThat(verdict("claims", chinese, "x", "Guaranteed").passed()).isFalse();
    // The Chinese law is not about English texts.
    assertThat(verdict("claims", request(MUG).build(), "x", "最低价").passed()).isTrue();
  }

  @Test
  void anItemsOwnTitleMayNotClaimEither() {
    Item item = Item.of("i", "全网最低陶瓷杯");
    ContentRequest request = request(item).locale(Locale.SIMPLIFIED_CHINESE).build();
    assertThat(verdict("claims", request, "为你推荐", item.title()).passed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0007", "000A", "D83D", "202E", "2066", "2028", "FFFD"})
  void whatGarblesANotificationIsNamed(String hex) {
    String text = "a" + (char) Integer.parseInt(hex, 16) + "b";
    assertThat(verdict("safe-text", request(MUG).build(), "x", text))
        .isEqualTo(new Verdict("safe-text", false, "it holds U+" + hex));
  }

  @Test
  void emojiAndMarksOfDirectionAreSafe() {
    String text = "👨‍👩‍👧‍👦 🇬🇧 \u200f";
    assertThat(verdict("safe-text", request(MUG).build(), "x", text).passed()).isTrue();
  }

  @Test
  void veryLongInputIsCheckedWithoutBreaking() {
    String digits = "1.".repeat(50_000) + "1";
    Item item = Item.builder("i").title(digits).attribute("note", "x ".repeat(50_000)).build();
    List<Verdict> verdicts = ContentChecks.run(request(item).build(), digits, "… ".repeat(500));
    assertThat(verdicts).filteredOn(v -> !v.passed()).isNotEmpty();
    assertThat(verdicts).hasSize(9);
  }

  @Test
  void theDiscountIsRoundedDownAndNeverInvented() {
    assertThat(request(MUG).oldPrice(19.99).build().discountPercent()).hasValue(35);
    assertThat(request(MUG).oldPrice(12.99).build().discountPercent()).isEmpty();
    assertThat(request(MUG).oldPrice(13).build().discountPercent()).isEmpty();
    assertThat(request(MUG).oldPrice(10).build().discountPercent()).isEmpty();
    assertThat(request(MUG).build().discountPercent()).isEmpty();
    assertThat(request(Item.of("x")).oldPrice(5).build().discountPercent()).isEmpty();
  }

  @Test
  void aDiscountThatIsNoneIsAWrongNumber() {
    ContentRequest dearer = request(MUG).oldPrice(10).build();
    assertThat(verdict("facts", dearer, "White mug set of 4", "30% off").passed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "White mug set of 4 was £19.99, now £12.99",
        "White mug set of 4, now only £12.99 instead of £19.99",
        "White mug set of 4: from £19.99 to £12.99",
        "White mug set of 4 for £12.99. £19.99 is old news.",
        "White mug set of 4 got in at £19.99 and got out at £12.99",
        "White mug set of 4: it was £19.99. 35% less",
        "White mug set of 4 原价£19.99，现价£12.99",
        "White mug set of 4 从£19.99降到了£12.99"
      })
  void theOldPriceAndThePriceInTheirPlacesPass(String body) {
    assertThat(facts(body).detail()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "White mug set of 4 was £12.99, is £19.99",
        "White mug set of 4, now £19.99. It was £12.99",
        "White mug set of 4 for £19.99 instead of £12.99",
        "White mug set of 4: from £12.99 to £19.99",
        "White mug set of 4 for £19.99",
        "White mug set of 4 只要£19.99，原价£12.99"
      })
  void theOldPriceMayNotPassForThePrice(String body) {
    assertThat(facts(body).passed()).isFalse();
    assertThat(facts(body).detail()).contains("old price");
  }

  @Test
  void thePriceIsOneOfAnItemThatIsNamed() {
    Item tea = Item.builder("t").title("Tea").price(3.5).build();
    ContentRequest request = request(MUG, tea).build();
    assertThat(verdict("facts", request, "x", "White mug set of 4 for £3.50").passed()).isFalse();
    assertThat(verdict("facts", request, "x", "Tea for £3.50").passed()).isTrue();
    assertThat(verdict("facts", request, "Tea", "White mug set of 4 for £3.50").passed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at half price",
        "two for one",
        "buy one, get one free",
        "twenty-five percent off"
      })
  void aNumberInWordsIsANumber(String words) {
    assertThat(facts("White mug set of 4, " + words).passed()).isFalse();
    ContentRequest stated = request(MUG).fact("offer", words).build();
    assertThat(verdict("facts", stated, "x", "White mug set of 4, " + words).detail()).isEmpty();
  }

  @Test
  void invisibleCharactersHideNoClaim() {
    ContentRequest request = request(MUG).build();
    assertThat(verdict("claims", request, "x", "Guar\u200banteed").passed()).isFalse();
    assertThat(verdict("claims", request, "x", "Risk\u00ad-free").passed()).isFalse();
  }

  @Test
  void whatIsUnfitForALockScreenIsRefusedInTitlesToo() {
    ContentRequest request = request(MUG).build();
    assertThat(verdict("profanity", request, "x", "This shit mug").detail())
        .isEqualTo("profane word \"shit\"");
    assertThat(verdict("profanity", request, "x", "Shiitake from Scunthorpe").passed()).isTrue();
    ContentRequest chinese = request(MUG).locale(Locale.SIMPLIFIED_CHINESE).build();
    assertThat(verdict("profanity", chinese, "x", "去他妈的").passed()).isFalse();
    assertThat(verdict("profanity", chinese, "x", "妈妈的味道").passed()).isTrue();
  }

  @Test
  void isolatesOfDirectionMayStandWhereTheyEnd() {
    ContentRequest request = request(MUG).build();
    assertThat(verdict("safe-text", request, "x", "\u2068ספל\u2069 for £5").passed()).isTrue();
    for (String broken : List.of("\u2068ספל", "ספל\u2069", "\u2069\u2068")) {
      assertThat(verdict("safe-text", request, "x", broken).passed()).isFalse();
      assertThat(verdict("safe-text", request, broken, "\u2069").passed()).isFalse();
    }
  }

  @Test
  void namesAreMaskedWholeOrCut() {
    List<Item> items = List.of(MUG, Item.of("t", "Tea"));
    assertThat(ItemNames.mask("Tea? White mug set of 4. Teas, White mug s…", items))
        .isEqualTo("\uFFFC? \uFFFC. teas, \uFFFC");
    assertThat(ItemNames.mask("Nothing", items)).isEqualTo("nothing");
    assertThat(ItemNames.mask("a \uFFFC b", List.of(Item.of("m", "\uFFFC"))))
        .isEqualTo("a \uFFFC b");
  }
}
