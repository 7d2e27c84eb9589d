// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves parameters against their gradients. With g the gradient of one number w, η the learning
 * rate times the {@link Schedule}'s factor, and t the step from 1 on:
 *
 * <pre>
 * sgd      w −= η·g
 * adagrad  s += g²                                                 w −= η·g / (√s + ε)
 * adam     m = β₁·m + (1 − β₁)·g     v = β₂·v + (1 − β₂)·g²         w −= η·m̂ / (√v̂ + ε)
 *          with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ)
 * </pre>
 *
 * <p>with β₁ = 0.9, β₂ = 0.999 and ε = 1e-8 [1, 2]. With a weight decay λ, w −= η·λ·w comes first,
 * apart from g [3]. With a clip c, all gradients together are multiplied by c / |g| where their
 * norm |g| is larger than c.
 *
 * <p><b>Tables.</b> Rows that were not looked up have the gradient 0, and SGD and Adagrad leave
 * them alone. Adam would go on moving them by what is left of m; {@code lazyAdam} leaves them alone
 * too, and with them their m and v, which is what makes large tables affordable. Weight decay
 * touches the rows that were looked up, and with Adam all.
 *
 * <p>Gradients of several chunks add up in the order of the chunks, and those of a row of a table
 * in the order in which it was looked up.
 *
 * <p>[1] J. Duchi, E. Hazan, Y. Singer, "Adaptive subgradient methods for online learning and
 * stochastic optimization", JMLR 12, 2011. [2] D. P. Kingma, J. Ba, "Adam: a method for stochastic
 * optimization", ICLR 2015. [3] I. Loshchilov, F. Hutter, "Decoupled weight decay regularization",
 * ICLR 2019.
 */
public final class Optimizer {

  private static final int MATRIX_BLOCK = 4096;

  private final Builder settings;
  private final Parameters parameters;
  private final List<Parameter> all;
  private final float[][] first;
  private final float[][] second;
  // Those of the tables, by the number of the parameter and in their order.
  private final @Nullable TableStep[] tableOf;
  private final TableStep[] tables;
  // The tasks of a step: those of parameter p are firstTask[p] to firstTask[p + 1] − 1.
  private final int[] firstTask;
  private double[] squares = {};
  private Gradients[] parts = {};
  private int partCount;
  private final Update update;
  private float clip = 1;
  private long steps;
  private final Phases.Task group = (task, worker) -> group(task);
  private final Phases.Task sum = (task, worker) -> work(task, worker, true, false);
  private final Phases.Task apply = (task, worker) -> work(task, worker, false, true);
  private final Phases.Task both = (task, worker) -> work(task, worker, true, true);
  // By worker.
  private TableStep.Scratch[] scratch = {};
  private final Gradients[] own = new Gradients[1];
  // Of one thread, the caller's: nothing to be closed.
  private final Phases alone = new Phases(1);

  /** By which rule. */
  enum Rule {
    SGD(0),
    ADAGRAD(1),
    ADAM(2),
    LAZY_ADAM(2);

    /** How many numbers are kept for each parameter. */
    final int kept;

    Rule(int kept) {
      this.kept = kept;
    }
  }

  private Optimizer(Builder settings, Parameters parameters) {
    this.settings = settings;
    this.parameters = parameters;
    this.all = parameters.all();
    this.update = new Update(settings.rule);
    int n = all.size();
    this.first = new float[n][];
    this.second = new float[n][];
    this.tableOf = new TableStep[n];
    this.firstTask = new int[n + 1];
    List<TableStep> found = new ArrayList<>();
    for (int p = 0; p < n; p++) {
      Parameter parameter = all.get(p);
      int size = parameter.isFrozen() ? 0 : parameter.values().length;
      first[p] = new float[settings.rule.kept > 0 ? size : 0];
      second[p] = new float[settings.rule.kept > 1 ? size : 0];
      if (parameter.isTable() && !parameter.isFrozen()) {
        TableStep step =
            new TableStep(parameter, p, settings.rule == Rule.ADAM, first[p], second[p]);
        tableOf[p] = step;
        found.add(step);
      }
    }
    this.tables = found.toArray(new TableStep[0]);
  }

