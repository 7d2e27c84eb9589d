// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.ProgressListener;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.UserProfile.Tag;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.Weighting;
import dev.pushwright.data.Weighting.Combine;
import dev.pushwright.profile.text.Language;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any data, tried on seeded random ones. */
class TfIdfLawsTest {

  private static final Instant T0 = Instant.parse("2011-12-01T10:00:00Z");
  private static final String WEIGHTS =
      "VIEW:1@20, SEARCH:2, CART:3@7, PURCHASE:5*log@60, RATING>=3:1*value";

  private static TfIdfProfiler.Builder profiler(Combine combine) {
    return TfIdfProfiler.builder()
        .language(Language.LATIN)
        .maxTags(10_000)
        .weighting(Weighting.parse(WEIGHTS).withCombine(combine));
  }

  private static String text(Random random, int words) {
    return IntStream.range(0, random.nextInt(words + 1))
        .mapToObj(i -> "w" + (char) ('a' + (int) Math.min(25, Math.abs(random.nextGaussian() * 9))))
        .collect(Collectors.joining(" "));
  }

  /** Few items, few instants, few queries: collisions of every kind. */
  static Dataset random(long seed, int users, int events) {
    Random random = new Random(seed);
    Dataset.Builder data = Dataset.builder();
    for (int i = 0; i < 40; i++) {
      data.add(
          Item.builder("i" + i)
              .title(text(random, 6))
              .category(random.nextInt(3) == 0 ? "" : "Kind " + random.nextInt(4))
              .build());
    }
    EventType[] types = EventType.values();
    for (int e = 0; e < events; e++) {
      String user = "u" + random.nextInt(users);
      // Some items are in no catalogue, some instants are shared.
      String item = "i" + random.nextInt(44);
      Instant at = T0.plusSeconds(random.nextInt(60) * 43_200L);
      EventType type = types[random.nextInt(types.length)];
      data.add(
          type == EventType.SEARCH
              ? Search.of(user, "W" + (char) ('a' + random.nextInt(26)) + " wb q", at)
              : new Interaction(user, item, type, 1 + random.nextInt(5), random.nextInt(50), at));
    }
    return data.build();
  }

  /** The formulas of the class comment, written down once more in maps of doubles. */
  private static final class Twin {
    final Dataset data;
    final Weighting weighting;
    final Map<String, Integer> df = new HashMap<>();

    Twin(Dataset data, Weighting weighting) {
      this.data = data;
      this.weighting = weighting;
      for (Item item : data.catalogue()) {
        new HashSet<>(terms(item)).forEach(term -> df.merge(term, 1, Integer::sum));
      }
    }

    static List<String> terms(Item item) {
      List<String> terms = new ArrayList<>();
      if (item.hasTitle()) {
        terms.addAll(Arrays.asList(item.title().split(" ")));
      }
      String category = item.attributes().get(Item.CATEGORY);
      if (category != null) {
        terms.add(category.toLowerCase(Locale.ROOT));
      }
      return terms;
    }

    /** Queries of one vector are one; here they have two terms at most. */
    String known(String query) {
      return Arrays.stream(query.toLowerCase(Locale.ROOT).split(" "))
          .filter(df::containsKey)
          .distinct()
          .sorted()
          .collect(Collectors.joining(" "));
    }

    Map<String, Double> vector(List<String> terms) {
      Map<String, Double> vector = new HashMap<>();
      for (String term : terms) {
        if (df.containsKey(term)) {
          double idf = Math.log((1.0 + data.catalogue().size()) / (1.0 + df.get(term))) + 1;
          vector.merge(term, idf, Double::sum);
        }
      }
      double length = Math.sqrt(vector.values().stream().mapToDouble(x -> x * x).sum());
      vector.replaceAll((term, x) -> x / length);
      return vector;
    }

    Map<String, Double> user(String user, Instant at) {
      Map<String, List<Event>> byThing = new TreeMap<>();
      for (Event event : data.eventsOf(user)) {
        String thing =
            event instanceof Search search
                ? "?" + known(search.query())
                : ((Interaction) event).itemId();
        byThing.computeIfAbsent(thing, t -> new ArrayList<>()).add(event);
      }
      Map<String, Double> sum = new TreeMap<>();
      byThing.forEach(
          (thing, events) -> {
            List<String> terms =
                thing.startsWith("?")
                    ? Arrays.asList(thing.substring(1).split(" "))
                    : terms(data.item(thing).orElseThrow());
            double weight = joined(events, at);
            if (weight > 0) {
              vector(terms).forEach((term, x) -> sum.merge(term, weight * x, Double::sum));
            }
          });
      double total = sum.values().stream().mapToDouble(x -> x).sum();
      sum.replaceAll((term, x) -> x / total);
      return sum;
    }

