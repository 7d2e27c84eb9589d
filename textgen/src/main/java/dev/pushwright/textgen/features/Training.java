// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.api.FitContext;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a generator, watches it after each epoch, keeps the parameters of the epoch in which the
 * items wanted were likeliest, and stops or begins anew when it has collapsed.
 */
final class Training {

  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

  /** Epochs in a row. */
  private static final int PATIENCE = 2;

  /**
   * When a generator has collapsed, and what then.
   *
   * @param below what coverage and distance may not fall below; 0: never
   * @param restarts how often to begin anew; 0: training stops
   */
  record Collapse(double below, int restarts) {}

  /**
   * What came out.
   *
   * @param values of the parameters that generate, by name
   * @param seen what was seen in the epoch that was kept
   * @param report how it went
   */
  record Trained(Map<String, float[]> values, Probe.Seen seen, TrainingReport report) {}

  private final String name;
  private final Plan plan;
  private final Collapse collapse;
  private final Probe probe;
  private final FitContext context;
  private final List<String> notes = new ArrayList<>();

  private final Map<String, float[]> best = new LinkedHashMap<>();
  private Probe.@Nullable Seen bestSeen;
  private int bestEpoch;
  private int bestActive = -1;
  private int epochs;

  Training(String name, Plan plan, Collapse collapse, Probe probe, FitContext context) {
    this.name = name;
    this.plan = plan;
    this.collapse = collapse;
    this.probe = probe;
    this.context = context;
  }

  /**
   * Trains.
   *
   * @param trainers makes one from a seed, for each attempt
   */
  Trained run(LongFunction<Trainer> trainers) {
    context.checkCancelled();
    int restarts = 0;
    while (true) {
      long seed = restarts == 0 ? plan.seed() : CounterRandom.key(plan.seed(), restarts);
      boolean healthy;
      try (Trainer trainer = trainers.apply(seed)) {
        healthy = attempt(trainer, restarts);
      }
      if (healthy || restarts == collapse.restarts()) {
        return trained(restarts);
      }
      restarts++;
      note("begins anew with another seed, attempt " + (restarts + 1));
    }
  }

  /** Whether it came to its end without a collapse. */
  private boolean attempt(Trainer trainer, int restarts) {
    long began = System.nanoTime();
    int low = 0;
    String phase = restarts == 0 ? "epochs" : "epochs, attempt " + (restarts + 1);
    for (int epoch = 0; epoch < plan.epochs(); epoch++) {
      double loss = trainer.epoch(epoch);
      epochs++;
      Probe.Seen seen = probe.look(trainer.sampler());
      int active = trainer.activeUnits(probe);
      boolean fell = seen.coverage() < collapse.below() || seen.distance() < collapse.below();
      low = fell ? low + 1 : 0;
      keep(trainer, seen, active, fell);
      Map<String, Double> figures = new LinkedHashMap<>(trainer.figures());
      figures.put("logLikelihood", seen.logLikelihood());
      figures.put("coverage", seen.coverage());
      figures.put("distance", seen.distance());
      if (active >= 0) {
        figures.put("activeUnits", (double) active);
      }
      context.epochDone(
          phase,
          epoch + 1,
          plan.epochs(),
          Duration.ofNanos(System.nanoTime() - began),
          loss,
          figures);
      if (low == PATIENCE) {
        note(
            String.format(
                Locale.ROOT,
                "collapsed in epoch %d of %d: coverage %.3f, distance %.3f of what is wanted",
                epoch + 1,
                plan.epochs(),
                seen.coverage(),
                seen.distance()));
        return false;
      }
    }
    return true;
  }

  private void keep(Trainer trainer, Probe.Seen seen, int active, boolean fell) {
    Probe.Seen before = bestSeen;
    boolean beforeFell =
        before != null
            && (before.coverage() < collapse.below() || before.distance() < collapse.below());
    // A collapsed one is only kept for want of any other.
    boolean better =
        before == null
            || (beforeFell && !fell)
            || (beforeFell == fell && seen.logLikelihood() > before.logLikelihood());
    if (better) {
      for (Parameter parameter : trainer.generator().all()) {
        if (parameter.name().startsWith(Generator.PREFIX)) {
          best.put(parameter.name(), parameter.values().clone());
        }
      }
      bestSeen = seen;
      bestEpoch = epochs;
      bestActive = active;
    }
  }

  private Trained trained(int restarts) {
    Probe.Seen seen = bestSeen;
    if (seen == null) {
      throw new IllegalStateException(name + " was trained in no epoch");
    }
    boolean fell = seen.coverage() < collapse.below() || seen.distance() < collapse.below();
    if (fell) {
      note("is kept as it collapsed: it generates nearly the same for everybody");
    }
    if (bestActive == 0) {
      note(
          "makes no use of the noise (posterior collapse): a lower beta, or more freeBits, would"
              + " have it vary");
    }
    return new Trained(
        best,
        seen,
        new TrainingReport(
            epochs,
            restarts,
            bestEpoch,
            seen.logLikelihood(),
            seen.coverage(),
            seen.distance(),
            bestActive,
            fell || bestActive == 0,
            notes));
  }

  private void note(String what) {
    notes.add(what);
    LOG.warn("{} {}", name, what);
  }
}
