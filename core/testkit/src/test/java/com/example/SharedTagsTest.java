// SPDX-License-Identifier: Apache-2.0
package com.example;

import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.testkit.RecommenderConformance;

class SharedTagsTest extends RecommenderConformance {
  @Override
  protected RecommenderProvider provider() {
    return new SharedTags();
  }
}
