// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.spi.Options;
import dev.pushwright.testkit.ContentGeneratorConformance;

class GanConformanceTest extends ContentGeneratorConformance {
  @Override
  protected ContentGeneratorProvider provider() {
    return new GanGeneratorProvider();
  }

  @Override
  protected Options options() {
    return Options.of("epochs", 2, "hidden", 16).with("samples", 600).with("batchSize", 200);
  }
}
