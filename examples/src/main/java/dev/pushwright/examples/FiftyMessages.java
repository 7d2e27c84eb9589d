// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.api.Channel;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.ItemNames;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.Reason;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Tone;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.engine.Push;
import dev.pushwright.engine.PushDecision;
import dev.pushwright.engine.PushEngine;
import dev.pushwright.engine.PushPolicy;
import dev.pushwright.engine.PushRequest;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.textgen.metrics.Diversity;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Messages of one generator for a person to read: to a customer each, of every occasion but
 * articles, two in English for one in Chinese, in all tones and on all channels; and how many of
 * them are the same. That a price fell, something came back or waits in the cart is made up here,
 * as a shop would tell it to the engine.
 *
 * <pre>
 * mvn -q -pl examples -am compile exec:java \
 *     -Dexec.mainClass=dev.pushwright.examples.FiftyMessages -Dexec.args="--generator seq2seq"
 * </pre>
 */
@Command(
    name = "fifty-messages",
    mixinStandardHelpOptions = true,
    description = "Writes messages for a person to read.")
public final class FiftyMessages implements Callable<Integer> {

  private static final List<Occasion> OCCASIONS =
      List.of(
          Occasion.RECOMMENDATION,
          Occasion.PRICE_DROP,
          Occasion.RECOMMENDATION,
          Occasion.BACK_IN_STOCK,
          Occasion.RECOMMENDATION,
          Occasion.CART_REMINDER,
          Occasion.PROMOTION);
  // Prices and other numbers, and what stands in quotes.
  private static final Pattern VALUE = Pattern.compile("£?\\d[\\d.,]*(?<=\\d)|“[^”]*”|「[^」]*」");

  private static final List<Locale> LOCALES =
      List.of(Locale.UK, Locale.US, Locale.SIMPLIFIED_CHINESE);

  @Option(names = "--generator", defaultValue = "template", description = "Who writes.")
  private String generator = "template";

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "What learning and the choice of texts start from.")
  private int seed = 1;

  @Option(names = "--count", defaultValue = "50", description = "How many messages.")
  private int count = 50;

  private final Screen screen = new Screen();

  /**
   * Runs the program and ends the process unless all went well.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    int status = new CommandLine(new FiftyMessages()).execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws IOException {
    Dataset shop = shop();
    PushEngine engine =
        PushEngine.builder(shop)
            .profiler("tfidf", Options.of("stopWords", "set,pack,of,design"))
            .recommender("item-knn", Options.of("weights", "VIEW:1, PURCHASE:3*log"))
            .generator(generator, seeded())
            .seed(seed)
            .policy(PushPolicy.builder().build())
            .currency(Currency.getInstance("GBP"))
            .clock(Clock.fixed(shop.latest(), ZoneOffset.UTC))
            .fitContext(FitContext.standard().withListener(screen::progress))
            .build();
    List<String> customers =
        shop.users().ids().stream().filter(id -> shop.eventsOf(id).size() >= 20).toList();
    List<String> texts = new ArrayList<>();
    List<String> wordings = new ArrayList<>();
    int withheld = 0;
    for (int n = 0; n < count; n++) {
      String customer = customers.get((int) ((long) n * customers.size() / count));
      PushDecision decision = engine.push(request(engine, shop, customer, n));
      screen.decision(
          OCCASIONS.get(n % OCCASIONS.size()) + ", " + tone(n) + ", to " + customer, decision);
      if (decision instanceof Push push) {
        texts.add(push.title() + "\n" + push.body());
        wordings.add(wording(shop, push));
      } else {
        withheld++;
      }
    }
    screen.line("");
    screen.line(texts.size() + " messages, " + withheld + " withheld.");
    if (!texts.isEmpty()) {
      Diversity diversity = Diversity.of(texts);
      screen.line(
          String.format(
              Locale.ROOT,
              "%.0f %% are different texts; distinct-2 %.2f, Self-BLEU %.2f.",
              100 * diversity.distinctTexts(),
              diversity.distinct2(),
              diversity.selfBleu()));
      screen.line(sameWordings(wordings));
    }
    return 0;
  }

  // Of the generators those that learn have a seed of their own.
  private Options seeded() {
    boolean learns = Plugins.load().generator(generator).options().names().contains("seed");
    return learns ? Options.of("seed", seed) : Options.none();
  }

  // What is left of a text without names, prices, quotes and the user's tags.
  private static String wording(Dataset shop, Push push) {
    List<Item> named = new ArrayList<>();
    push.items().forEach(pushed -> named.add(pushed.item()));
    push.reasons().stream()
        .filter(Reason.OwnItem.class::isInstance)
        .flatMap(reason -> shop.item(((Reason.OwnItem) reason).itemId()).stream())
        .forEach(named::add);
    String wording =
        ItemNames.mask(push.title(), named) + "\n" + ItemNames.mask(push.body(), named);
    for (UserProfile.Tag tag : push.profile().tags()) {
      wording = wording.replaceAll("\\b" + Pattern.quote(tag.name()) + "\\b", ItemNames.MASK);
    }
    return VALUE.matcher(wording).replaceAll(ItemNames.MASK);
  }

  private static String sameWordings(List<String> wordings) {
    Map<String, Long> counts =
        wordings.stream().collect(Collectors.groupingBy(w -> w, Collectors.counting()));
    Map<String, Long> titles =
        wordings.stream()
            .collect(
                Collectors.groupingBy(w -> w.substring(0, w.indexOf('\n')), Collectors.counting()));
    return String.format(
        Locale.ROOT,
        "Without names, prices and tags %.0f %% differ; the commonest text is there %d times,"
            + " the title %d.",
        100.0 * counts.size() / wordings.size(),
        Collections.max(counts.values()),
        Collections.max(titles.values()));
  }

  private static Dataset shop() throws IOException {
    try (BundledData bundled = BundledData.open("online-retail-2011-q4.csv.gz")) {
      return CsvIngest.builder()
          .add(bundled.path(), CsvMapping.named("online-retail"))
          .read()
          .dataset();
    }
  }

  private static Tone tone(int n) {
    return Tone.values()[n / 2 % Tone.values().length];
  }

  private static PushRequest request(PushEngine engine, Dataset shop, String customer, int n) {
    Occasion occasion = OCCASIONS.get(n % OCCASIONS.size());
    PushRequest.Builder request =
        PushRequest.to(customer)
            .occasion(occasion)
            .tone(tone(n))
            .channel(Channel.values()[n % Channel.values().length])
            .locale(LOCALES.get(n / 3 % LOCALES.size()));
    if (occasion == Occasion.PRICE_DROP) {
      String item =
          engine
              .recommenderModel()
              .recommend(RecommendationQuery.forUser(customer).limit(1).build())
              .itemIds()
              .get(0);
      double price = shop.item(item).map(Item::price).orElseThrow().orElseThrow();
      request.about(item).oldPrice(Math.round(price * 125) / 100.0);
    }
    return request.build();
  }
}
