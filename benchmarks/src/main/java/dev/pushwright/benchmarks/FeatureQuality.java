// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.eval.BeyondAccuracy;
import dev.pushwright.eval.Evaluation;
import dev.pushwright.eval.EvaluationResult;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.textgen.features.FeatureModel;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How good generated item features are: {@code vae} and {@code gan} beside two baselines, the items
 * nearest to the middle of the profile and the most popular ones in the user's segment. All learn
 * from the first four fifths of a shop's sales by time, and are judged by what customers went on to
 * buy and did not have:
 *
 * <ul>
 *   <li>recall@20, coverage and diversity of the 20 best items of each customer, those they had
 *       left out. The generators' order is the density of what they generate;
 *   <li>how much of what customers want is generated, without any order: the share of the catalogue
 *       that single draws cover, and their mean distance, beside those of what was bought;
 *   <li>whether a classifier tells bought from generated: it sees the profile, the item's features
 *       and their products. Once with the features as they were generated, once with those of the
 *       nearest item, for baselines one of the 20 at random.
 * </ul>
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.pushwright.benchmarks.FeatureQuality \
 *     --data online_retail.csv.gz
 * </pre>
 */
@Command(
    name = "feature-quality",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Judges generated item features on a file of UCI Online Retail.")
public final class FeatureQuality implements Callable<Integer> {

  static final int DEPTH = 20;
  private static final String CENTROID = "nearest to the profile";
  private static final String DENSITY = ", density alone";
  private static final String DRAWN = ", drawn at ";
  private static final String OTHERS = "bought by others";
  private static final String POPULAR = "popular in the segment";

  @Option(names = "--data", required = true, description = "The sales: online_retail.csv.gz.")
  private Path data = Path.of("");

  @Option(
      names = "--vectors",
      defaultValue = "48",
      description =
          "How long the vectors are by which items know what is bought with them; 0: none, words"
              + " and prices only. Default: ${DEFAULT-VALUE}")
  private int vectors;

  @Option(
      names = "--generator",
      paramLabel = "name[:key=value,…]",
      description = "Generators and their options; vae and gan where none is given.")
  private List<String> generators = List.of("vae", "gan");

  @Option(
      names = "--temperature",
      paramLabel = "τ",
      description = "Also draws items, by their probabilities to the power 1/τ.")
  private List<Double> temperatures = List.of();

  @Option(
      names = "--validation",
      description =
          "Judges by the last fifth of what is learned from else, to choose options by; the last"
              + " fifth of all is not looked at.")
  private boolean validation;

  @Option(names = "--threads", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private int threads;

  @Option(names = "--verbose", description = "Shows the figures of each epoch.")
  private boolean verbose;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs the program and ends the process with 0, or with 1 or 2 when something went wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new FeatureQuality()).execute(args));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    FitContext context = FitContext.standard().withThreads(threads);
    if (verbose) {
      context =
          context.withListener(
              p -> {
                if (p.loss().isPresent()) {
                  err.printf(
                      Locale.ROOT,
                      "%s %d loss %.3f %s%n",
                      p.phase(),
                      p.done(),
                      p.loss().getAsDouble(),
                      rounded(p.figures()));
                  err.flush();
                }
              });
    }
    FeatureShop shop = FeatureShop.read(data, vectors, validation, context);
    out.println(table(run(shop, generators, temperatures, context, err)));
    out.flush();
    return 0;
  }

  private static String rounded(Map<String, Double> figures) {
    StringBuilder text = new StringBuilder();
    figures.forEach((name, x) -> text.append(String.format(Locale.ROOT, "%s %.3f  ", name, x)));
    return text.toString();
  }

  /** Judges the generators and the baselines. */
  static Map<String, FeatureRow> run(
      FeatureShop shop,
      List<String> generators,
      List<Double> temperatures,
      FitContext context,
      PrintWriter notes) {
    Map<String, FeatureModel> models = new LinkedHashMap<>();
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (String generator : generators) {
      int colon = generator.indexOf(':');
      String name = colon < 0 ? generator : generator.substring(0, colon);
      Options options =
          Options.parse(
              colon < 0 ? List.of() : Arrays.asList(generator.substring(colon + 1).split(",")));
      long began = cpuNanos();
      FeatureModel model =
          (FeatureModel)
              Plugins.load()
                  .generator(name)
                  .create(options.with("segmentBy", FeatureShop.SEGMENT))
                  .fit(shop.train(), context);
      seconds.put(generator, (cpuNanos() - began) * 1e-9);
      models.put(generator, model);
      notes.println(generator + ": " + model.report());
      notes.flush();
    }
    return judge(shop, models, seconds, temperatures);
  }

  // Of this thread: with --threads 1 it does all the work.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Map<String, FeatureRow> judge(
      FeatureShop shop,
      Map<String, FeatureModel> models,
      Map<String, Double> seconds,
      List<Double> temperatures) {
    FeatureCustomers customers =
        new FeatureCustomers(shop, models.values().iterator().next().space());
    Map<String, Function<String, float[]>> lists = new LinkedHashMap<>();
    Map<String, FeatureCustomers.Draws> draws = new LinkedHashMap<>();
    Options bySegment = Options.of("segmentBy", FeatureShop.SEGMENT);
    RecommenderModel popular =
        Plugins.load()
            .recommender("popularity", bySegment)
            .fit(shop.train(), FitContext.standard().withThreads(1));
    draws.put(POPULAR, customers.listed(user -> places(shop, popular, user)));
    lists.put(CENTROID, customers::centroid);
    draws.put(CENTROID, customers.listed(customers::centroid));
    models.forEach(
        (name, model) -> {
          Function<String, float[]> scores =
              user -> model.scores(customers.profile(user), shop.record(user), 1);
          Function<String, float[]> densities =
              user -> model.densities(customers.profile(user), shop.record(user), 1);
          lists.put(name, scores);
          draws.put(name, customers.generated(model));
          lists.put(name + DENSITY, densities);
          draws.put(name + DENSITY, customers.listed(densities));
          for (double t : temperatures) {
            String drawn = name + DRAWN + t;
            lists.put(
                drawn,
                user ->
                    FeatureCustomers.noisy(
                        scores.apply(user), t, CounterRandom.key(8, user.hashCode())));
            draws.put(drawn, customers.drawn(scores, t));
          }
        });
    Evaluation evaluation =
        Evaluation.of(shop.split())
            .metrics("recall@" + DEPTH)
            .beyondAccuracyAt(DEPTH)
            .similarity(customers)
            .recommender(POPULAR, Plugins.load().recommender("popularity", bySegment));
    lists.forEach((name, of) -> evaluation.recommender(name, new ScoredBy(name, of)));
    EvaluationResult result = evaluation.run();
    Map<String, FeatureRow> rows = new LinkedHashMap<>();
    for (EvaluationResult.Entry entry : result.entries()) {
      String name = entry.name();
      EvaluationResult.Score recall = result.score(name, "recall@" + DEPTH);
      BeyondAccuracy beyond = entry.beyond().get(0);
      FeatureCustomers.Draws of = Objects.requireNonNull(draws.get(name));
      rows.put(
          name,
          new FeatureRow(
              recall.mean(),
              recall.low(),
              recall.high(),
              beyond.coverage(),
              beyond.diversity(),
              of.covered(),
              of.distance(),
              models.containsKey(name) ? customers.auc(of.vectors()) : Double.NaN,
              customers.auc(of.nearest()),
              seconds.getOrDefault(name, Double.NaN)));
    }
    FeatureCustomers.Draws others = customers.exchanged();
    rows.put(
        OTHERS,
        new FeatureRow(
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            others.covered(),
            others.distance(),
            Double.NaN,
            customers.auc(others.nearest()),
            Double.NaN));
    return rows;
  }

  private static float[] places(FeatureShop shop, RecommenderModel popular, String user) {
    float[] scores = new float[shop.train().catalogue().size()];
    popular
        .recommend(RecommendationQuery.forUser(user).limit(DEPTH).build())
        .items()
        .forEach(found -> scores[shop.train().items().find(found.itemId()).orElseThrow()] = 1);
    return scores;
  }

  /** The table as Markdown. */
  static String table(Map<String, FeatureRow> rows) {
    StringBuilder text = new StringBuilder();
    text.append(
        "| | recall@20 | coverage | diversity | drawn items | distance | AUC, features | AUC, items"
            + " | training, CPU s |\n|---|---|---|---|---|---|---|---|---|\n");
    rows.forEach(
        (name, row) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %.2f | %.2f | %s | %s | %s |%n",
                    name,
                    Double.isNaN(row.recall())
                        ? "–"
                        : String.format(
                            Locale.ROOT, "%.4f [%.4f, %.4f]", row.recall(), row.low(), row.high()),
                    figure("%.3f", row.coverage()),
                    figure("%.3f", row.diversity()),
                    row.drawn(),
                    row.distance(),
                    figure("%.3f", row.aucFeatures()),
                    figure("%.3f", row.aucItems()),
                    figure("%.0f", row.cpuSeconds()))));
    return text.toString();
  }

  private static String figure(String format, double x) {
    return Double.isNaN(x) ? "–" : String.format(Locale.ROOT, format, x);
  }
}
