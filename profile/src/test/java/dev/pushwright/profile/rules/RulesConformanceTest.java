// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.RecommenderConformance;

class RulesConformanceTest extends RecommenderConformance {
  @Override
  protected RecommenderProvider provider() {
    return new RulesProvider();
  }

  // No user of the kit's mixed data does two things on one day, so all of a user's is one basket.
  @Override
  protected Options options() {
    return Options.of("basketHours", 1_000_000, "minCount", 2);
  }
}