    double joined(List<Event> events, Instant at) {
      double[] weights = events.stream().mapToDouble(e -> weighting.weigh(e, at)).toArray();
      return switch (weighting.combine()) {
        case SUM -> Arrays.stream(weights).sum();
        case MAX -> Arrays.stream(weights).max().orElse(0);
        case BINARY -> Arrays.stream(weights).anyMatch(w -> w > 0) ? 1 : 0;
        case LAST -> {
          double last = 0;
          for (int e = 0; e < weights.length; e++) {
            last = weighting.rules().containsKey(events.get(e).type()) ? weights[e] : last;
          }
          yield last;
        }
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void profilesAreThoseOfTheFormula(Combine combine) {
    for (long seed = 1; seed <= 10; seed++) {
      Dataset data = random(seed, 12, 150);
      ProfileModel model = profiler(combine).build().fit(data);
      Twin twin = new Twin(data, Weighting.parse(WEIGHTS).withCombine(combine));
      Map<String, Double> mean = new TreeMap<>();
      List<Map<String, Double>> profiles = new ArrayList<>();
      for (String user : data.users().ids()) {
        Map<String, Double> expected = twin.user(user, data.latest());
        assertClose(model.profile(user), expected, "seed " + seed + ", " + user);
        if (!expected.isEmpty()) {
          assertThat(model.profile(user).basis()).isEqualTo(Basis.TRAINED);
          profiles.add(expected);
        }
        Instant later = data.latest().plusSeconds(1_000_000);
        assertClose(
            model.profile(ProfileQuery.of("x").withHistory(data.eventsOf(user)).at(later)),
            twin.user(user, later),
            "seed " + seed + ", history of " + user);
      }
      for (Map<String, Double> profile : profiles) {
        profile.forEach((term, x) -> mean.merge(term, x / profiles.size(), Double::sum));
      }
      assertClose(model.profile("nobody"), mean, "seed " + seed + ", everybody");
    }
  }

  private static void assertClose(UserProfile profile, Map<String, Double> expected, String what) {
    if (expected.isEmpty()) {
      assertThat(profile.basis()).as(what).isEqualTo(Basis.EVERYBODY);
      return;
    }
    Map<String, Double> tags = TfIdfProfilerTest.tags(profile);
    assertThat(tags.keySet()).as(what).isEqualTo(expected.keySet());
    tags.forEach(
        (name, weight) -> assertThat(weight).as(what).isEqualTo(expected.get(name), within(1e-6)));
  }

  @ParameterizedTest
  @EnumSource
  void historyEqualToTrainingGivesTheSameBits(Combine combine) {
    Dataset data = random(7, 30, 2_000);
    for (int maxTags : new int[] {1, 5, 10_000}) {
      ProfileModel model = profiler(combine).maxTags(maxTags).build().fit(data);
      for (String user : data.users().ids()) {
        UserProfile trained = model.profile(user);
        UserProfile folded = model.profile(ProfileQuery.of(user).withHistory(data.eventsOf(user)));
        assertThat(folded.basis()).isEqualTo(Basis.HISTORY);
        assertThat(folded.tags()).isEqualTo(trained.tags()).hasSizeLessThanOrEqualTo(maxTags);
        assertThat(folded.rfm()).isEqualTo(trained.rfm());
        assertThat(withBasis(folded, Basis.TRAINED)).isEqualTo(trained.toJson());
      }
    }
  }

  private static String withBasis(UserProfile profile, Basis basis) {
    return profile
        .toJson()
        .replace("\"basis\":\"" + profile.basis() + "\"", "\"basis\":\"" + basis + "\"");
  }

  @ParameterizedTest
  @EnumSource(names = {"SUM", "MAX", "BINARY"})
  void orderOfTheHistoryDoesNotShow(Combine combine) {
    Dataset data = random(8, 5, 1_000);
    ProfileModel model = profiler(combine).build().fit(data);
    for (String user : data.users().ids()) {
      List<Event> shuffled = new ArrayList<>(data.eventsOf(user));
      Collections.shuffle(shuffled, new Random(3));
      UserProfile profile = model.profile(ProfileQuery.of(user).withHistory(shuffled));
      assertThat(profile.tags()).isEqualTo(model.profile(user).tags());
      assertThat(withBasis(profile, Basis.TRAINED)).isEqualTo(model.profile(user).toJson());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void anyNumberOfThreadsGivesTheSameBits(int threads) {
    Dataset data = random(9, 300, 5_000);
    FitContext alone = new FitContext(1, ProgressListener.NONE);
    TfIdfProfiler profiler = profiler(Combine.SUM).build();
    ProfileModel one = profiler.fit(data, alone);
    ProfileModel many = profiler.fit(data, alone.withThreads(threads));
    for (String user : data.users().ids()) {
      assertThat(many.profile(user)).isEqualTo(one.profile(user));
    }
    assertThat(many.profile("nobody").tags()).isEqualTo(one.profile("nobody").tags()).isNotEmpty();
  }

  @Test
  void orderInWhichTheDataCameDoesNotShow() {
    Dataset data = random(10, 20, 500);
    List<Event> events = new ArrayList<>(data.events());
    Collections.shuffle(events, new Random(1));
    Dataset.Builder shuffled = Dataset.builder().addAll(events);
    List<Item> items = new ArrayList<>(data.catalogue());
    Collections.shuffle(items, new Random(2));
    items.forEach(shuffled::add);
    ProfileModel one = profiler(Combine.SUM).build().fit(data);
    ProfileModel two = profiler(Combine.SUM).build().fit(shuffled.build());
    for (String user : data.users().ids()) {
      assertThat(two.profile(user)).isEqualTo(one.profile(user));
    }
  }

  @Test
  void manyThreadsAskAtOnceAndGetTheSameAnswers() {
    Dataset data = random(11, 50, 2_000);
    ProfileModel model = profiler(Combine.SUM).build().fit(data);
    List<ProfileQuery> queries = new ArrayList<>();
    for (String user : data.users().ids()) {
      queries.add(ProfileQuery.of(user));
      queries.add(ProfileQuery.of(user + "-new").withHistory(data.eventsOf(user)));
    }
    List<UserProfile> alone = queries.stream().map(model::profile).toList();
    List<Integer> order =
        IntStream.range(0, 20 * queries.size()).map(i -> i % queries.size()).boxed().toList();
    List<UserProfile> together =
        order.parallelStream().map(i -> model.profile(queries.get(i))).toList();
    for (int i = 0; i < order.size(); i++) {
      assertThat(together.get(i)).isEqualTo(alone.get(order.get(i)));
    }
  }

  @Test
  void dataWithoutAnythingGiveProfilesWithoutAnything() {
    Set<Dataset> bare =
        Set.of(
            Dataset.builder().build(),
            Dataset.builder().add(Search.of("u0", "mug", T0)).build(),
            Dataset.builder().add(Item.of("i1", "mug")).build(),
            Dataset.builder().add(Interaction.view("u0", "no-title", T0)).build(),
            Dataset.builder()
                .add(Item.of("i1", "红色陶瓷马克杯"))
                .add(Item.of("i2", "🎁🎁 12 3"))
                .add(Interaction.view("u0", "i1", T0))
                .add(Interaction.view("u0", "i2", T0))
                .build());
    for (Dataset data : bare) {
      ProfileModel model = TfIdfProfiler.builder().build().fit(data);
      for (String user : List.of("u0", "nobody")) {
        assertThat(model.profile(user).basis()).isEqualTo(Basis.EVERYBODY);
        assertThat(model.profile(user).tags()).isEmpty();
        assertThat(model.profile(user).categories()).isEmpty();
        assertThat(model.profile(user).rfm()).isEmpty();
      }
      ProfileQuery query =
          ProfileQuery.of("u0").withHistory(List.of(Search.of("u0", "cup 杯 🎁", T0)));
      assertThat(model.profile(query).tags()).isEmpty();
    }
  }

  @Test
  void chineseTitlesDoNotDisturbTheOthersAndTheirCategoriesStay() {
    Dataset data =
        Dataset.builder()
            .add(Item.builder("i1").title("红色马克杯 MUG").category("厨房").build())
            .add(Item.builder("i2").title("陶瓷").tags("🎁").build())
            .add(Interaction.view("u", "i1", T0))
            .add(Interaction.view("u", "i2", T0))
            .build();
    assertThat(TfIdfProfiler.builder().build().fit(data).profile("u").tags())
        .extracting(Tag::name)
        .containsExactlyInAnyOrder("mug", "厨房", "🎁");
  }

  @Test
  void oneUserIsEverybody() {
    Dataset data = random(12, 1, 50);
    ProfileModel model = TfIdfProfiler.builder().build().fit(data);
    assertThat(model.profile("nobody").tags()).isEqualTo(model.profile("u0").tags()).isNotEmpty();
  }
}
