// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.Checkerboard;
import dev.pushwright.testkit.RecommenderConformance;

class ExplicitAlsConformanceTest extends RecommenderConformance {

  private static final Checkerboard RATED = Checkerboard.standard().rated();

  @Override
  protected RecommenderProvider provider() {
    return new ExplicitAlsProvider();
  }

  @Override
  protected Checkerboard board() {
    return RATED;
  }

  // One factor tells two tastes apart.
  @Override
  protected Options options() {
    return Options.of("factors", 1);
  }

  // What an update leaves as it was would move in a fit.
  @Override
  protected double updateTolerance() {
    return 0.05;
  }
}
