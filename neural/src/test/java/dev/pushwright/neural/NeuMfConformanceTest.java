// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.RecommenderConformance;

class NeuMfConformanceTest extends RecommenderConformance {
  @Override
  protected RecommenderProvider provider() {
    return new NeuMfProvider();
  }

  // The board has 264 pairs: so few need smaller batches and longer steps than MovieLens does, and
  // a bridle: the item a user is to get is among those drawn for negatives.
  @Override
  protected Options options() {
    return Options.of("epochs", 60)
        .with("batchSize", 64)
        .with("learningRate", 0.01)
        .with("layers", "8, 8")
        .with("factors", 4)
        .with("regularization", 0.01);
  }
}
