// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.DamagedFiles;
import dev.pushwright.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model's file: damaged numbers, and the file of version 0.1, see {@link GoldenFiles}. */
class RulesFileTest {

  private static final GoldenFiles GOLDEN = GoldenFiles.ofModule();

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00.5Z");

  private static final Plugins PLUGINS = Plugins.of(new RulesProvider());

  @TempDir Path folder;

  private static Dataset data() {
    return Dataset.builder()
        .add(Item.builder("lamp").title("Red desk lamp").tags("light").price(24.5).build())
        .add(Item.of("no title"))
        .add(User.of("ann").with("region", "north"))
        .add(User.of("bob").with("region", "south"))
        .add(User.of("zoë").with("region", "south"))
        .add(User.of("idle"))
        .add(Interaction.purchase("ann", "mug", 2, 12, DAY))
        .add(Interaction.purchase("ann", "tin", 1, 7.5, DAY.plusSeconds(60)))
        .add(Interaction.purchase("ann", "红灯", 1, 3, DAY.plusSeconds(90)))
        .add(Interaction.purchase("ann", "lamp", 1, 24.5, DAY.plusSeconds(90_000)))
        .add(Interaction.purchase("bob", "mug", 1, 6, DAY.plusSeconds(120)))
        .add(Interaction.purchase("bob", "tin", 1, 7.5, DAY.plusSeconds(120)))
        .add(Interaction.of(EventType.CART, "bob", "lamp", DAY.plusSeconds(180)))
        .add(Interaction.purchase("zoë", "红灯", 1, 3, DAY.plusSeconds(240)))
        .add(Interaction.purchase("zoë", "mug", 1, 6, DAY.plusSeconds(300)))
        .build();
  }

  private static RecommenderModel fitted() {
    return AssociationRules.builder()
        .minCount(1)
        .minLift(0)
        .basketHours(1)
        .maxRules(8)
        .segmentBy("region")
        .build()
        .fit(data());
  }

  private static List<String> answers(RecommenderModel model) {
    List<String> lines = new ArrayList<>();
    lines.add(model.provenance().algorithm() + " " + model.provenance().options());
    lines.add(((RulesModel) model).rules().cuts() + " " + ((RulesModel) model).rules().all());
    for (String user : List.of("ann", "bob", "zoë", "idle", "stranger")) {
      RecommendationQuery.Builder query = RecommendationQuery.forUser(user).explain(true);
      lines.add(user + ": " + text(model.recommend(query.build())));
      query.history(List.of(Interaction.view(user, "mug", DAY), Interaction.view(user, "红灯", DAY)));
      lines.add(user + " with a history: " + text(model.recommend(query.build())));
    }
    return lines;
  }

  private static String text(Recommendations answer) {
    return answer.basis() + " " + answer.items();
  }

  @Test
  void theFileOfVersion01IsReadAndAnswersAsItDid() throws IOException {
    GOLDEN.check(
        "rules-0.1",
        RulesFileTest::fitted,
        file -> Models.loadRecommender(file, PLUGINS),
        RulesFileTest::answers);
  }

  @Test
  void damagedNumbersAreRefusedOrDoNoHarm() throws IOException {
    Path file = folder.resolve("rules.safetensors");
    Models.save(fitted(), file);
    DamagedFiles.areRefusedOrDoNoHarm(
            file, 1500, damaged -> answers(Models.loadRecommender(damaged, PLUGINS)))
        .hasBoth(0.05);
  }
}
