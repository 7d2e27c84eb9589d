// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.UniformInitializer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.pushwright.benchmarks.peers.Language;
import dev.pushwright.benchmarks.peers.Work;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A language model by PyTorch's own LSTM or GRU, the loss and Adam, as arrays of PyTorch. */
final class RecurrentNet implements AutoCloseable {

  private final Language language;
  private final int[] inputs;
  private final int[] targets;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final ParameterStore store = new ParameterStore(manager, false);
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private final NDArray words;
  private final RecurrentBlock cell;
  private final NDArray weight;
  private final NDArray bias;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final Optimizer adam =
      Optimizer.adam().optLearningRateTracker(Tracker.fixed((float) Work.LM_LEARNING_RATE)).build();

  RecurrentNet(boolean gated, Language language) {
    this.language = language;
    this.inputs = new int[language.steps() * Work.LM_BATCH];
    this.targets = new int[inputs.length];
    this.words =
        manager.randomNormal(
            0, 0.1f, new Shape(language.words(), Work.LM_EMBEDDING), DataType.FLOAT32);
    RecurrentBlock.BaseBuilder<?> builder = gated ? GRU.builder() : LSTM.builder();
    builder.setNumLayers(1).setStateSize(Work.LM_UNITS).optBatchFirst(false);
    this.cell = gated ? ((GRU.Builder) builder).build() : ((LSTM.Builder) builder).build();
    begin(gated);
    cell.initialize(
        manager,
        DataType.FLOAT32,
        new Shape(language.steps(), Work.LM_BATCH, Work.LM_EMBEDDING));
    float bound = (float) Math.sqrt(6.0 / (Work.LM_UNITS + language.words()));
    this.weight =
        manager.randomUniform(-bound, bound, new Shape(Work.LM_UNITS, language.words()));
    this.bias = manager.zeros(new Shape(1, language.words()));
    add("words", words);
    cell.getParameters().forEach(named -> add(named.getKey(), named.getValue().getArray()));
    add("weight", weight);
    add("bias", bias);
  }

  /** The cell begins with what {@code Lstm} and {@code Gru} begin with. */
  private void begin(boolean gated) {
    if (gated) {
      cell.setInitializer(
          new UniformInitializer((float) (1 / Math.sqrt(Work.LM_UNITS))), Parameter.Type.WEIGHT);
      return;
    }
    cell.setInitializer(
        new XavierInitializer(
            XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.AVG, 3),
        Parameter.Type.WEIGHT);
    float[] biases = new float[4 * Work.LM_UNITS];
    // Of the forget gate, the second of PyTorch's.
    Arrays.fill(biases, Work.LM_UNITS, 2 * Work.LM_UNITS, 1);
    cell.setInitializer(
        (of, shape, type) -> of.create(biases, shape),
        parameter -> parameter.getName().endsWith("i2h_BIAS"));
  }

  private void add(String name, NDArray values) {
    values.setRequiresGradient(true);
    parameters.put(name, values);
  }

  /** The mean loss of a batch, a number; row t·B + b is step t of sequence b. */
  private NDArray forward(int batch, NDManager step) {
    language.read((long) batch * Work.LM_BATCH, Work.LM_BATCH, true, inputs, targets);
    NDArray ids = step.create(inputs, new Shape(language.steps(), Work.LM_BATCH));
    NDList x = Embedding.embedding(ids, words, SparseFormat.DENSE);
    NDArray h = cell.forward(store, x, true).head().reshape(inputs.length, Work.LM_UNITS);
    NDArray logits = h.matMul(weight).add(bias);
    return loss.evaluate(new NDList(step.create(targets)), new NDList(logits));
  }

  /** Makes a step on a batch. */
  void learn(int batch) {
    try (NDManager step = manager.newSubManager()) {
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(forward(batch, step));
      }
      parameters.forEach(
          (name, values) -> {
            try (NDArray gradient = values.getGradient()) {
              adam.update(name, values, gradient);
            }
          });
    }
  }

  /** The mean loss of a batch, in nats. */
  double loss(int batch) {
    try (NDManager step = manager.newSubManager()) {
      return forward(batch, step).getFloat();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
