// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import java.util.List;

/** The mean of what parameters were at some moments, in float64. */
final class ParameterMean {

  private static final String MOMENTS = "moments";
  private static final String SUMS = "sums";

  private long moments;
  // By parameter; none before the first moment.
  private double[][] sums = {};

  /** Takes in what the parameters are now. */
  void add(Parameters parameters) {
    List<Parameter> all = parameters.all();
    if (moments == 0) {
      sums = zeros(all);
    }
    moments++;
    for (int p = 0; p < sums.length; p++) {
      float[] values = all.get(p).values();
      double[] sum = sums[p];
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i];
      }
    }
  }

  private static double[][] zeros(List<Parameter> parameters) {
    return parameters.stream().map(p -> new double[p.values().length]).toArray(double[][]::new);
  }

  /** Sets the parameters to the mean of at least one moment, and forgets it. */
  void moveTo(Parameters parameters) {
    List<Parameter> all = parameters.all();
    for (int p = 0; p < sums.length; p++) {
      float[] values = all.get(p).values();
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (sums[p][i] / moments);
      }
    }
    moments = 0;
    sums = new double[0][];
  }

  /** Writes nothing where there was no moment yet. */
  void save(ModelWriter out, Parameters parameters) {
    if (moments > 0) {
      out.longs(MOMENTS, new long[] {moments});
      for (int p = 0; p < sums.length; p++) {
        out.section(SUMS).doubles(parameters.all().get(p).name(), sums[p]);
      }
    }
  }

  void read(ModelReader in, Parameters parameters) {
    if (!in.has(MOMENTS)) {
      return;
    }
    moments = in.longs(MOMENTS, 1)[0];
    if (moments < 1) {
      throw in.damaged("moments is " + moments);
    }
    sums = zeros(parameters.all());
    for (int p = 0; p < sums.length; p++) {
      String name = parameters.all().get(p).name();
      sums[p] = in.section(SUMS).doubles(name, sums[p].length);
      for (double sum : sums[p]) {
        if (!Double.isFinite(sum)) {
          throw in.damaged("the sum of " + name + " holds " + sum);
        }
      }
    }
  }
}
