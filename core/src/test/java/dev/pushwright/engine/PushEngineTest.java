// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.Channel;
import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Message;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommender;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.engine.Withheld.Cause;
import dev.pushwright.spi.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PushEngineTest {

  private static final Instant NOW = Instant.parse("2026-05-13T12:00:00Z");

  /** Five titled items and one without a title; ann has seen tea and cup, bob tea. */
  private static Dataset.Builder shop() {
    Dataset.Builder data = Dataset.builder();
    for (String id : List.of("tea", "cup", "pot", "jug", "tin")) {
      data.add(Item.builder(id).title("The " + id).tags("kitchen").price(5).build());
    }
    return data.add(Item.of("untitled"))
        .add(Interaction.purchase("ann", "tea", 1, 5, NOW.minusSeconds(500)))
        .add(Interaction.view("ann", "cup", NOW.minusSeconds(400)))
        .add(Interaction.view("bob", "tea", NOW.minusSeconds(300)))
        .add(Interaction.view("bob", "untitled", NOW.minusSeconds(200)));
  }

  private static PushEngine.Builder engine(Dataset data) {
    return PushEngine.builder(data)
        .plugins(Plugins.of())
        .profiler(new Fakes.CountingProfiler())
        .recommender(new Fakes.NewestFirst())
        .generator(new Fakes.PlainText())
        .clock(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Push push(PushDecision decision) {
    assertThat(decision).isInstanceOf(Push.class);
    return (Push) decision;
  }

  private static Withheld withheld(PushDecision decision) {
    assertThat(decision).isInstanceOf(Withheld.class);
    return (Withheld) decision;
  }

  private static List<String> ids(Push push) {
    return push.items().stream().map(p -> p.item().id()).toList();
  }

  @Test
  void aPushCarriesTextItemsReasonsAndProfile() {
    Push push = push(engine(shop().build()).build().push("ann"));
    assertThat(push.userId()).isEqualTo("ann");
    assertThat(push.title()).contains("The");
    assertThat(push.body()).contains(push.items().get(0).item().title());
    assertThat(ids(push)).doesNotContain("tea", "cup", "untitled").hasSize(3);
    assertThat(push.reasons()).isNotEmpty();
    assertThat(push.reasons().stream().mapToDouble(Reason::share).sum()).isEqualTo(1);
    assertThat(push.basis()).isEqualTo(Basis.TRAINED);
    assertThat(push.profile().basis()).isEqualTo(Basis.TRAINED);
    assertThat(push.at()).isEqualTo(NOW);
  }

  @Test
  void anItemWithoutATitleIsNeverPushed() {
    PushEngine engine = engine(shop().build()).build();
    PushRequest onlyUntitled = PushRequest.to("ann").candidates(List.of("untitled")).build();
    Withheld withheld = withheld(engine.push(onlyUntitled));
    assertThat(withheld.cause()).isEqualTo(Cause.TOO_FEW_ITEMS);
    assertThat(withheld.reason())
        .contains("0 items", "asks for 1", "without a title in the engine's catalogue")
        .doesNotContain("the request's rescorer");
    assertThat(withheld(engine.push(PushRequest.to("ann").about("untitled").build())).reason())
        .contains("untitled");
  }

  @Test
  void candidatesExclusionsAndRescorerOfTheRequestHoldForUnknownUsersToo() {
    PushEngine engine = engine(shop().build()).policy(repeats()).build();
    for (String user : List.of("ann", "nobody")) {
      PushRequest.Builder request =
          PushRequest.to(user).candidates(List.of("pot", "jug", "tin", "no such")).limit(5);
      assertThat(ids(push(engine.push(request.build()))))
          .containsExactlyInAnyOrder("pot", "jug", "tin");
      assertThat(ids(push(engine.push(request.exclude(List.of("jug")).build()))))
          .containsExactlyInAnyOrder("pot", "tin");
      PushRequest ruled =
          request.rescorer((id, score) -> id.equals("tin") ? Double.NaN : score).build();
      assertThat(ids(push(engine.push(ruled)))).containsExactly("pot");
      PushRequest none = request.rescorer((id, score) -> Double.NaN).build();
      assertThat(withheld(engine.push(none)).reason())
          .contains("without a title", "the request's rescorer");
    }
  }

  private static PushPolicy repeats() {
    return PushPolicy.builder().repeatItemAfterDays(0).build();
  }

  @Test
  void anUnknownUserGetsWhatIsPopularUnlessThePolicyWantsPersonalPushes() {
    Dataset data = shop().build();
    assertThat(push(engine(data).build().push("nobody")).basis()).isEqualTo(Basis.EVERYBODY);
    PushPolicy personal = PushPolicy.builder().personalOnly().build();
    assertThat(withheld(engine(data).policy(personal).build().push("nobody")).cause())
        .isEqualTo(Cause.NOT_PERSONAL);
    assertThat(engine(data).policy(personal).build().push("ann")).isInstanceOf(Push.class);
  }

  @Test
  void tooFewItemsAreWithheldWithTheirCauses() {
    PushPolicy five = PushPolicy.builder().minItems(5).build();
    Withheld withheld =
        withheld(
            engine(shop().build())
                .policy(five)
                .build()
                .push(PushRequest.to("ann").limit(5).exclude(List.of("pot")).build()));
    assertThat(withheld.cause()).isEqualTo(Cause.TOO_FEW_ITEMS);
    assertThat(withheld.reason()).contains("2 items", "asks for 5", "1 excluded", "2 seen");
    PushRequest two = PushRequest.to("ann").limit(2).build();
    assertThat(withheld(engine(shop().build()).policy(five).build().push(two)).reason())
        .contains("2 items", "asks for 5", "the request's limit, 2; raise it");
  }

  @Test
  void theMinimumScoreOfThePolicyHolds() {
    PushPolicy high = PushPolicy.builder().minScore(1e9).build();
    assertThat(withheld(engine(shop().build()).policy(high).build().push("ann")).reason())
        .contains("below min score");
  }

  @Test
  void theNextPushReflectsWhatWasObserved() {
    PushEngine engine = engine(shop().build()).policy(repeats()).build();
    PushRequest request = PushRequest.to("ann").limit(5).build();
    assertThat(ids(push(engine.push(request)))).contains("pot");
    assertThat(engine.profile("ann").tags()).isNotEmpty();

    engine.observe(Interaction.of(EventType.FAVORITE, "ann", "pot", NOW));

    Push after = push(engine.push(request));
    assertThat(ids(after)).doesNotContain("pot", "tea", "cup");
    assertThat(after.basis()).isEqualTo(Basis.HISTORY);
    assertThat(after.profile().basis()).isEqualTo(Basis.HISTORY);
    assertThat(after.reasons())
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .isInstanceOfSatisfying(
                        Reason.OwnItem.class, own -> assertThat(own.itemId()).isEqualTo("pot")));
    assertThat(push(engine.push("bob")).basis()).isEqualTo(Basis.TRAINED);
  }

  @Test
  void aUserFirstSeenByObserveIsNoStrangerAnyMore() {
    PushEngine engine = engine(shop().build()).policy(repeats()).build();
    assertThat(push(engine.push("new")).basis()).isEqualTo(Basis.EVERYBODY);
    engine.observe(Interaction.view("new", "tea", NOW));
    Push push = push(engine.push("new"));
    assertThat(push.basis()).isEqualTo(Basis.HISTORY);
    assertThat(ids(push)).doesNotContain("tea");
  }

  @Test
  void aModelThatCannotFoldInStillLeavesOutWhatWasJustSeen() {
    PushEngine engine =
        engine(shop().build()).recommender(new Fakes.NewestFirst(false)).policy(repeats()).build();
    engine.observe(Interaction.view("ann", "pot", NOW));
    Push push = push(engine.push(PushRequest.to("ann").limit(5).build()));
    assertThat(push.basis()).isEqualTo(Basis.TRAINED);
    assertThat(ids(push)).doesNotContain("pot");
  }

  @Test
  void anItemIsNotPushedTwiceWithinTheDaysOfThePolicy() {
    PushEngine engine = engine(shop().build()).build();
    Push first = push(engine.push(PushRequest.to("ann").limit(1).build()));
    Push second = push(engine.push(PushRequest.to("ann").limit(1).build()));
    assertThat(ids(second)).doesNotContainAnyElementsOf(ids(first));
    PushRequest nextWeek = PushRequest.to("ann").limit(1).at(NOW.plus(Duration.ofDays(8))).build();
    assertThat(ids(push(engine.push(nextWeek)))).isEqualTo(ids(first));
  }

  @Test
  void theCapHoldsWhenManyThreadsPushAtOnceAndWithheldPushesAreNotCounted() throws Exception {
    PushEngine engine =
        engine(shop().build())
            .policy(PushPolicy.builder().maxPerDay(3).repeatItemAfterDays(0).build())
            .build();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<PushDecision>> calls = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        calls.add(() -> engine.push("ann"));
      }
      int pushes = 0;
      for (Future<PushDecision> decision : pool.invokeAll(calls)) {
        pushes += decision.get() instanceof Push ? 1 : 0;
      }
      assertThat(pushes).isEqualTo(3);
    } finally {
      pool.shutdown();
    }
    PushRequest tomorrow = PushRequest.to("ann").at(NOW.plus(Duration.ofDays(1))).build();
    assertThat(engine.push(tomorrow)).isInstanceOf(Push.class);
  }

  @Test
  void theCallersItemsAreTakenAsTheyAre() {
    Push push =
        push(
            engine(shop().build())
                .build()
                .push(PushRequest.to("ann").about("cup", "tea").channel(Channel.WEB).build()));
    assertThat(ids(push)).containsExactly("cup", "tea");
    assertThat(push.content().channel()).isEqualTo(Channel.WEB);
  }

  @Test
  void aUsersRecordIsLookedUpFirstWhereTheCallerSays() {
    Dataset data = shop().add(new User("ann", Map.of(User.CONSENT, "yes"))).build();
    PushEngine.Builder builder = engine(data);
    assertThat(builder.build().push("ann")).isInstanceOf(Push.class);
    builder.users(id -> Optional.of(User.of(id).with(User.CONSENT, "no")));
    assertThat(withheld(builder.build().push("ann")).cause()).isEqualTo(Cause.NO_CONSENT);
  }

  @Test
  void aRecordOfAnotherUserIsRefused() {
    PushEngine engine = engine(shop().build()).users(id -> Optional.of(User.of("bob"))).build();
    assertThat(engine.push("bob")).isInstanceOf(Push.class);
    assertThatThrownBy(() -> engine.push("ann"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("user bob for user ann");
  }

  @Test
  void theLanguageIsTheRequestsThenTheUsersThenTheEngines() {
    Dataset data = shop().add(new User("ann", Map.of(User.LOCALE, "de-DE"))).build();
    PushEngine engine = engine(data).locale(Locale.CHINESE).policy(repeats()).build();
    assertThat(push(engine.push("ann")).content().locale()).isEqualTo(Locale.GERMANY);
    assertThat(push(engine.push("bob")).content().locale()).isEqualTo(Locale.CHINESE);
    PushRequest french = PushRequest.to("ann").locale(Locale.FRENCH).build();
    assertThat(push(engine.push(french)).content().locale()).isEqualTo(Locale.FRENCH);
  }

  @Test
  void twoEnginesWithTheSameHistoryWriteTheSame() {
    PushEngine a = engine(shop().build()).policy(repeats()).seed(7).build();
    PushEngine b = engine(shop().build()).policy(repeats()).seed(7).build();
    PushEngine c = engine(shop().build()).seed(8).build();
    assertThat(a.push("ann")).isEqualTo(b.push("ann"));
    Push second = push(a.push("ann"));
    assertThat(second).isEqualTo(b.push("ann"));
    assertThat(push(c.push("ann")).content().seed())
        .isNotEqualTo(push(engine(shop().build()).seed(7).build().push("ann")).content().seed());
  }

  @Test
  void aGeneratorThatFailsRefusesOrLiesCostsTheTextNotThePush() {
    for (ContentGenerator bad :
        List.of(
            new Fakes.Failing(),
            new Fakes.Unlinked(),
            new Fakes.Silent(),
            new Fakes.Refusing(),
            new Fakes.Lying())) {
      PushEngine.Builder builder = engine(shop().build()).generator(bad);
      Withheld withheld = withheld(builder.build().push("ann"));
      assertThat(withheld.cause()).isEqualTo(Cause.NO_TEXT);
      assertThat(withheld.reason()).contains(bad.getClass().getSimpleName());
      builder.fallbackGenerator(new Fakes.PlainText());
      assertThat(push(builder.build().push("ann")).content().source()).isEqualTo("PlainText");
    }
  }

  @Test
  void aGeneratorIsToldWhatTheUserWasSentLast() {
    List<ContentRequest> asked = new ArrayList<>();
    ContentGenerator generator =
        (data, context) -> {
          ContentModel inner = new Fakes.PlainText().fit(data, context);
          return new ContentModel() {
            @Override
            public ContentResult generate(ContentRequest request) {
              asked.add(request);
              return inner.generate(request);
            }

            @Override
            public Provenance provenance() {
              return inner.provenance();
            }

            @Override
            public Set<Capability> capabilities() {
              return inner.capabilities();
            }
          };
        };
    PushEngine engine = engine(shop().build()).policy(repeats()).generator(generator).build();
    Push first = push(engine.push("ann"));
    engine.push("bob");
    engine.push("ann");
    assertThat(asked).hasSize(3);
    assertThat(asked.get(0).recent()).isEmpty();
    assertThat(asked.get(1).recent()).isEmpty();
    assertThat(asked.get(2).recent()).containsExactly(new Message(first.title(), first.body()));
  }

  @Test
  void whenTheFallbackFailsTooBothReasonsAreGiven() {
    PushEngine engine =
        engine(shop().build())
            .generator(new Fakes.Failing())
            .fallbackGenerator(new Fakes.Refusing())
            .build();
    assertThat(withheld(engine.push("ann")).reason()).contains("Failing", "Refusing");
  }

  @Test
  void twoPluginsOfOneNameFailOnlyTheEngineThatAsksForIt() {
    Plugins twice = Plugins.of(new Fakes.Template(), new Fakes.OtherTemplate());
    PushEngine.Builder builder = engine(shop().build()).plugins(twice);
    assertThat(push(builder.build().push("ann")).content().source()).isEqualTo("PlainText");
    assertThatThrownBy(builder.generator("template")::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Fakes.Template.class.getName())
        .hasMessageContaining(Fakes.OtherTemplate.class.getName())
        .hasMessageContaining("take one of the jars away");
  }

  @Test
  void retrainLearnsWhatWasObservedAndKeepsWhatCameMeanwhile() throws Exception {
    CountDownLatch fitting = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger fits = new AtomicInteger();
    Fakes.NewestFirst slow = new Fakes.NewestFirst();
    PushEngine engine =
        engine(shop().build())
            .recommender(
                (data, context) -> {
                  if (fits.getAndIncrement() == 1) {
                    fitting.countDown();
                    awaitUninterrupted(goOn);
                  }
                  return slow.fit(data, context);
                })
            .policy(repeats())
            .build();
    engine.observe(Interaction.view("ann", "pot", NOW));
    CompletableFuture<Dataset> retrained = engine.retrain();
    assertThat(fitting.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(engine.retrain()).isSameAs(retrained);

    // Pushes go on meanwhile, and an event that comes now must not be lost.
    assertThat(engine.push("ann")).isInstanceOf(Push.class);
    engine.observe(Interaction.view("ann", "jug", NOW));
    engine.observe(Interaction.view("late", "jug", NOW));
    goOn.countDown();
    Dataset data = retrained.get(30, TimeUnit.SECONDS);

    assertThat(data.eventsOf("ann")).hasSize(3);
    assertThat(engine.data()).isSameAs(data);
    Push push = push(engine.push(PushRequest.to("ann").limit(5).build()));
    assertThat(ids(push)).containsExactly("tin");
    assertThat(push.basis()).isEqualTo(Basis.HISTORY);
    assertThat(engine.retrain().get(30, TimeUnit.SECONDS).eventsOf("late")).hasSize(1);
    assertThat(push(engine.push("ann")).basis()).isEqualTo(Basis.TRAINED);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRetrainThatFailsChangesNothing() throws Exception {
    AtomicInteger fits = new AtomicInteger();
    Fakes.NewestFirst good = new Fakes.NewestFirst();
    PushEngine engine =
        engine(shop().build())
            .recommender(
                (data, context) -> {
                  if (fits.getAndIncrement() == 1) {
                    throw new IllegalStateException("diverged");
                  }
                  return good.fit(data, context);
                })
            .policy(repeats())
            .build();
    Dataset before = engine.data();
    engine.observe(Interaction.view("ann", "pot", NOW));
    CompletableFuture<Dataset> failed = engine.retrain();
    assertThatThrownBy(() -> failed.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("diverged");
    assertThat(engine.data()).isSameAs(before);
    assertThat(ids(push(engine.push("ann")))).doesNotContain("pot");
    assertThat(engine.retrain().get(30, TimeUnit.SECONDS).eventsOf("ann")).hasSize(3);
  }

  @Test
  void eventsTakenBeforeOthersCameStayAsTheyWere() {
    Dataset data = shop().build();
    FitContext context = FitContext.standard();
    EngineState state =
        new EngineState(
            data,
            new Fakes.CountingProfiler().fit(data, context),
            List.of(),
            new Fakes.NewestFirst().fit(data, context),
            new Fakes.PlainText().fit(data, context),
            Optional.empty());
    List<Event> all = new ArrayList<>();
    List<List<Event>> taken = new ArrayList<>();
    for (int e = 0; e < 30; e++) {
      taken.add(state.observedOf("cy"));
      Interaction event = Interaction.view("cy", "item" + e, NOW.plusSeconds(e));
      state.observe(event);
      state.observe(Interaction.view("dan", "item" + e, NOW));
      all.add(event);
    }
    for (int n = 0; n < taken.size(); n++) {
      assertThat(taken.get(n)).as("after %s events", n).isEqualTo(all.subList(0, n));
    }
    assertThat(state.historyOf("cy")).isEqualTo(all);
    assertThatThrownBy(() -> state.observedOf("cy").clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anEventOfTheFarFutureIsRefusedAndFadesNothing() throws Exception {
    PushEngine engine = engine(shop().build()).build();
    Interaction wrong = Interaction.view("bob", "jug", Instant.parse("2050-01-01T00:00:00Z"));
    for (Interaction event : List.of(wrong, Interaction.view("bob", "jug", Instant.MAX))) {
      assertThatThrownBy(() -> engine.observe(event))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("bob", event.at().toString(), NOW.toString(), "clock");
    }
    engine.observe(Interaction.view("bob", "jug", NOW.plus(Duration.ofHours(23))));
    assertThat(engine.retrain().get(30, TimeUnit.SECONDS).eventCount()).isEqualTo(4 + 1);
  }

  @Test
  void anInstantWithoutCalendarIsRefusedWhereItIsGiven() {
    for (Instant at : List.of(Instant.MIN, Instant.MAX)) {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> PushRequest.to("ann").at(at),
              () -> new PushLog.Sent(at, Channel.ANDROID, List.of("tea")),
              () -> engine(shop().build()).clock(Clock.fixed(at, ZoneOffset.UTC)).build())) {
        assertThatThrownBy(call)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(" is " + at + "; an instant of the years 0 to 9999 is needed: ");
      }
    }
    for (String text : List.of("0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z")) {
      Instant at = Instant.parse(text);
      PushPolicy all =
          PushPolicy.builder()
              .quietHours(LocalTime.of(21, 0), LocalTime.of(20, 0))
              .maxPerDay(1)
              .maxPerWeek(1)
              .repeatItemAfterDays(Integer.MAX_VALUE)
              .build();
      for (PushPolicy policy : List.of(all, repeats())) {
        PushEngine engine =
            engine(shop().add(Interaction.view("ann", "pot", Instant.MIN)).build())
                .policy(policy)
                .build();
        engine.observe(Interaction.view("ann", "pot", Instant.MIN));
        for (int i = 0; i < 2; i++) {
          assertThat(engine.push(PushRequest.to("ann").at(at).build())).isNotNull();
        }
      }
    }
  }

  private static List<String> warnings(Callable<?> work) throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(PushEngine.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try {
      work.call();
    } finally {
      logger.detachAppender(logged);
    }
    return logged.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void dataOfTheFutureAndDataWithAndWithoutTimesAreWarnedOf() throws Exception {
    assertThat(warnings(engine(shop().build())::build)).isEmpty();
    Dataset future =
        shop().add(Interaction.view("bob", "jug", NOW.plus(Duration.ofDays(30)))).build();
    assertThat(warnings(engine(future)::build))
        .singleElement()
        .asString()
        .contains(NOW.toString(), future.latest().toString(), "clock");
    Dataset untimed =
        Dataset.builder()
            .add(Item.of("tea", "The tea"))
            .add(Interaction.view("ann", "tea", Instant.EPOCH))
            .build();
    PushEngine engine = engine(untimed).build();
    assertThat(
            warnings(
                () -> {
                  engine.observe(Interaction.view("ann", "tea", Instant.EPOCH));
                  engine.observe(Interaction.view("bob", "tea", NOW));
                  engine.observe(Interaction.view("cy", "tea", NOW));
                  return engine;
                }))
        .singleElement()
        .asString()
        .contains("bob", "halfLifeDays");
    assertThat(warnings(() -> engine.retrain().get(30, TimeUnit.SECONDS)))
        .singleElement()
        .asString()
        .contains("without a time", "halfLifeDays");
  }

  @Test
  @SuppressWarnings("NullAway")
  void aPlugInThatGivesNullIsNamedAndTakesNoModelsPlace() throws Exception {
    assertThatThrownBy(() -> engine(shop().build()).recommender((data, context) -> null).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the recommender gave null in place of its model");
    AtomicInteger fits = new AtomicInteger();
    PushEngine engine =
        engine(shop().build())
            .generator(
                (data, context) ->
                    fits.getAndIncrement() == 0 ? new Fakes.PlainText().fit(data, context) : null)
            .build();
    assertThatThrownBy(() -> engine.retrain().get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("the generator gave null in place of its model");
    assertThat(engine.push("ann")).isInstanceOf(Push.class);
  }

  @Test
  @SuppressWarnings("NullAway")
  void aBuilderRefusesNullWhereItIsGiven() {
    PushEngine.Builder builder = PushEngine.builder(shop().build());
    for (Runnable call :
        List.<Runnable>of(
            () -> builder.plugins(null),
            () -> builder.profiler((Profiler) null),
            () -> builder.recommender((Recommender) null),
            () -> builder.generator((ContentGenerator) null),
            () -> builder.fallbackGenerator(null),
            () -> builder.recommender("item-knn", null),
            () -> builder.recommender((String) null))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(NullPointerException.class)
          .hasMessageMatching("[a-z]+");
    }
  }

  @Test
  void aCancelledFutureMakesNoRoomForASecondFitBesideTheFirst() throws Exception {
    AtomicInteger fits = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    PushEngine engine =
        engine(shop().build())
            .recommender(
                (data, context) -> {
                  if (fits.getAndIncrement() == 1) {
                    begun.countDown();
                    Uninterruptibles.awaitUninterruptibly(gate);
                  }
                  return new Fakes.NewestFirst().fit(data, context);
                })
            .build();
    engine.observe(Interaction.view("ann", "pot", NOW));
    CompletableFuture<Dataset> given = engine.retrain();
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(given.cancel(true)).isTrue();
    CompletableFuture<Dataset> again = engine.retrain();
    CompletableFuture<Dataset> next = engine.retrain(data -> data);
    assertThat(again).isNotDone();
    engine.observe(Interaction.view("bob", "pot", NOW));
    gate.countDown();
    assertThat(again.get(30, TimeUnit.SECONDS).eventCount()).isEqualTo(4 + 1);
    assertThat(next.get(30, TimeUnit.SECONDS).eventCount()).isEqualTo(4 + 2);
    assertThat(fits).hasValue(3);
    assertThat(engine.data().eventCount()).isEqualTo(4 + 2);
  }

  @Test
  void retrainCanChangeTheDataFirst() throws Exception {
    PushEngine engine = engine(shop().build()).build();
    engine
        .retrain(data -> data.toBuilder().add(Item.of("fan", "The fan")).build())
        .get(30, TimeUnit.SECONDS);
    assertThat(engine.push(PushRequest.to("ann").about("fan").build())).isInstanceOf(Push.class);
  }

  @Test
  void pushesGoOnWhileModelsAreSwapped() throws Exception {
    PushEngine engine = engine(shop().build()).policy(repeats()).build();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> pushers = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        String user = "user" + t;
        pushers.add(
            pool.submit(
                () -> {
                  int pushes = 0;
                  for (int i = 0; i < 300; i++) {
                    engine.observe(Interaction.view(user, "tea", NOW.plusMillis(i)));
                    Push push = push(engine.push(user));
                    // Whatever generation answers, what was observed before the push is in it.
                    assertThat(ids(push)).doesNotContain("tea");
                    pushes++;
                  }
                  return pushes;
                }));
      }
      for (int i = 0; i < 20; i++) {
        engine.retrain().get(30, TimeUnit.SECONDS);
      }
      for (Future<Integer> pusher : pushers) {
        assertThat(pusher.get(60, TimeUnit.SECONDS)).isEqualTo(300);
      }
      assertThat(engine.retrain().get(30, TimeUnit.SECONDS).eventCount()).isEqualTo(4 + 3 * 300);
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void anUnknownPlugInIsAnErrorAtBuildTime() {
    assertThatThrownBy(() -> engine(shop().build()).recommender("itemknn").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no recommender \"itemknn\"");
  }

  @Test
  void requestsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> PushRequest.to(" ")).hasMessageContaining("blank");
    assertThatThrownBy(() -> PushRequest.to("ann").limit(0)).hasMessageContaining("limit is 0");
    assertThatThrownBy(() -> PushRequest.to("ann").oldPrice(Double.NaN))
        .hasMessageContaining("NaN");
  }
}
