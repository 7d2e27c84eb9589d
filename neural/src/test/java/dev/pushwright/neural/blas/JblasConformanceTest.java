// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.blas;

import dev.pushwright.math.MatmulProvider;
import dev.pushwright.testkit.MatmulConformance;

/** Skipped where jblas does not load, as on Linux without libgfortran5. */
class JblasConformanceTest extends MatmulConformance {

  @Override
  protected MatmulProvider provider() {
    return OpenBlasConformanceTest.started(new JblasProvider());
  }
}
