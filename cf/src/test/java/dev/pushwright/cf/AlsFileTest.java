// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Recommender;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.User;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.DamagedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged numbers in a sound layout: refused when they are read, or never a trouble after. */
class AlsFileTest {

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00Z");
  private static final Plugins PLUGINS = Plugins.of(new AlsProvider(), new ExplicitAlsProvider());

  @TempDir Path folder;

  private static Dataset data() {
    SplittableRandom random = new SplittableRandom(3);
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 12; u++) {
      data.add(User.of("u" + u).with("region", "r" + u % 3));
      for (int e = 0; e < 5; e++) {
        data.add(
            Interaction.rating(
                "u" + u,
                "i" + random.nextInt(10),
                1 + random.nextInt(5),
                DAY.plusSeconds(60L * e + u)));
      }
    }
    return data.build();
  }

  private Path saved(Recommender recommender) {
    Path file = folder.resolve("model.safetensors");
    Models.save(recommender.fit(data()), file);
    return file;
  }

  private static Als als(Als.Solver solver) {
    return Als.builder().factors(6).alpha(1).solver(solver).segmentBy("region").build();
  }

  static Stream<Recommender> recommenders() {
    return Stream.of(
        als(Als.Solver.CONJUGATE_GRADIENT),
        als(Als.Solver.CHOLESKY),
        ExplicitAls.builder().factors(5).segmentBy("region").build());
  }

  @ParameterizedTest
  @MethodSource("recommenders")
  void damagedNumbersAreRefusedOrDoNoHarm(Recommender recommender) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Dataset data = data();
    DamagedFiles.areRefusedOrDoNoHarm(recommender.fit(data), data, file, PLUGINS, 500)
        .hasBoth(0.05);
  }

  @Test
  void numbersThatNoOptionAllowsAreRefused() throws IOException {
    Path file = saved(als(Als.Solver.CHOLESKY));
    byte[] sound = Files.readAllBytes(file);
    int header = (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String text = new String(sound, 8, header, StandardCharsets.UTF_8);
    Matcher loss = Pattern.compile("\"loss\":\\{[^}]*\"data_offsets\":\\[(\\d+),").matcher(text);
    assertThat(loss.find()).isTrue();
    int at = 8 + header + Integer.parseInt(loss.group(1));
    for (int number = 0; number < 4; number++) {
      for (double bad : new double[] {Double.NaN, -1, 1e30}) {
        byte[] damaged = sound.clone();
        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putDouble(at + 8 * number, bad);
        Files.write(file, damaged);
        assertThatThrownBy(() -> Models.loadRecommender(file, PLUGINS))
            .isInstanceOf(ModelFormatException.class)
            .hasMessageContaining("loss has a number that no option allows");
      }
    }
  }
}
