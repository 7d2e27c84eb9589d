// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.cf.Bpr;
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

/** Five epochs of Bayesian personalised ranking, 64 factors, 3 negatives. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BprBenchmark {

  private static final double REGULARIZATION = 0.01;
  private static final double LEARNING_RATE = 0.05;
  private static final int NEGATIVES = 3;

  /** Users × items × ratings of each user. */
  @Param({"500x300x20", "2000x2000x50"})
  String shape = "500x300x20";

  /** The fit of {@link Bpr} on one thread and on two, and maps. */
  @Param({"bpr", "bpr-2", "maps"})
  String rival = "bpr";

  int factors = 64;
  int epochs = 5;

  private List<Interaction> ratings = List.of();
  private Dataset data = Dataset.builder().build();

  /** Makes the ratings. */
  @Setup
  public void setUp() {
    ratings = Synthetic.ratings(shape, 1);
    data = Synthetic.dataset(ratings);
  }

  /**
   * Learns.
   *
   * @return a model
   */
  @Benchmark
  public Object fit() {
    return switch (rival) {
      case "bpr" -> fit(1);
      case "bpr-2" -> fit(2);
      case "maps" ->
          new MapBpr(ratings, factors, REGULARIZATION, LEARNING_RATE, epochs, NEGATIVES, 1);
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    };
  }

  private RecommenderModel fit(int threads) {
    return Bpr.builder()
        .factors(factors)
        .regularization(REGULARIZATION)
        .learningRate(LEARNING_RATE)
        .epochs(epochs)
        .negatives(NEGATIVES)
        .build()
        .fit(data, FitContext.standard().withThreads(threads));
  }

  /** All items, best first, those that the user has among them. */
  static List<String> ranking(Object model, String userId) {
    return model instanceof MapBpr maps
        ? maps.ranking(userId)
        : ((RecommenderModel) model)
            .recommend(
                RecommendationQuery.forUser(userId)
                    .excludeSeen(false)
                    .limit(Integer.MAX_VALUE)
                    .build())
            .itemIds();
  }
}
