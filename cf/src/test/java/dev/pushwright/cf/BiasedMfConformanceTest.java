// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.Checkerboard;
import dev.pushwright.testkit.RecommenderConformance;

class BiasedMfConformanceTest extends RecommenderConformance {

  private static final Checkerboard RATED = Checkerboard.standard().rated();

  @Override
  protected RecommenderProvider provider() {
    return new BiasedMfProvider();
  }

  @Override
  protected Checkerboard board() {
    return RATED;
  }
}
