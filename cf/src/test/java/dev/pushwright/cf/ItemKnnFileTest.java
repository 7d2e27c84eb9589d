// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.DamagedFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged numbers in a sound layout: refused when they are read, or never a trouble after. */
class ItemKnnFileTest {

  private static final Plugins PLUGINS = Plugins.of(new ItemKnnProvider());

  @TempDir Path folder;

  @Test
  void damagedNumbersAreRefusedOrDoNoHarm() throws IOException {
    Dataset data = DamagedFiles.data();
    RecommenderModel model = ItemKnn.builder().neighbours(4).segmentBy("region").build().fit(data);
    Path file = folder.resolve("item-knn.safetensors");
    DamagedFiles.areRefusedOrDoNoHarm(model, data, file, PLUGINS, 3000).hasBoth(0.1);
  }
}
