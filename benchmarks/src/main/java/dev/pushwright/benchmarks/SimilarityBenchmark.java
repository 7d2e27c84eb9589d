// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import dev.pushwright.api.FitContext;
import dev.pushwright.cf.ItemKnn;
import dev.pushwright.cf.KnnBuilder;
import dev.pushwright.cf.Means;
import dev.pushwright.cf.Similarity;
import dev.pushwright.cf.UserKnn;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import java.util.List;
import java.util.Locale;
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

/** The 50 most similar items of every item, or users of every user, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SimilarityBenchmark {

  static final int NEIGHBOURS = 50;

  /** Users × items × ratings of each user. */
  @Param({"500x300x20", "2000x1000x20", "500x1000x100", "6040x3706x165"})
  String shape = "500x300x20";

  /**
   * The fit of {@link ItemKnn} by each measure (its plain name is the cosine of the ratings, {@code
   * binary} that of who has what), the fit of {@link UserKnn}, and the cosine by maps.
   */
  @Param({
    "item-knn",
    "item-knn binary",
    "item-knn adjusted-cosine",
    "item-knn pearson",
    "item-knn pearson co-rated",
    "item-knn jaccard",
    "item-knn asymmetric-cosine",
    "item-knn log-likelihood",
    "user-knn",
    "user-knn binary",
    "maps"
  })
  String rival = "item-knn";

  private List<Interaction> ratings = List.of();
  private Dataset data = Dataset.builder().build();

  /** Makes the ratings. */
  @Setup
  public void setUp() {
    ratings = Synthetic.ratings(shape, 1);
    data = Synthetic.dataset(ratings);
  }

  /**
   * Finds the neighbours.
   *
   * @return a model that holds them
   */
  @Benchmark
  public Object neighbours() {
    if (rival.equals("maps")) {
      return new MapNeighbours(ratings, NEIGHBOURS);
    }
    List<String> words = Splitter.on(' ').splitToList(rival);
    String measure = words.size() > 1 ? words.get(1) : "cosine";
    KnnBuilder<?, ?> builder =
        switch (words.get(0)) {
          case "item-knn" -> ItemKnn.builder();
          case "user-knn" -> UserKnn.builder();
          default -> throw new IllegalArgumentException("there is no rival " + rival);
        };
    if (measure.equals("binary")) {
      builder.weighting(Weighting.parse("RATING:1")).similarity(Similarity.COSINE);
    } else {
      builder.similarity(Similarity.valueOf(measure.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    return builder
        .neighbours(NEIGHBOURS)
        .means(words.size() > 2 ? Means.CO_RATED : Means.ALL)
        .shrinkage(0)
        .amplification(1)
        .combine(Weighting.Combine.SUM)
        .halfLifeDays(0)
        .build()
        .fit(data, FitContext.standard().withThreads(1));
  }
}
