// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.blas;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pushwright.math.MatmulProvider;
import dev.pushwright.testkit.MatmulConformance;

class OpenBlasConformanceTest extends MatmulConformance {

  @Override
  protected MatmulProvider provider() {
    return started(new OpenBlasProvider());
  }

  static MatmulProvider started(MatmulProvider provider) {
    String failure = "";
    try {
      provider.start();
    } catch (IllegalStateException e) {
      failure = String.valueOf(e.getMessage());
    }
    assumeTrue(failure.isEmpty(), provider.name() + " is not here: " + failure);
    return provider;
  }
}
