// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import java.util.List;

/** How far a training has come, and the best of it so far. */
final class TrainingProgress {

  private int epochs;
  private int bestEpoch;
  private double bestMetric = -1;
  private float[][] best = {};
  private final ParameterMean mean = new ParameterMean();

  /** How many epochs are done. */
  int epochs() {
    return epochs;
  }

  /** The epoch that ranked best what is watched, from 1 on; 0 where nothing is watched. */
  int bestEpoch() {
    return bestEpoch;
  }

  /** What the last epochs are averaged in. */
  ParameterMean mean() {
    return mean;
  }

  /** Whether so many epochs in a row were no better. */
  boolean isOver(int patience) {
    return bestEpoch > 0 && epochs - bestEpoch >= patience;
  }

  void epochDone(boolean watched, double metric, Parameters parameters) {
    epochs++;
    if (watched && metric > bestMetric) {
      bestMetric = metric;
      bestEpoch = epochs;
      best = parameters.copyValues();
    }
  }

  void restoreBest(Parameters parameters) {
    if (bestEpoch > 0) {
      parameters.setValues(best);
    }
  }

  void save(ModelWriter out, Parameters parameters) {
    out.ints("epochs", new int[] {epochs, bestEpoch}).doubles("best", new double[] {bestMetric});
    List<Parameter> all = parameters.all();
    for (int p = 0; p < best.length; p++) {
      out.section("best").floats(all.get(p).name(), best[p]);
    }
    mean.save(out.section("mean"), parameters);
  }

  void read(ModelReader in, Parameters parameters) {
    int[] numbers = in.ints("epochs", 2);
    bestMetric = in.doubles("best", 1)[0];
    if (numbers[0] < 0 || numbers[1] < 0 || numbers[1] > numbers[0] || !(bestMetric <= 1)) {
      throw in.damaged("epochs and best make no sense");
    }
    mean.read(in.section("mean"), parameters);
    epochs = numbers[0];
    bestEpoch = numbers[1];
    if (bestEpoch > 0) {
      best = parameters.copyValues();
      List<Parameter> all = parameters.all();
      for (int p = 0; p < best.length; p++) {
        best[p] = in.section("best").floats(all.get(p).name(), best[p].length);
      }
    }
  }
}
