// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import static dev.pushwright.textgen.Requests.HOLDER;
import static dev.pushwright.textgen.Requests.bare;
import static dev.pushwright.textgen.Requests.model;
import static dev.pushwright.textgen.Requests.refused;
import static dev.pushwright.textgen.Requests.rich;
import static dev.pushwright.textgen.Requests.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.Graphemes;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Tone;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateModelTest {

  @TempDir private Path folder;

  private ContentModel modelOf(String... lines) throws IOException {
    Path file = folder.resolve("own.properties");
    Files.write(file, List.of(lines), StandardCharsets.UTF_8);
    return model(TemplateGenerator.builder().builtIn(false).packs(file).build());
  }

  @Test
  void theAnswerSaysWhereItComesFromAndWhatItSpeaksOf() {
    ContentRequest request =
        rich("u1", "Mug", "Cup", "Bowl", EventType.PURCHASE)
            .tone(Tone.FRIENDLY)
            .seed(7)
            .channel(Channel.IOS)
            .build();
    PushContent content = written(model().generate(request));
    assertThat(content.source()).startsWith("template/en:recommendation.any.friendly.");
    assertThat(content.seed()).isEqualTo(7);
    assertThat(content.locale()).isEqualTo(Locale.UK);
    assertThat(content.channel()).isEqualTo(Channel.IOS);
    assertThat(content.itemIds()).first().isEqualTo("i1");
    assertThat(content.verdicts()).hasSize(10).allMatch(Verdict::passed);
  }

  @Test
  void theSecondItemIsNamedAmongTheItemsOnlyWhenTheTextSpeaksOfIt() {
    ContentModel model = model();
    for (int seed = 0; seed < 200; seed++) {
      PushContent content =
          written(
              model.generate(rich("u", "Mug", "Cup", "Bowl", EventType.VIEW).seed(seed).build()));
      boolean speaksOfIt = (content.title() + content.body()).contains("Cup");
      assertThat(content.itemIds()).isEqualTo(speaksOfIt ? List.of("i1", "i2") : List.of("i1"));
    }
  }

  @Test
  void theReasonIsTheWeightiestOfTheUsersOwnItemsThatIsKnown() throws IOException {
    ContentModel model =
        modelOf(
            "language = en",
            "did.view = looked at {{because}}",
            "did.cart = put {{because}} in your cart",
            "recommendation.any.any.1.title = Because you {{did}}",
            "recommendation.any.any.1.body = {{item}}");
    List<Reason> reasons =
        List.of(
            new Reason.OwnItem("unknown", EventType.CART, 0.5),
            new Reason.OwnItem("waved-away", EventType.DISMISS, 0.2),
            new Reason.OwnItem("a", EventType.VIEW, 0.1),
            new Reason.OwnItem("b", EventType.CART, 0.15),
            new Reason.Popular("", 0.05));
    ContentRequest.Builder request =
        ContentRequest.builder(UserProfile.empty("u"), List.of(new PushItem(HOLDER, 1, reasons)))
            .mention(List.of(Item.of("waved-away", "X"), Item.of("a", "A"), Item.of("b", "B")));
    assertThat(written(model.generate(request.build())).title())
        .isEqualTo("Because you put B in your cart");

    ContentRequest without = bare("u", HOLDER).build();
    assertThat(refused(model.generate(without)).reason())
        .isEqualTo(
            "none of the 1 templates for recommendation on android in the pack en will do: slot did"
                + " has no value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u200b", "\u00a0"})
  void aGreetingWithoutANameNeverShips(String name) {
    ContentModel model = model();
    for (Tone tone : Tone.values()) {
      for (Occasion occasion : Occasion.values()) {
        for (int seed = 0; seed < 30; seed++) {
          ContentRequest.Builder request =
              bare("u", HOLDER).oldPrice(5).tone(tone).occasion(occasion).seed(seed);
          if (!name.isEmpty()) {
            request.user(User.of("u").with(User.NAME, name));
          }
          PushContent english = written(model.generate(request.build()));
          assertThat(english.title()).doesNotContainPattern("(Hi|Hello|Hey)[^a-z]*[,!?]");
          PushContent chinese =
              written(model.generate(request.locale(Locale.SIMPLIFIED_CHINESE).build()));
          assertThat(chinese.title()).doesNotContainPattern("^[\\p{Z}\\p{C}]*，");
        }
      }
    }
  }

  @Test
  void aMissingNameTakesTheDefaultOfThePack() throws IOException {
    ContentModel model =
        modelOf(
            "language = en",
            "default.name = there",
            "recommendation.any.any.1.title = Hi {{name}}",
            "recommendation.any.any.1.body = {{item}}");
    assertThat(written(model.generate(bare("u", HOLDER).build())).title()).isEqualTo("Hi there");
    User ada = User.of("u").with(User.NAME, "Ada  Lovelace");
    assertThat(written(model.generate(bare("u", HOLDER).user(ada).build())).title())
        .isEqualTo("Hi Ada Lovelace");
  }

  @Test
  void aSlotWithNeitherValueNorDefaultRejectsTheTemplateOnly() throws IOException {
    ContentModel model =
        modelOf(
            "language = en",
            "recommendation.any.any.1.title = Hi {{name}}",
            "recommendation.any.any.1.body = {{item}}",
            "recommendation.any.any.2.title = Hi",
            "recommendation.any.any.2.body = {{item}}");
    for (int seed = 0; seed < 20; seed++) {
      assertThat(written(model.generate(bare("u", HOLDER).seed(seed).build())).source())
          .isEqualTo("template/en:recommendation.any.any.2");
    }
  }

  @Test
  void factsFillTheSlotsThatThePackDeclares() throws IOException {
    ContentModel model =
        modelOf(
            "language = en",
            "facts = coupon",
            "promotion.any.any.1.title = Code {{coupon}}",
            "promotion.any.any.1.body = {{item}}");
    ContentRequest.Builder request = bare("u", HOLDER).occasion(Occasion.PROMOTION);
    assertThat(refused(model.generate(request.build())).reason())
        .contains("slot coupon has no value");
    assertThat(written(model.generate(request.fact("coupon", "TEA10").build())).title())
        .isEqualTo("Code TEA10");
  }

  @Test
  void aPriceDropThatIsNoneIsRefused() {
    ContentModel model = model();
    ContentRequest.Builder request = bare("u", HOLDER).occasion(Occasion.PRICE_DROP);
    assertThat(refused(model.generate(request.build())).reason())
        .isEqualTo(
            "price-drop needs an old price above the price; the old price is not given, the price"
                + " 2.55");
    assertThat(refused(model.generate(request.oldPrice(2.55).build())).reason())
        .endsWith("the old price is 2.55, the price 2.55");
    assertThat(refused(model.generate(request.oldPrice(1).build())).reason())
        .endsWith("the old price is 1.0, the price 2.55");
    assertThat(
            refused(
                    model.generate(
                        bare("u", Item.of("x", "Mug"))
                            .occasion(Occasion.PRICE_DROP)
                            .oldPrice(5)
                            .build()))
                .reason())
        .endsWith("the old price is 5.0, the price not given");
  }

  @Test
  void aPriceOfNothingIsNotShown() {
    Item free = Item.builder("f").title("Mug").price(0).build();
    ContentModel model = model();
    for (int seed = 0; seed < 50; seed++) {
      PushContent content = written(model.generate(bare("u", free).seed(seed).build()));
      assertThat(content.title() + content.body()).doesNotContain("£");
    }
    assertThat(
            refused(
                    model.generate(
                        bare("u", free).occasion(Occasion.PRICE_DROP).oldPrice(5).build()))
                .reason())
        .contains("slot price has no value");
  }

  @Test
  void anItemWithoutATitleIsRefused() {
    assertThat(refused(model().generate(bare("u", Item.of("85123A")).build())).reason())
        .isEqualTo("item 85123A has no title to name it by");
  }

  @Test
  void aLanguageWithoutAPackIsRefusedWithTheRemedy() {
    assertThat(refused(model().generate(bare("u", HOLDER).locale(Locale.FRANCE).build())).reason())
        .isEqualTo(
            "no template for locale fr-FR; installed: en, zh; set option fallbackLocale or add a"
                + " pack");
  }

  @Test
  void theFallbackWritesItsOwnLanguageWithTheReadersNumbers() {
    ContentModel model = model(TemplateGenerator.builder().fallbackLocale(Locale.UK).build());
    ContentRequest.Builder request =
        bare("u", Item.builder("i").title("Mug").price(1299.5).build())
            .locale(Locale.GERMANY)
            .currency(Currency.getInstance("EUR"))
            .occasion(Occasion.PRICE_DROP)
            .oldPrice(1500);
    PushContent content = written(model.generate(request.build()));
    assertThat(content.locale()).isEqualTo(new Locale("en", "DE"));
    assertThat(content.title() + " " + content.body()).contains("1.299,50\u00a0€");
  }

  @Test
  void pricesAreWrittenAsTheLocaleDoes() {
    ContentModel model = model();
    assertThat(priceDrop(model, Locale.UK, Requests.GBP)).contains("£1,299.50");
    assertThat(priceDrop(model, Locale.SIMPLIFIED_CHINESE, Requests.CNY)).contains("¥1,299.50");
    assertThat(priceDrop(model, Locale.ENGLISH, Requests.CNY)).contains("CN¥1,299.50");
    assertThat(priceDrop(model, Locale.UK, Currency.getInstance("JPY"))).contains("¥1,300");
    ContentRequest without =
        ContentRequest.builder(
                UserProfile.empty("u"),
                List.of(
                    new PushItem(
                        Item.builder("i").title("Mug").price(1299.5).build(), 1, List.of())))
            .occasion(Occasion.PRICE_DROP)
            .oldPrice(1500)
            .build();
    PushContent content = written(model.generate(without));
    assertThat(content.title() + " " + content.body())
        .contains("1,299.50")
        .doesNotContain("£", "¥", "$");
  }

  private static String priceDrop(ContentModel model, Locale locale, Currency currency) {
    PushContent content =
        written(
            model.generate(
                bare("u", Item.builder("i").title("Mug").price(1299.5).build())
                    .locale(locale)
                    .currency(currency)
                    .occasion(Occasion.PRICE_DROP)
                    .oldPrice(1500)
                    .build()));
    return content.title() + " " + content.body();
  }

  @ParameterizedTest
  @EnumSource(Channel.class)
  void absurdlyLongTitlesAreCutAtGraphemes(Channel channel) {
    ContentModel model = model();
    for (String title :
        List.of(
            "word ".repeat(800),
            "x".repeat(4_000),
            "👨‍👩‍👧‍👦".repeat(500),
            "🇬🇧".repeat(900),
            "杯".repeat(1_400))) {
      for (Tone tone : Tone.values()) {
        for (Locale locale : List.of(Locale.UK, Locale.SIMPLIFIED_CHINESE)) {
          PushContent content =
              written(
                  model.generate(
                      bare("u", Item.of("i", title))
                          .channel(channel)
                          .tone(tone)
                          .locale(locale)
                          .build()));
          assertThat(Graphemes.count(content.title())).isLessThanOrEqualTo(channel.titleLength());
          assertThat(Graphemes.count(content.body())).isLessThanOrEqualTo(channel.bodyLength());
          assertThat(content.title() + content.body())
              .contains("…")
              .doesNotContain("\u200d…", "….");
        }
      }
    }
  }

  @Test
  void aTextOfTooManyBytesIsRefused() throws IOException {
    // One character to the eye, 403 bytes to the line: even a short beginning is too much.
    String zalgo = "杯" + "\u0301".repeat(200);
    ContentModel model =
        modelOf(
            "language = zh",
            "recommendation.any.any.1.title = 看看",
            "recommendation.any.any.1.body = {{item}}");
    ContentRequest request =
        bare("u", Item.of("i", zalgo.repeat(60))).locale(Locale.SIMPLIFIED_CHINESE).build();
    assertThat(refused(model.generate(request)).verdicts())
        .anyMatch(v -> v.check().equals("bytes") && v.detail().contains("of 4096 bytes"));
  }

  @Test
  void templateSyntaxInValuesMeansNothing() {
    ContentModel model = model();
    User mallory = User.of("u").with(User.NAME, "{{item}}");
    for (int seed = 0; seed < 50; seed++) {
      ContentRequest request = bare("u", HOLDER).user(mallory).seed(seed).build();
      PushContent content = written(model.generate(request));
      assertThat(content.title() + content.body()).doesNotContain("{{");
    }
    for (String title : List.of("{{name}}", "{{#x}}", "{{=<% %>=}}", "${name}")) {
      ContentResult result = model.generate(bare("u", Item.of("i", title)).build());
      assertThat(refused(result).verdicts())
          .isNotEmpty()
          .allMatch(v -> v.check().equals("slots") && v.detail().contains("template syntax"));
    }
  }

  @Test
  void aClaimInATitleIsRefusedWithItsWord() {
    Item item = Item.of("i", "全网最低陶瓷杯");
    assertThat(
            refused(model().generate(bare("u", item).locale(Locale.SIMPLIFIED_CHINESE).build()))
                .reason())
        .contains("claims: banned claim \"最\"");
    Item harmless = Item.of("i", "最近很火的陶瓷杯");
    assertThat(
            written(model().generate(bare("u", harmless).locale(Locale.SIMPLIFIED_CHINESE).build()))
                .body())
        .isNotBlank();
  }

  @Test
  void aNumberThatAPackInventsIsCaught() throws IOException {
    ContentModel model =
        modelOf(
            "language = en",
            "recommendation.any.any.1.title = Only 3 left",
            "recommendation.any.any.1.body = {{item}}");
    assertThat(refused(model.generate(bare("u", HOLDER).build())).reason())
        .contains("facts: the number 3 is not one that the request states");
  }

  @Test
  void aSecondFullStopIsDropped() throws IOException {
    ContentModel model =
        modelOf(
            "language = en",
            "recommendation.any.any.1.title = For you",
            "recommendation.any.any.1.body = {{item}}. See it.");
    assertThat(written(model.generate(bare("u", Item.of("i", "Tea Ltd.")).build())).body())
        .isEqualTo("Tea Ltd. See it.");
    assertThat(written(model.generate(bare("u", Item.of("i", "Oh!")).build())).body())
        .isEqualTo("Oh! See it.");
  }

  @Test
  void theToneAskedForComesFirstThenAnyThenAnother() throws IOException {
    String[] lines = {
      "language = en",
      "recommendation.any.friendly.1.title = Friendly",
      "recommendation.any.friendly.1.body = {{item}}",
      "recommendation.any.any.1.title = Any",
      "recommendation.any.any.1.body = {{item}}",
      "recommendation.web.any.1.title = Web",
      "recommendation.web.any.1.body = {{item}}",
      "price-drop.any.friendly.1.title = Friendly",
      "price-drop.any.friendly.1.body = {{item}}",
    };
    ContentModel model = modelOf(lines);
    ContentRequest.Builder request = bare("u", HOLDER).oldPrice(5).channel(Channel.WEB);
    assertThat(written(model.generate(request.tone(Tone.FRIENDLY).build())).title())
        .isEqualTo("Friendly");
    assertThat(written(model.generate(request.tone(Tone.PLAYFUL).build())).title())
        .isEqualTo("Web");
    assertThat(written(model.generate(request.channel(Channel.IOS).build())).title())
        .isEqualTo("Any");
    assertThat(written(model.generate(request.occasion(Occasion.PRICE_DROP).build())).title())
        .isEqualTo("Friendly");
    assertThat(refused(model.generate(request.occasion(Occasion.PROMOTION).build())).reason())
        .isEqualTo(
            "there is no template for promotion on ios in the pack en; add one with option packs");
  }

  @Test
  void usersReadDifferentLinesAndTheSameUserTheSame() {
    ContentModel model = model();
    for (Occasion occasion : Occasion.values()) {
      Set<String> lines =
          IntStream.range(0, 100)
              .mapToObj(
                  u -> {
                    ContentRequest request =
                        bare("user" + u, HOLDER)
                            .occasion(occasion)
                            .oldPrice(5)
                            .tone(Tone.FRIENDLY)
                            .build();
                    PushContent content = written(model.generate(request));
                    assertThat(model.generate(request)).isEqualTo(content);
                    return content.title() + "|" + content.body();
                  })
              .collect(Collectors.toSet());
      assertThat(lines).as(occasion.name()).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void theSeedChangesTheLine() {
    ContentModel model = model();
    assertThat(
            IntStream.range(0, 100)
                .mapToObj(s -> written(model.generate(bare("u", HOLDER).seed(s).build())).source())
                .distinct()
                .count())
        .isGreaterThanOrEqualTo(5);
  }

  @Test
  void eightThreadsWriteTheSameTexts() throws Exception {
    ContentModel model = model();
    Callable<List<ContentResult>> work =
        () -> {
          List<ContentResult> results = new ArrayList<>();
          for (int u = 0; u < 300; u++) {
            results.add(
                model.generate(
                    rich("u" + u, "Mug", "Cup", "Bowl", EventType.PURCHASE)
                        .tone(Tone.values()[u % 3])
                        .channel(Channel.values()[u / 3 % 3])
                        .occasion(Occasion.values()[u % 5])
                        .build()));
          }
          return results;
        };
    List<ContentResult> expected = work.call();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<List<ContentResult>> future :
          threads.invokeAll(IntStream.range(0, 8).mapToObj(t -> work).toList())) {
        assertThat(future.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(expected).allMatch(PushContent.class::isInstance);
  }
}
