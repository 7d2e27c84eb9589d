// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.eval.BinaryMetrics;
import dev.pushwright.neural.nn.Activation;
import dev.pushwright.neural.nn.BinaryCrossEntropy;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.Dropout;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Mode;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Can a classifier tell two samples apart? It learns from one part and is asked about another; the
 * area under its ROC curve is .5 when it cannot and 1 when it always can (D. Lopez-Paz, M. Oquab,
 * "Revisiting classifier two-sample tests", ICLR 2017). A network of one hidden layer of 64, ten
 * epochs of Adam.
 */
final class TwoSample {

  private static final int HIDDEN = 64;
  private static final int EPOCHS = 10;
  private static final int BATCH = 128;

  /**
   * One of either sample: its features, all of one length; whether it is of the first sample; and
   * its group, as those of one group are all learned from or all asked about.
   */
  static final class Row {
    private final float[] features;
    private final boolean real;
    private final int group;

    Row(float[] features, boolean real, int group) {
      this.features = features;
      this.real = real;
      this.group = group;
    }
  }

  private final Dense first;
  private final Activation relu = new Activation(Activation.Function.RELU);
  private final Dropout dropout = new Dropout(0.3);
  private final Dense second;

  private TwoSample(Parameters parameters, int width) {
    first = new Dense(parameters, "1", width, HIDDEN, Initializer.he());
    second = new Dense(parameters, "2", HIDDEN, 1, Initializer.glorot());
  }

  private float[] forward(float[] x, int rows, Mode mode, long key) {
    float[] h = relu.forward(first.forward(x, rows), rows * HIDDEN);
    return second.forward(dropout.forward(h, rows * HIDDEN, mode, key), rows);
  }

  /** The area under the curve, groups of even number learned from and the others asked about. */
  static double auc(List<Row> rows, long seed) {
    List<Row> train = new ArrayList<>(rows.stream().filter(row -> row.group % 2 == 0).toList());
    List<Row> test = rows.stream().filter(row -> row.group % 2 != 0).toList();
    int width = rows.get(0).features.length;
    Parameters parameters = new Parameters(seed);
    TwoSample net = new TwoSample(parameters, width);
    Optimizer adam = Optimizer.adam(0.001).weightDecay(0.01).build(parameters);
    BinaryCrossEntropy loss = new BinaryCrossEntropy();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      shuffle(train, CounterRandom.key(seed, epoch));
      for (int from = 0; from < train.size(); from += BATCH) {
        List<Row> batch = train.subList(from, Math.min(train.size(), from + BATCH));
        float[] targets = new float[batch.size()];
        for (int r = 0; r < targets.length; r++) {
          targets[r] = batch.get(r).real ? 1 : 0;
        }
        long key = CounterRandom.key(CounterRandom.key(seed, epoch), from);
        loss.forward(
            net.forward(matrix(batch, width), batch.size(), Mode.TRAIN, key),
            targets,
            batch.size());
        float[] dh = net.second.backward(loss.backward(1f / batch.size()));
        net.first.learn(net.relu.backward(net.dropout.backward(dh)));
        adam.step();
      }
    }
    float[] scores = net.forward(matrix(test, width), test.size(), Mode.INFER, 0);
    boolean[] real = new boolean[scores.length];
    double[] predicted = new double[scores.length];
    for (int r = 0; r < scores.length; r++) {
      real[r] = test.get(r).real;
      predicted[r] = scores[r];
    }
    return BinaryMetrics.auc(real, predicted).orElseThrow();
  }

  private static void shuffle(List<Row> rows, long key) {
    for (int r = rows.size() - 1; r > 0; r--) {
      Collections.swap(rows, r, CounterRandom.below(key, r, r + 1));
    }
  }

  private static float[] matrix(List<Row> rows, int width) {
    float[] x = new float[rows.size() * width];
    for (int r = 0; r < rows.size(); r++) {
      System.arraycopy(rows.get(r).features, 0, x, r * width, width);
    }
    return x;
  }
}
