// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.RecommenderConformance;

class AlsConformanceTest extends RecommenderConformance {
  @Override
  protected RecommenderProvider provider() {
    return new AlsProvider();
  }

  // As many factors as there are tastes; more of them would learn who lacks what by heart.
  @Override
  protected Options options() {
    return Options.of("factors", 2);
  }

  // On a board so small an update touches nearly everything, and what is left as it was would move
  // in a fit; how far apart the two are on real data, AlsAccuracyTest says.
  @Override
  protected double updateTolerance() {
    return 0.05;
  }
}
