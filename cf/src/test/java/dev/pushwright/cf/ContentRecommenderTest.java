// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.data.Item;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContentRecommenderTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private static ItemVectors vectors(String fields, Item... items) {
    return ItemVectors.of(
        List.of(items),
        ItemFields.parse(fields),
        new ItemWords(ContentRecommender.Language.ENGLISH),
        FitContext.standard());
  }

  private static Dataset.Builder mugs() {
    return Dataset.builder()
        .add(Item.of("a", "Red mug"))
        .add(Item.of("b", "Blue mugs"))
        .add(Item.of("c", "The red lamp"));
  }

  // N = 3; red and mug are in two items, blue and lamp in one:
  // idf 1 + ln(4/3) = 1.287682 and 1 + ln(4/2) = 1.693147.
  @Test
  void vectorsAreThoseWorkedByHand() {
    ItemVectors found = vectors("title", mugs().build().catalogue().toArray(Item[]::new));
    assertThat(found.columns()).containsExactly("blue", "lamp", "mug", "red");
    // b: sqrt(1.693147² + 1.287682²) = 2.127175
    assertThat(found.rows().rowColumns(0)).containsExactly(2, 3);
    assertThat(found.rows().rowValues(0))
        .containsExactly(new float[] {0.707107f, 0.707107f}, within(1e-6f));
    assertThat(found.rows().rowColumns(1)).containsExactly(0, 2);
    assertThat(found.rows().rowValues(1))
        .containsExactly(new float[] {0.795961f, 0.605348f}, within(1e-6f));
    assertThat(found.rows().rowColumns(2)).containsExactly(1, 3);
    assertThat(found.rows().rowValues(2))
        .containsExactly(new float[] {0.795961f, 0.605348f}, within(1e-6f));
  }

  @Test
  void scoresAreThoseWorkedByHand() {
    Dataset data =
        mugs()
            .add(Interaction.view("one", "b", T))
            .add(Interaction.view("two", "b", T))
            .add(Interaction.view("two", "c", T))
            .build();
    RecommenderModel model = ContentRecommender.builder().halfLifeDays(0).build().fit(data);
    // cos(a, b) = 0.707107 · 0.605348, and c shares no word with b.
    Recommendations one = model.recommend(RecommendationQuery.forUser("one").build());
    assertThat(one.itemIds()).containsExactly("a");
    assertThat(one.items().get(0).score()).isCloseTo(0.428046, within(1e-6));
    // b and c are at right angles, so |b + c| = √2: 2 · 0.428046 / √2.
    Recommendations two = model.recommend(RecommendationQuery.forUser("two").explain(true).build());
    assertThat(two.itemIds()).containsExactly("a");
    assertThat(two.items().get(0).score()).isCloseTo(0.605348, within(1e-6));
    assertThat(two.items().get(0).reasons())
        .containsExactly(
            new Reason.OwnItem("b", EventType.VIEW, 0.5),
            new Reason.OwnItem("c", EventType.VIEW, 0.5));
  }

  @Test
  void aColdItemOfTheUsersTasteComesFirst() {
    Dataset data =
        Dataset.builder()
            .add(Item.builder("i1").title("Oak garden bench").category("Garden").build())
            .add(Item.builder("i2").title("Steel garden chair").category("Garden").build())
            .add(Item.builder("i3").title("Linen table cloth").category("Kitchen").build())
            .add(Item.builder("i4").title("Oak kitchen table").category("Kitchen").build())
            // Nobody has dealt with these two.
            .add(Item.builder("new1").title("Folding garden bench").category("Garden").build())
            .add(Item.builder("new2").title("Cotton table cloth").category("Kitchen").build())
            .add(Interaction.purchase("gardener", "i1", 1, 90, T))
            .add(Interaction.purchase("gardener", "i2", 1, 40, T))
            .add(Interaction.purchase("cook", "i3", 1, 20, T))
            .add(Interaction.purchase("cook", "i4", 1, 200, T))
            .build();
    RecommenderModel model = ContentRecommender.builder().build().fit(data);
    assertThat(model.recommend(RecommendationQuery.forUser("gardener").limit(1).build()).itemIds())
        .containsExactly("new1");
    assertThat(model.recommend(RecommendationQuery.forUser("cook").limit(1).build()).itemIds())
        .containsExactly("new2");
  }

  @Test
  void anItemWithoutWordsIsTheZeroVectorAndIsNeverRecommended() {
    Dataset data =
        mugs()
            .add(Item.of("blank"))
            .add(Item.of("stops", "of the and"))
            .add(Item.of("signs", "!? …"))
            .add(Interaction.view("one", "b", T))
            .add(Interaction.view("one", "blank", T))
            .add(Interaction.view("lost", "blank", T))
            .add(Interaction.view("lost", "stops", T))
            .build();
    ItemVectors vectors = vectors("title", data.catalogue().toArray(Item[]::new));
    for (String id : List.of("blank", "stops", "signs")) {
      assertThat(vectors.rows().rowColumns(data.items().find(id).orElseThrow())).as(id).isEmpty();
    }
    RecommenderModel model = ContentRecommender.builder().build().fit(data);
    assertThat(model.recommend(RecommendationQuery.forUser("one").limit(10).build()).itemIds())
        .containsExactly("a");
    Recommendations lost = model.recommend(RecommendationQuery.forUser("lost").limit(10).build());
    assertThat(lost.basis()).isEqualTo(Basis.EVERYBODY);
    assertThat(lost.items()).allMatch(item -> Double.isFinite(item.score()));
  }

  @Test
  void fieldsCountByTheirWeights() {
    Item a = Item.builder("a").title("cup").tags("Blue and White", "cup").category("Tea").build();
    Item b = Item.builder("b").title("saucer").category("tea").build();
    ItemVectors found = vectors("title:1, tags:2, category:0.5", a, b);
    assertThat(found.columns()).containsExactly("blue and white", "cup", "saucer", "tea");
    // idf 1 + ln(3/2) of what is in one item, 1 of what is in both; cup counts 1 + 2.
    double idf = 1 + Math.log(1.5);
    double length = Math.sqrt(4 * idf * idf + 9 * idf * idf + 0.25);
    assertThat(found.rows().rowValues(0))
        .containsExactly(
            new float[] {
              (float) (2 * idf / length), (float) (3 * idf / length), (float) (0.5 / length)
            },
            within(1e-6f));
    assertThat(vectors("category", a, b).rows().rowValues(1)).containsExactly(1);
  }

  @Test
  void namedVectorsCountBesideTheText() {
    Item a = Item.builder("a").title("cup").vector("image", new float[] {3, 4}).build();
    Item b = Item.builder("b").title("cup").vector("image", new float[] {0, 0}).build();
    Item c = Item.of("c");
    ItemVectors found = vectors("title, vector.image:2", a, b, c);
    assertThat(found.columns()).containsExactly("cup", "vector.image 0", "vector.image 1");
    float length = (float) Math.sqrt(1 + 4);
    assertThat(found.rows().rowValues(0))
        .containsExactly(new float[] {1 / length, 1.2f / length, 1.6f / length}, within(1e-6f));
    assertThat(found.rows().rowColumns(1)).containsExactly(0);
    assertThat(found.rows().rowColumns(2)).isEmpty();
  }

  @Test
  void whatPointsAwayIsNotRecommended() {
    Dataset data =
        Dataset.builder()
            .add(Item.builder("own").vector("text", new float[] {1, 0.1f}).build())
            .add(Item.builder("near").vector("text", new float[] {0.9f, 0}).build())
            .add(Item.builder("far").vector("text", new float[] {-1, 0}).build())
            .add(Item.builder("huge").vector("text", new float[] {3e38f, 3e38f}).build())
            .add(Item.builder("tiny").vector("text", new float[] {1.4e-45f, 0}).build())
            .add(Interaction.view("u", "own", T))
            .build();
    Recommendations found =
        ContentRecommender.builder()
            .fields("vector.text")
            .build()
            .fit(data)
            .recommend(RecommendationQuery.forUser("u").explain(true).build());
    assertThat(found.itemIds()).containsExactly("near", "tiny", "huge");
    assertThat(found.items().get(0).score()).isCloseTo(1 / Math.sqrt(1.01), within(1e-6));
  }

  @Test
  void vectorsThatDoNotFitAreNamed() {
    Item a = Item.builder("a").vector("image", new float[] {1, 2}).build();
    Item b = Item.builder("b").vector("image", new float[] {1, 2, 3}).build();
    assertThatThrownBy(() -> vectors("vector.image", a, b))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vector \"image\" of item b has 3 numbers")
        .hasMessageContaining("2");
    assertThatThrownBy(() -> vectors("title, vector.sound", a))
        .hasMessageContaining("no item has a vector \"sound\"");
  }

  private static Dataset random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset.Builder data = Dataset.builder();
    for (int i = 0; i < 60; i++) {
      StringBuilder title = new StringBuilder();
      for (int w = random.nextInt(7); w > 0; w--) {
        title.append(" word").append((char) ('a' + random.nextInt(20)));
      }
      data.add(Item.of("i" + (10 + i), title.toString()));
    }
    for (int e = 0; e < 400; e++) {
      EventType type = random.nextBoolean() ? EventType.VIEW : EventType.PURCHASE;
      String item = "i" + (10 + random.nextInt(60));
      data.add(new Interaction("u" + random.nextInt(40), item, type, 1, 0, T.plusSeconds(e)));
    }
    return data.build();
  }

  /** The definition over maps, in double. */
  private static Map<String, Map<String, Double>> bruteForce(Dataset data) {
    Map<String, Map<String, Double>> vectors = new HashMap<>();
    for (Item item : data.catalogue()) {
      Map<String, Double> vector = new HashMap<>();
      String[] words = item.hasTitle() ? item.title().split(" ", -1) : new String[0];
      for (String word : words) {
        long df =
            data.catalogue().stream()
                .filter(other -> other.hasTitle() && (other.title() + " ").contains(word + " "))
                .count();
        vector.merge(word, Math.log((1.0 + data.items().size()) / (1 + df)) + 1, Double::sum);
      }
      vectors.put(item.id(), vector);
    }
    return vectors;
  }

  private static double dot(Map<String, Double> x, Map<String, Double> y) {
    return x.entrySet().stream()
        .mapToDouble(entry -> entry.getValue() * y.getOrDefault(entry.getKey(), 0.0))
        .sum();
  }

  @Test
  void scoresAreTheCosinesOfTheBruteForceDefinition() {
    Dataset data = random(5);
    Map<String, Map<String, Double>> vectors = bruteForce(data);
    InteractionMatrix matrix = data.interactions(Weighting.standard());
    RecommenderModel model = ContentRecommender.builder().halfLifeDays(0).build().fit(data);
    int compared = 0;
    for (int u = 0; u < matrix.users().size(); u++) {
      Map<String, Double> profile = new HashMap<>();
      for (int p = matrix.byUser().start(u); p < matrix.byUser().end(u); p++) {
        Map<String, Double> vector =
            Objects.requireNonNull(vectors.get(matrix.items().id(matrix.byUser().column(p))));
        double by = matrix.byUser().value(p) / Math.sqrt(Math.max(1e-9, dot(vector, vector)));
        vector.forEach((word, value) -> profile.merge(word, by * value, Double::sum));
      }
      List<Recommendation> all =
          model
              .recommend(
                  RecommendationQuery.forUser(matrix.users().id(u))
                      .excludeSeen(false)
                      .limit(1000)
                      .build())
              .items();
      Map<String, Double> expected = new HashMap<>();
      vectors.forEach(
          (id, vector) -> {
            double dot = dot(profile, vector);
            if (dot > 0) {
              expected.put(id, dot / Math.sqrt(dot(profile, profile) * dot(vector, vector)));
            }
          });
      assertThat(all).hasSameSizeAs(expected.keySet());
      for (Recommendation item : all) {
        assertThat(item.score())
            .isCloseTo(expected.getOrDefault(item.itemId(), -1.0), within(1e-6))
            .isBetween(0.0, 1.0);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(1000);
  }

  @Test
  void aHistoryOfTrainingGetsTheAnswerOfTraining() {
    Dataset data = random(6);
    RecommenderModel model = ContentRecommender.builder().build().fit(data);
    for (String user : data.users().ids()) {
      assertThat(
              model
                  .recommend(
                      RecommendationQuery.forHistory(data.eventsOf(user)).explain(true).build())
                  .items())
          .isEqualTo(
              model.recommend(RecommendationQuery.forUser(user).explain(true).build()).items());
    }
  }

  @Test
  void sharesAreThePartsOfTheDotProduct() {
    Dataset data = random(7);
    Map<String, Map<String, Double>> vectors = bruteForce(data);
    InteractionMatrix matrix = data.interactions(Weighting.standard());
    RecommenderModel model = ContentRecommender.builder().halfLifeDays(0).build().fit(data);
    for (String user : data.users().ids()) {
      int u = matrix.users().find(user).orElseThrow();
      for (Recommendation item :
          model.recommend(RecommendationQuery.forUser(user).explain(true).build()).items()) {
        Map<String, Double> parts = new HashMap<>();
        for (int p = matrix.byUser().start(u); p < matrix.byUser().end(u); p++) {
          String own = matrix.items().id(matrix.byUser().column(p));
          Map<String, Double> vector = Objects.requireNonNull(vectors.get(own));
          double dot = dot(vector, Objects.requireNonNull(vectors.get(item.itemId())));
          if (dot > 0) {
            parts.put(own, matrix.byUser().value(p) * dot / Math.sqrt(dot(vector, vector)));
          }
        }
        double sum = parts.values().stream().mapToDouble(part -> part).sum();
        assertThat(item.reasons()).hasSameSizeAs(parts.keySet());
        for (Reason reason : item.reasons()) {
          String own = ((Reason.OwnItem) reason).itemId();
          assertThat(reason.share()).isCloseTo(parts.getOrDefault(own, -1.0) / sum, within(1e-6));
        }
      }
    }
  }

  @Test
  void textIsCutIntoWordsOrPairsOfCharacters() {
    ItemWords english = new ItemWords(ContentRecommender.Language.ENGLISH);
    assertThat(english.words("The Kids' T-Shirts, 2 SIZES (ＸＬ) for Anna's glasses"))
        .containsExactly("kid", "t", "shirt", "2", "size", "xl", "anna", "glasse");
    assertThat(english.words("红色台灯 LED")).containsExactly("红色", "色台", "台灯", "led");
    assertThat(english.words("")).isEmpty();
    ItemWords any = new ItemWords(ContentRecommender.Language.ANY);
    assertThat(any.words("Die Häuser of the kids"))
        .containsExactly("die", "häuser", "of", "the", "kids");
    assertThat(english.whole("  Home \t & Garden ")).isEqualTo("home & garden");
    assertThat(english.whole("Mugs")).isEqualTo("mug");
    assertThat(english.whole("broken \ud83d half")).isEqualTo("broken ? half");
  }

  @Test
  void builderAndNameEndInTheSameSettings() {
    Dataset data = random(3);
    RecommenderModel byName =
        Plugins.load()
            .recommender("content", Options.of("fields", "title:2,tags", "language", "any"))
            .fit(data);
    RecommenderModel byType =
        ContentRecommender.builder()
            .fields("title:2, tags:1")
            .language(ContentRecommender.Language.ANY)
            .build()
            .fit(data);
    assertThat(byName.provenance()).isEqualTo(byType.provenance());
    assertThat(byName.provenance().options()).containsEntry("fields", "title:2.0, tags:1.0");
  }

  @Test
  void badOptionsSayWhatIsAllowed() {
    for (String fields :
        List.of("", "title:0", "title:NaN", "title:x", ":1", "title,title", "vector.")) {
      assertThatThrownBy(() -> ContentRecommender.builder().fields(fields))
          .as(fields)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("option fields is " + fields);
    }
  }
}
