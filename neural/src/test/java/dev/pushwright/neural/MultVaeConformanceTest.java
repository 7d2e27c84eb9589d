// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.RecommenderConformance;

class MultVaeConformanceTest extends RecommenderConformance {
  @Override
  protected RecommenderProvider provider() {
    return new MultVaeProvider();
  }

  // The board has 24 users: few numbers and long steps tell two tastes.
  @Override
  protected Options options() {
    return Options.of("epochs", 60)
        .with("annealEpochs", 20)
        .with("batchSize", 8)
        .with("hidden", 16)
        .with("latent", 4)
        .with("learningRate", 0.01);
  }
}
