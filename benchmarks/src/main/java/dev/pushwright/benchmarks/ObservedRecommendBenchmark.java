// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.engine.PushDecision;
import dev.pushwright.engine.PushEngine;
import dev.pushwright.engine.PushPolicy;
import dev.pushwright.spi.Options;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
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
 * How long one push takes (profile, recommendation and text) while the engine is left alone, and
 * while others tell it what users do. The observers pause after each event, as a shop's visitors
 * do, and each iteration begins with a new engine: what was observed is kept until the models are
 * trained again, and a push whose user did ever more would say nothing.
 */
@State(Scope.Group)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ObservedRecommendBenchmark {

  private static final int RATINGS = 30;
  static final Instant NOW = Synthetic.START.plus(Duration.ofDays(30));

  /** How many users there are. */
  @Param("1000")
  int users = 1000;

  /** How many items the catalogue has. */
  @Param("1000")
  int items = 1000;

  /** How long an observer rests after an event, in microseconds. */
  @Param("100")
  int pause = 100;

  private Dataset data = Dataset.builder().build();
  private PushEngine engine = engine(data);

  /** Whose turn it is; each thread goes its own round. */
  @State(Scope.Thread)
  public static class Round {
    private final SplittableRandom random = new SplittableRandom(1);
    private int user;

    String user(int users) {
      user = (user + 1) % users;
      return Synthetic.id("u", user);
    }

    String item(int items) {
      return Synthetic.id("i", random.nextInt(items));
    }
  }

  /** Makes the data. */
  @Setup(Level.Trial)
  public void setUp() {
    Dataset.Builder shop = Dataset.builder();
    Synthetic.catalogue(items).forEach(shop::add);
    data = shop.addAll(Synthetic.ratings(users, items, RATINGS, 1)).build();
  }

  /** Forgets what was observed and sent. */
  @Setup(Level.Iteration)
  public void start() {
    engine = engine(data);
  }

  private static PushEngine engine(Dataset data) {
    return PushEngine.builder(data)
        .profiler("tfidf")
        .recommender(
            "item-knn",
            Options.of("neighbours", SimilarityBenchmark.NEIGHBOURS).with("combine", "sum"))
        .generator("template")
        // Each push is the same work, the first and the hundredth of a user.
        .policy(PushPolicy.builder().repeatItemAfterDays(0).build())
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .build();
  }

  /**
   * A push while nobody observes.
   *
   * @param round whose turn it is
   * @return the decision
   */
  @Benchmark
  @Group("alone")
  @GroupThreads(1)
  public PushDecision pushAlone(Round round) {
    return push(round.user(users));
  }

  /**
   * A push while others observe.
   *
   * @param round whose turn it is
   * @return the decision
   */
  @Benchmark
  @Group("observed")
  @GroupThreads(1)
  public PushDecision pushObserved(Round round) {
    return push(round.user(users));
  }

  /**
   * Something that a user did. Its time includes the rest after it.
   *
   * @param round whose turn it is
   */
  @Benchmark
  @Group("observed")
  @GroupThreads(1)
  public void observe(Round round) {
    observe(round.user(users), round.item(items));
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(pause));
  }

  PushDecision push(String userId) {
    return engine.push(userId);
  }

  void observe(String userId, String itemId) {
    engine.observe(Interaction.view(userId, itemId, NOW));
  }

  PushEngine engine() {
    return engine;
  }
}
