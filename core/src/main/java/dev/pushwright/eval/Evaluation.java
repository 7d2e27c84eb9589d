// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.eval.EvaluationResult.Comparison;
import dev.pushwright.eval.EvaluationResult.Cost;
import dev.pushwright.eval.EvaluationResult.Entry;
import dev.pushwright.eval.EvaluationResult.Score;
import dev.pushwright.eval.RatingErrors.Errors;
import dev.pushwright.spi.Spelling;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Compares recommenders on one split: each is fitted to the train part, asked about each user of
 * the test part, and measured.
 *
 * <pre>{@code
 * EvaluationResult result =
 *     Evaluation.of(Splits.byTime(data, 0.2))
 *         .recommender("popularity", PopularityRecommender.builder().build())
 *         .recommender("item-knn", ItemKnn.builder().build())
 *         .metrics("ndcg@10", "hr@10")
 *         .run();
 * log.info(result.toMarkdown());
 * }</pre>
 *
 * <p>Where both parts of the split hold ratings, recommenders that {@linkplain
 * Capability#PREDICT_RATINGS predict} them are measured by {@link RatingMetrics} too.
 *
 * <p>Configured by one thread; {@link #run()} may be called again. To be interrupted by
 * interrupting the thread that runs it.
 */
public final class Evaluation {

  private static final int PROGRESS_STEP = 64;

  private final Split split;
  private final Map<String, Recommender> recommenders = new LinkedHashMap<>();
  private Protocol protocol = FullCatalogue.standard();
  private List<RankingMetric> metrics =
      RankingMetric.allAt(10).stream().filter(metric -> metric.k() > 0).toList();
  private int[] beyondAt = {10};
  private @Nullable ItemSimilarity similarity;
  private List<String> segmentBy = List.of();
  private String baseline = "";
  private double confidence = 0.95;
  private int resamples = 1000;
  private long seed = 1;
  private FitContext context = FitContext.standard();

  private Evaluation(Split split) {
    this.split = Objects.requireNonNull(split, "split");
  }

  /**
   * Starts an evaluation.
   *
   * @param split what to learn from and what to ask about
   * @return an evaluation without a recommender
   */
  public static Evaluation of(Split split) {
    return new Evaluation(split);
  }

  /**
   * Adds a recommender. The first one is the baseline unless {@link #baseline} names another.
   *
   * @param name the name it goes by in the result, not taken yet
   * @param recommender the recommender, configured
   * @return this
   */
  public Evaluation recommender(String name, Recommender recommender) {
    Objects.requireNonNull(recommender, "recommender");
    if (name.isBlank() || recommenders.putIfAbsent(name, recommender) != null) {
      throw new IllegalArgumentException(
          "the name \"" + name + "\" is blank or taken; each recommender needs one of its own");
    }
    return this;
  }

  /**
   * Sets what is asked and how it is judged; {@link FullCatalogue#standard()} where it is not set.
   *
   * @param protocol the protocol
   * @return this
   */
  public Evaluation protocol(Protocol protocol) {
    this.protocol = Objects.requireNonNull(protocol, "protocol");
    return this;
  }

  /**
   * Sets what is measured; everything at 10 but {@code auc}, where it is not set. {@code auc} looks
   * at whole lists: with it every user is asked about the whole catalogue, and the times are those
   * of doing so.
   *
   * @param names such as {@code "ndcg@10"}, see {@link RankingMetric#parse}
   * @return this
   */
  public Evaluation metrics(String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException("no metric is named; name one, such as ndcg@10");
    }
    this.metrics = Arrays.stream(names).map(RankingMetric::parse).distinct().toList();
    return this;
  }

  /**
   * Sets the k at which {@link BeyondAccuracy} is measured; 10 where it is not set.
   *
   * @param ks each at least 1; none switches it off
   * @return this
   */
  public Evaluation beyondAccuracyAt(int... ks) {
    for (int k : ks) {
      if (k < 1) {
        throw new IllegalArgumentException("k is " + k + "; at least 1 is needed");
      }
    }
    this.beyondAt = ks.clone();
    return this;
  }

  /**
   * Sets what the diversity of a list goes by; {@link ItemSimilarity#coUsers} of the train part
   * where it is not set.
   *
   * @param similarity how alike two items are
   * @return this
   */
  public Evaluation similarity(ItemSimilarity similarity) {
    this.similarity = Objects.requireNonNull(similarity, "similarity");
    return this;
  }

  /**
   * Sets the user attributes whose segments are compared; none where it is not set.
   *
   * @param attributes names of attributes of the train part's user records
   * @return this
   */
  public Evaluation segmentBy(String... attributes) {
    this.segmentBy = List.of(attributes);
    return this;
  }

  /**
   * Sets which recommender the others are compared with; the first where it is not set.
   *
   * @param name its name
   * @return this
   */
  public Evaluation baseline(String name) {
    this.baseline = name;
    return this;
  }

  /**
   * Sets the level of the intervals; 0.95 where it is not set.
   *
   * @param confidence above 0 and below 1
   * @return this
   */
  public Evaluation confidence(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence is " + confidence + "; a number above 0 and below 1 is needed");
    }
    this.confidence = confidence;
    return this;
  }

  /**
   * Sets how often the bootstrap draws, and how; 1000 times with seed 1 where it is not set.
   *
   * @param resamples at least 100
   * @param seed the same seed gives the same intervals
   * @return this
   */
  public Evaluation bootstrap(int resamples, long seed) {
    if (resamples < 100) {
      throw new IllegalArgumentException(
          "resamples is " + resamples + "; at least 100 are needed for the ends of an interval");
    }
    this.resamples = resamples;
    this.seed = seed;
    return this;
  }

  /**
   * Sets the circumstances: the threads are for the fits alone, the listener for everything.
   *
   * @param context threads and progress
   * @return this
   */
  public Evaluation context(FitContext context) {
    this.context = Objects.requireNonNull(context, "context");
    return this;
  }

  /**
   * Fits, asks and measures.
   *
   * @return what was found
   * @throws IllegalStateException when there is no recommender
   * @throws IllegalArgumentException when no user has anything to rank, the baseline is not there,
   *     or an answer breaks the contract of {@link RecommenderModel}
   * @throws CancellationException when the calling thread is interrupted
   */
  public EvaluationResult run() {
    if (recommenders.isEmpty()) {
      throw new IllegalStateException("there is nothing to evaluate; add a recommender");
    }
    String base = baseline.isEmpty() ? recommenders.keySet().iterator().next() : baseline;
    if (!recommenders.containsKey(base)) {
      throw new IllegalArgumentException(
          Spelling.unknown("recommender", base, recommenders.keySet()));
    }
    TestCases cases = protocol.cases(split);
    if (cases.cases().isEmpty()) {
      throw new IllegalArgumentException(
          "no user of the test part has anything to rank: " + cases.skipped());
    }
    ItemSimilarity alike = similarity == null ? ItemSimilarity.coUsers(split.train()) : similarity;
    RatingErrors ratings = RatingErrors.of(split);
    List<Measured> measured = new ArrayList<>();
    recommenders.forEach(
        (name, it) -> measured.add(measure(name, it, cases.cases(), alike, ratings)));
    double[][] means = resample(measured);
    double tail = (1 - confidence) / 2;
    List<Errors> errors = measured.stream().map(one -> errors(ratings, one.predictions)).toList();
    List<Entry> entries = new ArrayList<>();
    for (int r = 0; r < measured.size(); r++) {
      List<Score> scores = new ArrayList<>();
      for (int m = 0; m < metrics.size(); m++) {
        double[] drawn = means[r * metrics.size() + m];
        scores.add(
            new Score(
                metrics.get(m).name(),
                Inference.mean(measured.get(r).values[m]),
                Inference.quantile(drawn, tail),
                Inference.quantile(drawn, 1 - tail)));
      }
      entries.add(measured.get(r).entry(scores, errors.get(r).scores(tail)));
    }
    List<String> notes = new ArrayList<>(cases.notes());
    if (entries.stream().anyMatch(entry -> !entry.ratingErrors().isEmpty())) {
      notes.add(ratings.describe());
    }
    return new EvaluationResult(
        split.report(),
        protocol.label(),
        cases.cases().size(),
        cases.skipped(),
        notes,
        confidence,
        resamples,
        seed,
        base,
        entries,
        compare(measured, means, errors, base, tail));
  }

  private Errors errors(RatingErrors ratings, double[] predictions) {
    return predictions.length == 0
        ? Errors.NONE
        : ratings.errors(
            predictions, resamples, seed, new Ticker("bootstrap ratings", resamples)::tick);
  }

  /** What was measured of one recommender: values by metric and user, and all the rest. */
  private static final class Measured {
    private final Entry entry;
    private final double[][] values;
    private final double[] predictions;

    Measured(Entry entry, double[][] values, double[] predictions) {
      this.entry = entry;
      this.values = values;
      this.predictions = predictions;
    }

    Entry entry(List<Score> scores, List<Score> ratingErrors) {
      return new Entry(
          entry.name(),
          entry.provenance(),
          entry.fallbacks(),
          scores,
          ratingErrors,
          entry.beyond(),
          entry.segments(),
          entry.cost());
    }
  }

  private Measured measure(
      String name,
      Recommender recommender,
      List<TestCase> cases,
      ItemSimilarity alike,
      RatingErrors ratings) {
    checkInterrupted();
    boolean catalogue = cases.get(0).candidates().isEmpty();
    long heapBefore = heapAfterCollection();
    List<MemoryPoolMXBean> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    pools.forEach(MemoryPoolMXBean::resetPeakUsage);
    long began = System.nanoTime();
    RecommenderModel model = recommender.fit(split.train(), context);
    double fitSeconds = (System.nanoTime() - began) * 1e-9;
    long modelHeap = Math.max(0, heapAfterCollection() - heapBefore);

    int depth = depth();
    double[][] values = new double[metrics.size()][cases.size()];
    double[] millis = new double[cases.size()];
    List<List<String>> lists = new ArrayList<>();
    int fallbacks = 0;
    Ticker ticker = new Ticker("ask " + name, cases.size());
    for (int c = 0; c < cases.size(); c++) {
      RecommendationQuery query = cases.get(c).query(depth);
      long asked = System.nanoTime();
      Recommendations answer = model.recommend(query);
      millis[c] = (System.nanoTime() - asked) * 1e-6;
      fallbacks += answer.basis().isFallback() ? 1 : 0;
      JudgedList list = cases.get(c).judge(answer);
      for (int m = 0; m < metrics.size(); m++) {
        values[m][c] = metrics.get(m).of(list);
      }
      if (catalogue && beyondAt.length > 0) {
        int most = Math.min(list.size(), Arrays.stream(beyondAt).max().orElseThrow());
        lists.add(List.copyOf(list.items().subList(0, most)));
      }
      ticker.tick();
    }
    // A pool that is gone by now has no usage any more.
    long peak =
        pools.stream()
            .flatMap(pool -> Optional.ofNullable(pool.getPeakUsage()).stream())
            .mapToLong(usage -> usage.getUsed())
            .sum();
    List<BeyondAccuracy> beyond =
        catalogue
            ? Arrays.stream(beyondAt)
                .mapToObj(k -> BeyondAccuracy.of(lists, k, split.train(), alike))
                .toList()
            : List.of();
    Cost cost =
        new Cost(
            fitSeconds,
            Inference.quantile(millis, 0.5),
            Inference.quantile(millis, 0.95),
            Inference.quantile(millis, 0.99),
            modelHeap,
            peak);
    Entry entry =
        new Entry(
            name,
            model.provenance(),
            fallbacks,
            List.of(),
            List.of(),
            beyond,
            segments(cases, values),
            cost);
    double[] predictions =
        model.capabilities().contains(Capability.PREDICT_RATINGS)
            ? ratings.predictions(model, new Ticker("rate " + name, ratings.count())::tick)
            : new double[0];
    return new Measured(entry, values, predictions);
  }

  private List<SegmentGap> segments(List<TestCase> cases, double[][] values) {
    List<String> users = cases.stream().map(TestCase::userId).toList();
    List<SegmentGap> gaps = new ArrayList<>();
    for (String attribute : segmentBy) {
      for (int m = 0; m < metrics.size(); m++) {
        gaps.add(SegmentGap.of(metrics.get(m).name(), attribute, users, values[m], split.train()));
      }
    }
    return gaps;
  }

  private int depth() {
    int depth = Arrays.stream(beyondAt).max().orElse(1);
    for (RankingMetric metric : metrics) {
      depth =
          metric.kind() == RankingMetric.Kind.AUC ? Integer.MAX_VALUE : Math.max(depth, metric.k());
    }
    return depth;
  }

  private double[][] resample(List<Measured> measured) {
    List<double[]> series = new ArrayList<>();
    measured.forEach(one -> series.addAll(Arrays.asList(one.values)));
    Ticker ticker = new Ticker("bootstrap", resamples);
    return Inference.bootstrap(series.toArray(new double[0][]), resamples, seed, ticker::tick);
  }

  private List<Comparison> compare(
      List<Measured> measured, double[][] means, List<Errors> errors, String base, double tail) {
    int b = new ArrayList<>(recommenders.keySet()).indexOf(base);
    List<Comparison> raw = new ArrayList<>();
    for (int r = 0; r < measured.size(); r++) {
      if (r == b) {
        continue;
      }
      String name = measured.get(r).entry.name();
      for (int m = 0; m < metrics.size(); m++) {
        double[] ofUser = Inference.minus(measured.get(r).values[m], measured.get(b).values[m]);
        double[] drawn =
            Inference.minus(means[r * metrics.size() + m], means[b * metrics.size() + m]);
        raw.add(
            Inference.comparison(
                name, metrics.get(m).name(), Inference.mean(ofUser), drawn, ofUser, tail));
      }
      raw.addAll(errors.get(r).comparedWith(name, errors.get(b), tail));
    }
    double[] tTest = Inference.holm(raw.stream().mapToDouble(Comparison::tTestP).toArray());
    double[] wilcoxon = Inference.holm(raw.stream().mapToDouble(Comparison::wilcoxonP).toArray());
    List<Comparison> corrected = new ArrayList<>();
    for (int c = 0; c < raw.size(); c++) {
      Comparison one = raw.get(c);
      corrected.add(
          new Comparison(
              one.recommender(),
              one.metric(),
              one.difference(),
              one.low(),
              one.high(),
              one.tTestP(),
              tTest[c],
              one.wilcoxonP(),
              wilcoxon[c]));
    }
    return corrected;
  }

  private static long heapAfterCollection() {
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void checkInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the evaluation was interrupted");
    }
  }

  /** Counts steps, tells the listener now and then, and answers interruption at every step. */
  private final class Ticker {
    private final String phase;
    private final int total;
    private final long began = System.nanoTime();
    private int done;

    Ticker(String phase, int total) {
      this.phase = phase;
      this.total = total;
    }

    void tick() {
      checkInterrupted();
      done++;
      if (done % PROGRESS_STEP == 0 || done == total) {
        context
            .listener()
            .onProgress(
                new Progress(phase, done, total, Duration.ofNanos(System.nanoTime() - began)));
      }
    }
  }
}
