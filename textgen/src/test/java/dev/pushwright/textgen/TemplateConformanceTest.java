// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.testkit.ContentGeneratorConformance;

class TemplateConformanceTest extends ContentGeneratorConformance {
  @Override
  protected ContentGeneratorProvider provider() {
    return new TemplateGeneratorProvider();
  }
}
