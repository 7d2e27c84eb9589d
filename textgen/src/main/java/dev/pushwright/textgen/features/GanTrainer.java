// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.neural.nn.BinaryCrossEntropy;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Trains a {@link Generator} against a {@link Critic}; see {@link GanGenerator} for the losses.
 *
 * <p>The two are kept in balance by how often the critic tells real from generated, a running mean
 * over the batches: above {@value #TOO_GOOD} it only watches, below {@value #TOO_BAD} the generator
 * waits. The critic of the Wasserstein loss can't be too good, and always learns.
 */
final class GanTrainer implements Trainer {

  static final double TOO_GOOD = 0.9;
  static final double TOO_BAD = 0.55;

  private static final double MEMORY = 0.95;

  /**
   * What is set of the losses.
   *
   * @param kind which they are
   * @param criticSteps steps of the critic for one of the generator
   * @param smoothing what the target of real items is less than 1
   * @param mismatched whether the critic also learns that an item of another user is wrong
   * @param balance whether the two are kept in balance
   * @param penalty weight of the gradient penalty
   */
  record Loss(
      GanGenerator.Loss kind,
      int criticSteps,
      double smoothing,
      boolean mismatched,
      boolean balance,
      double penalty) {}

  private static final class Worker {
    final Critic critic;
    final Generator generator;
    final Draw draw;
    final UnitRows unit;
    final BinaryCrossEntropy entropy = new BinaryCrossEntropy();
    float[] u = {};
    float[] targets = {};
    float[] weights = {};

    Worker(Critic critic, Generator generator, Draw draw, int width) {
      this.critic = critic;
      this.generator = generator;
      this.draw = draw;
      this.unit = new UnitRows(width);
    }
  }

  private final String name;
  private final Plan plan;
  private final Loss loss;
  private final Shape shape;
  private final int samples;
  private final long seed;
  private final Parameters generator;
  private final Parameters critic;
  private final DataParallel<Worker> critics;
  private final DataParallel<Worker> generators;
  private final Optimizer criticOptimizer;
  private final Optimizer generatorOptimizer;
  private final DataParallel.Chunk<Worker> judge = (worker, chunk) -> judge(worker, chunk, true);
  private final DataParallel.Chunk<Worker> watch = (worker, chunk) -> judge(worker, chunk, false);
  private final DataParallel.Chunk<Worker> generate = this::generate;

  private long key;
  private long to;
  private final int[] right;
  private double accuracy = 0.5 * (TOO_GOOD + TOO_BAD);
  private double criticLoss;
  private double generatorLoss;
  private int criticMoves;
  private int generatorMoves;

  GanTrainer(
      String name,
      Plan plan,
      Loss loss,
      Shape shape,
      int samples,
      long seed,
      int threads,
      Supplier<Draw> draws) {
    this.name = name;
    this.plan = plan;
    this.loss = loss;
    this.shape = shape;
    this.samples = samples;
    this.seed = seed;
    // Each of the two learns beside the other as it is: the same values, frozen.
    Parameters generatorValues = new Generator(new Parameters(seed), shape).parameters();
    Parameters criticValues = new Critic(new Parameters(seed), shape).parameters();
    this.generator = like(generatorValues, false);
    this.critic = like(criticValues, false);
    int most = Math.min(threads, Runtime.getRuntime().availableProcessors());
    Function<Parameters, Worker> criticWorker =
        own ->
            new Worker(
                new Critic(own, shape),
                new Generator(like(generatorValues, true), shape),
                draws.get(),
                shape.item());
    Function<Parameters, Worker> generatorWorker =
        own ->
            new Worker(
                new Critic(like(criticValues, true), shape),
                new Generator(own, shape),
                draws.get(),
                shape.item());
    this.critics = new DataParallel<>(critic, most, criticWorker);
    this.generators = new DataParallel<>(generator, most, generatorWorker);
    this.criticOptimizer = Optimizer.adam(plan.learningRate()).clipNorm(5).build(critic);
    this.generatorOptimizer = Optimizer.adam(plan.learningRate()).clipNorm(5).build(generator);
    this.right = new int[(plan.batch() + CHUNK - 1) / CHUNK];
  }

  private static Parameters like(Parameters values, boolean freeze) {
    Parameters same = new Parameters(0);
    values.all().forEach(parameter -> same.adopt(parameter, freeze));
    return same;
  }

  @Override
  public double epoch(int epoch) {
    criticLoss = 0;
    generatorLoss = 0;
    criticMoves = 0;
    generatorMoves = 0;
    int batches = (samples + plan.batch() - 1) / plan.batch();
    for (int batch = 0; batch < batches; batch++) {
      long batchKey = CounterRandom.key(CounterRandom.key(seed, epoch), batch);
      to = Math.min(plan.batch(), samples - (long) batch * plan.batch());
      for (int step = 0; step < loss.criticSteps(); step++) {
        key = CounterRandom.key(batchKey, step);
        criticStep(epoch, batch);
      }
      if (!loss.balance() || loss.kind() == GanGenerator.Loss.WASSERSTEIN || accuracy >= TOO_BAD) {
        key = CounterRandom.key(batchKey, -1);
        double sum = generators.step(chunks(), generate, generatorOptimizer) / to;
        require(sum, "the generator's loss", epoch, batch);
        generatorLoss += sum;
        generatorMoves++;
      }
    }
    criticLoss /= (double) batches * loss.criticSteps();
    generatorLoss = generatorMoves == 0 ? 0 : generatorLoss / generatorMoves;
    for (Parameters parameters : List.of(generator, critic)) {
      String unsound = parameters.unsound();
      if (!unsound.isEmpty()) {
        throw Trainer.diverged(name, unsound, epoch, plan, "its end");
      }
    }
    return criticLoss + generatorLoss;
  }

  private int chunks() {
    return (int) ((to + CHUNK - 1) / CHUNK);
  }

  private void criticStep(int epoch, int batch) {
    boolean watches =
        loss.balance() && loss.kind() == GanGenerator.Loss.CLASSIC && accuracy > TOO_GOOD;
    double sum =
        (watches
                ? critics.forward(chunks(), watch)
                : critics.step(chunks(), judge, criticOptimizer))
            / to;
    require(sum, "the critic's loss", epoch, batch);
    criticLoss += sum;
    criticMoves += watches ? 0 : 1;
    double now = Arrays.stream(right, 0, chunks()).sum() / (2.0 * to);
    accuracy = MEMORY * accuracy + (1 - MEMORY) * now;
  }

  private void require(double value, String what, int epoch, int batch) {
    if (!Double.isFinite(value)) {
      throw Trainer.diverged(name, what + " is " + value, epoch, plan, "batch " + (batch + 1));
    }
  }

  /** Shows a chunk to the critic: real items, generated ones, and real ones of other users. */
  private double judge(Worker w, int chunk, boolean learns) {
    int rows = draw(w, chunk);
    float[] fake = w.unit.forward(w.generator.forward(w.draw.x, w.draw.z, rows), rows);
    int kinds = loss.mismatched() ? 3 : 2;
    int p = shape.profile();
    int d = shape.item();
    w.u = atLeast(w.u, 3 * rows * (p + d));
    w.targets = atLeast(w.targets, 3 * rows);
    w.weights = atLeast(w.weights, 3 * rows);
    for (int kind = 0; kind < kinds; kind++) {
      for (int r = 0; r < rows; r++) {
        int at = kind * rows + r;
        float[] item = kind == 1 ? fake : w.draw.y;
        int row = kind == 2 ? (r + 1) % rows : r;
        System.arraycopy(w.draw.x, r * p, w.u, at * (p + d), p);
        System.arraycopy(item, row * d, w.u, at * (p + d) + p, d);
        w.targets[at] = kind == 0 ? (float) (1 - loss.smoothing()) : 0;
        w.weights[at] = kind == 0 ? 1 : 1f / (kinds - 1);
      }
    }
    float[] s = w.critic.forward(w.u, kinds * rows);
    int count = 0;
    for (int r = 0; r < rows; r++) {
      count += (s[r] > 0 ? 1 : 0) + (s[rows + r] < 0 ? 1 : 0);
    }
    right[chunk] = count;
    return loss.kind() == GanGenerator.Loss.CLASSIC
        ? classic(w, s, kinds * rows, learns)
        : wasserstein(w, s, kinds, rows, fake);
  }

  private double classic(Worker w, float[] s, int all, boolean learns) {
    double sum = w.entropy.forward(s, w.targets, w.weights, all);
    if (learns) {
      w.critic.learn(w.entropy.backward(1f / to));
    }
    return sum;
  }

  private double wasserstein(Worker w, float[] s, int kinds, int rows, float[] fake) {
    double sum = 0;
    float[] ds = w.targets;
    for (int at = 0; at < kinds * rows; at++) {
      float sign = at < rows ? -1 : w.weights[at];
      sum += (double) sign * s[at];
      ds[at] = sign / to;
    }
    w.critic.learn(ds);
    int p = shape.profile();
    int d = shape.item();
    for (int r = 0; r < rows; r++) {
      float part = CounterRandom.uniform(CounterRandom.key(key, 5), w.draw.begin() + r);
      for (int i = 0; i < d; i++) {
        w.u[r * (p + d) + p + i] = part * w.draw.y[r * d + i] + (1 - part) * fake[r * d + i];
      }
    }
    w.critic.forward(w.u, rows);
    return sum + loss.penalty() * w.critic.penalise((float) loss.penalty() / to);
  }

  private double generate(Worker w, int chunk) {
    int rows = draw(w, chunk);
    float[] fake = w.unit.forward(w.generator.forward(w.draw.x, w.draw.z, rows), rows);
    int p = shape.profile();
    int d = shape.item();
    w.u = atLeast(w.u, rows * (p + d));
    w.targets = atLeast(w.targets, rows);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(w.draw.x, r * p, w.u, r * (p + d), p);
      System.arraycopy(fake, r * d, w.u, r * (p + d) + p, d);
    }
    float[] s = w.critic.forward(w.u, rows);
    double sum = 0;
    float[] ds = w.targets;
    if (loss.kind() == GanGenerator.Loss.CLASSIC) {
      Arrays.fill(w.targets, 0, rows, 1);
      sum = w.entropy.forward(s, w.targets, rows);
      ds = w.entropy.backward(1f / to);
    } else {
      for (int r = 0; r < rows; r++) {
        sum -= s[r];
        ds[r] = -1f / to;
      }
    }
    w.generator.backward(w.unit.backward(w.critic.itemGradient(ds)));
    return sum;
  }

  private int draw(Worker w, int chunk) {
    long begin = (long) chunk * CHUNK;
    int rows = (int) (Math.min(to, begin + CHUNK) - begin);
    w.draw.rows(key, begin, rows);
    return rows;
  }

  private static float[] atLeast(float[] buffer, int n) {
    return buffer.length >= n ? buffer : new float[n];
  }

  @Override
  public Sampler sampler() {
    return VaeTrainer.frozen(generator, shape);
  }

  @Override
  public Parameters generator() {
    return generator;
  }

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("criticLoss", criticLoss);
    figures.put("generatorLoss", generatorLoss);
    figures.put("criticAccuracy", accuracy);
    figures.put("criticMoves", (double) criticMoves);
    figures.put("generatorMoves", (double) generatorMoves);
    return figures;
  }

  @Override
  public int activeUnits(Probe probe) {
    return -1;
  }

  @Override
  public void close() {
    critics.close();
    generators.close();
  }
}
