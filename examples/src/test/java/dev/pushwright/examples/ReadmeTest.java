// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.IngestResult;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Weighting;
import dev.pushwright.engine.Push;
import dev.pushwright.engine.PushEngine;
import dev.pushwright.engine.PushRequest;
import dev.pushwright.engine.Withheld;
import dev.pushwright.profile.text.Language;
import dev.pushwright.profile.text.TextAnalyzers;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.Checkerboard;
import dev.pushwright.textgen.pipeline.ClickModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says is so. */
class ReadmeTest {

  private static final Path ROOT = root();
  private static final Instant DAY = Instant.parse("2026-05-01T10:00:00Z");

  // Tests run in the module's folder, by Maven, or in the root, by some editors.
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("README.md")) ? here : here.resolve("..").normalize();
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  @Test
  void everySampleIsCompiled() throws IOException {
    StringBuilder compiled = new StringBuilder();
    for (String name : List.of("TenLines", "ReadmeLines", "Tuning", "CustomRecommenderTest")) {
      Path source =
          ROOT.resolve("examples/src/test/java/dev/pushwright/examples/" + name + ".java");
      compiled.append(folded(Files.readString(source).replace("folder.resolve(", "Path.of(")));
    }
    Matcher samples = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme());
    int found = 0;
    while (samples.find()) {
      found++;
      assertThat(compiled).contains(folded(samples.group(1)));
    }
    assertThat(found).isGreaterThan(10);
  }

  /** Without comments, and without white space, which the formatter of sources decides about. */
  private static String folded(String code) {
    return code.replaceAll("//[^\n]*", "").replaceAll("\\s+", "");
  }

  private static Dataset shop() {
    SplittableRandom random = new SplittableRandom(1);
    Dataset.Builder data = Dataset.builder();
    List<String> colours = List.of("silver", "red", "blue");
    for (int i = 0; i < 30; i++) {
      data.add(Item.builder("i" + i).title(colours.get(i % 3) + " tea cup " + i).price(5).build());
    }
    for (int u = 0; u < 60; u++) {
      for (int e = 0; e < 8; e++) {
        String item = "i" + (random.nextInt(10) * 3 + u % 3);
        data.add(Interaction.purchase("u" + u, item, 1, 5, DAY.plusSeconds(9_000L * e + u)));
      }
    }
    return data.build();
  }

  @Test
  void theLinesOnProfilesAreSo() {
    Dataset data = shop();
    PushEngine engine =
        ReadmeLines.enriched(
                data,
                TextAnalyzers.of(Language.ENGLISH),
                (profile, history, at) -> profile.toBuilder().inferred("age", "25-34", 0.8).build())
            .profiler("tfidf")
            .recommender("popularity")
            .generator("template")
            .clock(Clock.fixed(data.latest(), ZoneOffset.UTC))
            .build();
    UserProfile before =
        ReadmeLines.profile(engine, Interaction.view("u42", "i0", data.latest().plusSeconds(60)));
    assertThat(before.tags()).extracting(UserProfile.Tag::name).contains("silver");
    assertThat(before.segment()).isPresent();
    assertThat(before.vectorNames()).containsExactly("basket");
    assertThat(before.inferred()).containsKey("age");
    assertThat(engine.profile("u42")).isNotEqualTo(before);
  }

  @Test
  void theOtherLinesDoWhatTheySay(@TempDir Path folder) throws IOException {
    Dataset data = shop();
    assertThat(ReadmeLines.hybrid().fit(Checkerboard.standard().data()).provenance().options())
        .containsEntry("parts", "ease(lambda=300), als(factors=192):0.8");
    List<List<String>> slips =
        List.of(List.of("tea", "milk"), List.of("tea", "milk", "bun"), List.of("bun"));
    assertThat(ReadmeLines.rules(slips).all()).isNotEmpty();
    PushEngine careful =
        PushEngine.builder(data)
            .profiler("tfidf")
            .recommender("popularity")
            .generator("template")
            .policy(ReadmeLines.policy())
            .build();
    assertThat(careful.push("u42")).isInstanceOf(Withheld.class);
    RecommendationQuery query = RecommendationQuery.forUser("u1").build();
    assertThat(ReadmeLines.saved(data, folder).recommend(query).items()).isNotEmpty();
    Path file = folder.resolve("clicks.safetensors");
    ClickModel.empty().save(file);
    ReadmeLines.clicks(file, List.of(), List.of());
    assertThat(ClickModel.load(file)).isNotNull();
  }

  @Test
  void theTenLinesSendAPush(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("items.csv"),
        """
        item_id,title,category,tags,price
        sku-7,Red tea pot,kitchen,tea|red,24.5
        sku-8,Red tea cup,kitchen,tea|red,6
        sku-9,Blue tea cup,kitchen,tea|blue,6
        """);
    Files.writeString(
        folder.resolve("events.csv"),
        """
        user_id,item_id,event_type,timestamp
        u42,sku-7,purchase,2026-05-01T10:00:00Z
        u43,sku-7,purchase,2026-05-01T11:00:00Z
        u43,sku-8,purchase,2026-05-01T11:00:00Z
        u44,sku-9,view,2026-05-01T12:00:00Z
        """);
    TenLines lines = new TenLines();
    PushEngine engine = lines.run(folder);
    assertThat(lines.sent()).hasSize(1);
    assertThat(lines.sent().get(0)).contains("Red tea cup").endsWith("|1|1");
    PushRequest again = PushRequest.to("u42").limit(5).build();
    assertThat(engine.push(again))
        .satisfies(
            decision -> {
              if (decision instanceof Push push) {
                assertThat(push.items()).noneMatch(item -> item.item().id().equals("sku-9"));
              }
            });
  }

  @Test
  void theMappingReadsWhatItSaysItReads(@TempDir Path folder) throws IOException {
    Matcher properties =
        Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL).matcher(readme());
    assertThat(properties.find()).isTrue();
    Path mapping = Files.writeString(folder.resolve("mapping.properties"), properties.group(1));
    Path sales =
        Files.writeString(
            folder.resolve("sales.csv.gz"),
            """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            1,a,Tea pot,2,2011-12-01 08:26:00,24.5,17850,France
            1,b,Tea cup,2,2011-12-01 08:26:00,,17850,France
            2,POST,Postage,1,2011-12-01 08:27:00,3,17850,France
            3,a,Tea pot,1,2011-12-01 08:28:00,24.5,,France
            C4,a,Tea pot,-1,2011-12-01 09:00:00,24.5,17850,France
            """);
    IngestResult ingested = CsvIngest.builder().add(sales, CsvMapping.load(mapping)).read();
    assertThat(ingested.report().read()).isEqualTo(5);
    assertThat(ingested.report().accepted()).isEqualTo(2);
    assertThat(ingested.report().merged()).isEqualTo(1);
    assertThat(ingested.report().rejected()).isEqualTo(2);
    assertThat(ReadmeLines.ingest(folder).fingerprint())
        .isEqualTo(ingested.dataset().fingerprint());
  }

  @Test
  void everyPlugInAndOptionIsNamed() throws IOException {
    String readme = readme();
    Plugins plugins = Plugins.load();
    List<String> names = new ArrayList<>();
    for (String name : plugins.profilers()) {
      names.add(name);
      names.addAll(plugins.profiler(name).options().names());
    }
    for (String name : plugins.recommenders()) {
      names.add(name);
      if (!name.equals("price-band")) {
        names.addAll(plugins.recommender(name).options().names());
      }
    }
    for (String name : plugins.generators()) {
      names.add(name);
      names.addAll(plugins.generator(name).options().names());
    }
    Set<String> missing = new TreeSet<>(names);
    missing.removeIf(
        name -> readme.contains("`" + name + "`") || readme.contains('"' + name + '"'));
    assertThat(missing).as("plug-ins and options the README does not name").isEmpty();
    assertThat(readme).contains(Weighting.standard().toString());
  }

  @Test
  void everyFileThatIsLinkedIsThere() throws IOException {
    Matcher links = Pattern.compile("\\]\\((?!http|#)([^)]+)\\)").matcher(readme());
    int found = 0;
    while (links.find()) {
      found++;
      assertThat(ROOT.resolve(links.group(1))).exists();
    }
    assertThat(found).isPositive();
  }
}
