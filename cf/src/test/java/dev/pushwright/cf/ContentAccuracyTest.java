// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Basis;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Every tenth item is cold: none of its events is in training. Of ten cold items recommended to a
 * user, how many does the user turn out to have dealt with, against ten drawn by chance?
 */
@Tag("accuracy")
class ContentAccuracyTest {

  private record Found(double precision, double byChance) {}

  @Test
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#onlineRetailIsHere",
      disabledReason = "online-retail is absent; give its parent folder with -Dpushwright.data=…")
  void coldItemsOfAShopAreFoundByTheirTitles() {
    Found found = coldItems(PublishedData.onlineRetail(), ContentRecommender.builder().build());
    assertThat(found.precision()).isGreaterThan(3 * found.byChance());
  }

  @Test
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#movieLens100kIsHere",
      disabledReason = "ml-100k is absent; give its parent folder with -Dpushwright.data=FOLDER")
  void coldFilmsAreFoundByTheirGenres() {
    Found found =
        coldItems(
            PublishedData.movieLens100kWithTitles(),
            ContentRecommender.builder().fields("title, tags").build());
    assertThat(found.precision()).isGreaterThan(1.3 * found.byChance());
  }

  private static Found coldItems(Dataset all, ContentRecommender recommender) {
    Set<String> cold = new HashSet<>();
    SplittableRandom random = new SplittableRandom(1);
    for (String id : all.items().ids()) {
      if (random.nextInt(10) == 0) {
        cold.add(id);
      }
    }
    Dataset.Builder train = Dataset.builder();
    all.catalogue().forEach(train::add);
    Map<String, Set<String>> held = new HashMap<>();
    for (Event event : all.events()) {
      if (event instanceof Interaction interaction && cold.contains(interaction.itemId())) {
        held.computeIfAbsent(event.userId(), id -> new HashSet<>()).add(interaction.itemId());
      } else {
        train.add(event);
      }
    }
    RecommenderModel model = recommender.fit(train.build());
    double precision = 0;
    double byChance = 0;
    int users = 0;
    for (Map.Entry<String, Set<String>> user : held.entrySet()) {
      Recommendations answer =
          model.recommend(RecommendationQuery.forUser(user.getKey()).candidates(cold).build());
      if (answer.basis() == Basis.TRAINED && !answer.items().isEmpty()) {
        users++;
        precision +=
            answer.itemIds().stream().filter(user.getValue()::contains).count()
                / (double) answer.items().size();
        byChance += user.getValue().size() / (double) cold.size();
      }
    }
    assertThat(users).isGreaterThan(500);
    return new Found(precision / users, byChance / users);
  }
}
