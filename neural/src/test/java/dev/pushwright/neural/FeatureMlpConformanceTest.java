// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.RecommenderConformance;

class FeatureMlpConformanceTest extends RecommenderConformance {
  @Override
  protected RecommenderProvider provider() {
    return new FeatureMlpProvider();
  }

  // As for mlp. What the features of the board tell, the parity, is the whole taste.
  @Override
  protected Options options() {
    return Options.of("epochs", 60)
        .with("batchSize", 64)
        .with("learningRate", 0.01)
        .with("layers", "16, 16, 8")
        .with("regularization", 0.02);
  }
}
