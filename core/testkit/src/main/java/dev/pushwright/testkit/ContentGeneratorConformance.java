// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentChecks;
import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.Tone;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The contract of a content generator. Extend it in a test of your plug-in and override {@link
 * #provider()}; where the defaults need more data than the kit's {@link Checkerboard} has, override
 * {@link #options()} too.
 *
 * <p>Every text the kit gets is tried by {@link ContentChecks} again. The generator may refuse
 * whatever it likes, with its reason, but for a plain recommendation in English, which it has to
 * write on every channel.
 */
public abstract class ContentGeneratorConformance
    extends ProviderConformance<ContentGenerator, ContentModel> {

  private static final Item LAMP =
      Item.builder("lamp")
          .title("Red desk lamp")
          .tags("lamp")
          .category("Lamps")
          .price(24.5)
          .build();
  private static final Item MUG =
      Item.builder("mug").title("Blue mug").tags("mug").category("Kitchen").price(6).build();
  private static final double OLD_PRICE = 30;

  /** For subclasses. */
  protected ContentGeneratorConformance() {}

  /**
   * The plug-in that is tried.
   *
   * @return its provider, as {@link Plugins} would make it
   */
  @Override
  protected abstract ContentGeneratorProvider provider();

  @Override
  final ContentModel fit(ContentGenerator algorithm, Dataset data, FitContext context) {
    return algorithm.fit(data, context);
  }

  @Override
  final ContentModel load(Path file, Plugins plugins) {
    return Models.loadGenerator(file, plugins);
  }

  @Override
  final Class<?> service() {
    return ContentGeneratorProvider.class;
  }

  @Override
  final ContentGeneratorProvider lookUp(String name) {
    return Plugins.load().generator(name);
  }

  @Override
  final List<?> answers(ContentModel model, Dataset data) {
    List<ContentResult> results = new ArrayList<>();
    for (Item item : data.catalogue().subList(0, Math.min(10, data.catalogue().size()))) {
      for (Occasion occasion : Occasion.values()) {
        for (long seed = 0; seed < 3; seed++) {
          results.add(model.generate(request(item).occasion(occasion).seed(seed).build()));
        }
      }
    }
    return results;
  }

  private static ContentRequest.Builder request(Item item) {
    UserProfile profile =
        UserProfile.builder("ada", Basis.TRAINED).tag("lamp", 0.75).tag("mug", 0.25).build();
    List<Reason> reasons =
        List.of(
            new Reason.OwnItem(MUG.id(), EventType.PURCHASE, 0.75), new Reason.Popular("", 0.25));
    ContentRequest.Builder request =
        ContentRequest.builder(profile, List.of(new PushItem(item, 1.5, reasons)))
            .user(User.of("ada").with(User.NAME, "Ada"))
            .mention(List.of(MUG))
            .currency(Currency.getInstance("GBP"));
    return item.price().isPresent() ? request.oldPrice(OLD_PRICE) : request;
  }

  private ContentResult ask(ContentRequest.Builder request) {
    return ask(request.build());
  }

  /** Asks, and tries the result against all that holds for any result. */
  private ContentResult ask(ContentRequest request) {
    String what =
        request.occasion()
            + " of "
            + request.mainItem().item()
            + " on "
            + request.channel()
            + " in "
            + request.locale()
            + ", "
            + request.tone()
            + ", for "
            + request.user().name().orElse("somebody without a name");
    ContentResult result = model().generate(request);
    assertThat(result).as("result for %s", what).isNotNull();
    if (result instanceof Refusal refusal) {
      assertThat(refusal.reason()).as("reason of the refusal of %s", what).isNotBlank();
      assertThat(refusal.generator()).as("who refused %s", what).isEqualTo(provider().name());
    } else if (result instanceof PushContent content) {
      assertThat(ContentChecks.run(request, content.title(), content.body()))
          .as("checks of \"%s\" / \"%s\", written for %s", content.title(), content.body(), what)
          .allMatch(Verdict::passed);
      assertThat(content.verdicts()).as("verdicts that go with the text").isNotEmpty();
      assertThat(content.channel()).as("channel of the text").isEqualTo(request.channel());
      assertThat(content.seed()).as("seed of the text").isEqualTo(request.seed());
      assertThat(content.source())
          .as("source of the text, which begins with the provider's name")
          .matches(
              source ->
                  source.equals(provider().name()) || source.startsWith(provider().name() + "/"));
      List<String> offered = request.items().stream().map(pushed -> pushed.item().id()).toList();
      assertThat(offered)
          .as("items of the request, of which the text speaks")
          .containsAll(content.itemIds());
      assertThat(content.itemIds()).as("items the text speaks of").doesNotHaveDuplicates();
    }
    return result;
  }

  private static void assertRefused(ContentResult result, String why) {
    assertThat(result).as(why).isInstanceOf(Refusal.class);
  }

  @Test
  void plainRecommendationIsWrittenOnEveryChannel() {
    for (Channel channel : Channel.values()) {
      ContentResult result = ask(request(LAMP).channel(channel));
      assertThat(result)
          .as("a plain recommendation on %s", channel)
          .isInstanceOf(PushContent.class);
      assertThat(((PushContent) result).locale().getLanguage())
          .as("language of a text that was asked for in English")
          .isEqualTo("en");
    }
  }

  @Test
  void everyTextPassesTheChecks() {
    for (Channel channel : Channel.values()) {
      for (Occasion occasion : Occasion.values()) {
        for (Tone tone : Tone.values()) {
          for (User user : List.of(User.of("ada").with(User.NAME, "Ada"), User.of("ada"))) {
            for (long seed = 0; seed < 5; seed++) {
              ask(
                  request(LAMP)
                      .channel(channel)
                      .occasion(occasion)
                      .tone(tone)
                      .user(user)
                      .seed(seed));
            }
          }
        }
      }
    }
  }

  @Test
  void awkwardItemsGiveASoundTextOrARefusal() {
    String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    List<Item> items =
        List.of(
            Item.of("no-title"),
            Item.of("no-price", "Red desk lamp"),
            Item.builder("free").title("Red desk lamp").price(0).build(),
            Item.builder("dear").title("Red desk lamp").price(1e12).build(),
            Item.builder("long").title("lamp ".repeat(60)).price(3).build(),
            Item.builder("one-word").title("l".repeat(300)).price(3).build(),
            Item.builder("chinese").title("红".repeat(300)).price(3).build(),
            Item.builder("emoji").title("Lamp " + family).price(3).build(),
            Item.builder("long-emoji").title(family.repeat(300)).price(3).build(),
            Item.builder("html").title("<b>Lamp</b> & \"mug\"").price(3).build(),
            Item.builder("lines").title("Lamp\nwith\tlines").price(3).build(),
            Item.builder("control").title("Lamp \u0007\u001B[31m").price(3).build(),
            Item.builder("template").title("{{name}}").price(3).build(),
            Item.builder("section").title("{{#name}} {{/missing}} ${name} %s").price(3).build());
    for (Item item : items) {
      for (Channel channel : Channel.values()) {
        for (Occasion occasion : Occasion.values()) {
          ask(request(item).channel(channel).occasion(occasion));
          ask(request(item).channel(channel).occasion(occasion).user(User.of("ada")));
        }
      }
    }
  }

  @Test
  void awkwardNamesGiveASoundTextOrARefusal() {
    for (String name :
        List.of("{{price}}", "A".repeat(500), "\uD83D\uDE00", "<i>Ada</i>", "Ada\nB")) {
      for (Channel channel : Channel.values()) {
        ask(request(LAMP).channel(channel).user(User.of("ada").with(User.NAME, name)));
      }
    }
  }

  @Test
  void templateSyntaxInATitleIsPlainText() {
    Item item = Item.builder("probe").title("{{kitprobe}} lamp").price(3).build();
    List<PushItem> items =
        List.of(new PushItem(item, 2, List.of()), new PushItem(LAMP, 1, List.of()));
    UserProfile profile = UserProfile.empty("stranger");
    for (Channel channel : Channel.values()) {
      ContentResult result =
          ask(ContentRequest.builder(profile, items).channel(channel).fact("kitprobe", "EXPANDED"));
      if (result instanceof PushContent content) {
        assertThat(content.title() + content.body())
            .as("a text about an item titled {{kitprobe}}, where the fact kitprobe is EXPANDED")
            .doesNotContain("EXPANDED");
      }
    }
  }

  @Test
  void priceDropThatIsNoneIsRefused() {
    Item noPrice = Item.of("no-price", "Red desk lamp");
    for (Channel channel : Channel.values()) {
      for (long seed = 0; seed < 5; seed++) {
        ContentRequest plain = request(LAMP).build();
        assertRefused(
            ask(
                ContentRequest.builder(plain.profile(), plain.items())
                    .occasion(Occasion.PRICE_DROP)
                    .channel(channel)
                    .seed(seed)),
            "a price drop without an old price");
        for (double oldPrice : new double[] {24.5, 20, 0.01}) {
          assertRefused(
              ask(
                  request(LAMP)
                      .occasion(Occasion.PRICE_DROP)
                      .oldPrice(oldPrice)
                      .channel(channel)
                      .seed(seed)),
              "a price drop from " + oldPrice + " to 24.5");
        }
        assertRefused(
            ask(
                request(noPrice)
                    .occasion(Occasion.PRICE_DROP)
                    .oldPrice(OLD_PRICE)
                    .channel(channel)
                    .seed(seed)),
            "a price drop of an item without a price");
      }
    }
  }

  @Test
  void sameRequestGivesTheSameText() {
    for (long seed : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(ask(request(LAMP).seed(seed)))
          .as("the result for an equal request")
          .isEqualTo(ask(request(LAMP).seed(seed)));
    }
  }

  @Test
  void languageThatIsNotSpokenGivesATextOrARefusal() {
    List<Locale> locales =
        List.of(
            Locale.forLanguageTag("tlh"),
            Locale.ROOT,
            Locale.forLanguageTag("en-XA"),
            Locale.forLanguageTag("zh-Hant-TW"),
            Locale.forLanguageTag("ar"));
    for (Locale locale : locales) {
      for (Channel channel : Channel.values()) {
        ask(request(LAMP).locale(locale).channel(channel));
      }
    }
  }

  @Test
  void userOfWhomNothingIsKnownGivesASoundTextOrARefusal() {
    for (Optional<Reason> reason :
        List.of(
            Optional.<Reason>empty(),
            Optional.<Reason>of(new Reason.Popular("", 1)),
            Optional.<Reason>of(new Reason.Interest("lamp", 1)),
            Optional.<Reason>of(new Reason.OwnItem("not-mentioned", EventType.VIEW, 1)))) {
      List<PushItem> items = List.of(new PushItem(LAMP, 1, reason.stream().toList()));
      ask(ContentRequest.builder(UserProfile.empty("stranger"), items));
    }
  }

  @Test
  void severalItemsGiveASoundTextOrARefusal() {
    List<PushItem> items = new ArrayList<>();
    for (Item item : board().data().catalogue()) {
      items.add(new PushItem(item, 1, List.of(new Reason.Popular("", 1))));
      for (Channel channel : Channel.values()) {
        ask(ContentRequest.builder(UserProfile.empty("stranger"), items).channel(channel));
      }
    }
  }
}
