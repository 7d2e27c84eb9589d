// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.List;
import java.util.Objects;

/**
 * How the training of a generator went, as seen on profiles that it did not learn from.
 *
 * @param epochs how many were trained, all attempts together
 * @param restarts how often it began anew after a collapse
 * @param bestEpoch the epoch, from 1 on and counted over all attempts, whose parameters were kept
 * @param logLikelihood the mean of the natural logarithm of the probability that the items wanted
 *     had, among at most some 2,000 items; below 0
 * @param coverage how many different items are generated for different profiles, divided by how
 *     many are wanted; about 1 or more is healthy
 * @param distance the mean distance of what is generated for two profiles, divided by that of what
 *     is wanted; about 1 is healthy
 * @param activeUnits of the autoencoder: in how many of the numbers of the noise something of the
 *     item is found (their mean varies by more than 0.01 from item to item, as in Burda, Grosse and
 *     Salakhutdinov, ICLR 2016), 0 where the noise is not used; −1 of other generators
 * @param collapsed whether what was kept has collapsed: it generates nearly the same for everybody,
 *     or makes no use of the noise
 * @param notes what happened, in words
 */
public record TrainingReport(
    int epochs,
    int restarts,
    int bestEpoch,
    double logLikelihood,
    double coverage,
    double distance,
    int activeUnits,
    boolean collapsed,
    List<String> notes) {

  /** Checks that every number is finite, and copies the notes. */
  public TrainingReport {
    notes = List.copyOf(Objects.requireNonNull(notes, "notes"));
    if (epochs < 1
        || restarts < 0
        || bestEpoch < 1
        || bestEpoch > epochs
        || activeUnits < -1
        || !Double.isFinite(logLikelihood)
        || !(coverage >= 0 && Double.isFinite(coverage))
        || !Double.isFinite(distance)) {
      throw new IllegalArgumentException(
          "epochs is "
              + epochs
              + ", restarts "
              + restarts
              + ", bestEpoch "
              + bestEpoch
              + ", logLikelihood "
              + logLikelihood
              + ", coverage "
              + coverage
              + ", distance "
              + distance
              + ", activeUnits "
              + activeUnits);
    }
  }

  void save(ModelWriter out) {
    out.ints("counts", new int[] {epochs, restarts, bestEpoch, activeUnits, collapsed ? 1 : 0})
        .doubles("figures", new double[] {logLikelihood, coverage, distance})
        .texts("notes", notes);
  }

  static TrainingReport read(ModelReader in) {
    int[] counts = in.ints("counts", 5);
    double[] figures = in.doubles("figures", 3);
    List<String> notes = in.texts("notes");
    try {
      return new TrainingReport(
          counts[0],
          counts[1],
          counts[2],
          figures[0],
          figures[1],
          figures[2],
          counts[3],
          counts[4] != 0,
          notes);
    } catch (IllegalArgumentException e) {
      throw in.damaged("makes no sense: " + e.getMessage(), e);
    }
  }
}
