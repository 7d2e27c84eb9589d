// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.RecommenderConformance;

class CustomRecommenderTest extends RecommenderConformance {
  @Override
  protected RecommenderProvider provider() {
    return new CustomRecommender();
  }
}
