// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Recommender;
import dev.pushwright.data.Dataset;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.DamagedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged numbers in a sound layout: refused when they are read, or never a trouble after. */
class LinearFileTest {

  private static final Plugins PLUGINS =
      Plugins.of(new EaseProvider(), new SlimProvider(), new Rp3BetaProvider());

  @TempDir Path folder;

  static Stream<Arguments> recommenders() {
    return Stream.of(
        Arguments.of("ease", Ease.builder().lambda(1).build()),
        Arguments.of("ease-neighbours", Ease.builder().lambda(1).neighbours(4).build()),
        Arguments.of("slim", Slim.builder().l1(0.1).l2(1).build()),
        Arguments.of("rp3beta", Rp3Beta.builder().neighbours(4).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recommenders")
  void damagedNumbersAreRefusedOrDoNoHarm(String name, Recommender recommender) throws IOException {
    Dataset data = LinearData.random(3, 12, 10, 60);
    Path file = folder.resolve(name + ".safetensors");
    DamagedFiles.areRefusedOrDoNoHarm(recommender.fit(data), data, file, PLUGINS, 1500)
        .hasBoth(0.05);
  }

  @Test
  void aLayoutOfALaterVersionIsRefusedByItsName() throws IOException {
    Path file = folder.resolve("ease.safetensors");
    Models.save(Ease.builder().build().fit(LinearData.threeUsers()), file);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("\"dense\"");
    Files.writeString(file, text.replace("\"dense\"", "\"waved\""), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Models.loadRecommender(file, PLUGINS))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("layout is \"waved\"");
  }
}
