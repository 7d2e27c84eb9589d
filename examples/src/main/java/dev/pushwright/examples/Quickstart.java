// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Channel;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Reason;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Tone;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.VisitRhythm;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.IngestResult;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import dev.pushwright.engine.Push;
import dev.pushwright.engine.PushDecision;
import dev.pushwright.engine.PushEngine;
import dev.pushwright.engine.PushPolicy;
import dev.pushwright.engine.PushRequest;
import dev.pushwright.engine.Withheld;
import dev.pushwright.profile.cluster.SegmentModel;
import dev.pushwright.profile.text.Language;
import dev.pushwright.profile.text.TextAnalyzers;
import dev.pushwright.profile.vectors.CooccurrenceVectors;
import dev.pushwright.spi.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * From real shop data to push messages, step by step: ingest, profiles, recommendations with
 * reasons, texts for each channel, a push that is better not sent, and a push that changes with
 * what just happened.
 *
 * <p>Run it with {@code mvn -q -pl examples -am compile exec:java}; on your own data with {@code
 * -Dexec.args="--data purchases.csv --mapping mapping.properties"}; with a neural network, and its
 * loss, accuracy and speed epoch by epoch, with {@code -Dexec.args="--recommender neumf"}.
 */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    description = "From shop data to push messages, step by step.")
public final class Quickstart implements Callable<Integer> {

  private static final String ITEM_KNN = "item-knn";

  // What the data says is a country; what the policy needs is a clock.
  private static final Map<String, String> ZONES =
      Map.ofEntries(
          Map.entry("United Kingdom", "Europe/London"),
          Map.entry("EIRE", "Europe/Dublin"),
          Map.entry("Germany", "Europe/Berlin"),
          Map.entry("France", "Europe/Paris"),
          Map.entry("Australia", "Australia/Sydney"),
          Map.entry("Japan", "Asia/Tokyo"),
          Map.entry("Hong Kong", "Asia/Hong_Kong"),
          Map.entry("Singapore", "Asia/Singapore"),
          Map.entry("USA", "America/New_York"));

  @Option(
      names = "--data",
      description = "A CSV file; the bundled part of Online Retail if absent.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--mapping",
      defaultValue = "online-retail",
      description =
          "Which column is what: a name, or a .properties file (default: ${DEFAULT-VALUE}).")
  private String mapping = "online-retail";

  @Option(
      names = "--customers",
      defaultValue = "3",
      description = "How many customers to show (default: ${DEFAULT-VALUE}).")
  private int customers = 3;

  @Option(
      names = "--pictures",
      defaultValue = "target",
      description = "Where the picture of the segments goes (default: ${DEFAULT-VALUE}).")
  private Path pictures = Path.of("target");

  @Option(
      names = "--generator",
      split = ",",
      paramLabel = "NAME",
      description =
          "Generators to see side by side, of those installed: seq2seq, cvae, vae, gan, lstm,"
              + " template and others.")
  private List<String> generators = List.of();

  @Option(
      names = "--recommender",
      defaultValue = ITEM_KNN,
      description =
          "What chooses the items, such as neumf, a network that is trained while you look on"
              + " (default: ${DEFAULT-VALUE}).")
  private String recommender = ITEM_KNN;

  private final Screen screen = new Screen();

