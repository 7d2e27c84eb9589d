// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.spi.Options;
import dev.pushwright.testkit.ContentGeneratorConformance;

class CvaeConformanceTest extends ContentGeneratorConformance {
  @Override
  protected ContentGeneratorProvider provider() {
    return new CvaeProvider();
  }

  @Override
  protected Options options() {
    return Fitted.options(CvaeGenerator.NAME);
  }
}
