// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.api.Provenance;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an {@link Evaluation} found. Everything but the {@linkplain Cost costs} is the same in every
 * run with the same data, recommenders and seed.
 *
 * @param split what was cut
 * @param protocol the label of the protocol; results of different protocols do not compare
 * @param users how many users were asked about; every mean is over them
 * @param skipped how many users had nothing to rank, by cause
 * @param notes what the protocol notes
 * @param confidence the level of every interval, such as 0.95
 * @param resamples how many times the bootstrap drew
 * @param seed the seed of the bootstrap
 * @param baseline the name of the recommender that the others are compared with
 * @param entries one for each recommender, in the order given
 * @param comparisons the baseline with each other recommender, for each metric, and for the errors
 *     of ratings where both predict them
 */
public record EvaluationResult(
    SplitReport split,
    String protocol,
    int users,
    Map<String, Integer> skipped,
    List<String> notes,
    double confidence,
    int resamples,
    long seed,
    String baseline,
    List<Entry> entries,
    List<Comparison> comparisons) {

  /**
   * One recommender.
   *
   * @param name the name it was given
   * @param provenance what was fitted
   * @param fallbacks how many users were answered by a fallback, since nothing was known of them
   * @param scores each metric
   * @param ratingErrors {@code rmse} and {@code mae} of predicted ratings, less is better; empty
   *     where a part of the split has no rating, or none is predicted
   * @param beyond one for each k; empty where the protocol gives the candidates
   * @param segments each metric by each attribute asked for
   * @param cost time and memory
   */
  public record Entry(
      String name,
      Provenance provenance,
      int fallbacks,
      List<Score> scores,
      List<Score> ratingErrors,
      List<BeyondAccuracy> beyond,
      List<SegmentGap> segments,
      Cost cost) {
    /** Copies the lists. */
    public Entry {
      scores = List.copyOf(scores);
      ratingErrors = List.copyOf(ratingErrors);
      beyond = List.copyOf(beyond);
      segments = List.copyOf(segments);
    }
  }

  /**
   * One metric of one recommender.
   *
   * @param metric its name, such as {@code "ndcg@10"}
   * @param mean over the users; of the errors of ratings, over the ratings
   * @param low the lower end of the percentile bootstrap interval over users
   * @param high the upper end
   */
  public record Score(String metric, double mean, double low, double high) {}

  /**
   * What a recommender takes. Differs from run to run.
   *
   * @param fitSeconds how long the fit took
   * @param recommendMillisP50 half of the users were answered within this; each was asked about by
   *     itself, on one thread, for as many items as the metrics look at
   * @param recommendMillisP95 95 % of the users were
   * @param recommendMillisP99 99 % of the users were
   * @param modelHeapBytes how much more of the heap was in use after the fit than before it, both
   *     after a collection; at least 0, and rough where other threads are at work
   * @param peakHeapBytes the most of the heap that was in use from the fit to the last answer,
   *     garbage included
   */
  public record Cost(
      double fitSeconds,
      double recommendMillisP50,
      double recommendMillisP95,
      double recommendMillisP99,
      long modelHeapBytes,
      long peakHeapBytes) {}

  /**
   * One recommender beside the baseline, user by user; for {@code rmse} and {@code mae} the tests
   * are on the mean of squares and of absolute values of the errors of each user's own ratings,
   * while the difference is of the errors over all ratings. The p-values are two-sided. Corrected,
   * they hold for all comparisons of the result at once: the chance that any corrected p-value
   * falls below 0.05 although nothing differs is at most 5 % (Holm 1979).
   *
   * @param recommender the recommender's name
   * @param metric the metric's name
   * @param difference the recommender's mean less the baseline's
   * @param low the lower end of the paired bootstrap interval of the difference
   * @param high the upper end
   * @param tTestP of the paired t-test: do the means differ?
   * @param tTestHolm the same, corrected
   * @param wilcoxonP of Wilcoxon's signed-rank test: are users shifted to one side?
   * @param wilcoxonHolm the same, corrected
   */
  public record Comparison(
      String recommender,
      String metric,
      double difference,
      double low,
      double high,
      double tTestP,
      double tTestHolm,
      double wilcoxonP,
      double wilcoxonHolm) {}

  /** Copies the collections. */
  public EvaluationResult {
    skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    notes = List.copyOf(notes);
    entries = List.copyOf(entries);
    comparisons = List.copyOf(comparisons);
  }

  /**
   * One recommender's part.
   *
   * @param name the name it was given
   * @return its part
   * @throws IllegalArgumentException when there is none of this name
   */
  public Entry entry(String name) {
    return entries.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    dev.pushwright.spi.Spelling.unknown(
                        "recommender", name, entries.stream().map(Entry::name).toList())));
  }

  /**
   * One recommender's score.
   *
   * @param name the name it was given
   * @param metric the metric's name
   * @return the score
   * @throws IllegalArgumentException when there is none of this name, or it was not measured
   */
  public Score score(String name, String metric) {
    Entry entry = entry(name);
    List<Score> scores =
        Stream.concat(entry.scores().stream(), entry.ratingErrors().stream()).toList();
    return scores.stream()
        .filter(score -> score.metric().equals(metric))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    dev.pushwright.spi.Spelling.unknown(
                        "metric", metric, scores.stream().map(Score::metric).toList())));
  }

  /**
   * The result for people, as Markdown.
   *
   * @return headings and tables
   */
  public String toMarkdown() {
    return MarkdownReport.of(this);
  }

  /**
   * The result for programs, as one JSON object on one line. Every number in it is finite.
   *
   * @return the JSON
   */
  public String toJson() {
    return JsonReport.of(this);
  }
}
