// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A benchmark compares what does the same work, or it compares nothing. */
class AlsBenchmarkTest {

  private static AlsBenchmark benchmark(String rival) {
    AlsBenchmark benchmark = new AlsBenchmark();
    benchmark.shape = "90x70x1500";
    benchmark.factors = 6;
    benchmark.iterations = 8;
    benchmark.rival = rival;
    benchmark.setUp();
    return benchmark;
  }

  // Cholesky does what the naive loop does, in float32; a few steps of conjugate gradients end
  // near.
  @ParameterizedTest
  @CsvSource({"cholesky, 0.001", "conjugate-gradient, 0.15"})
  void theLibraryAndTheNaiveLoopFindTheSameScores(String rival, double tolerance) {
    AlsBenchmark library = benchmark(rival);
    Dataset data = library.data();
    RecommenderModel model = (RecommenderModel) library.fit();
    NaiveAls naive = (NaiveAls) benchmark("naive").fit();
    for (int user = 0; user < data.users().size(); user++) {
      RecommendationQuery all =
          RecommendationQuery.forUser(data.users().id(user)).limit(1000).excludeSeen(false).build();
      assertThat(model.recommend(all).items()).hasSize(data.items().size());
      for (Recommendation item : model.recommend(all).items()) {
        int i = data.items().find(item.itemId()).orElseThrow();
        assertThat(item.score()).isCloseTo(naive.score(user, i), within(tolerance));
      }
    }
  }

  @Test
  void theDataHaveTheShapeAndTheSkewThatWereAskedFor() {
    Dataset data = AlsBenchmark.skewed(500, 2000, 20_000, 1);
    assertThat(data.users().size()).isEqualTo(500);
    assertThat(data.eventCount()).isBetween(18_000, 21_000);
    long most =
        data.users().ids().stream().mapToLong(id -> data.eventsOf(id).size()).max().orElseThrow();
    assertThat(most).isGreaterThan(200);
  }

  @Test
  void aRivalThatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> benchmark("magic").fit());
  }
}
