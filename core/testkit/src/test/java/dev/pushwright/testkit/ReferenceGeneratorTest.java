// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import dev.pushwright.spi.ContentGeneratorProvider;

class ReferenceGeneratorTest extends ContentGeneratorConformance {
  @Override
  protected ContentGeneratorProvider provider() {
    return new ReferenceGenerator();
  }
}
