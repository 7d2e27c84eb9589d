// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.RecommenderConformance;

class UserKnnConformanceTest extends RecommenderConformance {
  @Override
  protected RecommenderProvider provider() {
    return new UserKnnProvider();
  }
}
