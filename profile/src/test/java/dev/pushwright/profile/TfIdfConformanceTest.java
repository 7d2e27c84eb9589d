// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.spi.ProfilerProvider;
import dev.pushwright.testkit.ProfilerConformance;

class TfIdfConformanceTest extends ProfilerConformance {
  @Override
  protected ProfilerProvider provider() {
    return new TfIdfProfilerProvider();
  }
}
