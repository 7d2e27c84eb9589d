// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.Embedding;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import java.util.Set;

/** x = b + b_u + b_i + p_u · q_i, see {@link MfLogLoss}. The tables hold the bias as column F. */
final class MfNet implements PairNet {

  /**
   * What it is made from.
   *
   * @param factors F
   * @param deviation of what the factors begin with
   */
  record Shape(int factors, double deviation) implements Architecture {

    @Override
    public PairNet make(Parameters parameters, int users, int items) {
      return new MfNet(parameters, users, items, this);
    }

    @Override
    public PairScorer scorer(Parameters parameters, int items) {
      return new Scorer(parameters, items, factors);
    }

    @Override
    public Set<String> userTables() {
      return Set.of("user");
    }
  }

  private final int width;
  private final Embedding user;
  private final Embedding item;
  private final Parameter bias;
  private float[] p = {};
  private float[] q = {};
  private float[] dp = {};
  private float[] dq = {};
  private float[] x = {};
  private int rows;

  private MfNet(Parameters parameters, int users, int items, Shape shape) {
    this.width = shape.factors() + 1;
    this.user = new Embedding(parameters, "user", users, width, begin(shape));
    this.item = new Embedding(parameters, "item", items, width, begin(shape));
    this.bias = parameters.matrix("bias", 1, 1, Initializer.zeros());
  }

  private static Initializer begin(Shape shape) {
    Initializer normal = Initializer.normal(shape.deviation());
    return (values, rows, columns, key) -> {
      normal.fill(values, rows, columns, key);
      for (int r = 0; r < rows; r++) {
        values[r * columns + shape.factors()] = 0;
      }
    };
  }

  @Override
  public float[] forward(int[] users, int[] items, int rows) {
    this.rows = rows;
    if (x.length < rows) {
      x = new float[rows];
      dp = new float[rows * width];
      dq = new float[rows * width];
    }
    p = user.forward(users, rows);
    q = item.forward(items, rows);
    int factors = width - 1;
    for (int r = 0; r < rows; r++) {
      int at = r * width;
      x[r] = bias.values()[0] + p[at + factors] + q[at + factors] + dot(p, q, at, factors);
    }
    return x;
  }

  // Eight sums that do not wait for each other.
  private static float dot(float[] p, float[] q, int at, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int k = at;
    for (; k + 8 <= at + n; k += 8) {
      s0 += p[k] * q[k];
      s1 += p[k + 1] * q[k + 1];
      s2 += p[k + 2] * q[k + 2];
      s3 += p[k + 3] * q[k + 3];
      s4 += p[k + 4] * q[k + 4];
      s5 += p[k + 5] * q[k + 5];
      s6 += p[k + 6] * q[k + 6];
      s7 += p[k + 7] * q[k + 7];
    }
    for (; k < at + n; k++) {
      s0 += p[k] * q[k];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  @Override
  public void backward(float[] d, float penalty) {
    int factors = width - 1;
    float sum = 0;
    for (int r = 0; r < rows; r++) {
      int at = r * width;
      slopes(d[r], penalty, p, q, dp, dq, at, factors);
      dp[at + factors] = d[r] + penalty * p[at + factors];
      dq[at + factors] = d[r] + penalty * q[at + factors];
      sum += d[r];
    }
    user.backward(dp);
    item.backward(dq);
    if (!bias.isFrozen()) {
      bias.gradients()[0] += sum + rows * penalty * bias.values()[0];
    }
  }

  private static void slopes(
      float d, float penalty, float[] p, float[] q, float[] dp, float[] dq, int at, int n) {
    for (int k = at; k < at + n; k++) {
      dp[k] = d * q[k] + penalty * p[k];
      dq[k] = d * p[k] + penalty * q[k];
    }
  }

  /** Scores by the columns of the items. */
  private static final class Scorer implements PairScorer {
    private final float[][] columns;
    private final int factors;
    private final float bias;

    Scorer(Parameters parameters, int items, int factors) {
      this.columns = Columns.of(parameters.get("item").values(), items, factors + 1);
      this.factors = factors;
      this.bias = parameters.get("bias").values()[0];
    }

    @Override
    public void score(Parameters users, int user, float[] scores) {
      float[] p = users.get("user").values();
      int at = user * (factors + 1);
      for (int i = 0; i < scores.length; i++) {
        scores[i] = bias + p[at + factors] + columns[factors][i];
      }
      Columns.add(p, at, 1, columns, factors, scores, scores.length);
    }
  }
}
