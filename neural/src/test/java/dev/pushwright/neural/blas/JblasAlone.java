// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.blas;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Whether jblas loads in a JVM of its own. Where libgfortran is not installed it does so only after
 * OpenBLAS, which brings one along: what it does in the JVM of the tests depends on which of them
 * ran before.
 */
final class JblasAlone {

  private JblasAlone() {}

  /** Ends with 0 when jblas multiplies. */
  static final class Start {
    private Start() {}

    public static void main(String[] arguments) {
      new JblasProvider().start();
    }
  }

  static boolean loads(Path folder) throws IOException, InterruptedException {
    return new ForkedJvm(folder).flags("-Xmx256m").run(Start.class).exit() == 0;
  }
}
