// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Interaction;
import dev.pushwright.eval.RatingMetrics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A benchmark compares what does the same work, or it compares nothing. */
class BiasedMfBenchmarkTest {

  private static BiasedMfBenchmark benchmark(String rival) {
    BiasedMfBenchmark benchmark = new BiasedMfBenchmark();
    benchmark.shape = "200x400x100";
    benchmark.rival = rival;
    benchmark.setUp();
    return benchmark;
  }

  private static double[] predicted(
      List<Interaction> ratings, ToDoubleFunction<Interaction> prediction) {
    return ratings.stream()
        .mapToDouble(rating -> Math.max(1, Math.min(5, prediction.applyAsDouble(rating))))
        .toArray();
  }

  // Each goes through the ratings in an order of its own from vectors of its own, so the models are
  // two; what they say of the ratings they learned from is nearly one.
  @Test
  void bothLearnTheSame() {
    BiasedMfBenchmark library = benchmark("biased-mf");
    RecommenderModel model = (RecommenderModel) library.fit();
    PlainMf plain = (PlainMf) benchmark("plain").fit();
    List<Interaction> ratings = library.ratings();
    double[] actual = ratings.stream().mapToDouble(Interaction::value).toArray();
    double[] ours = predicted(ratings, r -> model.predictRating(r.userId(), r.itemId()));
    double[] theirs = predicted(ratings, r -> plain.predict(r.userId(), r.itemId()));
    double error = RatingMetrics.rmse(actual, theirs);
    assertThat(error).as("what is learned").isLessThan(1.35);
    assertThat(RatingMetrics.rmse(actual, ours)).isCloseTo(error, within(0.02 * error));
    assertThat(RatingMetrics.rmse(ours, theirs)).as("apart").isLessThan(error / 4);
  }

  @Test
  void aRivalThatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> benchmark("magic").fit())
        .withMessageContaining("magic");
  }
}
