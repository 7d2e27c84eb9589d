// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.RecommenderConformance;

class GmfConformanceTest extends RecommenderConformance {
  @Override
  protected RecommenderProvider provider() {
    return new GmfProvider();
  }

  // The board has 264 pairs: so few need smaller batches, and longer steps than MovieLens does.
  @Override
  protected Options options() {
    return Options.of("epochs", 100)
        .with("batchSize", 64)
        .with("learningRate", 0.02)
        .with("factors", 8);
  }
}
