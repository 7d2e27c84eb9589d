// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.cf.ItemKnn;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long one user waits for ten items of {@code item-knn}: the distribution, not the mean alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RecommendBenchmark {

  private static final int USERS = 1000;
  private static final int RATINGS = 30;
  private static final int LIMIT = 10;

  /** How many items the catalogue has. */
  @Param({"200", "1000"})
  int items = 200;

  /** The library's model, and maps. */
  @Param({"item-knn", "maps"})
  String rival = "item-knn";

  private Asked asked = userId -> List.of();

  /** Whose turn it is; each thread goes its own round. */
  @State(Scope.Thread)
  public static class Round {
    private int user;

    int next() {
      user = (user + 1) % USERS;
      return user;
    }
  }

  /** Answers one user. */
  @FunctionalInterface
  interface Asked {
    List<MapNeighbours.Scored> recommend(String userId);
  }

  /** Fits the model. */
  @Setup(Level.Trial)
  public void setUp() {
    List<Interaction> ratings = Synthetic.ratings(USERS, items, RATINGS, 1);
    asked =
        switch (rival) {
          case "item-knn" -> library(ratings);
          case "maps" -> {
            MapNeighbours maps = new MapNeighbours(ratings, SimilarityBenchmark.NEIGHBOURS);
            yield userId -> maps.recommend(userId, LIMIT);
          }
          default -> throw new IllegalArgumentException("there is no rival " + rival);
        };
  }

  private static Asked library(List<Interaction> ratings) {
    RecommenderModel model =
        ItemKnn.builder()
            .neighbours(SimilarityBenchmark.NEIGHBOURS)
            .shrinkage(0)
            .combine(Weighting.Combine.SUM)
            .halfLifeDays(0)
            .build()
            .fit(Synthetic.dataset(ratings));
    return userId ->
        model.recommend(RecommendationQuery.forUser(userId).limit(LIMIT).build()).items().stream()
            .map(item -> new MapNeighbours.Scored(item.itemId(), item.score()))
            .toList();
  }

  /**
   * Answers the next user.
   *
   * @param round whose turn it is
   * @return ten items
   */
  @Benchmark
  public Object recommend(Round round) {
    return answer(round.next());
  }

  List<MapNeighbours.Scored> answer(int user) {
    return asked.recommend(Synthetic.id("u", user));
  }
}
