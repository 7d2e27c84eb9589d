// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hybrids of parts whose scores are written down here. */
class HybridTest {

  /**
   * Scores items by their ids: {@code up} the later in the alphabet the better, {@code down} the
   * other way, {@code even} every other item and the rest not at all.
   */
  public static final class Alphabet implements RecommenderProvider {
    private static final OptionSpec<String> ORDER =
        OptionSpec.text("order", "up", "up, down or even", "Which items are better.");
    private static final OptionSpec<Double> RATING =
        OptionSpec.number("rating", 3, 0, 10, "What rating is predicted.");

    @Override
    public String name() {
      return "alphabet";
    }

    @Override
    public String description() {
      return "Scores items by their ids.";
    }

    @Override
    public OptionSet options() {
      return OptionSet.of(ORDER, RATING);
    }

    @Override
    public Set<Capability> capabilities() {
      return EnumSet.allOf(Capability.class);
    }

    @Override
    public Recommender create(Options options) {
      Settings settings = options().resolve(options);
      return (data, context) ->
          new Model(
              Provenance.of(name(), settings.asText(), data.fingerprint()),
              TrainedUsers.of(data, CommonOptions.WEIGHTS.defaultValue(), ""));
    }

    @Override
    public RecommenderModel read(ModelReader in, Provenance provenance) {
      return new Model(provenance, TrainedUsers.read(in));
    }

    private static final class Model extends ScoringModel {
      Model(Provenance provenance, TrainedUsers trained) {
        super(provenance, EnumSet.allOf(Capability.class), trained);
      }

      @Override
      protected boolean score(OptionalInt user, UserItems items, float[] scores) {
        String order = provenance().options().getOrDefault("order", "");
        for (int i = 0; i < scores.length; i++) {
          switch (order) {
            case "up" -> scores[i] = i;
            case "down" -> scores[i] = -10 * i;
            default -> scores[i] = i % 2 == 0 ? 1 + i : NO_EVIDENCE;
          }
        }
        return items.size() > 0;
      }

      @Override
      protected List<Reason> reasons(OptionalInt user, UserItems items, int item) {
        return List.of(new Reason.Interest(provenance().options().getOrDefault("order", ""), 1));
      }

      @Override
      public double predictRating(String userId, String itemId) {
        return Double.parseDouble(provenance().options().getOrDefault("rating", ""));
      }
    }
  }

  private static final Plugins PLUGINS =
      Plugins.of(new Alphabet(), new PopularityProvider(), new ItemKnnProvider());

  private static final Options UP = Options.of("order", "up");
  private static final Options DOWN = Options.of("order", "down");
  private static final Options EVEN = Options.of("order", "even");

  /** Items a to f; every user has viewed a; "many" all but f. */
  private static Dataset data() {
    Dataset.Builder data = Dataset.builder();
    for (String item : List.of("a", "b", "c", "d", "e")) {
      data.add(Interaction.view("many", item, Instant.EPOCH));
    }
    return data.add(Interaction.view("few", "a", Instant.EPOCH))
        .add(Interaction.view("other", "f", Instant.EPOCH))
        .add(Interaction.view("other", "a", Instant.EPOCH))
        .build();
  }

  private static Hybrid.Builder hybrid() {
    return Hybrid.builder().plugins(PLUGINS);
  }

  private static List<String> forUser(Hybrid hybrid, String user) {
    return hybrid
        .fit(data())
        .recommend(RecommendationQuery.forUser(user).excludeSeen(false).limit(6).build())
        .itemIds();
  }

  @Test
  void scoresOfDifferentScalesCountAlike() {
    // Standardised, down is exactly up turned round.
    Hybrid even = hybrid().part("alphabet", UP).part("alphabet", DOWN).build();
    RecommendationQuery query =
        RecommendationQuery.forUser("few").excludeSeen(false).limit(6).build();
    assertThat(even.fit(data()).recommend(query).items())
        .allSatisfy(item -> assertThat(item.score()).isCloseTo(0, within(1e-6)));
    Hybrid up = hybrid().part("alphabet", UP, 1.01).part("alphabet", DOWN).build();
    assertThat(forUser(up, "few")).containsExactly("f", "e", "d", "c", "b", "a");
    Hybrid down = hybrid().part("alphabet", UP).part("alphabet", DOWN, 1.01).build();
    assertThat(forUser(down, "few")).containsExactly("a", "b", "c", "d", "e", "f");
  }

