// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.RecommenderConformance;

class BprConformanceTest extends RecommenderConformance {
  @Override
  protected RecommenderProvider provider() {
    return new BprProvider();
  }

  // The board has 264 pairs: so few need more visits than MovieLens does.
  @Override
  protected Options options() {
    return Options.of("epochs", 200);
  }
}
