// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import dev.pushwright.api.FitContext;
import dev.pushwright.cf.ItemKnn;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
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

/** The 50 most similar items of every item, by cosine, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SimilarityBenchmark {

  static final int NEIGHBOURS = 50;

  /** Users × items × ratings of each user. */
  @Param({"500x300x20", "2000x1000x20", "500x1000x100"})
  String shape = "500x300x20";

  /** The fit of {@link ItemKnn}, and maps. */
  @Param({"item-knn", "maps"})
  String rival = "item-knn";

  private List<Interaction> ratings = List.of();
  private Dataset data = Dataset.builder().build();

  /** Makes the ratings. */
  @Setup
  public void setUp() {
    List<String> sizes = Splitter.on('x').splitToList(shape);
    ratings =
        Synthetic.ratings(
            Integer.parseInt(sizes.get(0)),
            Integer.parseInt(sizes.get(1)),
            Integer.parseInt(sizes.get(2)),
            1);
    data = Synthetic.dataset(ratings);
  }

  /**
   * Finds the neighbours.
   *
   * @return a model that holds them
   */
  @Benchmark
  public Object neighbours() {
    return switch (rival) {
      case "item-knn" ->
          ItemKnn.builder()
              .neighbours(NEIGHBOURS)
              .shrinkage(0)
              .combine(Weighting.Combine.SUM)
              .halfLifeDays(0)
              .build()
              .fit(data, FitContext.standard().withThreads(1));
      case "maps" -> new MapNeighbours(ratings, NEIGHBOURS);
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    };
  }
}
