// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.List;

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
  private static final int TABLE_BLOCK = 2048;

  private final Builder settings;
  private final Parameters parameters;
  private final List<Parameter> all;
  private final float[][] first;
  private final float[][] second;
  private final TableSums[] tables;
  // The tasks of a step: those of parameter p are firstTask[p] to firstTask[p + 1] − 1.
  private final int[] firstTask;
  private final int[] tableParameters;
  private double[] squares = {};
  private Gradients[] parts = {};
  private int partCount;
  private final Update update;
  private float clip = 1;
  private long steps;
  private final Phases.Task group = (task, worker) -> group(task);
  private final Phases.Task sum = (task, worker) -> work(task, true, false);
  private final Phases.Task apply = (task, worker) -> work(task, false, true);
  private final Phases.Task both = (task, worker) -> work(task, true, true);
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
    this.tables = new TableSums[n];
    this.firstTask = new int[n + 1];
    this.tableParameters = new int[(int) all.stream().filter(Optimizer::isLiveTable).count()];
    int found = 0;
    for (int p = 0; p < n; p++) {
      Parameter parameter = all.get(p);
      int size = parameter.isFrozen() ? 0 : parameter.values().length;
      first[p] = new float[settings.rule.kept > 0 ? size : 0];
      second[p] = new float[settings.rule.kept > 1 ? size : 0];
      boolean live = isLiveTable(parameter);
      tables[p] = new TableSums(live ? parameter.rows() : 0, live ? parameter.columns() : 1);
      if (live) {
        tableParameters[found++] = p;
      }
    }
  }

  private static boolean isLiveTable(Parameter parameter) {
    return parameter.isTable() && !parameter.isFrozen();
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
    phases.run(tableParameters.length, lookedUp(), group);
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
    phases.run(tasks, numbers, sum);
    double norm = 0;
    for (int t = 0; t < tasks; t++) {
      norm += squares[t];
    }
    norm = Math.sqrt(norm);
    clip = norm > settings.clipNorm ? (float) (settings.clipNorm / norm) : 1;
    phases.run(tasks, numbers, apply);
  }

  private void group(int task) {
    int p = tableParameters[task];
    tables[p].group(parts, partCount, p);
  }

  /** Rows of a table that one task works: those that were looked up, or with Adam all. */
  private int rowsOfTable(int p) {
    return settings.rule == Rule.ADAM ? all.get(p).rows() : tables[p].touched();
  }

  private static int rowsOfTask(Parameter table) {
    return Math.max(1, TABLE_BLOCK / table.columns());
  }

  private long lookedUp() {
    long sum = 0;
    for (int p : tableParameters) {
      for (int part = 0; part < partCount; part++) {
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
    return parameter.isTable()
        ? (long) rowsOfTable(p) * parameter.columns()
        : (long) parameter.values().length * partCount;
  }

  private int tasksOf(int p) {
    Parameter parameter = all.get(p);
    if (parameter.isFrozen()) {
      return 0;
    }
    int n = parameter.isTable() ? rowsOfTable(p) : parameter.values().length;
    int block = parameter.isTable() ? rowsOfTask(parameter) : MATRIX_BLOCK;
    return (n + block - 1) / block;
  }

  private void work(int task, boolean sums, boolean moves) {
    int p = 0;
    while (firstTask[p + 1] <= task) {
      p++;
    }
    double norm =
        all.get(p).isTable()
            ? table(p, task - firstTask[p], sums, moves)
            : matrix(p, task - firstTask[p], sums, moves);
    if (!moves) {
      squares[task] = norm;
    }
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
    update.apply(w, from, g, from, to - from, first[p], second[p]);
    return 0;
  }

  private double table(int p, int block, boolean sums, boolean moves) {
    Parameter parameter = all.get(p);
    TableSums table = tables[p];
    int width = parameter.columns();
    int size = rowsOfTask(parameter);
    int to = Math.min(rowsOfTable(p), (block + 1) * size);
    double norm = 0;
    for (int n = block * size; n < to; n++) {
      int slot = settings.rule == Rule.ADAM ? table.slotOf(n) : n;
      int row = settings.rule == Rule.ADAM ? n : table.row(n);
      if (slot >= 0 && sums) {
        table.sum(slot);
      }
      float[] g = slot >= 0 ? table.array(slot) : table.zeros();
      int at = slot >= 0 ? table.offset(slot) : 0;
      if (!moves) {
        norm += squares(g, at, at + width);
        continue;
      }
      scale(g, at, at + width, clip);
      update.apply(parameter.values(), row * width, g, at, width, first[p], second[p]);
    }
    return norm;
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
