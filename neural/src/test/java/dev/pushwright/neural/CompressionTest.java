// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.DamagedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

  private static final Dataset DATA = Tastes.data(60, 80, 12, 3);

  @TempDir Path folder;

  private static RecommenderModel fit(String name, Options more) {
    Options options = Options.of("epochs", 3).with("learningRate", 0.02);
    if (name.equals("mult-vae")) {
      options = options.with("hidden", 40).with("latent", 20);
    } else if (name.endsWith("mlp") || name.equals("neumf")) {
      options = options.with("layers", "64, 40, 20");
    }
    for (var entry : more.values().entrySet()) {
      options = options.with(entry.getKey(), entry.getValue());
    }
    return Plugins.load().recommender(name, options).fit(DATA);
  }

  private static Parameters parameters(RecommenderModel model) {
    return model instanceof VaeModel vae ? vae.parameters() : ((PairModel) model).parameters();
  }

  private static List<Recommendations> answers(RecommenderModel model) {
    List<Recommendations> answers = new ArrayList<>();
    for (int u = 0; u < 60; u += 7) {
      String user = "u" + u;
      answers.add(model.recommend(RecommendationQuery.forUser(user).limit(80).build()));
      answers.add(model.recommend(RecommendationQuery.forHistory(DATA.eventsOf(user)).build()));
    }
    return answers;
  }

  private long saved(RecommenderModel model, Path file) throws IOException {
    Models.save(model, file);
    return Files.size(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gmf", "mlp", "neumf", "mf-logloss", "feature-mlp", "mult-vae"})
  void aQuantizedModelIsSavedSmallAndAnswersTheSameWhenLoaded(String name) throws IOException {
    RecommenderModel model = fit(name, Options.none());
    float[][] before = parameters(model).copyValues();
    RecommenderModel quantized = Compression.quantize(model);
    assertThat(parameters(model).copyValues()).as("the given model").isDeepEqualTo(before);
    assertThat(quantized.provenance().options()).containsEntry("quantize", "true");
    assertThat(model.provenance().options()).containsEntry("quantize", "false");
    Path file = folder.resolve("quantized.safetensors");
    long small = saved(quantized, file);
    assertThat((double) small / saved(model, folder.resolve("exact.safetensors"))).isLessThan(0.4);
    RecommenderModel loaded = Models.loadRecommender(file, Plugins.load());
    assertThat(parameters(loaded).copyValues()).isDeepEqualTo(parameters(quantized).copyValues());
    assertThat(answers(loaded)).isEqualTo(answers(quantized));
    assertThat(loaded.provenance()).isEqualTo(quantized.provenance());
    // Saved again it is the same file; quantized again it is the same model.
    Path again = folder.resolve("again.safetensors");
    Models.save(Compression.quantize(loaded), again);
    assertThat(again).hasSameBinaryContentAs(file);
    assertThat(answers(fit(name, Options.of("quantize", true)))).isEqualTo(answers(quantized));
  }

  @ParameterizedTest
  @ValueSource(strings = {"neumf", "mult-vae"})
  void aPrunedModelHasSoManyZerosAndIsSavedSmall(String name) throws IOException {
    RecommenderModel model = fit(name, Options.none());
    RecommenderModel pruned = Compression.prune(model, 0.75);
    assertThat(pruned.provenance().options()).containsEntry("prune", "0.75");
    for (Parameter parameter : parameters(pruned).all()) {
      float[] before = parameters(model).get(parameter.name()).values();
      float[] after = parameter.values();
      int zeros = 0;
      float largestLost = 0;
      float leastKept = Float.MAX_VALUE;
      for (int i = 0; i < after.length; i++) {
        if (after[i] == 0) {
          zeros++;
          largestLost = Math.max(largestLost, Math.abs(before[i]));
        } else {
          assertThat(after[i]).isEqualTo(before[i]);
          leastKept = Math.min(leastKept, Math.abs(after[i]));
        }
      }
      if (parameter.rows() > 1) {
        assertThat(zeros).as(parameter.name()).isEqualTo((int) (0.75 * after.length));
        assertThat(largestLost).isLessThanOrEqualTo(leastKept);
      }
    }
    Path file = folder.resolve("pruned.safetensors");
    assertThat((double) saved(pruned, file) / saved(model, folder.resolve("exact.safetensors")))
        .isLessThan(0.5);
    RecommenderModel loaded = Models.loadRecommender(file, Plugins.load());
    assertThat(answers(loaded)).isEqualTo(answers(pruned));
    // Both at once.
    RecommenderModel both = Compression.quantize(pruned);
    assertThat(both.provenance().options())
        .containsEntry("prune", "0.75")
        .containsEntry("quantize", "true");
    Path smallest = folder.resolve("both.safetensors");
    assertThat(saved(both, smallest)).isLessThan(Files.size(file));
    assertThat(answers(Models.loadRecommender(smallest, Plugins.load()))).isEqualTo(answers(both));
  }

  @Test
  void aQuantizedModelThatIsDamagedIsRefusedOrDoesNoHarm() throws IOException {
    Dataset data = DamagedFiles.data();
    RecommenderModel model =
        Plugins.load()
            .recommender(
                "neumf",
                Options.of("epochs", 3)
                    .with("factors", 3)
                    .with("layers", "6, 4")
                    .with("quantize", true)
                    .with("segmentBy", "region"))
            .fit(data);
    Path file = folder.resolve("model.safetensors");
    DamagedFiles.areRefusedOrDoNoHarm(model, data, file, Plugins.load(), 200).hasBoth(0.1);
  }

  @Test
  void sharesOutOfRangeAndModelsOfOtherModulesAreRefused() {
    RecommenderModel model = fit("gmf", Options.none());
    assertThatThrownBy(() -> Compression.prune(model, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option prune is 1.0; allowed: 0.0 to 0.99");
    RecommenderModel other =
        new RecommenderModel() {
          @Override
          public Recommendations recommend(RecommendationQuery query) {
            return model.recommend(query);
          }

          @Override
          public Provenance provenance() {
            return Provenance.of("other", Map.of(), "");
          }

          @Override
          public Set<Capability> capabilities() {
            return Set.of();
          }
        };
    assertThatThrownBy(() -> Compression.quantize(other))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("other cannot be made smaller");
  }
}
