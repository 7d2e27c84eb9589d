// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Reason;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PopularityRecommenderTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private static Dataset shop() {
    return Dataset.builder()
        .add(new User("ann", Map.of("country", "France")))
        .add(new User("bob", Map.of("country", "France")))
        .add(new User("cid", Map.of("country", "Spain")))
        .add(new User("dot", Map.of("country", "Spain")))
        .add(new User("eve", Map.of("country", "Malta")))
        .add(Interaction.view("ann", "wine", T))
        .add(Interaction.view("bob", "wine", T))
        .add(Interaction.view("bob", "tea", T))
        .add(Interaction.view("cid", "ham", T))
        .add(Interaction.view("dot", "ham", T))
        .add(Interaction.view("dot", "tea", T))
        .add(Interaction.view("dot", "tin", T))
        .add(Interaction.view("fay", "tea", T))
        .build();
  }

  @Test
  void everybodyGetsWhatWeighsMostTiesById() {
    RecommenderModel model = PopularityRecommender.builder().build().fit(shop());
    Recommendations all = model.recommend(RecommendationQuery.forUser("stranger").build());
    assertThat(all.itemIds()).containsExactly("tea", "ham", "wine", "tin");
    assertThat(all.items().get(0).score()).isEqualTo(3);
    assertThat(all.basis()).isEqualTo(Basis.EVERYBODY);
    assertThat(model.recommend(RecommendationQuery.forUser("ann").build()).itemIds())
        .containsExactly("tea", "ham", "tin");
  }

  @Test
  void theSegmentIsTheUsersOwnOrTheQuerys() {
    RecommenderModel model =
        PopularityRecommender.builder().segmentBy("country").build().fit(shop());
    Recommendations forAnn =
        model.recommend(
            RecommendationQuery.forUser("ann").excludeSeen(false).explain(true).build());
    assertThat(forAnn.basis()).isEqualTo(Basis.SEGMENT);
    assertThat(forAnn.itemIds()).startsWith("wine", "tea");
    assertThat(forAnn.items().get(0).reasons()).containsExactly(new Reason.Popular("France", 1));
    assertThat(
            model
                .recommend(RecommendationQuery.forUser("stranger").segment("Spain").build())
                .itemIds())
        .startsWith("ham", "tea", "tin");
    // A segment nobody was trained in, and one nobody has bought in.
    assertThat(
            model
                .recommend(RecommendationQuery.forUser("stranger").segment("Atlantis").build())
                .basis())
        .isEqualTo(Basis.EVERYBODY);
    assertThat(model.recommend(RecommendationQuery.forUser("fay").build()).basis())
        .isEqualTo(Basis.EVERYBODY);
    Recommendations forEve = model.recommend(RecommendationQuery.forUser("eve").build());
    assertThat(forEve.basis()).isEqualTo(Basis.EVERYBODY);
    assertThat(forEve.itemIds()).startsWith("tea");
  }

  @Test
  void oldPopularityFadesByTheHalfLife() {
    Dataset data =
        Dataset.builder()
            .add(Interaction.view("ann", "old", T))
            .add(Interaction.view("bob", "old", T))
            .add(Interaction.view("cid", "old", T))
            .add(Interaction.view("dot", "new", T.plus(Duration.ofDays(20))))
            .build();
    RecommenderModel fading = PopularityRecommender.builder().halfLifeDays(10).build().fit(data);
    Recommendations found = fading.recommend(RecommendationQuery.forUser("stranger").build());
    assertThat(found.itemIds()).containsExactly("new", "old");
    // 3 · 2^(−20/10)
    assertThat(found.items().get(1).score()).isCloseTo(0.75, within(1e-6));
    RecommenderModel lasting = PopularityRecommender.builder().halfLifeDays(0).build().fit(data);
    assertThat(lasting.recommend(RecommendationQuery.forUser("stranger").build()).itemIds())
        .containsExactly("old", "new");
  }

  @Test
  void builderAndNameEndInTheSameSettings() {
    Dataset data = shop();
    RecommenderModel byName =
        Plugins.load()
            .recommender(
                "popularity",
                Options.of("halfLifeDays", 5, "segmentBy", "country").with("weights", "VIEW:2"))
            .fit(data);
    RecommenderModel byType =
        PopularityRecommender.builder()
            .halfLifeDays(5)
            .segmentBy("country")
            .weighting(Weighting.parse("VIEW:2"))
            .build()
            .fit(data);
    assertThat(byName.provenance()).isEqualTo(byType.provenance());
  }
}
