// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.benchmarks.MapNeighbours.Scored;
import dev.pushwright.cf.ItemKnn;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar '^.*[.]RecommendBenchmark' -p shape=4000x200 -p rival=item-knn -prof gc
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RecommendBenchmark {

  private static final int USERS = 1000;
  private static final int LIMIT = 10;

  /** Items in the catalogue × ratings of each user. */
  @Param({"200x30", "1000x30", "4000x200"})
  String shape = "200x30";

  /** The library's model, and maps. */
  @Param({"item-knn", "maps"})
  String rival = "item-knn";

  private Asked asked = new Maps(new MapNeighbours(List.of(), 1));

  /** Whose turn it is; each thread goes its own round. */
  @State(Scope.Thread)
  public static class Round {
    private int user;

    int next() {
      user = (user + 1) % USERS;
      return user;
    }
  }

  /** What is asked. */
  private sealed interface Asked {
    /** An answer in the rival's own form. */
    Object ask(int user);

    /** The same in a form that can be compared. */
    List<Scored> answer(int user);
  }

  private record Library(RecommenderModel model, List<RecommendationQuery> queries)
      implements Asked {
    @Override
    public Recommendations ask(int user) {
      return model.recommend(queries.get(user));
    }

    @Override
    public List<Scored> answer(int user) {
      return ask(user).items().stream()
          .map(item -> new Scored(item.itemId(), item.score()))
          .toList();
    }
  }

  private record Maps(MapNeighbours maps) implements Asked {
    @Override
    public Object ask(int user) {
      return answer(user);
    }

    @Override
    public List<Scored> answer(int user) {
      return maps.recommend(Synthetic.id("u", user), LIMIT);
    }
  }

  /** Fits the model. */
  @Setup(Level.Trial)
  public void setUp() {
    List<String> sizes = Splitter.on('x').splitToList(shape);
    List<Interaction> ratings =
        Synthetic.ratings(USERS, Integer.parseInt(sizes.get(0)), Integer.parseInt(sizes.get(1)), 1);
    asked =
        switch (rival) {
          case "item-knn" -> library(ratings);
          case "maps" -> new Maps(new MapNeighbours(ratings, SimilarityBenchmark.NEIGHBOURS));
          default -> throw new IllegalArgumentException("there is no rival " + rival);
        };
  }

  private static Library library(List<Interaction> ratings) {
    RecommenderModel model =
        ItemKnn.builder()
            .neighbours(SimilarityBenchmark.NEIGHBOURS)
            .shrinkage(0)
            .combine(Weighting.Combine.SUM)
            .halfLifeDays(0)
            .build()
            .fit(Synthetic.dataset(ratings));
    return new Library(
        model,
        IntStream.range(0, USERS)
            .mapToObj(u -> RecommendationQuery.forUser(Synthetic.id("u", u)).limit(LIMIT).build())
            .toList());
  }

  /**
   * Answers the next user.
   *
   * @param round whose turn it is
   * @return ten items
   */
  @Benchmark
  public Object recommend(Round round) {
    return asked.ask(round.next());
  }

  /**
   * Answers one user over and over: what an answer allocates is then always the same.
   *
   * @return ten items
   */
  @Benchmark
  public Object recommendSame() {
    return asked.ask(0);
  }

  List<Scored> answer(int user) {
    return asked.answer(user);
  }
}
