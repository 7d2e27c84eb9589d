// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.profile.text.Keyword;
import dev.pushwright.profile.text.Keywords;
import dev.pushwright.profile.text.Language;
import dev.pushwright.profile.text.TextAnalyzers;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * 6,000 titles of a Chinese shop from text to the tags of profiles. People have marked in them the
 * words for products (HCCX) and brands (HPPX), which tells whether a tag reads well.
 */
class ChineseTitlesTest {

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00Z");

  @TempDir Path folder;

  /** A title with the products and brands that people found in it. */
  record Title(String text, Set<String> marked) {}

  private static List<Title> titles() {
    Path file =
        Path.of(System.getProperty("pushwright.data", "../../shared/data"))
            .resolve("zh-titles/train.bio.txt.gz");
    Assumptions.assumeTrue(Files.isReadable(file), () -> "skipped: there is no " + file);
    List<Title> titles = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      StringBuilder text = new StringBuilder();
      StringBuilder product = new StringBuilder();
      Set<String> marked = new HashSet<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String tag = line.substring(line.lastIndexOf(' ') + 1);
        if (!tag.startsWith("I-") && product.length() > 0) {
          marked.add(product.toString());
          product.setLength(0);
        }
        if (line.isBlank()) {
          titles.add(new Title(text.toString(), Set.copyOf(marked)));
          text.setLength(0);
          marked.clear();
          continue;
        }
        String letter = line.substring(0, line.lastIndexOf(' '));
        text.append(letter);
        if (tag.matches("B-(HCCX|HPPX)") || (tag.startsWith("I-") && product.length() > 0)) {
          product.append(letter);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return titles;
  }

  private static Dataset data(List<Title> titles) {
    Dataset.Builder data = Dataset.builder();
    for (int i = 0; i < titles.size(); i++) {
      data.add(Item.builder("i" + i).title(titles.get(i).text()).build());
      // Five titles each.
      data.add(Interaction.view("u" + i / 5, "i" + i, DAY.plusSeconds(i)));
    }
    return data.add(Search.of("u0", "女士连衣裙", DAY)).build();
  }

  @ParameterizedTest
  @EnumSource(names = {"CHINESE_HANLP", "CHINESE_SMARTCN"})
  void tagsOfProfilesAreWordsAndNameProducts(Language language) {
    List<Title> titles = titles();
    assertThat(titles).hasSize(6_000);
    ProfileModel model = TfIdfProfiler.builder().language(language).build().fit(data(titles));
    int users = 0;
    int withProduct = 0;
    for (int u = 0; u < titles.size() / 5; u++) {
      List<UserProfile.Tag> tags = model.profile("u" + u).tags();
      Set<String> marked = new HashSet<>();
      titles.subList(5 * u, 5 * u + 5).forEach(title -> marked.addAll(title.marked()));
      assertThat(tags).as("tags of u%s", u).hasSizeGreaterThan(5);
      assertThat(tags)
          .extracting(UserProfile.Tag::name)
          .allSatisfy(
              tag ->
                  assertThat(tag)
                      .hasSizeGreaterThan(1)
                      .matches("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}.'’·-]*"));
      users++;
      // A tag may be a part of the product as it is marked, or hold it.
      if (tags.stream()
          .limit(10)
          .anyMatch(tag -> marked.stream().anyMatch(m -> m.contains(tag.name())))) {
        withProduct++;
      }
    }
    assertThat(withProduct)
        .as("profiles of %s with a marked product among the ten heaviest tags", users)
        .isGreaterThan(users * 97 / 100);

    Path file = folder.resolve("zh.safetensors");
    Models.save(model, file);
    ProfileModel loaded = Models.loadProfiler(file, Plugins.of(new TfIdfProfilerProvider()));
    ProfileQuery query =
        ProfileQuery.of("new").withHistory(List.of(Search.of("new", "加厚羽绒服女", DAY)));
    assertThat(loaded.profile(query)).isEqualTo(model.profile(query));
    assertThat(loaded.profile(query).tags())
        .extracting(UserProfile.Tag::name)
        .containsExactlyInAnyOrder("加厚", "羽绒服");
  }

  @ParameterizedTest
  @EnumSource(names = {"CHINESE_HANLP", "CHINESE_SMARTCN"})
  void keywordsOfATitleNameItsProduct(Language language) {
    List<Title> titles = titles();
    Keywords keywords = Keywords.builder(TextAnalyzers.of(language)).fit(data(titles));
    int asked = 0;
    int named = 0;
    for (Title title : titles) {
      if (!title.marked().isEmpty()) {
        List<Keyword> found = keywords.of(title.text(), 5);
        asked++;
        if (found.stream()
            .anyMatch(k -> title.marked().stream().anyMatch(m -> m.contains(k.label())))) {
          named++;
        }
      }
    }
    assertThat(asked).isGreaterThan(5_000);
    assertThat((double) named / asked)
        .as("titles with a part of a marked product or brand among five keywords")
        .isGreaterThan(0.88);
  }
}
