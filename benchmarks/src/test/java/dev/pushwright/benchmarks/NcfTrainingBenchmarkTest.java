// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import org.junit.jupiter.api.Test;

class NcfTrainingBenchmarkTest {

  @Test
  void theFitThatIsTimedLearnsAndCountsItsSamples() {
    NcfTrainingBenchmark benchmark = new NcfTrainingBenchmark();
    benchmark.users = 60;
    benchmark.items = 40;
    benchmark.each = 8;
    benchmark.batch = 256;
    benchmark.threads = 2;
    benchmark.setUp();
    NcfTrainingBenchmark.Counter counter = new NcfTrainingBenchmark.Counter();
    RecommenderModel model = benchmark.fit(counter);
    assertThat(counter.samples).isEqualTo(60 * 8 * 5 * 3);
    String user = Synthetic.ratings(60, 40, 8, 1).get(0).userId();
    assertThat(model.recommend(RecommendationQuery.forUser(user).build()).items()).hasSize(10);
  }
}