  @Test
  void ranksCountByTheirPlaceAndNotByTheirScore() {
    Hybrid ranks =
        hybrid().part("alphabet", UP).part("alphabet", EVEN).blend(Hybrid.Joining.RANKS).build();
    List<Recommendation> found =
        ranks.fit(data()).recommend(RecommendationQuery.forUser("few").limit(6).build()).items();
    // Without the own item a: up ranks f e d c b, even ranks e c.
    assertThat(found.stream().map(Recommendation::itemId)).containsExactly("e", "c", "f", "d", "b");
    assertThat(found.get(0).score()).isCloseTo(1 / 62.0 + 1 / 61.0, within(1e-6));
    assertThat(found.get(2).score()).isCloseTo(1 / 61.0, within(1e-6));
  }

  @Test
  void switchingAsksOnePartByTheLengthOfTheHistory() {
    Hybrid switching =
        hybrid()
            .part("alphabet", UP)
            .part("alphabet", DOWN)
            .blend(Hybrid.Joining.SWITCHING)
            .switchAt(3)
            .build();
    assertThat(forUser(switching, "few")).startsWith("f", "e");
    assertThat(forUser(switching, "many")).startsWith("a", "b");
  }

  @Test
  void cascadeFillsUpWithTheNextPart() {
    Hybrid cascade =
        hybrid()
            .part("alphabet", EVEN)
            .part("alphabet", DOWN)
            .blend(Hybrid.Joining.CASCADE)
            .build();
    assertThat(forUser(cascade, "few")).containsExactly("e", "c", "a", "b", "d", "f");
  }

  @Test
  void partsThatAreNeverPersonalHaveTheirSayBesideOneThatIs() {
    Hybrid hybrid = hybrid().part("alphabet", UP, 0.001).part("popularity", Options.none()).build();
    RecommenderModel model = hybrid.fit(data());
    assertThat(forUser(hybrid, "few")).startsWith("a").endsWith("b");
    assertThat(model.recommend(RecommendationQuery.forUser("few").build()).basis())
        .isEqualTo(Basis.TRAINED);
    // Nobody knows the stranger: the fallback answers, and says so.
    assertThat(model.recommend(RecommendationQuery.forUser("stranger").build()).basis())
        .isEqualTo(Basis.EVERYBODY);
  }

