// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Capability;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.ProfileState;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Model files of released formats, which every later version has to read and answer from to the
 * bit. Each stands in {@code src/test/resources/golden} as {@code NAME-VERSION.safetensors}, with
 * what it answered when it was made in {@code NAME-VERSION.txt}. They are never made again: a new
 * version of the format adds files of its own. Run with {@code -Dpushwright.golden=write} to make
 * those that are not there yet; one that is there is left as it is.
 */
class GoldenFilesTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/golden");

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00.5Z");

  private static Dataset data() {
    return Dataset.builder()
        .add(Item.builder("lamp").title("Red desk lamp").tags("light").price(24.5).build())
        .add(Item.builder("mug").title("Blue mug").category("Kitchen").price(6).build())
        .add(Item.builder("tin").title("Cake tin").category("Kitchen").price(7.5).build())
        .add(Item.builder("红灯").title("Paper lantern").price(3).build())
        .add(Item.of("no title"))
        .add(User.of("ann").with("region", "north"))
        .add(User.of("bob").with("region", "south"))
        .add(User.of("zoë").with("region", "south"))
        .add(User.of("idle"))
        .add(Interaction.view("ann", "lamp", DAY))
        .add(Interaction.purchase("ann", "mug", 2, 12, DAY.plusSeconds(60)))
        .add(Interaction.purchase("bob", "mug", 1, 6, DAY.plusSeconds(120)))
        .add(Interaction.of(EventType.CART, "bob", "tin", DAY.plusSeconds(180)))
        .add(Interaction.of(EventType.IMPRESSION, "bob", "红灯", DAY.plusSeconds(200)))
        .add(Interaction.of(EventType.FAVORITE, "zoë", "tin", DAY.plusSeconds(240)))
        .add(Interaction.view("zoë", "红灯", DAY.plusSeconds(300)))
        .add(Search.of("zoë", "red lamp", DAY.plusSeconds(360)))
        .build();
  }

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
    check("tfidf-0.1", algorithm.fit(data()), Plugins.of(new TfIdfProfilerProvider()));
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
    Plugins plugins = Plugins.of(new TfIdfProfilerProvider());
    check("tfidf-0.2", algorithm.fit(data()), plugins, GoldenFilesTest::wholeAnswers);
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
    Plugins plugins = Plugins.of(new TfIdfProfilerProvider());
    ProfileModel old = Models.loadProfiler(GOLDEN.resolve("tfidf-0.1.safetensors"), plugins);
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
      assertThat(answers(Models.loadProfiler(again, plugins))).isEqualTo(answers(old));
    } finally {
      Files.delete(again);
    }
  }

  private static void check(String name, ProfileModel fitted, Plugins plugins) throws IOException {
    check(name, fitted, plugins, GoldenFilesTest::answers);
  }

  private static void check(
      String name, ProfileModel fitted, Plugins plugins, Function<ProfileModel, List<String>> asked)
      throws IOException {
    Path file = GOLDEN.resolve(name + ".safetensors");
    Path answers = GOLDEN.resolve(name + ".txt");
    if (Files.notExists(file) && "write".equals(System.getProperty("pushwright.golden"))) {
      Models.save(fitted, file);
      Files.write(answers, asked.apply(fitted));
    }
    assertThat(file).exists();
    assertThat(Files.size(file)).isLessThan(20_000);
    assertThat(asked.apply(Models.loadProfiler(file, plugins)))
        .isEqualTo(Files.readAllLines(answers));
  }
}
