// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Capability;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.ProfileState;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Search;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The profilers' files of every version, see {@link GoldenFiles}. */
class GoldenFilesTest {

  private static final GoldenFiles GOLDEN = GoldenFiles.ofModule();

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00.5Z");

  private static List<String> answers(ProfileModel model) {
    List<String> lines = new ArrayList<>();
    lines.add(model.provenance().algorithm() + " " + model.provenance().options());
    for (String user : List.of("ann", "bob", "zoë", "idle", "stranger")) {
      ProfileQuery query = ProfileQuery.of(user);
      lines.add(user + ": " + text(model.profile(query)));
      lines.add(
          user
              + " with a history: "
              + text(
                  model.profile(
                      query.withHistory(
                          List.of(
                              Interaction.view(user, "lamp", DAY),
                              Interaction.purchase(user, "tin", 1, 7.5, DAY),
                              Search.of(user, "cake tins", DAY))))));
    }
    return lines;
  }

  private static String text(UserProfile profile) {
    return profile.basis() + " " + profile.tags() + " " + profile.rfm();
  }

  @Test
  void tfidf01() throws IOException {
    TfIdfProfiler algorithm = TfIdfProfiler.builder().maxTags(5).stopWords("cake").build();
    check("tfidf-0.1", algorithm, GoldenFilesTest::answers);
  }

  @Test
  void tfidf02() throws IOException {
    TfIdfProfiler algorithm =
        TfIdfProfiler.builder()
            .maxTags(5)
            .weighting(Weighting.parse("VIEW:1@10, SEARCH:2, CART:4@20, PURCHASE:5, FAVORITE:3"))
            .segmentBy("region")
            .zone(ZoneId.of("Europe/London"))
            .build();
    check("tfidf-0.2", algorithm, GoldenFilesTest::wholeAnswers);
  }

  private static List<String> wholeAnswers(ProfileModel model) {
    List<String> lines = new ArrayList<>();
    lines.add(model.provenance().algorithm() + " " + model.provenance().options());
    for (String user : List.of("ann", "bob", "zoë", "idle", "stranger")) {
      ProfileQuery query = ProfileQuery.of(user);
      ProfileState state =
          model
              .state(user)
              .plus(Interaction.view(user, "lamp", DAY.plusSeconds(9_000)))
              .plus(Search.of(user, "cake tins", DAY));
      lines.add(model.profile(query).toJson());
      lines.add(model.profile(query.withState(state).at(DAY.plusSeconds(10_000))).toJson());
      lines.add(model.explain(query, "red").toString());
    }
    return lines;
  }

  @Test
  void fileOfTheFirstVersionTakesInNoEventsAndSaysSo() throws IOException {
    ProfileModel old = load(GOLDEN.file("tfidf-0.1"));
    assertThat(old.capabilities()).containsExactly(Capability.FOLD_IN);
    UserProfile ann = old.profile("ann");
    assertThat(ann.rhythm()).isEmpty();
    assertThat(ann.categories()).isEmpty();
    assertThat(ann.sendHour()).isEmpty();
    assertThatThrownBy(() -> old.state("ann"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll("earlier version", "fit it again");
    assertThatThrownBy(() -> old.explain(ProfileQuery.of("ann"), "red"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("earlier version");
    Path again = Files.createTempFile("again", ".safetensors");
    try {
      Models.save(old, again);
      assertThat(answers(load(again))).isEqualTo(answers(old));
    } finally {
      Files.delete(again);
    }
  }

  private static void check(
      String name, TfIdfProfiler algorithm, Function<ProfileModel, List<String>> asked)
      throws IOException {
    GOLDEN.check(name, () -> algorithm.fit(GoldenFiles.data()), GoldenFilesTest::load, asked);
  }

  private static ProfileModel load(Path file) {
    return Models.loadProfiler(file, Plugins.of(new TfIdfProfilerProvider()));
  }
}
