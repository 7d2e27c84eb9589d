// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import dev.pushwright.spi.ProfilerProvider;

class ReferenceProfilerTest extends ProfilerConformance {
  @Override
  protected ProfilerProvider provider() {
    return new ReferenceProfiler();
  }
}
