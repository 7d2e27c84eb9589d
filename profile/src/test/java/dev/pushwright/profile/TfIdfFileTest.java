// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.DamagedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged numbers in a sound layout: refused when they are read, or never a trouble after. */
class TfIdfFileTest {

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00Z");
  private static final Plugins PLUGINS = Plugins.of(new TfIdfProfilerProvider());

  @TempDir Path folder;

  private static Dataset data() {
    List<String> titles = List.of("red lamp", "blue lamp", "tin mug", "paper heart", "red heart");
    Dataset.Builder data = Dataset.builder();
    for (int i = 0; i < titles.size(); i++) {
      data.add(
          Item.builder("i" + i).title(titles.get(i)).category("k" + i % 2).price(i + 1).build());
    }
    for (int u = 0; u < 8; u++) {
      data.add(Interaction.view("u" + u, "i" + u % 5, DAY.plusSeconds(u)));
      data.add(Interaction.purchase("u" + u / 2, "i" + (u * 3) % 5, 1, u, DAY.plusSeconds(u)));
      data.add(Search.of("u" + u, "red mug", DAY.plusSeconds(60 + u)));
      data.add(new Interaction("u" + u, "i4", EventType.VIEW, 9, 0, DAY.plusSeconds(9_000 + u)));
      data.add(User.of("u" + u).with(User.ZONE, u == 3 ? "Asia/Tokyo" : ""));
    }
    return data.build();
  }

  private static void askEverything(ProfileModel model) {
    for (int u = 0; u < 9; u++) {
      ProfileQuery query = ProfileQuery.of("u" + u);
      UserProfile profile = model.profile(query);
      assertThat(profile.tags()).allMatch(tag -> Double.isFinite(tag.weight()));
      profile.tags().stream().limit(1).forEach(tag -> model.explain(query, tag.name()));
      ProfileState state =
          model
              .state("u" + u)
              .plus(Interaction.purchase("u" + u, "i2", 1, 5, DAY))
              .plus(Interaction.view("u" + u, "i1", DAY.plusSeconds(3_600)))
              .plus(Search.of("u" + u, "blue heart", DAY));
      assertThat(model.profile(query.withState(state).at(DAY.plusSeconds(9_000))).toJson())
          .doesNotContain("NaN", "Infinity");
      model.profile(
          query.withHistory(
              List.of(
                  Interaction.view("u", "i1", DAY),
                  Interaction.purchase("u", "i2", 1, 5, DAY),
                  Search.of("u", "blue heart", DAY))));
    }
  }

  @Test
  void damagedNumbersAreRefusedOrDoNoHarm() throws IOException {
    Path file = folder.resolve("tfidf.safetensors");
    Models.save(TfIdfProfiler.builder().build().fit(data()), file);
    DamagedFiles.areRefusedOrDoNoHarm(
            file, 1200, damaged -> askEverything(Models.loadProfiler(damaged, PLUGINS)))
        .hasBoth(0.15);
  }
}
