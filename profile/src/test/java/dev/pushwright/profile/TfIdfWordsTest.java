// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.profile.text.Language;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.TextAnalyzerProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the profiler cuts text into words, and that a saved model still does. */
class TfIdfWordsTest {

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00Z");

  @TempDir Path folder;

  private static Dataset data(String... titles) {
    Dataset.Builder data = Dataset.builder();
    for (int i = 0; i < titles.length; i++) {
      data.add(Item.builder("i" + i).title(titles[i]).build());
      data.add(Interaction.view("u" + i, "i" + i, DAY.plusSeconds(i)));
    }
    return data.build();
  }

  private static List<String> tags(UserProfile profile) {
    return profile.tags().stream().map(UserProfile.Tag::name).toList();
  }

  private static UserProfile searching(ProfileModel model, String query) {
    return model.profile(ProfileQuery.of("new").withHistory(List.of(Search.of("new", query, DAY))));
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private ProfileModel reloaded(ProfileModel model, Plugins plugins) {
    Path file = folder.resolve("model.safetensors");
    Models.save(model, file);
    return Models.loadProfiler(file, plugins);
  }

  @Test
  void modelAnswersAlikeWhenItsFilesAreGone() throws IOException {
    Path stop = file("stop.txt", "new # in every title");
    Path synonyms = file("synonyms.txt", "couch, settee => sofa");
    ProfileModel fitted =
        TfIdfProfiler.builder()
            .stopWordsFile(stop)
            .synonymsFile(synonyms)
            .build()
            .fit(data("New red couch", "New blue lamp", "New settee"));
    Files.delete(stop);
    Files.delete(synonyms);
    ProfileModel loaded = reloaded(fitted, Plugins.of(new TfIdfProfilerProvider()));
    assertThat(tags(loaded.profile("u0"))).containsExactlyInAnyOrder("sofa", "red");
    for (String query : List.of("couches", "new settee", "blue couch", "lamp")) {
      assertThat(searching(loaded, query)).isEqualTo(searching(fitted, query));
    }
    assertThat(tags(searching(loaded, "new couch"))).containsExactly("sofa");
    ProfileModel again = reloaded(loaded, Plugins.of(new TfIdfProfilerProvider()));
    assertThat(searching(again, "couch")).isEqualTo(searching(fitted, "couch"));
  }

  @Test
  void shopsDictionaryIsSavedWithTheModel() throws IOException {
    Path dictionary = file("dictionary.txt", "# brands", "艾熙百思图");
    ProfileModel fitted =
        TfIdfProfiler.builder()
            .language(Language.CHINESE)
            .dictionaryFile(dictionary)
            .build()
            .fit(data("艾熙百思图亲子鞋", "百搭连衣裙", "红色马克杯"));
    Files.delete(dictionary);
    ProfileModel loaded = reloaded(fitted, Plugins.of(new TfIdfProfilerProvider()));
    assertThat(tags(loaded.profile("u0"))).containsExactlyInAnyOrder("艾熙百思图", "亲子鞋");
    assertThat(tags(searching(loaded, "艾熙百思图"))).containsExactly("艾熙百思图");
  }

  @Test
  void modelKnowsWhichSegmenterItWasFittedWith() {
    String title = "中老年秋冬季枭雄围巾";
    for (Language language : List.of(Language.CHINESE_HANLP, Language.CHINESE_SMARTCN)) {
      ProfileModel fitted =
          TfIdfProfiler.builder().language(language).build().fit(data(title, "红色马克杯"));
      ProfileModel loaded = reloaded(fitted, Plugins.of(new TfIdfProfilerProvider()));
      assertThat(searching(loaded, title)).isEqualTo(searching(fitted, title));
    }
    ProfileModel any =
        TfIdfProfiler.builder().language(Language.CHINESE).build().fit(data(title, "红色马克杯"));
    assertThat(any.provenance().options()).containsEntry("language", "chinese");
    assertThat(tags(any.profile("u0"))).contains("秋冬季").doesNotContain("秋冬");
  }

  @Test
  void lineThatCannotBeUsedStopsTheFitNamingFileAndLine() throws IOException {
    Path synonyms = file("synonyms.txt", "sofa, couch", "lamp =>");
    assertThatThrownBy(
            () -> TfIdfProfiler.builder().synonymsFile(synonyms).build().fit(data("Red lamp")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("synonyms.txt line 2");
    Path dictionary = file("dictionary.txt", "红灯");
    assertThatThrownBy(
            () -> TfIdfProfiler.builder().dictionaryFile(dictionary).build().fit(data("Red lamp")))
        .hasMessageContaining("english takes no dictionary");
  }

  /** Cuts at commas. */
  private static final class Commas implements TextAnalyzerProvider {
    @Override
    public String name() {
      return "commas";
    }

    @Override
    public String description() {
      return "Cuts at commas.";
    }

    @Override
    public OptionSet options() {
      return OptionSet.of();
    }

    @Override
    public TextAnalyzer create(Options options) {
      options().resolve(options);
      return text ->
          Arrays.stream(text.split(",", -1))
              .map(String::strip)
              .filter(word -> !word.isEmpty())
              .map(word -> new TextAnalyzer.Word(word, word))
              .toList();
    }
  }

  @Test
  void analyzerOfAnIntegratorIsTakenByItsName() throws IOException {
    Path synonyms = file("synonyms.txt", "desk lamp => table lamp");
    Plugins plugins = Plugins.of(new TfIdfProfilerProvider(new Commas()));
    ProfileModel fitted =
        plugins
            .profiler(
                "tfidf", Options.of("language", "commas", "synonymsFile", synonyms.toString()))
            .fit(data("red, desk lamp", "blue, mug"));
    assertThat(tags(fitted.profile("u0"))).containsExactlyInAnyOrder("red", "table lamp");
    ProfileModel loaded = reloaded(fitted, plugins);
    assertThat(tags(searching(loaded, "desk lamp"))).containsExactly("table lamp");
    assertThatThrownBy(() -> reloaded(fitted, Plugins.of(new TfIdfProfilerProvider())))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("there is no text analyzer \"commas\"");
  }
}
