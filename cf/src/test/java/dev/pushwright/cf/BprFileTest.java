// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.data.Dataset;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.DamagedFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BprFileTest {

  @TempDir Path folder;

  @Test
  void damagedNumbersAreRefusedOrDoNoHarm() throws IOException {
    Dataset data = DamagedFiles.data();
    DamagedFiles.areRefusedOrDoNoHarm(
            Bpr.builder().factors(3).epochs(5).segmentBy("region").build().fit(data),
            data,
            folder.resolve("model.safetensors"),
            Plugins.of(new BprProvider()),
            1000)
        .hasBoth(0.1);
  }
}
