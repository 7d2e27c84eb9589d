// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.data.Dataset;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.DamagedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged numbers in a sound layout: refused when they are read, or never a trouble after. */
class RatingModelFileTest {

  private static final Plugins PLUGINS =
      Plugins.of(new BaselineProvider(), new BiasedMfProvider(), new SvdPlusPlusProvider());

  private static final Dataset DATA = MadeUpRatings.stars(8, 6, 0.6, 1);

  @TempDir Path folder;

  static Stream<Recommender> algorithms() {
    return Stream.of(
        Baseline.builder().build(),
        BiasedMf.builder().factors(3).build(),
        SvdPlusPlus.builder().factors(3).build());
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void damagedNumbersAreRefusedOrDoNoHarm(Recommender algorithm) throws IOException {
    Path file = folder.resolve("model.safetensors");
    DamagedFiles.areRefusedOrDoNoHarm(algorithm.fit(DATA), DATA, file, PLUGINS, 1000).hasBoth(0.1);
  }
}
