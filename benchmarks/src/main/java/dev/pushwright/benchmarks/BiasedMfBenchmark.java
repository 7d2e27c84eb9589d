// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.benchmarks.PlainMf.MfSettings;
import dev.pushwright.cf.BiasedMf;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Matrix factorization with biases, 100 factors, 20 epochs, on all processors; the larger shape is
 * that of MovieLens 1M.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
public class BiasedMfBenchmark {

  static final MfSettings SETTINGS = new MfSettings(100, 20, 0.02, 0.95, 0.1, 0.02);

  /** Users × items × ratings of each user. */
  @Param({"943x1682x106", "6040x3706x166"})
  String shape = "943x1682x106";

  /** The fit of {@link BiasedMf}, and the equations in plain loops. */
  @Param({"biased-mf", "plain"})
  String rival = "biased-mf";

  private List<Interaction> ratings = List.of();
  private Dataset data = Dataset.builder().build();

  /** Makes the ratings. */
  @Setup
  public void setUp() {
    ratings = Synthetic.ratings(shape, 1);
    data = Synthetic.dataset(ratings);
  }

  List<Interaction> ratings() {
    return ratings;
  }

  /**
   * Learns from the ratings.
   *
   * @return a model
   */
  @Benchmark
  public Object fit() {
    return switch (rival) {
      case "biased-mf" ->
          BiasedMf.builder()
              .factors(SETTINGS.factors())
              .epochs(SETTINGS.epochs())
              .learningRate(SETTINGS.learningRate())
              .learningRateDecay(SETTINGS.decay())
              .regularization(SETTINGS.regularization())
              .biasRegularization(SETTINGS.biasRegularization())
              .build()
              .fit(data, FitContext.standard());
      case "plain" -> new PlainMf(ratings, SETTINGS);
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    };
  }
}
