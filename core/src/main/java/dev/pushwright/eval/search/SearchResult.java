// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import dev.pushwright.eval.SplitReport;
import dev.pushwright.spi.Options;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a {@link HyperParameterSearch} found. Everything but the times is the same in every run with
 * the same data, space, strategy and seed. The best score was chosen for being the best: it is
 * higher than what the options will reach on the test part, which is there to tell.
 *
 * @param provider the name of the recommender
 * @param data the fingerprint of the data that was searched on
 * @param split how the validation part was cut
 * @param protocol the label of the protocol
 * @param skipped how many users of the validation part had nothing to rank, by cause
 * @param notes what the protocol notes
 * @param metric the name of the metric that is to be as high as possible
 * @param space what was searched, in words
 * @param strategy how, in words
 * @param seed the seed of all draws
 * @param trials in the order in which they were made, at least one of them not failed
 */
public record SearchResult(
    String provider,
    String data,
    SplitReport split,
    String protocol,
    Map<String, Integer> skipped,
    List<String> notes,
    String metric,
    String space,
    String strategy,
    long seed,
    List<Trial> trials) {

  /**
   * One combination, tried once.
   *
   * @param number the place among all trials, from 1
   * @param combination the place of its combination among all that were drawn, from 1
   * @param options what was set, as text by option name
   * @param settings every option's value, as text by option name
   * @param rung on which rung, from 1; always 1 without successive halving
   * @param share the share of the users who took part
   * @param users how many users were asked about
   * @param score the mean of the metric over them; 0 where the trial failed
   * @param fitSeconds wall time of the fit; 0 where the trial failed
   * @param failure what went wrong; empty where nothing did
   */
  public record Trial(
      int number,
      int combination,
      Map<String, String> options,
      Map<String, String> settings,
      int rung,
      double share,
      int users,
      double score,
      double fitSeconds,
      String failure) {

    /** Copies the maps; refuses what is no finite number. */
    public Trial {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
      if (!Double.isFinite(score) || !Double.isFinite(fitSeconds)) {
        throw new IllegalArgumentException(
            "trial " + number + ": score " + score + ", fit seconds " + fitSeconds);
      }
    }

    /**
     * Whether it failed.
     *
     * @return whether there is a {@link #failure()}
     */
    public boolean failed() {
      return !failure.isEmpty();
    }
  }

  /** Copies the collections; refuses trials that all failed. */
  public SearchResult {
    skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    notes = List.copyOf(notes);
    trials = List.copyOf(trials);
    if (trials.stream().allMatch(Trial::failed)) {
      throw new IllegalStateException(
          "all "
              + trials.size()
              + " trials failed"
              + trials.stream()
                  .findFirst()
                  .map(trial -> ", the first with " + trial.options() + ": " + trial.failure())
                  .orElse("")
              + "; search where the recommender can be fitted");
    }
  }

  /**
   * The trial with the highest score on the last rung; the first of equals. Scores of different
   * rungs do not compare, for the rungs ask about different users.
   *
   * @return a trial that did not fail
   */
  public Trial best() {
    Optional<Trial> best = Optional.empty();
    for (Trial trial : trials) {
      if (!trial.failed()
          && (best.isEmpty()
              || trial.rung() > best.get().rung()
              || (trial.rung() == best.get().rung() && trial.score() > best.get().score()))) {
        best = Optional.of(trial);
      }
    }
    return best.orElseThrow();
  }

  /**
   * What to give the provider to have the best.
   *
   * @return the {@link #best()} trial's options
   */
  public Options bestOptions() {
    return new Options(new LinkedHashMap<>(best().options()));
  }

  /**
   * The result for people, as Markdown.
   *
   * @return headings and a table
   */
  public String toMarkdown() {
    return SearchMarkdown.of(this);
  }

  /**
   * The result for programs, as JSON.
   *
   * @return one object without line breaks; every number is finite
   */
  public String toJson() {
    return SearchJson.of(this);
  }
}
