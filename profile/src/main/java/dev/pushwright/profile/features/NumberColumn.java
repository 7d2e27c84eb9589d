// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.features;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column of numbers and the steps it goes through, each fitted to what the one before it made of
 * the training rows:
 *
 * <pre>
 *   impute   x, or where it is missing the mean, the median, the most frequent value, a constant
 *   log      sign(x) · ln(1 + |x|)
 *   min-max  low + (high − low) · (x − min) / (max − min), then kept within [low, high]
 *   z-score  (x − mean) / standard deviation, with 1/n for the variance
 * </pre>
 *
 * <p>The definitions are those of scikit-learn's {@code SimpleImputer}, {@code MinMaxScaler} and
 * {@code StandardScaler}, and of {@code log1p} for x ≥ 0. What is settled beside them:
 *
 * <ul>
 *   <li>A missing value passes a scaling by and does not count in it. One that is missing to the
 *       end gives 0, the mean after a z-score.
 *   <li>A constant column gives {@code low} by min-max and 0 by z-score, whatever value comes
 *       later: nothing was learnt about its spread.
 *   <li>A value outside the trained range gives {@code low} or {@code high} by min-max; {@link
 *       #minMaxUnbounded()} lets it pass beyond. A z-score has no bounds.
 *   <li>A negative number has a logarithm that mirrors that of the positive one, so that a refund
 *       has an answer.
 * </ul>
 */
public final class NumberColumn implements Column {

  private enum Kind {
    FILL_MEAN,
    FILL_MEDIAN,
    FILL_MOST_FREQUENT,
    FILL,
    LOG,
    MIN_MAX,
    MIN_MAX_UNBOUNDED,
    Z_SCORE
  }

  // What a and b are: the filling; low and high. A fitted step has c and d beside: min and max;
  // mean and deviation.
  private record Step(Kind kind, double a, double b, double c, double d) {

    static Step of(Kind kind) {
      return new Step(kind, 0, 0, 0, 0);
    }

    double apply(double x) {
      boolean missing = Double.isNaN(x);
      return switch (kind) {
        case FILL, FILL_MEAN, FILL_MEDIAN, FILL_MOST_FREQUENT -> missing ? a : x;
        case LOG -> Math.copySign(StrictMath.log1p(Math.abs(x)), x);
        case MIN_MAX -> missing ? x : a + (b - a) * Math.min(1, Math.max(0, share(x)));
        case MIN_MAX_UNBOUNDED -> missing ? x : a + (b - a) * share(x);
        case Z_SCORE -> missing || d > 0 ? (x - c) / d : 0;
      };
    }

    private double share(double x) {
      return d > c ? (x - c) / (d - c) : 0;
    }
  }

  private final String name;
  private final List<Step> steps;

  private NumberColumn(String name, List<Step> steps) {
    this.name = name;
    this.steps = List.copyOf(steps);
  }

  static NumberColumn of(String name) {
    return new NumberColumn(name, List.of());
  }

  private NumberColumn plus(Step step) {
    List<Step> more = new ArrayList<>(steps);
    more.add(step);
    return new NumberColumn(name, more);
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Puts the mean of the training rows where a value is missing.
   *
   * @return the column with this step more
   */
  public NumberColumn imputeMean() {
    return plus(Step.of(Kind.FILL_MEAN));
  }

  /**
   * Puts the median of the training rows where a value is missing; between two the mean of them.
   *
   * @return the column with this step more
   */
  public NumberColumn imputeMedian() {
    return plus(Step.of(Kind.FILL_MEDIAN));
  }

  /**
   * Puts the most frequent value of the training rows where a value is missing; of equally frequent
   * ones the smallest.
   *
   * @return the column with this step more
   */
  public NumberColumn imputeMostFrequent() {
    return plus(Step.of(Kind.FILL_MOST_FREQUENT));
  }

  /**
   * Puts a constant where a value is missing.
   *
   * @param constant from −{@link Row#MAX_NUMBER} to {@link Row#MAX_NUMBER}
   * @return the column with this step more
   */
  public NumberColumn imputeConstant(double constant) {
    return plus(new Step(Kind.FILL, checked("constant", constant), 0, 0, 0));
  }

  /**
   * Takes the logarithm.
   *
   * @return the column with this step more
   */
  public NumberColumn log() {
    return plus(Step.of(Kind.LOG));
  }

  /**
   * Scales the trained range to [0, 1], and keeps every value within.
   *
   * @return the column with this step more
   */
  public NumberColumn minMax() {
    return minMax(0, 1);
  }

  /**
   * Scales the trained range to another, and keeps every value within.
   *
   * @param low what the least becomes
   * @param high what the greatest becomes, above low
   * @return the column with this step more
   */
  public NumberColumn minMax(double low, double high) {
    if (!(checked("low", low) < checked("high", high))) {
      throw new IllegalArgumentException(
          "column " + name + ": low is " + low + ", high is " + high + "; low < high is needed");
    }
    return plus(new Step(Kind.MIN_MAX, low, high, 0, 0));
  }

  /**
   * Scales the trained range to [0, 1]; values outside of it go beyond.
   *
   * @return the column with this step more
   */
  public NumberColumn minMaxUnbounded() {
    return plus(new Step(Kind.MIN_MAX_UNBOUNDED, 0, 1, 0, 0));
  }

  /**
   * Scales to mean 0 and variance 1.
   *
   * @return the column with this step more
   */
  public NumberColumn zScore() {
    return plus(Step.of(Kind.Z_SCORE));
  }

  private double checked(String what, double x) {
    if (!(Math.abs(x) <= Row.MAX_NUMBER)) {
      throw new IllegalArgumentException(
          "column "
              + name
              + ": "
              + what
              + " is "
              + x
              + "; a number from -"
              + Row.MAX_NUMBER
              + " to "
              + Row.MAX_NUMBER
              + " is needed");
    }
    return x;
  }

  Fitted fit(List<Row> rows) {
    double[] x = new double[rows.size()];
    for (int r = 0; r < x.length; r++) {
      x[r] = rows.get(r).number(name).orElse(Double.NaN);
    }
    List<Step> fitted = new ArrayList<>();
    for (Step step : steps) {
      Step known = fit(step, Arrays.stream(x).filter(v -> !Double.isNaN(v)).toArray());
      fitted.add(known);
      Arrays.setAll(x, r -> known.apply(x[r]));
    }
    return new Fitted(name, fitted);
  }

  /** Fits a step to the values that are there, in the order of the rows. */
  private Step fit(Step step, double[] x) {
    return switch (step.kind) {
      case FILL, LOG -> step;
      case FILL_MEAN -> new Step(step.kind, mean(present(x)), 0, 0, 0);
      case FILL_MEDIAN -> new Step(step.kind, median(present(x)), 0, 0, 0);
      case FILL_MOST_FREQUENT -> new Step(step.kind, mostFrequent(present(x)), 0, 0, 0);
      case MIN_MAX, MIN_MAX_UNBOUNDED -> new Step(step.kind, step.a, step.b, min(x), max(x));
      case Z_SCORE -> {
        double mean = x.length == 0 ? 0 : mean(x);
        // The deviation of equal values is 0, though their mean may be off by a rounding.
        yield new Step(step.kind, 0, 0, mean, min(x) == max(x) ? 0 : deviation(x, mean));
      }
    };
  }

  private double[] present(double[] x) {
    if (x.length == 0) {
      throw new IllegalArgumentException(
          "column "
              + name
              + " has no value in any row, so that there is nothing to put where it is missing;"
              + " use imputeConstant or leave the column out");
    }
    return x;
  }

  private static double min(double[] x) {
    return Arrays.stream(x).min().orElse(0);
  }

  private static double max(double[] x) {
    return Arrays.stream(x).max().orElse(0);
  }

  private static double mean(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v;
    }
    return sum / x.length;
  }

  private static double deviation(double[] x, double mean) {
    double squares = 0;
    for (double v : x) {
      squares += (v - mean) * (v - mean);
    }
    return Math.sqrt(squares / x.length);
  }

  private static double median(double[] x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static double mostFrequent(double[] x) {
    Map<Double, Integer> counts = new HashMap<>();
    for (double v : x) {
      counts.merge(v + 0.0, 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .min(
            Map.Entry.<Double, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow()
        .getKey();
  }

  /** The steps with what they have learnt. */
  static final class Fitted implements FittedColumn {

    static final String KIND = "number";

    private final String name;
    private final Step[] steps;

    private Fitted(String name, List<Step> steps) {
      this.name = name;
      this.steps = steps.toArray(Step[]::new);
    }

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public List<String> names() {
      return List.of(name);
    }

    @Override
    public void write(Row row, float[] out, int at) {
      double x = row.number(name).orElse(Double.NaN);
      for (Step step : steps) {
        x = step.apply(x);
      }
      out[at] =
          Double.isNaN(x) ? 0 : (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, x));
    }

    @Override
    public void save(ModelWriter out) {
      double[] numbers = new double[4 * steps.length];
      for (int s = 0; s < steps.length; s++) {
        numbers[4 * s] = steps[s].a;
        numbers[4 * s + 1] = steps[s].b;
        numbers[4 * s + 2] = steps[s].c;
        numbers[4 * s + 3] = steps[s].d;
      }
      out.texts("steps", Arrays.stream(steps).map(step -> step.kind.name()).toList())
          .doubles("numbers", numbers, steps.length, 4);
    }

    static Fitted read(String name, ModelReader in) {
      List<String> kinds = in.texts("steps");
      double[] numbers = in.doubles("numbers", kinds.size(), 4);
      List<Step> steps = new ArrayList<>();
      for (int s = 0; s < kinds.size(); s++) {
        for (int k = 4 * s; k < 4 * s + 4; k++) {
          if (!(Math.abs(numbers[k]) <= 2 * Row.MAX_NUMBER)) {
            throw in.damaged("numbers hold " + numbers[k]);
          }
        }
        Kind kind;
        try {
          kind = Kind.valueOf(kinds.get(s));
        } catch (IllegalArgumentException e) {
          throw in.damaged("step " + s + " is \"" + kinds.get(s) + "\", which is no step", e);
        }
        steps.add(
            new Step(
                kind, numbers[4 * s], numbers[4 * s + 1], numbers[4 * s + 2], numbers[4 * s + 3]));
      }
      return new Fitted(name, steps);
    }
  }
}
