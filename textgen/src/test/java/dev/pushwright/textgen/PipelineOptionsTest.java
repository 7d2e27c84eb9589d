// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.textgen.features.GanGenerator;
import dev.pushwright.textgen.features.VaeGenerator;
import dev.pushwright.textgen.lm.CvaeGenerator;
import dev.pushwright.textgen.lm.LstmGenerator;
import dev.pushwright.textgen.lm.TextGanGenerator;
import dev.pushwright.textgen.seq2seq.Seq2Seq;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every generator chooses among candidates, and by clicks where they are given. */
class PipelineOptionsTest {

  @ParameterizedTest
  @ValueSource(strings = {"template", "seq2seq", "lstm", "cvae", "text-gan", "vae", "gan"})
  void everyGeneratorTakesThemByName(String name, @TempDir Path folder) {
    ContentGeneratorProvider provider = Plugins.load().generator(name);
    assertThat(provider.options().specs())
        .extracting(spec -> spec.name())
        .contains("candidates", "clicksFile");
    assertThatThrownBy(() -> provider.create(Options.of("candidates", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("candidates");
    // Found out before anything is learned.
    Path nowhere = folder.resolve("nowhere.safetensors");
    ContentGenerator generator = provider.create(Options.of("clicksFile", nowhere.toString()));
    Dataset data =
        Dataset.builder()
            .add(Item.of("i", "Blue Mug"))
            .add(Interaction.view("u", "i", Instant.EPOCH))
            .build();
    assertThatThrownBy(() -> generator.fit(data)).hasMessageContaining("nowhere.safetensors");
  }

  @Test
  void everyBuilderTakesThemByType() {
    Path file = Path.of("clicks.safetensors");
    assertThat(
            new ContentGenerator[] {
              TemplateGenerator.builder().candidates(7).clicksFile(file).build(),
              Seq2Seq.builder().candidates(7).clicksFile(file).build(),
              LstmGenerator.builder().candidates(7).clicksFile(file).build(),
              CvaeGenerator.builder().candidates(7).clicksFile(file).build(),
              TextGanGenerator.builder().candidates(7).clicksFile(file).build(),
              VaeGenerator.builder().candidates(7).clicksFile(file).build(),
              GanGenerator.builder().candidates(7).clicksFile(file).build()
            })
        .allSatisfy(
            generator ->
                assertThat(generator.toString())
                    .contains("candidates=7", "clicksFile=clicks.safetensors"));
  }
}
