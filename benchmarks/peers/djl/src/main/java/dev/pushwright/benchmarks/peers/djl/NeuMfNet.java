// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.pushwright.benchmarks.peers.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The two towers, the loss and Adam, as arrays of PyTorch. */
final class NeuMfNet implements AutoCloseable {

  private static final float DEVIATION = 0.01f;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private final Loss loss = Loss.sigmoidBinaryCrossEntropyLoss();
  private final Optimizer adam =
      Optimizer.adam()
          .optLearningRateTracker(Tracker.fixed((float) Work.NCF_LEARNING_RATE))
          .build();

  NeuMfNet(int users, int items) {
    List<Integer> layers = Work.NCF_LAYERS;
    add("gmf.user", DEVIATION, users, Work.NCF_FACTORS);
    add("gmf.item", DEVIATION, items, Work.NCF_FACTORS);
    add("mlp.user", DEVIATION, users, layers.get(0) / 2);
    add("mlp.item", DEVIATION, items, layers.get(0) / 2);
    for (int n = 1; n < layers.size(); n++) {
      int in = layers.get(n - 1);
      int out = layers.get(n);
      add("weight" + n, (float) Math.sqrt(2.0 / (in + out)), in, out);
      add("bias" + n, 0, 1, out);
    }
    int joined = Work.NCF_FACTORS + layers.get(layers.size() - 1);
    add("out", (float) Math.sqrt(1.0 / joined), joined, 1);
    add("outBias", 0, 1, 1);
  }

  private void add(String name, float deviation, int rows, int columns) {
    Shape shape = new Shape(rows, columns);
    NDArray values =
        deviation == 0
            ? manager.zeros(shape)
            : manager.randomNormal(0, deviation, shape, DataType.FLOAT32);
    values.setRequiresGradient(true);
    parameters.put(name, values);
  }

  private NDArray get(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  private NDArray rows(String table, NDArray ids) {
    return Embedding.embedding(ids, get(table), SparseFormat.DENSE).singletonOrThrow();
  }

  /** The logits, B×1. */
  private NDArray forward(NDArray users, NDArray items) {
    NDArray linear = rows("gmf.user", users).mul(rows("gmf.item", items));
    NDArray deep = NDArrays.concat(new NDList(rows("mlp.user", users), rows("mlp.item", items)), 1);
    for (int n = 1; n < Work.NCF_LAYERS.size(); n++) {
      deep = Activation.relu(deep.matMul(get("weight" + n)).add(get("bias" + n)));
    }
    return NDArrays.concat(new NDList(linear, deep), 1).matMul(get("out")).add(get("outBias"));
  }

  /** Makes a step on a batch. */
  void learn(int[] users, int[] items, float[] labels) {
    try (NDManager step = manager.newSubManager()) {
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logits = forward(step.create(users), step.create(items));
        NDArray targets = step.create(labels, new Shape(labels.length, 1));
        collector.backward(loss.evaluate(new NDList(targets), new NDList(logits)));
      }
      parameters.forEach(
          (name, values) -> {
            try (NDArray gradient = values.getGradient()) {
              adam.update(name, values, gradient);
            }
          });
    }
  }

  float[] scores(int[] users, int[] items) {
    try (NDManager step = manager.newSubManager()) {
      return forward(step.create(users), step.create(items)).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
