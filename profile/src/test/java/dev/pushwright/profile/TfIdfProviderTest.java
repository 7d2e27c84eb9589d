// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Profiler;
import dev.pushwright.data.Weighting;
import dev.pushwright.profile.text.Language;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.ProfilerProvider;
import dev.pushwright.spi.Settings;
import org.junit.jupiter.api.Test;

class TfIdfProviderTest {

  private static Settings byName(Options options) {
    return ((TfIdfProfiler) new TfIdfProfilerProvider().create(options)).settings();
  }

  @Test
  void profilerIsFoundByItsName() {
    ProfilerProvider provider = Plugins.load().profiler("tfidf");
    assertThat(provider).isInstanceOf(TfIdfProfilerProvider.class);
    assertThat(provider.capabilities())
        .containsExactlyInAnyOrder(Capability.FOLD_IN, Capability.EXPLAIN, Capability.UPDATE);
    assertThat(provider.description()).isNotBlank();
    Profiler profiler = Plugins.load().profiler("tfidf", Options.of("maxTags", "5"));
    assertThat(((TfIdfProfiler) profiler).settings())
        .isEqualTo(TfIdfProfiler.builder().maxTags(5).build().settings());
  }

  @Test
  void bothWaysToBuildGiveTheSameSettings() {
    assertThat(byName(Options.none())).isEqualTo(TfIdfProfiler.builder().build().settings());
    Settings byType =
        TfIdfProfiler.builder()
            .weighting(
                Weighting.parse("VIEW:1@14, RATING>=4:2*log").withCombine(Weighting.Combine.MAX))
            .halfLifeDays(90)
            .language(Language.LATIN)
            .stopWords("set", "pack")
            .attributes("genre", "brand")
            .maxTags(3)
            .minDocuments(2)
            .maxDocumentShare(0.5)
            .build()
            .settings();
    Settings byName =
        byName(
            Options.of("weights", "VIEW:1@14, RATING>=4:2*log", "combine", "max")
                .with("halfLifeDays", "90")
                .with("language", "Latin")
                .with("stopWords", "set,pack")
                .with("attributes", "genre,brand")
                .with("maxTags", 3)
                .with("minDocuments", "2")
                .with("maxDocumentShare", 0.5));
    assertThat(byName).isEqualTo(byType).hasSameHashCodeAs(byType);
    assertThat(byName(new Options(new java.util.LinkedHashMap<>(byType.asText()))))
        .as("and so does the text of the settings")
        .isEqualTo(byType);
    assertThat(byType).isNotEqualTo(byName(Options.none()));
  }

  @Test
  void standardWeightingIsTheDefault() {
    assertThat(TfIdfProfiler.builder().weighting(Weighting.standard()).build().settings())
        .isEqualTo(TfIdfProfiler.builder().build().settings());
  }

  @Test
  void misspeltOptionNamesTheNearest() {
    assertThatThrownBy(() -> byName(Options.of("maxTag", 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean \"maxTags\"?");
    assertThatThrownBy(() -> byName(Options.of("halflifedays", 3)))
        .hasMessageContaining("did you mean \"halfLifeDays\"?");
    assertThatThrownBy(() -> byName(Options.of("language", "klingon")))
        .hasMessageContainingAll("text analyzer", "klingon", "english", "latin", "chinese-hanlp");
    assertThatThrownBy(() -> byName(Options.of("language", "Germam")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean \"german\"?");
    assertThatThrownBy(() -> byName(Options.of("language", " ")))
        .hasMessageContaining("option language");
  }
}
