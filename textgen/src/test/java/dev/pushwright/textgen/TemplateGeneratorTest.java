// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import static dev.pushwright.textgen.Requests.HOLDER;
import static dev.pushwright.textgen.Requests.bare;
import static dev.pushwright.textgen.Requests.model;
import static dev.pushwright.textgen.Requests.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Message;
import dev.pushwright.api.PushContent;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.textgen.pipeline.ClickModel;
import dev.pushwright.textgen.pipeline.Feedback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateGeneratorTest {

  @TempDir private Path folder;

  private Path pack(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines), StandardCharsets.UTF_8);
  }

  @Test
  void discoveryFindsItByName() {
    Plugins plugins = Plugins.load();
    assertThat(plugins.problems()).isEmpty();
    assertThat(plugins.generator("template")).isInstanceOf(TemplateGeneratorProvider.class);
    assertThat(plugins.describe()).contains("template", "packs", "fallbackLocale", "builtIn");
    ContentModel model =
        plugins.generator("template", Options.none()).fit(Dataset.builder().build());
    assertThat(written(model.generate(bare("u", HOLDER).build())).body()).isNotBlank();
  }

  @Test
  void whatIsOpenedMoreOftenIsSaidMoreOften(@TempDir Path folder) {
    // Whatever asks something is opened.
    Collection<Feedback> feedback = new ArrayList<>();
    Set<String> asked = new TreeSet<>();
    ContentModel plain = TemplateGenerator.builder().build().fit(Dataset.builder().build());
    for (long seed = 0; seed < 200; seed++) {
      PushContent text = written(plain.generate(bare("u", HOLDER).seed(seed).build()));
      boolean asks = (text.title() + text.body()).contains("?");
      asked.add(asks ? text.title() : "");
      feedback.add(
          new Feedback(
              new Message(text.title(), text.body()), Channel.ANDROID, List.of(HOLDER), asks));
    }
    assertThat(asked).hasSizeGreaterThan(1);
    Path file = folder.resolve("clicks.safetensors");
    ClickModel.empty().updated(feedback).save(file);
    Options options = Options.of("clicksFile", file.toString());
    ContentModel model =
        Plugins.load().generator("template", options).fit(Dataset.builder().build());
    Path saved = folder.resolve("template.safetensors");
    Models.save(model, saved);
    ContentModel loaded = Models.loadGenerator(saved, Plugins.load());
    ContentModel byType =
        TemplateGenerator.builder().clicksFile(file).build().fit(Dataset.builder().build());
    for (long seed = 0; seed < 50; seed++) {
      ContentRequest request = bare("v", HOLDER).seed(seed).build();
      PushContent text = written(model.generate(request));
      assertThat(text.title() + text.body()).contains("?");
      assertThat(text.source()).contains("neutral");
      assertThat(loaded.generate(request)).isEqualTo(text);
      assertThat(byType.generate(request)).isEqualTo(text);
    }
    // Of one candidate there is nothing to choose.
    ContentModel one =
        Plugins.load()
            .generator("template", options.with("candidates", 1))
            .fit(Dataset.builder().build());
    assertThat(written(one.generate(bare("u", HOLDER).seed(3).build())).title())
        .isEqualTo(written(plain.generate(bare("u", HOLDER).seed(3).build())).title());
  }

  @Test
  void byTypeAndByNameAreOneAndTheSame() {
    Dataset data = Dataset.builder().add(Item.of("i")).build();
    ContentGenerator byType = TemplateGenerator.builder().fallbackLocale(Locale.ENGLISH).build();
    ContentGenerator byName =
        Plugins.load().generator("template", Options.of("fallbackLocale", "en"));
    assertThat(byType.fit(data).provenance()).isEqualTo(byName.fit(data).provenance());
    assertThat(byType.fit(data).provenance().algorithm()).isEqualTo("template");
    assertThat(byType.fit(data).provenance().data()).isEqualTo(data.fingerprint());
    assertThat(byType.fit(data).provenance().options())
        .isEqualTo(
            Map.of(
                "packs",
                "",
                "fallbackLocale",
                "en",
                "builtIn",
                "true",
                "candidates",
                "16",
                "clicksFile",
                ""));
    assertThat(byType.fit(data).capabilities())
        .isEqualTo(new TemplateGeneratorProvider().capabilities());
  }

  @Test
  void badOptionsAreNamedWithTheRemedy() {
    TemplateGeneratorProvider provider = new TemplateGeneratorProvider();
    assertThatThrownBy(() -> provider.create(Options.of("fallbackLocal", "en")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean \"fallbackLocale\"?");
    assertThatThrownBy(() -> provider.create(Options.of("fallbackLocale", "fr")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option fallbackLocale is fr, but there is no pack for it; installed: en, zh");
    assertThatThrownBy(() -> provider.create(Options.of("fallbackLocale", "not a tag")))
        .hasMessageContaining("option fallbackLocale is not a tag, but that is no BCP 47 tag");
    assertThatThrownBy(() -> provider.create(Options.of("builtIn", "yes")))
        .hasMessageContaining("option builtIn is yes; allowed: true or false");
    assertThatThrownBy(() -> provider.create(Options.of("builtIn", false)))
        .hasMessageContaining("there is no template at all");
    assertThatThrownBy(() -> provider.create(Options.of("packs", "no/such.properties")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option packs names no/such.properties, but there is no such file");
    assertThatThrownBy(() -> provider.create(Options.of("packs", "a\0b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option packs names");
    assertThatThrownBy(() -> TemplateGenerator.builder().packs(Path.of("a,b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds a comma");
  }

  @Test
  void aPackThatIsNoTextIsRefused() throws IOException {
    Path latin = folder.resolve("latin.properties");
    Files.write(latin, "language = fr\n# é\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TemplateGenerator.builder().packs(latin).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option packs names " + latin + ", but it is not UTF-8");
    assertThatThrownBy(() -> TemplateGenerator.builder().packs(folder).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option packs names " + folder);
  }

  @Test
  void aPackOfOnesOwnAddsALanguageAndReplacesALine() throws IOException {
    Path french =
        pack(
            "fr.properties",
            "language = fr",
            "recommendation.any.any.1.title = Pour vous",
            "recommendation.any.any.1.body = {{item}}");
    Path own =
        pack(
            "own.properties",
            "language = en",
            "recommendation.android.neutral.1.title = House style",
            "recommendation.android.neutral.1.body = {{item}}");
    ContentModel model = model(TemplateGenerator.builder().packs(french, own).build());
    assertThat(
            written(model.generate(bare("u", HOLDER).locale(Locale.CANADA_FRENCH).build())).title())
        .isEqualTo("Pour vous");
    assertThat(written(model.generate(bare("u", HOLDER).build())).title()).isEqualTo("House style");
    assertThat(written(model.generate(bare("u", HOLDER).locale(Locale.CHINA).build())).source())
        .startsWith("template/zh:");
  }

  @Test
  void theNearestPackIsTakenForALocale() throws IOException {
    Path taiwan =
        pack(
            "tw.properties",
            "language = zh-TW",
            "recommendation.any.any.1.title = 給你看看",
            "recommendation.any.any.1.body = {{item}}");
    ContentModel model = model(TemplateGenerator.builder().packs(taiwan).build());
    assertThat(written(model.generate(bare("u", HOLDER).locale(Locale.TAIWAN).build())).source())
        .isEqualTo("template/zh-TW:recommendation.any.any.1");
    assertThat(
            written(
                    model.generate(
                        bare("u", HOLDER).locale(Locale.forLanguageTag("zh-Hans-CN")).build()))
                .source())
        .startsWith("template/zh:");
  }

  @Test
  void anInterruptedFitIsCancelled() {
    TemplateGenerator generator = TemplateGenerator.builder().build();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> generator.fit(Dataset.builder().build()))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