  /**
   * Runs the program and ends the process unless all went well, so that a build tool that called it
   * can go on.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    int status = commandLine().execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Quickstart())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              // What the library says is made to be read; a stack trace would bury it.
              command.getErr().println(failure.getMessage());
              return command.getCommandSpec().exitCodeOnExecutionException();
            });
  }

  @Override
  public Integer call() throws IOException {
    screen.heading("1  Read the shop's data, and account for every row");
    long began = System.nanoTime();
    IngestResult ingested = ingest();
    Dataset shop = ingested.dataset();
    screen.took(ingested.report().read() + " rows read", began);
    screen.print(ingested.report().describe());
    screen.line("");
    screen.line("In memory: " + shop + ".");

    screen.heading("2  Learn: who they are, what goes together, how to say it");
    Instant now = shop.latest().plus(Duration.ofMinutes(10));
    PushPolicy policy =
        PushPolicy.builder()
            .quietHours(LocalTime.of(21, 0), LocalTime.of(8, 0))
            .fallbackZone(ZoneId.of("Europe/London"))
            .maxPerDay(3)
            .repeatItemAfterDays(0)
            .build();
    began = System.nanoTime();
    AtomicReference<@Nullable SegmentModel> segments = new AtomicReference<>();
    PushEngine engine =
        PushEngine.builder(shop)
            .profiler(
                "tfidf",
                Options.of("halfLifeDays", 60, "stopWords", "set,pack,of,design")
                    .with("zone", "Europe/London")
                    .with("segmentBy", "country"))
            .recommender(recommender, recommenderOptions())
            .generator("template")
            .fitEnricher(
                (data, profiles, context) -> {
                  SegmentModel fitted = DrawSegments.SEGMENTATION.fit(data, profiles, context);
                  segments.set(fitted);
                  return fitted;
                })
            .fitEnricher(
                (data, profiles, context) ->
                    CooccurrenceVectors.builder()
                        .build()
                        .fitItems(data, TextAnalyzers.of(Language.ENGLISH), context)
                        .enricher("basket", Weighting.standard()))
            .policy(policy)
            .users(id -> shop.user(id).map(Quickstart::withZone))
            .currency(Currency.getInstance("GBP"))
            .clock(Clock.fixed(now, ZoneOffset.UTC))
            .fitContext(FitContext.standard().withListener(screen::progress))
            .build();
    screen.took("three models, segments and vectors fitted", began);
    screen.line(
        "Fitted: "
            + engine.profileModel().provenance().algorithm()
            + ", "
            + engine.recommenderModel().provenance().algorithm()
            + ", template. It is now "
            + now
            + ".");

    screen.heading("3  Profiles, recommendations and messages");
    List<String> chosen = customers(engine, shop);
    for (String customer : chosen) {
      show(engine, shop, customer);
    }
    List<String> known = shop.users().ids().stream().filter(id -> isTold(shop, id)).toList();
    String regular = Collections.max(known, Comparator.comparingInt(id -> visits(engine, id)));
    screen.title("Customer " + regular + ", the whole profile");
    new ProfilePage(screen, engine, shop).print(regular);
    SegmentModel all = Objects.requireNonNull(segments.get());
    screen.title("All " + all.users().size() + " customers, in segments");
    screen.print(DrawSegments.described(all));
    DrawSegments.draw(all, pictures);
    screen.line("Drawn in " + pictures.resolve(DrawSegments.SVG) + ".");

    screen.heading("4  Better not sent");
    withheld(engine, shop, now, chosen.get(0));

    screen.heading("5  Something happens, and the next push knows");
    observe(engine, shop, now, chosen.get(chosen.size() - 1));

    if (!generators.isEmpty()) {
      screen.heading("6  Generators side by side");
      sideBySide(engine, shop, now, chosen);
    }
    return 0;
  }

  private IngestResult ingest() throws IOException {
    CsvMapping columns =
        mapping.endsWith(".properties")
            ? CsvMapping.load(Path.of(mapping))
            : CsvMapping.named(mapping);
    if (data.isPresent()) {
      return CsvIngest.builder().add(data.get(), columns).read();
    }
    try (BundledData bundled = BundledData.open("online-retail-2011-q4.csv.gz")) {
      return CsvIngest.builder().add(bundled.path(), columns).read();
    }
  }

  private Options recommenderOptions() {
    return switch (recommender) {
      case ITEM_KNN -> Options.of("neighbours", 50, "weights", "VIEW:1, PURCHASE:3*log");
      // Small, for a shop of this size and somebody who waits.
      case "neumf" ->
          Options.of("factors", 16, "layers", "32, 16, 8")
              .with("learningRate", 0.005)
              .with("epochs", 8)
              .with("validationShare", 0.05);
      default -> Options.none();
    };
  }

  private static User withZone(User user) {
    return user.attribute("country")
        .map(ZONES::get)
        .map(zone -> user.with(User.ZONE, zone))
        .orElse(user);
  }

  /** Customers with enough behind them to say something, each with another main interest. */
  private List<String> customers(PushEngine engine, Dataset shop) {
    List<String> chosen = new ArrayList<>();
    Set<String> interests = new HashSet<>();
    for (User user : shop.userRecords()) {
      boolean awake =
          !Set.of("Australia", "Japan", "Hong Kong", "Singapore")
              .contains(user.attribute("country").orElse(""));
      if (chosen.size() < customers && isTold(shop, user.id()) && awake) {
        List<UserProfile.Tag> tags = engine.profile(user.id()).tags();
        if (!tags.isEmpty() && interests.add(tags.get(0).name())) {
          chosen.add(user.id());
        }
      }
    }
    if (chosen.isEmpty()) {
      throw new IllegalStateException(
          "no customer with 20 to 60 events in " + shop + "; give a larger file with --data");
    }
    return chosen;
  }