  /**
   * Stochastic gradient descent.
   *
   * @param learningRate η, above 0
   * @return a builder
   */
  public static Builder sgd(double learningRate) {
    return new Builder(Rule.SGD, learningRate);
  }

  /**
   * Adagrad.
   *
   * @param learningRate η, above 0
   * @return a builder
   */
  public static Builder adagrad(double learningRate) {
    return new Builder(Rule.ADAGRAD, learningRate);
  }

  /**
   * Adam, which moves every row of a table at each step.
   *
   * @param learningRate η, above 0
   * @return a builder
   */
  public static Builder adam(double learningRate) {
    return new Builder(Rule.ADAM, learningRate);
  }

  /**
   * Adam, which moves the rows of a table that were looked up.
   *
   * @param learningRate η, above 0
   * @return a builder
   */
  public static Builder lazyAdam(double learningRate) {
    return new Builder(Rule.LAZY_ADAM, learningRate);
  }

  /** Moves the parameters by the gradients that their layers left, and clears those. */
  public void step() {
    own[0] = parameters.gradients();
    step(own, 1, alone);
    own[0].clear();
  }

  /**
   * How many steps were made.
   *
   * @return at least 0
   */
  public long steps() {
    return steps;
  }

  /**
   * The learning rate of the next step.
   *
   * @return η
   */
  public double learningRate() {
    return settings.learningRate * settings.schedule.factor(steps);
  }

  /** Moves the parameters by the sum of several gradients, which are not cleared. */
  void step(Gradients[] gradients, int count, Phases phases) {
    double rate = learningRate();
    steps++;
    parts = gradients;
    partCount = count;
    update.begin(rate, steps, settings.weightDecay);
    grow(phases.threads());
    phases.run(tables.length, lookedUp(), group);
    int tasks = 0;
    long numbers = 0;
    for (int p = 0; p < all.size(); p++) {
      firstTask[p] = tasks;
      tasks += tasksOf(p);
      numbers += numbersOf(p);
    }
    firstTask[all.size()] = tasks;
    if (settings.clipNorm == 0) {
      clip = 1;
      phases.run(tasks, numbers, both);
      return;
    }
    squares = squares.length >= tasks ? squares : new double[tasks];
    for (TableStep table : tables) {
      table.keepSums();
    }
    phases.run(tasks, numbers, sum);
    double norm = 0;
    for (int t = 0; t < tasks; t++) {
      norm += squares[t];
    }
    norm = Math.sqrt(norm);
    clip = norm > settings.clipNorm ? (float) (settings.clipNorm / norm) : 1;
    phases.run(tasks, numbers, apply);
  }

  private void grow(int workers) {
    if (scratch.length < workers) {
      int size = 0;
      for (TableStep table : tables) {
        size = Math.max(size, table.scratch());
      }
      scratch = new TableStep.Scratch[workers];
      for (int worker = 0; worker < workers; worker++) {
        scratch[worker] = new TableStep.Scratch(size);
      }
    }
  }

  private void group(int task) {
    tables[task].group(parts, partCount, tables);
  }

  private long lookedUp() {
    long sum = 0;
    for (int p = 0; p < all.size(); p++) {
      for (int part = 0; tableOf[p] != null && part < partCount; part++) {
        sum += parts[part].sparse(p).size();
      }
    }
    return sum;
  }

  private long numbersOf(int p) {
    Parameter parameter = all.get(p);
    if (parameter.isFrozen()) {
      return 0;
    }
    TableStep table = tableOf[p];
    return table != null
        ? (long) table.rows() * parameter.columns()
        : (long) parameter.values().length * partCount;
  }

  private int tasksOf(int p) {
    TableStep table = tableOf[p];
    if (table != null) {
      return table.blocks();
    }
    Parameter parameter = all.get(p);
    return parameter.isFrozen() ? 0 : (parameter.values().length + MATRIX_BLOCK - 1) / MATRIX_BLOCK;
  }

  private void work(int task, int worker, boolean sums, boolean moves) {
    int p = 0;
    while (firstTask[p + 1] <= task) {
      p++;
    }
    int block = task - firstTask[p];
    TableStep table = tableOf[p];
    double norm =
        table != null ? table(table, block, worker, sums, moves) : matrix(p, block, sums, moves);
    if (!moves) {
      squares[task] = norm;
    }
  }