  @Test
  void reasonsAreThoseOfThePartsByWhatEachAdds() {
    RecommenderModel model =
        hybrid().part("alphabet", UP, 3).part("alphabet", EVEN, 1).build().fit(data());
    RecommendationQuery.Builder query = RecommendationQuery.forUser("few").explain(true);
    Recommendation first = model.recommend(query.candidates(List.of("e")).build()).items().get(0);
    double up = 3 * 1.5 / Math.sqrt(17.5 / 6);
    double even = (5 - 2.0) / Math.sqrt((1 + 1 + 1 + 1 + 1 + 9) / 6.0);
    // Even: a 1, c 3, e 5 and the rest as the lowest, 1: mean 2, deviation √(14/6).
    assertThat(first.reasons())
        .extracting(Reason::share)
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Double.compare(a, b))
        .containsExactly(up / (up + even), even / (up + even));
    // b is below the mean of both; only up has evidence of it.
    Recommendation low = model.recommend(query.candidates(List.of("b")).build()).items().get(0);
    assertThat(low.reasons()).containsExactly(new Reason.Interest("up", 1));
  }

  @Test
  void ratingsAreTheWeightedMeanOfThoseOfTheParts() {
    RecommenderModel model =
        hybrid()
            .part("alphabet", Options.of("rating", 2), 3)
            .part("alphabet", Options.of("rating", 4), 1)
            .build()
            .fit(data());
    assertThat(model.capabilities()).contains(Capability.PREDICT_RATINGS);
    assertThat(model.predictRating("few", "b")).isCloseTo(2.5, within(1e-12));
  }

  @Test
  void whatNotEveryPartCanIsRefused() {
    RecommenderModel model =
        hybrid().part("alphabet", UP).part("popularity", Options.none()).build().fit(data());
    assertThat(model.capabilities()).doesNotContain(Capability.PREDICT_RATINGS);
    assertThatThrownBy(() -> model.predictRating("few", "b"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("hybrid predicts no ratings");
  }

  @Test
  void updatesReachEveryPart() {
    RecommenderModel model =
        hybrid()
            .part("popularity", Options.none())
            .part("popularity", Options.of("halfLifeDays", 0))
            .build()
            .fit(data());
    assertThat(model.capabilities()).contains(Capability.UPDATE);
    List<Event> events = new ArrayList<>();
    for (int fan = 0; fan < 5; fan++) {
      events.add(Interaction.view("fan-" + fan, "new", Instant.EPOCH));
    }
    assertThat(
            model
                .update(events)
                .recommend(RecommendationQuery.forUser("stranger").limit(1).build())
                .itemIds())
        .containsExactly("new");
  }

  /** Users come in two tastes; the last of each user's items is of the taste. */
  private static Dataset tastes() {
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 30; u++) {
      for (int n = 0; n < 6; n++) {
        String item = String.format(Locale.ROOT, "i%02d", (u % 2) * 12 + (u / 2 + n) % 12);
        data.add(Interaction.view("u" + u, item, Instant.ofEpochSecond(n)));
      }
    }
    return data.build();
  }

  @Test
  void learnedWeightsAreThoseOfThePartThatKnows() {
    RecommenderModel model =
        hybrid()
            .part("alphabet", UP, 5)
            .part("item-knn", Options.none(), 0.1)
            .learnWeights(Hybrid.Learning.RANKING)
            .build()
            .fit(tastes());
    // Learned or not, the score of the alphabet alone would put the last item first for everybody.
    for (int u = 0; u < 30; u += 2) {
      assertThat(model.recommend(RecommendationQuery.forUser("u" + u).limit(3).build()).itemIds())
          .as("u%s", u)
          .allSatisfy(item -> assertThat(item).isLessThan("i12"));
    }
  }

  @Test
  void weightsLearnedAmongManyAreForTheFirstPlaces() {
    // The last item is the first of the alphabet for a quarter of the users, and late in it for the
    // others: upwards wins among all, by the first place; downwards more often wins against one.
    Dataset.Builder data = Dataset.builder();
    for (int i = 0; i < 50; i++) {
      data.add(Item.of(String.format(Locale.ROOT, "i%02d", i)));
    }
    for (int u = 0; u < 400; u++) {
      data.add(Interaction.view("u" + u, "i25", Instant.ofEpochSecond(1)));
      data.add(Interaction.view("u" + u, u % 4 == 0 ? "i00" : "i35", Instant.ofEpochSecond(2)));
    }
    for (int others : new int[] {1, 500}) {
      RecommenderModel model =
          hybrid()
              .part("alphabet", UP)
              .part("alphabet", DOWN)
              .learnWeights(Hybrid.Learning.RANKING)
              .learnAmong(others)
              .build()
              .fit(data.build());
      assertThat(model.recommend(RecommendationQuery.forUser("u1").limit(1).build()).itemIds())
          .as("among %s", others)
          .containsExactly(others == 1 ? "i49" : "i00");
    }
    assertThatThrownBy(() -> hybrid().learnAmong(0).build()).hasMessageContaining("learnAmong");
  }

  @Test
  void learnedWeightsOfRatingsMinimiseTheError() {
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 20; u++) {
      for (int i = 0; i < 20; i++) {
        data.add(Interaction.rating("u" + u, "i" + i, 3.5, Instant.EPOCH));
      }
    }
    RecommenderModel model =
        hybrid()
            .part("alphabet", Options.of("rating", 2))
            .part("alphabet", Options.of("rating", 4))
            .learnWeights(Hybrid.Learning.RATINGS)
            .build()
            .fit(data.build());
    assertThat(model.predictRating("u1", "i1")).isCloseTo(3.5, within(0.02));
  }

  @Test
  void weightsForRatingsNeedPartsThatPredictThem() {
    Dataset data =
        tastes().toBuilder()
            .add(Interaction.rating("u1", "i01", 4, Instant.EPOCH))
            .add(Interaction.rating("u2", "i01", 5, Instant.EPOCH))
            .build();
    Hybrid hybrid =
        hybrid()
            .part("alphabet", UP)
            .part("popularity", Options.none())
            .learnWeights(Hybrid.Learning.RATINGS)
            .build();
    assertThatThrownBy(() -> hybrid.fit(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("popularity predicts none");
    // Without a rating there is nothing to learn, and the given weights stay.
    hybrid.fit(tastes());
  }

  @Test
  void learningIsTheSameOnOneThreadAndOnEight(@TempDir Path folder) {
    Recommender hybrid =
        hybrid()
            .part("popularity", Options.none())
            .part("item-knn", Options.none())
            .learnWeights(Hybrid.Learning.RANKING)
            .build();
    Dataset data = tastes();
    for (int threads : new int[] {1, 8}) {
      Models.save(
          hybrid.fit(data, FitContext.standard().withThreads(threads)),
          folder.resolve("model-" + threads));
    }
    assertThat(folder.resolve("model-1")).hasSameBinaryContentAs(folder.resolve("model-8"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ease",
        "ease:0.5",
        "svd++(factors=5), biased-mf",
        "als(factors=192; iterations=12):0.5, ease(lambda=300.0)",
        "item-knn(weights=VIEW:1, PURCHASE:5; neighbours=7):2.0, popularity",
        "hybrid(parts=ease, als:2; blend=ranks):3.0, popularity"
      })
  void partsReadBackFromTheirText(String text) {
    HybridParts parts = HybridParts.parse(text);
    assertThat(parts).hasToString(text);
    assertThat(HybridParts.parse(parts.toString())).isEqualTo(parts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it has no name",
        "ease, , als | it has no name",
        "ease(lambda=1 | brackets do not match",
        "ease)lambda( | brackets do not match",
        "ease(lambda=1)x | something stands after its options",
        "ease(lambda) | \"lambda\" is not option=value",
        "ease(lambda=1;) | is not option=value",
        "ease:heavy | \"heavy\" is no weight",
        "ease:1:2 | two weights",
        "ease:-1 | the weight of ease is -1.0",
        "ease:NaN | the weight of ease is NaN",
        "ease:0, als:0 | every part weighs 0"
      })
  void whatIsNoPartIsRefused(String text, String message) {
    assertThatThrownBy(() -> new HybridProvider(PLUGINS).create(Options.of("parts", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void unknownPartOrOptionIsRefusedWithTheNearestSpelling() {
    Hybrid unknown = hybrid().part("alphabets", Options.none()).build();
    assertThatThrownBy(() -> unknown.fit(data()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"alphabets\"")
        .hasMessageContaining("alphabet");
    Hybrid option = hybrid().part("alphabet", Options.of("oder", "up")).build();
    assertThatThrownBy(() -> option.fit(data()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("order");
  }

  @Test
  void contradictoryOptionsAreRefusedNamingBoth() {
    assertThatThrownBy(
            () ->
                hybrid()
                    .part("alphabet", UP)
                    .part("alphabet", DOWN)
                    .blend(Hybrid.Joining.SWITCHING)
                    .switchAt(3, 9)
                    .build())
        .hasMessageContaining("switching between 2 parts")
        .hasMessageContaining("2 lengths (3, 9)");
    assertThatThrownBy(
            () ->
                hybrid()
                    .part("alphabet", UP)
                    .blend(Hybrid.Joining.CASCADE)
                    .learnWeights(Hybrid.Learning.RANKING)
                    .build())
        .hasMessageContaining("learnWeights is ranking and blend is cascade");
    assertThatThrownBy(() -> hybrid().switchAt(5, 5)).hasMessageContaining("[5, 5]");
  }

  @Test
  void savedHybridKeepsItsPartsWithTheirLearnedWeights(@TempDir Path folder) {
    RecommenderModel model =
        hybrid()
            .part("alphabet", DOWN, 0.3)
            .part("item-knn", Options.of("neighbours", 4))
            .learnWeights(Hybrid.Learning.RANKING)
            .build()
            .fit(tastes());
    Path file = folder.resolve("hybrid.safetensors");
    Models.save(model, file);
    Plugins plugins = PLUGINS.with(new HybridProvider(PLUGINS));
    RecommenderModel loaded = Models.loadRecommender(file, plugins);
    for (int u = 0; u < 30; u++) {
      RecommendationQuery query =
          RecommendationQuery.forUser("u" + u).explain(true).limit(24).build();
      assertThat(loaded.recommend(query)).isEqualTo(model.recommend(query));
    }
    // A plug-in that has gone is named.
    Plugins fewer = Plugins.of(new HybridProvider(Plugins.of(new ItemKnnProvider())));
    assertThatThrownBy(() -> Models.loadRecommender(file, fewer)).hasMessageContaining("alphabet");
  }
}
