// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.eval.RankingMetric;
import dev.pushwright.eval.TestCase;
import dev.pushwright.eval.search.Candidates.Candidate;
import dev.pushwright.eval.search.SearchResult.Trial;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the trials of a search, rung by rung, or takes them as they were made before. */
final class Trials {

  private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

  private final RecommenderProvider provider;
  private final RankingMetric metric;
  private final FitContext context;
  private final String where;

  Trials(RecommenderProvider provider, RankingMetric metric, FitContext context, String where) {
    this.provider = provider;
    this.metric = metric;
    this.context = context;
    this.where = where;
  }

  /**
   * Makes the trials of all rungs.
   *
   * @param candidates what to try
   * @param data on what
   * @param finished the first trials, if they were made before
   * @param keep is given each trial that is made now
   * @return the trials, the finished ones among them
   */
  List<Trial> all(
      Candidates candidates, RungData data, List<Trial> finished, Consumer<Trial> keep) {
    long began = System.nanoTime();
    List<Trial> trials = new ArrayList<>();
    List<Integer> combinations = new ArrayList<>();
    for (int c = 0; c < candidates.list().size(); c++) {
      combinations.add(c);
    }
    for (int r = 0; r < candidates.rungs().size(); r++) {
      Rung rung = candidates.rungs().get(r);
      Map<Integer, Trial> ofRung = new LinkedHashMap<>();
      RungData.Part part = data.part(rung);
      int later = later(candidates.rungs(), r, combinations.size());
      for (int c : combinations) {
        Trial plan = plan(trials.size() + 1, c, candidates.list().get(c), r, rung, part);
        Trial trial;
        if (trials.size() < finished.size()) {
          trial = finished.get(trials.size());
          checkPlanned(plan, trial);
        } else {
          trial = make(plan, part);
          keep.accept(trial);
        }
        trials.add(trial);
        ofRung.put(c, trial);
        int total = trials.size() + combinations.size() - ofRung.size() + later;
        context
            .listener()
            .onProgress(
                new Progress(
                    "search", trials.size(), total, Duration.ofNanos(System.nanoTime() - began)));
      }
      if (r + 1 < candidates.rungs().size()) {
        combinations = promoted(ofRung, candidates.rungs().get(r + 1).combinations());
      }
    }
    if (trials.size() < finished.size()) {
      throw new IllegalArgumentException(
          where
              + " has "
              + finished.size()
              + " trials, this search "
              + trials.size()
              + ". It is left as it is; name another file");
    }
    return trials;
  }

  private static int later(List<Rung> rungs, int current, int combinations) {
    int later = 0;
    for (int r = current + 1; r < rungs.size(); r++) {
      later += Math.min(combinations, rungs.get(r).combinations());
    }
    return later;
  }

  // The sort is stable: of equals the first comes first. What failed is left behind.
  private static List<Integer> promoted(Map<Integer, Trial> trials, int most) {
    return trials.entrySet().stream()
        .filter(entry -> !entry.getValue().failed())
        .sorted(Comparator.comparingDouble(entry -> -entry.getValue().score()))
        .limit(most)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static Trial plan(
      int number, int c, Candidate candidate, int r, Rung rung, RungData.Part part) {
    return new Trial(
        number,
        c + 1,
        candidate.options(),
        candidate.settings(),
        r + 1,
        rung.share(),
        part.cases().size(),
        0,
        0,
        "");
  }

  private static Trial with(Trial plan, double score, double fitSeconds, String failure) {
    return new Trial(
        plan.number(),
        plan.combination(),
        plan.options(),
        plan.settings(),
        plan.rung(),
        plan.share(),
        plan.users(),
        score,
        fitSeconds,
        failure);
  }

  private void checkPlanned(Trial plan, Trial finished) {
    if (!with(finished, 0, 0, "").equals(plan)) {
      throw new IllegalArgumentException(
          where
              + ": trial "
              + plan.number()
              + " is "
              + finished
              + ", where this search makes "
              + plan
              + ". It is left as it is; name another file");
    }
  }

  private Trial make(Trial plan, RungData.Part part) {
    checkInterrupted();
    try {
      long began = System.nanoTime();
      RecommenderModel model =
          provider
              .create(new Options(new LinkedHashMap<>(plan.options())))
              .fit(part.train(), context);
      double fitSeconds = (System.nanoTime() - began) * 1e-9;
      int depth = metric.kind() == RankingMetric.Kind.AUC ? Integer.MAX_VALUE : metric.k();
      double sum = 0;
      for (TestCase one : part.cases()) {
        checkInterrupted();
        sum += metric.of(one.judge(model.recommend(one.query(depth))));
      }
      return with(plan, sum / part.cases().size(), fitSeconds, "");
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      // What an interrupted fit throws says nothing of the combination.
      checkInterrupted();
      LOG.warn("trial {} with {} failed: {}", plan.number(), plan.options(), e.toString());
      LOG.debug("trial {} failed", plan.number(), e);
      return with(plan, 0, 0, e.toString());
    }
  }

  static void checkInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the search was interrupted");
    }
  }
}