  /** Enough events to say something, few enough to read. */
  private static boolean isTold(Dataset shop, String customer) {
    int events = shop.eventsOf(customer).size();
    return events >= 20 && events <= 60;
  }

  private static int visits(PushEngine engine, String customer) {
    return engine.profile(customer).rhythm().map(VisitRhythm::visits).orElse(0);
  }

  private void show(PushEngine engine, Dataset shop, String customer) {
    UserProfile profile = engine.profile(customer);
    String country = shop.user(customer).flatMap(u -> u.attribute("country")).orElse("unknown");
    screen.title("Customer " + customer + ", " + country);
    profile
        .rfm()
        .ifPresent(
            rfm ->
                screen.line(
                    String.format(
                        Locale.ROOT,
                        "Spend %s: £%.2f in %d %s, more than %.0f %% of customers; last %.0f days"
                            + " ago.",
                        rfm.spendLevel().name().toLowerCase(Locale.ROOT),
                        rfm.monetary(),
                        rfm.frequency(),
                        rfm.frequency() == 1 ? "order" : "orders",
                        100 * rfm.spendPercentile(),
                        rfm.recencyDays())));
    screen.line("Interests:");
    double most = profile.tags().stream().mapToDouble(UserProfile.Tag::weight).max().orElse(1);
    profile.tags().stream()
        .limit(6)
        .forEach(tag -> screen.bar(tag.name(), tag.weight(), tag.weight() / most));

    Recommendations best =
        engine
            .recommenderModel()
            .recommend(
                RecommendationQuery.forUser(customer)
                    .limit(3)
                    .explain(engine.recommenderModel().capabilities().contains(Capability.EXPLAIN))
                    .build());
    screen.line("Recommended:");
    best.items()
        .forEach(
            r -> {
              screen.item(r.score(), title(shop, r.itemId()));
              screen.detail(because(shop, r.reasons()));
            });

    Tone[] tones = Tone.values();
    for (Channel channel : Channel.values()) {
      PushRequest request =
          PushRequest.to(customer)
              .channel(channel)
              .tone(tones[channel.ordinal() % tones.length])
              .build();
      screen.decision(channel.name(), engine.push(request));
    }
  }

  private void withheld(PushEngine engine, Dataset shop, Instant now, String customer) {
    screen.line("The policy: quiet from 21:00 to 08:00 where the user is, at most 3 a day.");
    screen.decision("a 4th today", engine.push(customer));
    shop.userRecords().stream()
        .filter(user -> user.attribute("country").filter("Australia"::equals).isPresent())
        .findFirst()
        .ifPresent(
            user -> {
              PushDecision asleep = engine.push(user.id());
              screen.decision("customer " + user.id() + ", Australia", asleep);
              if (asleep instanceof Withheld withheld && withheld.retryAt().isPresent()) {
                PushRequest later = PushRequest.to(user.id()).at(withheld.retryAt().get()).build();
                screen.decision("the same, at " + withheld.retryAt().get(), engine.push(later));
              }
            });
    screen.line("A customer nobody has seen yet gets what is popular, and the answer says so:");
    PushRequest chinese =
        PushRequest.to("newcomer").locale(Locale.SIMPLIFIED_CHINESE).at(now).build();
    screen.decision("newcomer, in Chinese", engine.push(chinese));
  }

