// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.RecommenderConformance;

class RulesConformanceTest extends RecommenderConformance {
  @Override
  protected RecommenderProvider provider() {
    return new RulesProvider();
  }
}
