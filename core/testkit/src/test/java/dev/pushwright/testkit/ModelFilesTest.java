// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link DamagedFiles} and {@link GoldenFiles} let pass and what they don't. */
class ModelFilesTest {

  private static final String PROPERTY = "pushwright.golden";

  private final Plugins plugins = Plugins.of(new ReferenceRecommender());
  private final Dataset data = DamagedFiles.data();
  private final RecommenderModel model = plugins.recommender("reference", Options.none()).fit(data);

  @TempDir Path folder;

  @AfterEach
  void writeNothingElsewhere() {
    System.clearProperty(PROPERTY);
  }

  private Path saved() {
    Path file = folder.resolve("model.safetensors");
    Models.save(model, file);
    return file;
  }

  @Test
  void damagedFilesDifferFromTheSoundOneInTheirNumbersAlone() throws IOException {
    Path file = saved();
    byte[] sound = Files.readAllBytes(file);
    DamagedFiles.Tally tally =
        DamagedFiles.areRefusedOrDoNoHarm(
            file,
            100,
            damaged -> {
              byte[] bytes = Files.readAllBytes(damaged);
              int bits = 0;
              for (int i = 0; i < sound.length; i++) {
                bits += Integer.bitCount((bytes[i] ^ sound[i]) & 0xff);
              }
              assertThat(bytes).hasSameSizeAs(sound);
              assertThat(bits).isBetween(0, 2);
              if (bits == 1) {
                throw new ModelFormatException(damaged + " has one bit turned");
              }
            });
    assertThat(tally.refused() + tally.read()).isEqualTo(100);
    tally.hasBoth(0.2);
    assertThatThrownBy(() -> tally.hasBoth(0.5)).isInstanceOf(AssertionError.class);
  }

  @Test
  void refusalWithoutTheFilesNameIsAFault() {
    Path file = saved();
    assertThatThrownBy(
            () ->
                DamagedFiles.areRefusedOrDoNoHarm(
                    file,
                    3,
                    damaged -> {
                      throw new ModelFormatException("something is wrong");
                    }))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void anyOtherExceptionIsAFault() {
    Path file = saved();
    assertThatThrownBy(
            () ->
                DamagedFiles.areRefusedOrDoNoHarm(
                    file,
                    3,
                    damaged -> {
                      throw new ArrayIndexOutOfBoundsException(7);
                    }))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class);
  }

  @Test
  void aRecommenderIsAskedForEveryThirdUserAndAStranger() throws IOException {
    Path file = folder.resolve("model.safetensors");
    DamagedFiles.Tally tally = DamagedFiles.areRefusedOrDoNoHarm(model, data, file, plugins, 200);
    assertThat(tally.read()).isPositive();
  }

  private static List<String> answers(RecommenderModel model) {
    return List.of(model.recommend(RecommendationQuery.forUser("u1").build()).toString());
  }

  private void check(RecommenderModel fitted, AtomicInteger fits) throws IOException {
    GoldenFiles.in(folder.resolve("golden"))
        .check(
            "reference-1",
            () -> {
              fits.incrementAndGet();
              return fitted;
            },
            file -> Models.loadRecommender(file, plugins),
            ModelFilesTest::answers);
  }

  @Test
  void goldenFilesAreMadeOnceAndOnlyWhenAskedFor() throws IOException {
    AtomicInteger fits = new AtomicInteger();
    Path file = GoldenFiles.in(folder.resolve("golden")).file("reference-1");
    assertThatThrownBy(() -> check(model, fits))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("reference-1.safetensors");
    assertThat(file).doesNotExist();
    System.setProperty(PROPERTY, "write");
    check(model, fits);
    byte[] made = Files.readAllBytes(file);
    check(plugins.recommender("reference", Options.none()).fit(GoldenFiles.data()), fits);
    System.clearProperty(PROPERTY);
    assertThatCode(() -> check(model, fits)).doesNotThrowAnyException();
    assertThat(Files.readAllBytes(file)).isEqualTo(made);
    assertThat(fits).hasValue(1);
  }

  @Test
  void otherAnswersThanThoseOfThenAreAFault() throws IOException {
    AtomicInteger fits = new AtomicInteger();
    System.setProperty(PROPERTY, "write");
    check(model, fits);
    Files.writeString(folder.resolve("golden/reference-1.txt"), "something else");
    assertThatThrownBy(() -> check(model, fits))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("something else");
  }
}
