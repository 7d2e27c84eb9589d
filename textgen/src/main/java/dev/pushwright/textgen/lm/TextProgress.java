// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.neural.nn.Parameters;

/** How far a training has come, and the best of it so far. */
final class TextProgress {

  private int epochs;
  private int bestEpoch;
  private double bestLoss = Double.MAX_VALUE;
  private float[][] best = {};

  /** How many epochs are done. */
  int epochs() {
    return epochs;
  }

  /** Whether so many epochs in a row were no better. */
  boolean isOver(int patience) {
    return bestEpoch > 0 && epochs - bestEpoch >= patience;
  }

  void epochDone(boolean watched, double loss, Parameters parameters) {
    epochs++;
    if (watched && loss < bestLoss) {
      bestLoss = loss;
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
    out.ints("epochs", new int[] {epochs, bestEpoch}).doubles("loss", new double[] {bestLoss});
    for (int p = 0; p < best.length; p++) {
      out.section("best").floats(parameters.all().get(p).name(), best[p]);
    }
  }

  void read(ModelReader in, Parameters parameters) {
    int[] numbers = in.ints("epochs", 2);
    bestLoss = in.doubles("loss", 1)[0];
    if (numbers[0] < 0 || numbers[1] < 0 || numbers[1] > numbers[0] || Double.isNaN(bestLoss)) {
      throw in.damaged("epochs and loss make no sense");
    }
    epochs = numbers[0];
    bestEpoch = numbers[1];
    if (bestEpoch > 0) {
      best = parameters.copyValues();
      for (int p = 0; p < best.length; p++) {
        best[p] = in.section("best").floats(parameters.all().get(p).name(), best[p].length);
      }
    }
  }
}