  private double table(TableStep table, int block, int worker, boolean sums, boolean moves) {
    TableStep.Scratch room = scratch[worker];
    if (sums) {
      table.sum(block, room);
    } else {
      table.recall(block, clip, room);
    }
    if (!moves) {
      return table.keep(block, room);
    }
    table.move(block, update, room);
    return 0;
  }

  private double matrix(int p, int block, boolean sums, boolean moves) {
    float[] w = all.get(p).values();
    int from = block * MATRIX_BLOCK;
    int to = Math.min(w.length, from + MATRIX_BLOCK);
    float[] g = parts[0].dense(p);
    for (int part = 1; sums && part < partCount; part++) {
      add(parts[part].dense(p), g, from, to);
    }
    if (!moves) {
      return squares(g, from, to);
    }
    scale(g, from, to, clip);
    update.apply(w, g, from, to, first[p], second[p]);
    return 0;
  }

  private static void add(float[] from, float[] to, int begin, int end) {
    for (int i = begin; i < end; i++) {
      to[i] += from[i];
    }
  }

  private static void scale(float[] g, int from, int to, float factor) {
    if (factor < 1) {
      for (int i = from; i < to; i++) {
        g[i] *= factor;
      }
    }
  }

  private static double squares(float[] g, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) g[i] * g[i];
    }
    return sum;
  }

  /**
   * Writes what is kept beside the parameters, so that training can go on.
   *
   * @param out a section of its own
   */
  public void save(ModelWriter out) {
    out.longs("steps", new long[] {steps});
    for (int p = 0; p < all.size(); p++) {
      out.section("first").floats(all.get(p).name(), first[p]);
      out.section("second").floats(all.get(p).name(), second[p]);
    }
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in the section
   * @throws dev.pushwright.io.ModelFormatException when it does not fit these parameters
   */
  public void read(ModelReader in) {
    steps = in.longs("steps", 1)[0];
    if (steps < 0) {
      throw in.damaged("steps is " + steps);
    }
    for (int p = 0; p < all.size(); p++) {
      read(in.section("first"), all.get(p).name(), first[p]);
      read(in.section("second"), all.get(p).name(), second[p]);
    }
  }

  private static void read(ModelReader in, String name, float[] into) {
    float[] found = in.floats(name, into.length);
    for (float value : found) {
      if (!Float.isFinite(value)) {
        throw in.damaged(name + " holds " + value);
      }
    }
    System.arraycopy(found, 0, into, 0, into.length);
  }

  /** How an {@link Optimizer} works; what is not set is constant, does not decay and not clip. */
  public static final class Builder {

    private final Rule rule;
    private final double learningRate;
    private Schedule schedule = Schedule.constant();
    private double weightDecay;
    private double clipNorm;

    private Builder(Rule rule, double learningRate) {
      if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "learningRate is " + learningRate + "; a number above 0 is needed");
      }
      this.rule = rule;
      this.learningRate = learningRate;
    }

    private Builder(Builder other) {
      rule = other.rule;
      learningRate = other.learningRate;
      schedule = other.schedule;
      weightDecay = other.weightDecay;
      clipNorm = other.clipNorm;
    }

    /**
     * Sets how the learning rate changes.
     *
     * @param schedule its factor by step
     * @return this
     */
    public Builder schedule(Schedule schedule) {
      this.schedule = schedule;
      return this;
    }

    /**
     * Sets the weight decay.
     *
     * @param weightDecay λ, at least 0; 0: none
     * @return this
     */
    public Builder weightDecay(double weightDecay) {
      this.weightDecay = notNegative("weightDecay", weightDecay);
      return this;
    }

    /**
     * Sets how long all gradients together may be.
     *
     * @param norm c, at least 0; 0: as long as they are
     * @return this
     */
    public Builder clipNorm(double norm) {
      this.clipNorm = notNegative("clipNorm", norm);
      return this;
    }

    private static double notNegative(String name, double value) {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(name + " is " + value + "; at least 0 is needed");
      }
      return value;
    }

    /**
     * The optimizer of a network's parameters, all of which it has asked for by now.
     *
     * @param parameters what it moves
     * @return an optimizer that made no step yet
     */
    public Optimizer build(Parameters parameters) {
      return new Optimizer(new Builder(this), parameters);
    }
  }
}