  /** The same customers and items, each generator in its own words; the source tells whose. */
  private void sideBySide(PushEngine engine, Dataset shop, Instant now, List<String> chosen) {
    Map<String, PushEngine> engines = new LinkedHashMap<>();
    for (String generator : generators) {
      long began = System.nanoTime();
      engines.put(generator, with(generator, engine, shop, now));
      screen.took(generator + " fitted", began);
    }
    for (String customer : chosen) {
      screen.title("Customer " + customer);
      engines.forEach((generator, writer) -> screen.decision(generator, writer.push(customer)));
    }
  }

  // The models of profiles and recommendations are there already.
  private static PushEngine with(String generator, PushEngine engine, Dataset shop, Instant now) {
    return PushEngine.builder(shop)
        .profiler((data, context) -> engine.profileModel())
        .recommender((data, context) -> engine.recommenderModel())
        .generator(generator)
        .currency(Currency.getInstance("GBP"))
        .clock(Clock.fixed(now, ZoneOffset.UTC))
        .build();
  }

  private void observe(PushEngine engine, Dataset shop, Instant now, String customer) {
    Instant tomorrow = now.plus(Duration.ofDays(1));
    PushRequest request = PushRequest.to(customer).at(tomorrow).build();
    PushDecision before = engine.push(request);
    screen.decision("customer " + customer + ", tomorrow", before);
    if (before instanceof Push push) {
      Item bought = push.items().get(0).item();
      screen.line("It works: the customer buys 6 of \"" + bought.title() + "\".");
      engine.observe(
          Interaction.purchase(customer, bought.id(), 6, 6 * bought.price().orElse(0), now));
      explained(shop, "customer " + customer + ", tomorrow", engine.push(request));
    }

    String stranger = "newcomer";
    screen.line("");
    screen.line("And the newcomer looks at two things, no training in between:");
    for (String seen : seenTogether(engine, shop)) {
      screen.line("  view of " + title(shop, seen));
      engine.observe(Interaction.view(stranger, seen, now));
    }
    explained(shop, stranger, engine.push(PushRequest.to(stranger).at(tomorrow).build()));
    screen.line(
        "Interests now: "
            + String.join(
                ", ",
                engine.profile(stranger).tags().stream()
                    .limit(6)
                    .map(UserProfile.Tag::name)
                    .toList())
            + ".");
  }

  private void explained(Dataset shop, String what, PushDecision decision) {
    screen.decision(what, decision);
    if (decision instanceof Push push) {
      screen.detail(because(shop, push.reasons()));
    }
  }

  /** Two items that belong together: a popular one, and the best for somebody who has it. */
  private static List<String> seenTogether(PushEngine engine, Dataset shop) {
    String first =
        engine
            .recommenderModel()
            .recommend(RecommendationQuery.forUser("nobody").limit(5).build())
            .itemIds()
            .get(4);
    List<Interaction> history = List.of(Interaction.purchase("x", first, 1, 0, shop.latest()));
    return List.of(
        first,
        engine
            .recommenderModel()
            .recommend(RecommendationQuery.forHistory(history).limit(1).build())
            .itemIds()
            .get(0));
  }

  private static String title(Dataset shop, String itemId) {
    return shop.item(itemId).map(Item::title).orElse(itemId);
  }

  private static String because(Dataset shop, List<Reason> reasons) {
    List<String> words =
        reasons.stream()
            .limit(2)
            .map(reason -> inWords(shop, reason) + percent(reason.share()))
            .toList();
    return words.isEmpty() ? "" : "because you " + String.join(" and ", words);
  }

  private static String inWords(Dataset shop, Reason reason) {
    if (reason instanceof Reason.OwnItem own) {
      String did =
          switch (own.type()) {
            case PURCHASE -> "bought ";
            case VIEW, CLICK, IMPRESSION -> "looked at ";
            case CART -> "put in the cart ";
            case RATING -> "rated ";
            case FAVORITE -> "liked ";
            case SHARE -> "shared ";
            case SEARCH, DISMISS -> "came across ";
          };
      return did + title(shop, own.itemId());
    }
    return reason instanceof Reason.Interest interest
        ? "like " + interest.tag()
        : "may like what is popular";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, " (%.0f %%)", 100 * share);
  }
}
