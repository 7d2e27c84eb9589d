// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.Progress;
import dev.pushwright.api.ProgressListener;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.UserProfile.Tag;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class TfIdfProfilerTest {

  private static final Instant T0 = Instant.parse("2011-12-01T10:00:00Z");

  private static Instant day(double days) {
    return T0.plusMillis(Math.round(days * 86_400_000));
  }

  /** Tag weights by name; they add up to 1, or there are none. */
  static Map<String, Double> tags(UserProfile profile) {
    Map<String, Double> tags = new LinkedHashMap<>();
    profile.tags().forEach(tag -> assertThat(tags.put(tag.name(), tag.weight())).isNull());
    if (!tags.isEmpty()) {
      assertThat(tags.values().stream().mapToDouble(w -> w).sum()).isEqualTo(1, within(1e-12));
    }
    assertThat(tags.values()).allSatisfy(w -> assertThat(w).isPositive().isLessThanOrEqualTo(1));
    return tags;
  }

  private static Dataset.Builder mugs() {
    return Dataset.builder().add(Item.of("i1", "RED MUG")).add(Item.of("i2", "BLUE MUG"));
  }

  private static ProfileModel fit(Dataset.Builder data) {
    return TfIdfProfiler.builder().build().fit(data.build());
  }

  // idf(mug) = ln(3/3) + 1 = 1, idf(red) = idf(blue) = ln(3/2) + 1 = 1.405465. An item is
  // (1.405465, 1) / 1.724915 = (0.814802, 0.579739). A view weighs 1, a purchase 5:
  // red 1 · 0.814802, mug 6 · 0.579739, blue 5 · 0.814802, in all 8.367247.
  @Test
  void tagsAreThoseWorkedOutByHand() {
    ProfileModel model =
        fit(
            mugs()
                .add(Interaction.view("u", "i1", T0))
                .add(Interaction.purchase("u", "i2", 1, 9, T0)));
    UserProfile profile = model.profile("u");
    assertThat(profile.basis()).isEqualTo(Basis.TRAINED);
    assertThat(profile.tags()).extracting(Tag::name).containsExactly("blue", "mug", "red");
    assertThat(tags(profile).get("blue")).isEqualTo(0.486899984, within(1e-7));
    assertThat(tags(profile).get("mug")).isEqualTo(0.415720019, within(1e-7));
    assertThat(tags(profile).get("red")).isEqualTo(0.097379997, within(1e-7));
  }

  @Test
  void wholeTagsAndAttributesStandBesideTheWordsOfTheTitle() {
    Dataset.Builder data =
        Dataset.builder()
            .add(
                Item.builder("i1")
                    .title("JUMBO BAG PINK")
                    .category("Lunch Bags")
                    .attribute(Item.BRAND, "Retro & Co")
                    .attribute("colour", "Hot Pink")
                    .tags("Back to School", "Bags")
                    .build())
            .add(Interaction.view("u", "i1", T0));
    assertThat(tags(fit(data).profile("u")))
        .containsOnlyKeys("jumbo", "bag", "pink", "lunch bags", "retro & co", "back to school");
    Profiler colours = TfIdfProfiler.builder().attributes("colour", "size").build();
    assertThat(tags(colours.fit(data.build()).profile("u")))
        .containsOnlyKeys("jumbo", "bag", "pink", "hot pink", "back to school");
    Profiler none = TfIdfProfiler.builder().attributes().build();
    assertThat(tags(none.fit(data.build()).profile("u"))).doesNotContainKeys("lunch bags");
  }

  @Test
  void attributesThatNobodyHasAreWarnedOf() {
    Dataset data =
        mugs()
            .add(Item.builder("i3").attribute("colour", "red").build())
            .add(User.of("u").with("region", "north"))
            .add(Interaction.view("u", "i1", T0))
            .build();
    Logger logger = (Logger) LoggerFactory.getLogger(TfIdfProfiler.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try {
      TfIdfProfiler.builder().build().fit(data);
      TfIdfProfiler.builder().attributes("brand", "colour").segmentBy("region").build().fit(data);
      assertThat(logged.list).isEmpty();
      TfIdfProfiler.builder().attributes("color", "size").segmentBy("Region").build().fit(data);
    } finally {
      logger.detachAppender(logged);
    }
    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "option attributes: there is no item attribute \"color\"; did you mean \"colour\"?"
                + " Known: colour",
            "option attributes: there is no item attribute \"size\". Known: colour",
            "option segmentBy: there is no user attribute \"Region\"; did you mean \"region\"?"
                + " Known: region");
  }

  @Test
  void tagThatIsAlsoATitleWordCountsTwice() {
    Dataset.Builder data =
        Dataset.builder()
            .add(Item.builder("i1").title("red mug").tags("Mugs").build())
            .add(Interaction.view("u", "i1", T0));
    // One item: every idf is 1, mug counts 2 and red 1.
    assertThat(tags(fit(data).profile("u")).get("mug")).isEqualTo(2 / 3.0, within(1e-7));
  }

  @Test
  void longTitleCountsNoMoreThanAShortOne() {
    ProfileModel model =
        fit(
            Dataset.builder()
                .add(Item.of("i1", "aa"))
                .add(Item.of("i2", "bb cc dd ee"))
                .add(Interaction.view("u", "i1", T0))
                .add(Interaction.view("u", "i2", T0)));
    Map<String, Double> tags = tags(model.profile("u"));
    // (1) and (1/2, 1/2, 1/2, 1/2): both of length 1.
    assertThat(tags.get("aa")).isEqualTo(1 / 3.0, within(1e-7));
    assertThat(tags.get("bb")).isEqualTo(1 / 6.0, within(1e-7));
  }

  @ParameterizedTest
  @EnumSource(names = {"VIEW", "FAVORITE", "SHARE", "CART", "PURCHASE", "CLICK"})
  void sharesStandToEachOtherAsTheEventTypesDo(EventType type) {
    ProfileModel model =
        TfIdfProfiler.builder()
            .weighting(Weighting.parse(type + ":3, RATING:2"))
            .build()
            .fit(
                Dataset.builder()
                    .add(Item.of("i1", "aa"))
                    .add(Item.of("i2", "bb"))
                    .add(Interaction.of(type, "u", "i1", T0))
                    .add(Interaction.rating("u", "i2", 5, T0))
                    .build());
    assertThat(tags(model.profile("u")).get("aa")).isEqualTo(0.6, within(1e-7));
  }

  @Test
  void impressionIsNoInterest() {
    ProfileModel model =
        fit(
            mugs()
                .add(Interaction.of(EventType.IMPRESSION, "u", "i1", T0))
                .add(Interaction.view("v", "i2", T0)));
    assertThat(model.profile("u").basis()).isEqualTo(Basis.EVERYBODY);
    assertThat(tags(model.profile("u"))).containsOnlyKeys("blue", "mug");
  }

  private static Dataset aged(double daysBefore) {
    return Dataset.builder()
        .add(Item.of("i1", "aa"))
        .add(Item.of("i2", "bb"))
        .add(Interaction.view("u", "i1", T0))
        .add(Interaction.view("u", "i2", day(-daysBefore)))
        .build();
  }

  @Test
  void eventOneHalfLifeOldCountsHalf() {
    Profiler profiler = TfIdfProfiler.builder().halfLifeDays(30).build();
    assertThat(tags(profiler.fit(aged(30)).profile("u")).get("bb"))
        .isEqualTo(1 / 3.0, within(1e-7));
    assertThat(tags(profiler.fit(aged(90)).profile("u")).get("bb"))
        .isEqualTo(1 / 9.0, within(1e-7));
    assertThat(tags(fit(aged(90).toBuilder()).profile("u")).get("bb"))
        .as("nothing fades unless told to")
        .isEqualTo(0.5, within(1e-7));
  }

  @Test
  void typesFadeEachByItsOwnHalfLife() {
    Weighting weighting = Weighting.parse("VIEW:1@10, PURCHASE:1@20");
    List<Interaction> history =
        List.of(Interaction.view("u", "i1", T0), Interaction.purchase("u", "i2", 1, 0, T0));
    ProfileModel model = TfIdfProfiler.builder().weighting(weighting).build().fit(aged(0));
    ProfileQuery query = ProfileQuery.of("u").withHistory(history);
    // After 20 days the view has halved twice, the purchase once.
    assertThat(tags(model.profile(query.at(day(20)))).get("bb")).isEqualTo(2 / 3.0, within(1e-7));
    assertThat(tags(model.profile(query.at(T0))).get("bb")).isEqualTo(0.5, within(1e-7));
    assertThat(tags(model.profile(query.at(day(-20)))).get("bb"))
        .as("an event to come is as of now")
        .isEqualTo(0.5, within(1e-7));
  }

  @Test
  void tagsOfATrainedUserDoNotDependOnTheInstantWhileAllTypesFadeAlike() {
    Dataset data = aged(30);
    ProfileModel model = TfIdfProfiler.builder().halfLifeDays(30).build().fit(data);
    ProfileQuery later = ProfileQuery.of("u").at(day(1_000));
    assertThat(model.profile(later).tags()).isEqualTo(model.profile("u").tags());
    Map<String, Double> counted = tags(model.profile(later.withHistory(data.eventsOf("u"))));
    assertThat(counted.get("bb")).isEqualTo(1 / 3.0, within(1e-7));
  }

  @Test
  void historyFarBeyondItsHalfLifeKeepsItsShares() {
    ProfileModel model = TfIdfProfiler.builder().halfLifeDays(1).build().fit(mugs().build());
    // Both weights are far below the smallest double.
    List<Interaction> old =
        List.of(
            Interaction.view("u", "i1", day(-50_000)), Interaction.view("u", "i2", day(-50_001)));
    Map<String, Double> tags = tags(model.profile(ProfileQuery.of("u").withHistory(old).at(T0)));
    // red 1 · 0.814802, blue 0.5 · 0.814802, of 1.5 · 1.394541 in all.
    assertThat(tags.get("red")).isEqualTo(0.389519987, within(1e-7));
    assertThat(tags.get("blue")).isEqualTo(0.194759994, within(1e-7));
  }

  @Test
  void newEventThatSaysNothingDoesNotMakeTheOthersVanish() {
    ProfileModel model =
        TfIdfProfiler.builder().halfLifeDays(1).build().fit(mugs().add(Item.of("bare")).build());
    List<Interaction> history =
        List.of(Interaction.view("u", "i1", day(-50_000)), Interaction.view("u", "bare", T0));
    UserProfile profile = model.profile(ProfileQuery.of("u").withHistory(history).at(T0));
    assertThat(profile.basis()).isEqualTo(Basis.HISTORY);
    assertThat(tags(profile)).containsOnlyKeys("red", "mug");
  }

  @Test
  void extremeAgesAndHalfLivesGiveNoNaN() {
    Weighting weighting =
        Weighting.parse("PURCHASE:5, RATING:1@1")
            .with(EventType.VIEW, new Weighting.Rule(1, 0, Weighting.Scale.ONE, Double.MIN_VALUE))
            .with(
                EventType.CART,
                new Weighting.Rule(
                    Interaction.MAX_VALUE, 0, Weighting.Scale.VALUE, Double.MAX_VALUE));
    List<Interaction> history =
        List.of(
            Interaction.view("u", "i1", Instant.MIN),
            Interaction.view("u", "i2", Instant.EPOCH),
            Interaction.rating("u", "i2", 5, Instant.MIN),
            Interaction.cart("u", "i1", Interaction.MAX_VALUE, Instant.MAX),
            Interaction.purchase("u", "i2", 1, Interaction.MAX_VALUE, Instant.MIN));
    ProfileModel model =
        TfIdfProfiler.builder().weighting(weighting).build().fit(mugs().addAll(history).build());
    for (Instant at : List.of(Instant.MIN, Instant.EPOCH, T0, Instant.MAX)) {
      for (int from = 0; from < history.size(); from++) {
        for (int to = from + 1; to <= history.size(); to++) {
          UserProfile profile =
              model.profile(ProfileQuery.of("u").withHistory(history.subList(from, to)).at(at));
          assertThat(profile.basis()).isEqualTo(Basis.HISTORY);
          assertThat(tags(profile)).containsKey("mug");
        }
      }
    }
    assertThat(tags(model.profile("u"))).containsKey("mug");
  }

  @Test
  void searchesCount() {
    ProfileModel model =
        TfIdfProfiler.builder()
            .weighting(Weighting.parse("VIEW:1, SEARCH:3"))
            .build()
            .fit(
                Dataset.builder()
                    .add(Item.of("i1", "aa"))
                    .add(Item.of("i2", "bb"))
                    .add(Interaction.view("u", "i1", T0))
                    .add(Search.of("u", "  BB ", T0))
                    .add(Search.of("v", "bb", T0))
                    .build());
    assertThat(tags(model.profile("u")).get("bb")).isEqualTo(0.75, within(1e-7));
    assertThat(tags(model.profile("v"))).containsExactly(Map.entry("bb", 1.0));
  }

  @Test
  void searchForAWholeTagFindsIt() {
    ProfileModel model =
        fit(Dataset.builder().add(Item.builder("i1").title("box").tags("Lunch Bags").build()));
    ProfileQuery query =
        ProfileQuery.of("u").withHistory(List.of(Search.of("u", "lunch  bags", T0)));
    assertThat(tags(model.profile(query))).containsExactly(Map.entry("lunch bags", 1.0));
  }

  @Test
  void wordsThatNoItemHasAreNotRepeated() {
    ProfileModel model = fit(mugs().add(Search.of("u", "red gift for Sybil Smith, 12 Elm St", T0)));
    assertThat(tags(model.profile("u"))).containsExactly(Map.entry("red", 1.0));
  }

  @Test
  void stopWordsAreNoTags() {
    Dataset data = mugs().add(Interaction.view("u", "i1", T0)).build();
    ProfileModel model = TfIdfProfiler.builder().stopWords("mugs").build().fit(data);
    assertThat(tags(model.profile("u"))).containsExactly(Map.entry("red", 1.0));
  }

  @Test
  void severalEventsAreJoinedAsTheOptionSays() {
    Dataset data =
        Dataset.builder()
            .add(Item.of("i1", "aa"))
            .add(Item.of("i2", "bb"))
            .add(Interaction.purchase("u", "i1", 1, 0, T0))
            .add(Interaction.view("u", "i1", day(1)))
            .add(Interaction.view("u", "i2", day(1)))
            .add(Search.of("u", "bb", day(1)))
            .add(Search.of("u", "BB", day(2)))
            .build();
    Map<Weighting.Combine, Double> shareOfBb = new LinkedHashMap<>();
    for (Weighting.Combine combine : Weighting.Combine.values()) {
      ProfileModel model = TfIdfProfiler.builder().combine(combine).build().fit(data);
      shareOfBb.put(combine, tags(model.profile("u")).get("bb"));
    }
    // aa weighs 5 + 1, 5, 1, 1; bb weighs 1 for the view and 1 + 1, 1, 1, 1 for the query.
    assertThat(shareOfBb.get(Weighting.Combine.SUM)).isEqualTo(3 / 9.0, within(1e-7));
    assertThat(shareOfBb.get(Weighting.Combine.MAX)).isEqualTo(2 / 7.0, within(1e-7));
    assertThat(shareOfBb.get(Weighting.Combine.LAST)).isEqualTo(2 / 3.0, within(1e-7));
    assertThat(shareOfBb.get(Weighting.Combine.BINARY)).isEqualTo(2 / 3.0, within(1e-7));
  }

  @Test
  void lastRatingBelowTheThresholdTakesTheInterestBack() {
    List<Interaction> history =
        List.of(
            Interaction.rating("u", "i1", 5, T0),
            Interaction.rating("u", "i1", 1, day(1)),
            Interaction.rating("u", "i2", 4, T0));
    ProfileModel model =
        TfIdfProfiler.builder()
            .weighting(Weighting.parse("RATING>=4:1").withCombine(Weighting.Combine.LAST))
            .build()
            .fit(mugs().addAll(history).build());
    assertThat(tags(model.profile("u"))).containsOnlyKeys("blue", "mug");
  }

  @Test
  void cutListIsScaledToAddUpToOne() {
    Dataset.Builder data =
        Dataset.builder()
            .add(Item.of("i1", "aa aa aa bb bb cc"))
            .add(Interaction.view("u", "i1", T0));
    ProfileModel model = TfIdfProfiler.builder().maxTags(2).build().fit(data.build());
    Map<String, Double> tags = tags(model.profile("u"));
    assertThat(tags).containsOnlyKeys("aa", "bb");
    assertThat(tags.get("aa")).isEqualTo(0.6, within(1e-7));
    assertThat(tags(model.profile("nobody"))).isEqualTo(tags);
  }

  @Test
  void unknownUserGetsTheMeanOfAllWhoHaveTags() {
    ProfileModel model =
        fit(
            Dataset.builder()
                .add(Item.of("i1", "aa"))
                .add(Item.of("i2", "bb"))
                .add(Item.of("bare"))
                .add(User.of("silent"))
                .add(Interaction.view("u", "i1", T0))
                .add(Interaction.purchase("v", "i1", 1, 5, T0))
                .add(Interaction.view("w", "i2", T0))
                .add(Interaction.view("x", "bare", T0)));
    for (String user : List.of("nobody", "", " ", "silent", "x", "u\u0000")) {
      UserProfile profile = model.profile(user);
      assertThat(profile.userId()).isEqualTo(user);
      assertThat(profile.basis()).isEqualTo(Basis.EVERYBODY);
      assertThat(profile.rfm()).isEmpty();
      assertThat(tags(profile).get("aa")).isEqualTo(2 / 3.0, within(1e-7));
      assertThat(tags(profile).get("bb")).isEqualTo(1 / 3.0, within(1e-7));
    }
  }

  @Test
  void historyThatSaysNothingFallsBackToEverybodyButKeepsItsPurchases() {
    ProfileModel model = fit(mugs().add(Interaction.purchase("u", "i1", 1, 10, T0)));
    ProfileQuery unknownItem =
        ProfileQuery.of("u").withHistory(List.of(Interaction.purchase("u", "gone", 1, 20, T0)));
    UserProfile profile = model.profile(unknownItem);
    assertThat(profile.basis()).isEqualTo(Basis.EVERYBODY);
    assertThat(profile.tags()).isEqualTo(model.profile("nobody").tags()).isNotEmpty();
    assertThat(profile.rfm().orElseThrow().monetary()).isEqualTo(20);
    UserProfile empty = model.profile(ProfileQuery.of("u").withHistory(List.of()));
    assertThat(empty.basis()).as("what training knew is set aside").isEqualTo(Basis.EVERYBODY);
    assertThat(empty.rfm()).isEmpty();
  }

  @Test
  void profilerIsNamedInTheProvenanceWithAllOptions() {
    Dataset data = mugs().build();
    TfIdfProfiler profiler = TfIdfProfiler.builder().maxTags(7).build();
    ProfileModel model = profiler.fit(data);
    assertThat(model.provenance().algorithm()).isEqualTo("tfidf");
    assertThat(model.provenance().data()).isEqualTo(data.fingerprint());
    assertThat(model.provenance().options())
        .containsEntry("maxTags", "7")
        .containsOnlyKeys(TfIdfProfiler.OPTIONS.names());
    assertThat(model.capabilities())
        .containsExactlyInAnyOrder(Capability.FOLD_IN, Capability.EXPLAIN, Capability.UPDATE);
  }

  @Test
  void progressIsToldPhaseByPhase() {
    List<Progress> told = new ArrayList<>();
    Dataset data = mugs().add(Interaction.view("u", "i1", T0)).build();
    TfIdfProfiler.builder().build().fit(data, new FitContext(2, told::add));
    assertThat(told)
        .extracting(Progress::phase)
        .containsExactly("words", "terms", "weights", "profiles");
    assertThat(told).allSatisfy(p -> assertThat(p.done()).isEqualTo(p.total()));
  }

  @ParameterizedTest
  @CsvSource({"words, 1", "words, 2", "profiles, 1", "profiles, 2"})
  void interruptedFitIsCancelled(String phase, int threads) throws InterruptedException {
    Dataset data = TfIdfLawsTest.random(13, 300, 3_000);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              Thread caller = Thread.currentThread();
              // Interrupted from within: the fit is surely under way, and in this phase.
              ProgressListener interrupts =
                  progress -> {
                    if (progress.phase().equals(phase)) {
                      caller.interrupt();
                    }
                  };
              try {
                TfIdfProfiler.builder().build().fit(data, new FitContext(threads, interrupts));
              } catch (CancellationException e) {
                thrown.set(e);
                stillInterrupted.set(caller.isInterrupted());
              }
            });
    thread.start();
    thread.join(Duration.ofMinutes(1).toMillis());
    assertThat(thrown.get()).isInstanceOf(CancellationException.class);
    assertThat(stillInterrupted).isTrue();
  }

  @Test
  void impossibleSettingIsRefusedWithItsRange() {
    assertThatThrownBy(() -> TfIdfProfiler.builder().maxTags(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("maxTags", "0", "1 to 10000");
    assertThatThrownBy(() -> TfIdfProfiler.builder().maxDocumentShare(Double.NaN).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("maxDocumentShare", "NaN", "0.0 to 1.0");
  }
}
