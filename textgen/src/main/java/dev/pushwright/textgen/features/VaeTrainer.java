// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Trains a {@link VaeNet}. The weight β of the divergence rises in a straight line from 0 over the
 * first steps, so that the noise is made use of before it is paid for [1]. The variance v is what
 * the squared error was in the epoch before, its most likely value [2].
 *
 * <p>[1] S. R. Bowman et al., "Generating sentences from a continuous space", CoNLL 2016. [2] O.
 * Rybkin, K. Daniilidis, S. Levine, "Simple and effective VAE training with calibrated decoders",
 * ICML 2021.
 */
final class VaeTrainer implements Trainer {

  /** A unit is active where its mean varies more than this from item to item. */
  static final double ACTIVE = 0.01;

  private static final double LEAST_VARIANCE = 1e-3;

  private record Worker(VaeNet net, Draw draw) {}

  /**
   * What is set of the loss.
   *
   * @param beta what the divergence counts in the end
   * @param annealing the share of the steps in which it gets there
   * @param freeBits nats of each number of the noise that are not pressed for
   */
  record Loss(double beta, double annealing, double freeBits) {}

  private final String name;
  private final Plan plan;
  private final Loss loss;
  private final Shape shape;
  private final int samples;
  private final Parameters parameters;
  private final DataParallel<Worker> parallel;
  private final Optimizer optimizer;
  private final DataParallel.Chunk<Worker> learn = this::learn;

  private double variance = 1;
  private VaeNet.Cost cost = new VaeNet.Cost(0, 0, 1);
  private long key;
  private long from;
  private long to;
  private final double[] errors;
  private double divergence;
  private final double[] divergences;

  VaeTrainer(
      String name,
      Plan plan,
      Loss loss,
      Shape shape,
      int samples,
      int threads,
      Supplier<Draw> draws) {
    this.name = name;
    this.plan = plan;
    this.loss = loss;
    this.shape = shape;
    this.samples = samples;
    this.parameters = new Parameters(plan.seed());
    this.parallel =
        new DataParallel<>(
            parameters,
            Math.min(threads, Runtime.getRuntime().availableProcessors()),
            own -> new Worker(new VaeNet(own, shape), draws.get()));
    this.optimizer = Optimizer.adam(plan.learningRate()).clipNorm(5).build(parameters);
    int chunks = (plan.batch() + CHUNK - 1) / CHUNK;
    this.errors = new double[chunks];
    this.divergences = new double[chunks];
  }

  @Override
  public double epoch(int epoch) {
    key = CounterRandom.key(plan.seed(), epoch);
    double sum = 0;
    double error = 0;
    divergence = 0;
    int batches = (samples + plan.batch() - 1) / plan.batch();
    double steps = (double) plan.epochs() * batches;
    for (from = 0; from < samples; from += plan.batch()) {
      to = Math.min(samples, from + plan.batch());
      double done = optimizer.steps() / Math.max(1, loss.annealing() * steps);
      cost =
          new VaeNet.Cost(
              loss.beta() * (loss.annealing() == 0 ? 1 : Math.min(1, done)),
              loss.freeBits(),
              variance);
      int chunks = (int) ((to - from + CHUNK - 1) / CHUNK);
      double step = parallel.step(chunks, learn, optimizer);
      if (!Double.isFinite(step)) {
        throw Trainer.diverged(
            name, "loss is " + step, epoch, plan, "batch " + (from / plan.batch() + 1));
      }
      sum += step;
      for (int c = 0; c < chunks; c++) {
        error += errors[c];
        divergence += divergences[c];
      }
    }
    divergence /= samples;
    variance = Math.max(LEAST_VARIANCE, error / ((double) samples * shape.item()));
    String unsound = parameters.unsound();
    if (!unsound.isEmpty()) {
      throw Trainer.diverged(name, unsound, epoch, plan, "its end");
    }
    return sum / samples;
  }

  private double learn(Worker worker, int chunk) {
    long begin = from + (long) chunk * CHUNK;
    int rows = (int) (Math.min(to, begin + CHUNK) - begin);
    Draw draw = worker.draw();
    draw.rows(key, begin, rows);
    double sum = worker.net().forward(draw.x, draw.y, draw.z, rows, cost);
    errors[chunk] = worker.net().squaredError();
    double spent = 0;
    for (int k = 0; k < shape.noise(); k++) {
      spent += worker.net().divergence(k, rows);
    }
    divergences[chunk] = spent;
    worker.net().backward(draw.z, rows, cost, 1f / (to - from));
    return sum;
  }

  @Override
  public Sampler sampler() {
    return frozen(parameters, shape);
  }

  /** A generator on the values that the parameters have, for nobody to learn. */
  static Sampler frozen(Parameters parameters, Shape shape) {
    Parameters copy = new Parameters(0);
    for (Parameter parameter : parameters.all()) {
      if (parameter.name().startsWith(Generator.PREFIX)) {
        copy.adopt(parameter, true);
      }
    }
    return new Generator(copy, shape)::forward;
  }

  @Override
  public Parameters generator() {
    return parameters;
  }

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("kl", divergence);
    figures.put("beta", cost.beta());
    figures.put("variance", variance);
    return figures;
  }

  @Override
  public int activeUnits(Probe probe) {
    int rows = probe.size();
    float[] mean = parallel.network().net().encode(probe.profiles(), probe.wantedItems(), rows);
    int active = 0;
    for (int k = 0; k < shape.noise(); k++) {
      double sum = 0;
      double squares = 0;
      for (int r = 0; r < rows; r++) {
        double m = mean[r * shape.noise() + k];
        sum += m;
        squares += m * m;
      }
      active += squares / rows - sum / rows * (sum / rows) > ACTIVE ? 1 : 0;
    }
    return active;
  }

  @Override
  public void close() {
    parallel.close();
  }
}
