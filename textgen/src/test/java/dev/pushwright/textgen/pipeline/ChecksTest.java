// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import static dev.pushwright.textgen.pipeline.Asked.LAMP;
import static dev.pushwright.textgen.pipeline.Asked.MUG;
import static dev.pushwright.textgen.pipeline.Asked.about;
import static dev.pushwright.textgen.pipeline.Asked.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Message;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A <unk> mug",
        "Hi {name}",
        "Hi {user name}",
        "Now [price]",
        "__item__",
        "</s>",
        "@tag@",
        "Only %s",
        "\u2581mug"
      })
  void marksOfTheWorkshopAreFound(String text) {
    Check marks = new Marks();
    assertThat(failed(marks, about(MUG).build(), text, "x")).startsWith("marks: the mark ");
    assertThat(failed(marks, about(MUG).build(), "x", text)).startsWith("marks: the mark ");
    assertThat(failed(marks, about(Item.of("i", text)).build(), "x", text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"It says: \"buy me.", "a “mug", "a mug”", "「杯子", "a mug (blue", "）"})
  void halfAPairOfQuotationMarksIsFound(String text) {
    assertThat(failed(new Marks(), about(MUG).build(), "x", text))
        .startsWith("marks: the mark ")
        .endsWith("lacks its other half");
    assertThat(failed(new Marks(), about(Item.of("i", text)).build(), "x", text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"It says: \"buy me.\"", "a “mug”", "「杯子」", "a mug (blue)", "I'm"})
  void wholePairsOfQuotationMarksAreLeftAlone(String text) {
    assertThat(failed(new Marks(), about(MUG).build(), "x", text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"I <3 mugs", "5 < 6 > 4", "100 %", "a [sic!] mug", "{}", "me@home"})
  void whatOnlyLooksLikeAMarkIsLeftAlone(String text) {
    assertThat(failed(new Marks(), about(MUG).build(), "x", text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "good good good mug,\"good\" 3 times in a row",
    "a nice mug is a nice mug,\"a nice mug\" twice",
    "买杯子送杯子买杯子送盘子,\"买 杯 子 送\" twice",
    "Blue Stoneware Mug Blue Stoneware Mug Blue Stoneware Mug,\"\uFFFC\" 3 times in a row",
    "For you,the body repeats the title",
    "「Blue Stoneware Mug」在等你的「blue stoneware mug」,item mug twice in the body",
    "'Now £12.99, and it was £12.99',the price £12.99 twice",
  })
  void repetitionIsFound(String body, String what) {
    assertThat(failed(new Repetition(), about(MUG).build(), "For you!", body))
        .isEqualTo("repetition: " + what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Knock, knock. Who's there?", "看看这个，看看那个", "A mug, a lamp, a mug"})
  void whatPeopleSayTwiceIsNoRepetition(String body) {
    assertThat(failed(new Repetition(), about(MUG).build(), "For you", body)).isEmpty();
    Item odd = Item.of("odd", "Row row row your boat, row row row your boat");
    assertThat(failed(new Repetition(), about(odd).build(), "New", odd.title() + ".")).isEmpty();
  }

  @Test
  void aTextMuchLikeARecentOneIsFound() {
    Check recent = new Recency();
    Message sent = new Message("A nice find", "Red Desk Lamp is waiting for you in our shop.");
    ContentRequest request = about(MUG).recent(List.of(new Message("x", "y"), sent)).build();
    // The same words about another item.
    assertThat(
            failed(recent, request, "A nice find", "Blue Stoneware Mug waits for you in our shop."))
        .startsWith("recent: 86 % the same as \"A nice find\", which the user was sent;");
    assertThat(failed(recent, request, "Have a look", "Blue Stoneware Mug could suit you."))
        .isEmpty();
    // Another text about the same item, whose long name would make them alike.
    Item item = Item.of("long", "Set of 12 hand painted porcelain espresso cups with saucers");
    ContentRequest about =
        about(item).recent(List.of(new Message("Look", item.title() + " is here again."))).build();
    assertThat(failed(recent, about, "For tonight", "How about " + item.title() + "?")).isEmpty();
    assertThat(failed(recent, about, "Look", item.title() + " is here again!")).isNotEmpty();
  }

  @Test
  void likenessIsTheLongestCommonSubsequence() {
    assertThat(Recency.alike(List.of("a", "b", "c"), List.of("a", "b", "c"))).isEqualTo(1);
    assertThat(Recency.alike(List.of(), List.of("a"))).isZero();
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      List<String> a = letters(random);
      List<String> b = letters(random);
      assertThat(Recency.alike(a, b))
          .isCloseTo(2.0 * longest(a, b) / (a.size() + b.size()), within(1e-12));
    }
  }

  private static List<String> letters(SplittableRandom random) {
    List<String> letters = new ArrayList<>();
    for (int n = 1 + random.nextInt(8); n > 0; n--) {
      letters.add(String.valueOf((char) ('a' + random.nextInt(3))));
    }
    return letters;
  }

  // By its definition.
  private static int longest(List<String> a, List<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return 0;
    }
    List<String> restA = a.subList(1, a.size());
    List<String> restB = b.subList(1, b.size());
    return a.get(0).equals(b.get(0))
        ? 1 + longest(restA, restB)
        : Math.max(longest(restA, b), longest(a, restB));
  }

  @ParameterizedTest
  @CsvSource({
    "Blue Stoneware Mug is back in stock,back in stock",
    "Blue Stoneware Mug is on offer,on offer",
    "Blue Stoneware Mug is cheaper now,cheaper",
    "Blue Stoneware Mug is still in your cart,in your cart",
    "You looked at the Blue Stoneware Mug,you looked at",
    "Blue Stoneware Mug with free delivery,free delivery",
    "Blue Stoneware Mug. Use your coupon,coupon",
    "Blue Stoneware Mug: today-only,today only",
    "Blue Stoneware Mug is in stock once more,in stock",
    "Blue Stoneware Mug is reserved for you,reserved for you",
    "People who like mugs like Blue Stoneware Mug,people who",
    "See our offers: Blue Stoneware Mug,our offers",
  })
  void whatIsNotSoIsFound(String body, String what) {
    assertThat(failed(new Statements(), about(MUG).build(), "x", body))
        .startsWith("statements: \"" + what + "\" is not so");
  }

  @ParameterizedTest
  @CsvSource({
    "「Blue Stoneware Mug」有货，来看看,有货",
    "「Blue Stoneware Mug」帮你留着呢,帮你留着",
    "「Blue Stoneware Mug」为你预留,预留",
    "「Blue Stoneware Mug」便宜啦,便宜啦",
    // The price before was not the lower one.
    "「Blue Stoneware Mug」现在£12.99，之前便宜20%,，之前便宜",
  })
  void whatIsNotSoIsFoundInChinese(String body, String what) {
    ContentRequest request = about(MUG).locale(Locale.SIMPLIFIED_CHINESE).build();
    assertThat(failed(new Statements(), request, "x", body))
        .startsWith("statements: \"" + what + "\" is not so");
  }

  @Test
  void whatIsSoMayBeSaidInChinese() {
    ContentRequest drop = about(MUG).oldPrice(20).locale(Locale.SIMPLIFIED_CHINESE).build();
    assertThat(failed(new Statements(), drop, "x", "「Blue Stoneware Mug」比之前便宜35%，便宜啦")).isEmpty();
    assertThat(failed(new Statements(), drop, "x", "帮你留意到「Blue Stoneware Mug」")).isEmpty();
  }

  @Test
  void whatIsSoMayBeSaid() {
    Check statements = new Statements();
    String name = MUG.title();
    assertThat(failed(statements, about(MUG).build(), "You bought " + LAMP.title(), name))
        .isEmpty();
    ContentRequest stock = about(MUG).occasion(Occasion.BACK_IN_STOCK).build();
    assertThat(failed(statements, stock, "x", name + " is back in stock")).isEmpty();
    ContentRequest cart = about(MUG).occasion(Occasion.CART_REMINDER).build();
    assertThat(failed(statements, cart, "x", name + " is in your cart")).isEmpty();
    assertThat(failed(statements, about(MUG).oldPrice(20).build(), "x", name + " costs less"))
        .isEmpty();
    assertThat(failed(statements, about(MUG).oldPrice(10).build(), "x", name + " costs less"))
        .isNotEmpty();
    ContentRequest fact = about(MUG).fact("delivery", "Free delivery, with a coupon").build();
    assertThat(failed(statements, fact, "x", name + " with free delivery by coupon")).isEmpty();
    Item limited = Item.of("l", "Limited Edition Mug");
    assertThat(failed(statements, about(limited).build(), "x", "Limited Edition Mug for you"))
        .isEmpty();
  }

  @Test
  void statementsAreReadInChineseAndInAnyLanguageWithoutAList() {
    ContentRequest chinese = about(MUG).locale(Locale.SIMPLIFIED_CHINESE).build();
    assertThat(failed(new Statements(), chinese, "x", "你看过的杯子到货了")).contains("到货");
    assertThat(failed(new Statements(), chinese, "x", "free delivery")).isNotEmpty();
    assertThat(failed(new Statements(), about(MUG).build(), "x", "限时")).isEmpty();
    ContentRequest german = about(MUG).locale(Locale.GERMANY).build();
    assertThat(failed(new Statements(), german, "x", "free delivery")).isNotEmpty();
    assertThat(failed(new Statements(), german, "x", "限时")).isNotEmpty();
  }

  @Test
  void otherItemsOfTheCatalogueAreNotNamed() {
    List<Item> catalogue =
        List.of(
            MUG,
            LAMP,
            Item.of("k", "Green Kettle"),
            Item.of("s", "Stoneware Mug"),
            Item.of("w", "Mugs"),
            Item.of("e", ""),
            Item.of("c", "日式陶瓷茶壶"));
    Check names = Checks.names(catalogue);
    ContentRequest request = about(MUG).build();
    assertThat(failed(names, request, "x", "A green kettle, like Blue Stoneware Mug"))
        .isEqualTo("names: \"green kettle\" is no name that the request states");
    assertThat(failed(names, request, "Green  Kettle", "Blue Stoneware Mug")).isNotEmpty();
    assertThat(failed(names, request, "x", "看日式陶瓷茶壶吧")).isNotEmpty();
    assertThat(failed(names, request, "x", "Evergreen Kettles and mugs")).isEmpty();
    // Part of a name that is stated, and an item that a reason names.
    assertThat(failed(names, request, "Blue Stoneware Mug", "Goes with Red Desk Lamp")).isEmpty();
    assertThat(failed(names, request, "x", "Our stoneware mug is blue")).isEmpty();
  }

  @Test
  void whatStandsInQuotesOfNamesIsStated() {
    Check names = Checks.names(List.of());
    Item cup = Item.of("c", "日式手工陶瓷马克杯");
    ContentRequest request =
        ContentRequest.builder(UserProfile.empty("u"), List.of(new PushItem(cup, 1, List.of())))
            .locale(Locale.SIMPLIFIED_CHINESE)
            .build();
    assertThat(failed(names, request, "x", "「日式手工陶瓷马克杯」，有空来看看")).isEmpty();
    assertThat(failed(names, request, "x", "「日式手工…」，有空来看看")).isEmpty();
    assertThat(failed(names, request, "x", "「欧式茶壶」，有空来看看")).contains("欧式茶壶");
  }
}
