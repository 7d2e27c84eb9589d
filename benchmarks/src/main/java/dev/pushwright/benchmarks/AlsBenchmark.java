// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import dev.pushwright.api.FitContext;
import dev.pushwright.cf.Als;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
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
 * Implicit ALS on as many threads as there are processors: a whole fit, from events to a model. The
 * first shape is that of MovieLens 1M; that of MovieLens 20M, {@code -p
 * shape=138000x27000x20000000}, wants {@code -jvmArgs -Xmx8g} and some minutes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
@Fork(1)
public class AlsBenchmark {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  /** Users × items × pairs. */
  @Param({"6040x3706x994169"})
  String shape = "6040x3706x994169";

  /** How many factors. */
  @Param({"64"})
  int factors = 64;

  /** How many iterations. */
  @Param({"10"})
  int iterations = 10;

  /** The library by either of its solvers, and the textbook's loop on one thread. */
  @Param({"conjugate-gradient", "cholesky", "naive"})
  String rival = "conjugate-gradient";

  private Dataset data = Dataset.builder().build();

  /** Makes the data. */
  @Setup
  public void setUp() {
    List<String> sizes = Splitter.on('x').splitToList(shape);
    data =
        skewed(
            Integer.parseInt(sizes.get(0)),
            Integer.parseInt(sizes.get(1)),
            Integer.parseInt(sizes.get(2)),
            1);
  }

  /**
   * Views of different items by each user. Few users have many and few items are popular: what a
   * user has is log-normal, and the cube of a uniform number chooses the item.
   */
  static Dataset skewed(int users, int items, int pairs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] activity = new double[users];
    double total = 0;
    for (int user = 0; user < users; user++) {
      activity[user] = Math.exp(random.nextGaussian());
      total += activity[user];
    }
    String[] ids = new String[items];
    for (int item = 0; item < items; item++) {
      ids[item] = Synthetic.id("i", item);
    }
    Dataset.Builder builder = Dataset.builder();
    BitSet viewed = new BitSet(items);
    for (int user = 0; user < users; user++) {
      String userId = Synthetic.id("u", user);
      int count = (int) Math.min(items / 4.0, Math.ceil(pairs * activity[user] / total));
      viewed.clear();
      while (count > 0) {
        double u = random.nextDouble();
        int item = (int) (u * u * u * items);
        if (!viewed.get(item)) {
          viewed.set(item);
          builder.add(Interaction.view(userId, ids[item], AT));
          count--;
        }
      }
    }
    return builder.build();
  }

  /** The recommender that the library's rivals fit. */
  Als als() {
    return Als.builder()
        .factors(factors)
        .iterations(iterations)
        .alpha(0)
        .unobservedWeight(NaiveAls.UNOBSERVED_WEIGHT)
        .regularization(NaiveAls.REGULARIZATION)
        .frequencyScaling(1)
        .combine(Weighting.Combine.SUM)
        .halfLifeDays(0)
        .seed(1)
        .solver(Als.Solver.valueOf(rival.toUpperCase(Locale.ROOT).replace('-', '_')))
        .build();
  }

  /** The data that are fitted. */
  Dataset data() {
    return data;
  }

  /**
   * Fits.
   *
   * @return a model
   */
  @Benchmark
  public Object fit() {
    return switch (rival) {
      case "conjugate-gradient", "cholesky" -> als().fit(data, FitContext.standard());
      case "naive" -> NaiveAls.fit(data, factors, iterations, 1);
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    };
  }
}
