// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Item;
import dev.pushwright.eval.BeyondAccuracy;
import dev.pushwright.eval.Evaluation;
import dev.pushwright.eval.EvaluationResult;
import dev.pushwright.eval.ItemSimilarity;
import dev.pushwright.math.TopN;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.textgen.features.FeatureModel;
import dev.pushwright.textgen.features.FeatureSpace;
import dev.pushwright.textgen.features.Wish;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

  private static final int DEPTH = 20;
  private static final int DRAWS = 5;
  private static final String CENTROID = "nearest to the profile";
  private static final String DENSITY = ", density alone";
  private static final String POPULAR = "popular in the segment";

  /**
   * What was found.
   *
   * @param recall recall@20
   * @param low of its 95 % interval
   * @param high of its 95 % interval
   * @param coverage of the lists
   * @param diversity of the lists: the mean of 1 − cosine of two items' features
   * @param drawn different items among single draws, divided by those among as many purchases
   * @param distance the mean distance of two draws for different customers, divided likewise
   * @param aucFeatures of the classifier, on the features as generated; NaN for baselines
   * @param aucItems of the classifier, on the features of items
   * @param cpuSeconds of processor time that training took
   */
  record Row(
      double recall,
      double low,
      double high,
      double coverage,
      double diversity,
      double drawn,
      double distance,
      double aucFeatures,
      double aucItems,
      double cpuSeconds) {}

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
    FeatureShop shop = FeatureShop.read(data, vectors, context);
    out.println(table(run(shop, generators, context, err)));
    out.flush();
    return 0;
  }

  private static String rounded(Map<String, Double> figures) {
    StringBuilder text = new StringBuilder();
    figures.forEach((name, x) -> text.append(String.format(Locale.ROOT, "%s %.3f  ", name, x)));
    return text.toString();
  }

  /** Judges the generators and the baselines. */
  static Map<String, Row> run(
      FeatureShop shop, List<String> generators, FitContext context, PrintWriter notes) {
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
    return judge(shop, models, seconds);
  }

  // Of this thread: with --threads 1 it does all the work.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Map<String, Row> judge(
      FeatureShop shop, Map<String, FeatureModel> models, Map<String, Double> seconds) {
    FeatureModel any = models.values().iterator().next();
    Features features = new Features(shop, any.space());
    Map<String, Function<String, float[]>> scores = new LinkedHashMap<>();
    scores.put(CENTROID, features::centroid);
    models.forEach(
        (name, model) -> {
          scores.put(name, user -> model.scores(features.profile(user), shop.record(user), 1));
          scores.put(
              name + DENSITY,
              user -> model.densities(features.profile(user), shop.record(user), 1));
        });
    Evaluation evaluation =
        Evaluation.of(shop.split())
            .metrics("recall@" + DEPTH)
            .beyondAccuracyAt(DEPTH)
            .similarity(features)
            .recommender(
                POPULAR,
                Plugins.load()
                    .recommender("popularity", Options.of("segmentBy", FeatureShop.SEGMENT)));
    scores.forEach((name, of) -> evaluation.recommender(name, new ScoredBy(name, of)));
    EvaluationResult result = evaluation.run();
    Map<String, Row> rows = new LinkedHashMap<>();
    for (EvaluationResult.Entry entry : result.entries()) {
      String name = entry.name();
      EvaluationResult.Score recall = result.score(name, "recall@" + DEPTH);
      BeyondAccuracy beyond = entry.beyond().get(0);
      FeatureModel model = models.get(name);
      Draws draws =
          model != null
              ? features.generated(model)
              : name.equals(POPULAR)
                  ? features.popular()
                  : features.listed(Objects.requireNonNull(scores.get(name)));
      rows.put(
          name,
          new Row(
              recall.mean(),
              recall.low(),
              recall.high(),
              beyond.coverage(),
              beyond.diversity(),
              draws.covered(),
              draws.distance(),
              model == null ? Double.NaN : features.auc(draws.vectors()),
              features.auc(draws.nearest()),
              seconds.getOrDefault(name, 0.0)));
    }
    return rows;
  }

  /** The table as Markdown. */
  static String table(Map<String, Row> rows) {
    StringBuilder text = new StringBuilder();
    text.append(
        "| | recall@20 | coverage | diversity | drawn items | distance | AUC, features | AUC, items"
            + " | training, CPU s |\n|---|---|---|---|---|---|---|---|---|\n");
    rows.forEach(
        (name, row) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %.4f [%.4f, %.4f] | %.3f | %.3f | %.2f | %.2f | %s | %.3f | %.0f |%n",
                    name,
                    row.recall(),
                    row.low(),
                    row.high(),
                    row.coverage(),
                    row.diversity(),
                    row.drawn(),
                    row.distance(),
                    Double.isNaN(row.aucFeatures())
                        ? "–"
                        : String.format(Locale.ROOT, "%.3f", row.aucFeatures()),
                    row.aucItems(),
                    row.cpuSeconds())));
    return text.toString();
  }

  /**
   * Single draws for customers, {@value FeatureQuality#DRAWS} each.
   *
   * @param vectors as generated, by customer
   * @param nearest those of the nearest item
   * @param covered different items, divided by those among purchases
   * @param distance mean distance of different customers' first, divided likewise
   */
  private record Draws(
      List<List<float[]>> vectors, List<List<float[]>> nearest, double covered, double distance) {}

  /** Customers and items in the space of a model. */
  private static final class Features implements ItemSimilarity {
    private final FeatureShop shop;
    private final FeatureSpace space;
    private final List<String> users;
    private final List<List<String>> wanted = new ArrayList<>();
    private final float[][] items;

    Features(FeatureShop shop, FeatureSpace space) {
      this.shop = shop;
      this.space = space;
      this.users =
          shop.profiles().keySet().stream().filter(u -> !shop.wanted(u).isEmpty()).toList();
      for (int u = 0; u < users.size(); u++) {
        List<String> all = shop.wanted(users.get(u));
        List<String> some = new ArrayList<>();
        for (int n = 0; n < DRAWS; n++) {
          some.add(all.get(CounterRandom.below(CounterRandom.key(3, u), n, all.size())));
        }
        wanted.add(some);
      }
      List<Item> catalogue = shop.train().catalogue();
      this.items = catalogue.stream().map(space::item).toArray(float[][]::new);
    }

    UserProfile profile(String user) {
      UserProfile known = shop.profiles().get(user);
      return known == null ? UserProfile.empty(user) : known;
    }

    float[] point(String user) {
      return space.profile(profile(user), shop.record(user));
    }

    float[] item(String id) {
      return items[shop.train().items().find(id).orElseThrow()];
    }

    @Override
    public double similarity(String a, String b) {
      return Math.min(1, Math.max(0, cosine(item(a), item(b))));
    }

    private double cosine(float[] a, float[] b) {
      double sum = 0;
      for (int d = 0; d < space.itemWidth(); d++) {
        sum += (double) a[d] * b[d];
      }
      return sum;
    }

    float[] centroid(String user) {
      float[] point = point(user);
      float[] scores = new float[items.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (float) cosine(point, items[i]);
      }
      return scores;
    }

    Draws generated(FeatureModel model) {
      List<List<float[]>> vectors = new ArrayList<>();
      List<List<String>> nearest = new ArrayList<>();
      for (String user : users) {
        Set<String> had = shop.before(user);
        List<float[]> own = new ArrayList<>();
        List<String> near = new ArrayList<>();
        for (Wish wish : model.wishes(profile(user), shop.record(user), 2, DRAWS)) {
          own.add(wish.vector());
          near.add(nearest(wish.vector(), had));
        }
        vectors.add(own);
        nearest.add(near);
      }
      return draws(vectors, nearest);
    }

    private String nearest(float[] vector, Set<String> without) {
      double best = Double.NEGATIVE_INFINITY;
      String found = shop.train().items().id(0);
      for (int i = 0; i < items.length; i++) {
        double cosine = cosine(vector, items[i]);
        if (cosine > best && !without.contains(shop.train().items().id(i))) {
          best = cosine;
          found = shop.train().items().id(i);
        }
      }
      return found;
    }

    Draws popular() {
      Map<String, List<String>> bySegment = new LinkedHashMap<>();
      RecommenderModel model =
          Plugins.load()
              .recommender("popularity", Options.of("segmentBy", FeatureShop.SEGMENT))
              .fit(shop.train(), FitContext.standard().withThreads(1));
      return listed(
          user -> {
            float[] scores = new float[items.length];
            bySegment
                .computeIfAbsent(
                    user,
                    u ->
                        model
                            .recommend(RecommendationQuery.forUser(u).limit(DEPTH).build())
                            .items()
                            .stream()
                            .map(found -> found.itemId())
                            .toList())
                .forEach(id -> scores[shop.train().items().find(id).orElseThrow()] = 1);
            return scores;
          });
    }

    /** One of the best of a list at random. */
    Draws listed(Function<String, float[]> scores) {
      List<List<String>> drawn = new ArrayList<>();
      List<List<float[]>> vectors = new ArrayList<>();
      for (int u = 0; u < users.size(); u++) {
        float[] of = scores.apply(users.get(u));
        Set<String> had = shop.before(users.get(u));
        TopN top = new TopN(DEPTH);
        for (int i = 0; i < of.length; i++) {
          if (!had.contains(shop.train().items().id(i))) {
            top.offer(i, of[i]);
          }
        }
        int[] best = new int[DEPTH];
        int count = top.drain(best, new double[DEPTH]);
        List<String> some = new ArrayList<>();
        for (int n = 0; n < DRAWS; n++) {
          some.add(
              shop.train()
                  .items()
                  .id(best[CounterRandom.below(CounterRandom.key(4, u), n, count)]));
        }
        drawn.add(some);
        vectors.add(some.stream().map(this::item).toList());
      }
      return draws(vectors, drawn);
    }

    private Draws draws(List<List<float[]>> vectors, List<List<String>> nearest) {
      double real = distinct(wanted);
      List<List<float[]>> near =
          nearest.stream().map(ids -> ids.stream().map(this::item).toList()).toList();
      List<List<float[]>> bought =
          wanted.stream().map(ids -> ids.stream().map(this::item).toList()).toList();
      return new Draws(
          vectors, near, distinct(nearest) / real, distance(vectors) / distance(bought));
    }

    private static double distinct(List<List<String>> ids) {
      return ids.stream().flatMap(List::stream).distinct().count();
    }

    /** The mean of 1 − cosine of the first draws of two customers. */
    private double distance(List<List<float[]>> vectors) {
      double sum = 0;
      long pairs = 0;
      for (int a = 0; a < vectors.size(); a++) {
        for (int b = 0; b < a; b++) {
          sum += 1 - cosine(vectors.get(a).get(0), vectors.get(b).get(0));
          pairs++;
        }
      }
      return sum / pairs;
    }

    double auc(List<List<float[]>> generated) {
      List<TwoSample.Row> rows = new ArrayList<>();
      for (int u = 0; u < users.size(); u++) {
        float[] x = point(users.get(u));
        for (int n = 0; n < DRAWS; n++) {
          rows.add(new TwoSample.Row(together(x, item(wanted.get(u).get(n))), true, u));
          rows.add(new TwoSample.Row(together(x, generated.get(u).get(n)), false, u));
        }
      }
      return TwoSample.auc(rows, 5);
    }

    private float[] together(float[] x, float[] y) {
      int d = space.itemWidth();
      float[] row = new float[x.length + 2 * d];
      float scale = (float) Math.sqrt(d);
      for (int i = 0; i < d; i++) {
        row[i] = scale * x[i];
        row[x.length + i] = scale * y[i];
        row[x.length + d + i] = scale * scale * x[i] * y[i];
      }
      System.arraycopy(x, d, row, d, x.length - d);
      return row;
    }
  }
}
