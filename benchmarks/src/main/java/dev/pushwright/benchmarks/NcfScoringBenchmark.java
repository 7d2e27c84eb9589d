// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.neural.NeuMf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
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
 * The ten best of as many items as MovieLens 1M has, for one user after the other on one thread: a
 * {@link NeuMf} scores all items for each. How well it was trained makes no difference.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class NcfScoringBenchmark {

  /** The sizes: factors of the linear tower, then the widths of the deep one. */
  @Param({"8 64,32,16,8", "64 256,128,64"})
  String sizes = "8 64,32,16,8";

  int users = 600;
  int items = 3706;
  int each = 50;

  private final List<RecommendationQuery> queries = new ArrayList<>();
  private RecommenderModel model =
      NeuMf.builder().build().fit(Dataset.builder().build(), FitContext.standard());
  private int next;

  /** Fits the model. */
  @Setup
  public void setUp() {
    Dataset.Builder views = Dataset.builder();
    TreeSet<String> known = new TreeSet<>();
    for (Interaction rating : Synthetic.ratings(users, items, each, 1)) {
      views.add(Interaction.view(rating.userId(), rating.itemId(), rating.at()));
      known.add(rating.userId());
    }
    for (String user : known) {
      queries.add(RecommendationQuery.forUser(user).limit(10).build());
    }
    String[] parts = sizes.split(" ", -1);
    model =
        NeuMf.builder()
            .factors(Integer.parseInt(parts[0]))
            .layers(
                Arrays.stream(parts[1].split(",", -1))
                    .map(Integer::valueOf)
                    .toArray(Integer[]::new))
            .epochs(1)
            .build()
            .fit(views.build(), FitContext.standard());
  }

  /**
   * Answers for one user.
   *
   * @return the ten best
   */
  @Benchmark
  public Recommendations recommend() {
    next = (next + 1) % queries.size();
    return model.recommend(queries.get(next));
  }
}
