// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import dev.pushwright.eval.FullCatalogue;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.Splits;
import dev.pushwright.eval.search.SearchResult.Trial;
import dev.pushwright.spi.Options;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperParameterSearchTest {

  private static final SearchSpace FINITE =
      SearchSpace.none().choice("shift", 1, 10, "100").choice("handicap", 2, 0);
  private static final SearchSpace WIDE =
      SearchSpace.none().logUniform("shift", 0.01, 1000).integers("handicap", 0, 9);

  private static HyperParameterSearch search(Aimed provider) {
    return HyperParameterSearch.of(provider, Aimed.data())
        .metric("hr@1")
        .context(FitContext.standard().withThreads(1));
  }

  private static List<String> options(SearchResult result) {
    return result.trials().stream().map(trial -> trial.options().toString()).toList();
  }

  private static double shift(Trial trial) {
    return Double.parseDouble(trial.options().getOrDefault("shift", ""));
  }

  private static int handicap(Trial trial) {
    return Integer.parseInt(trial.options().getOrDefault("handicap", ""));
  }

  @Test
  void theGridTriesEveryCombinationInOrder() {
    SearchResult result = search(new Aimed()).space(FINITE).run();
    assertThat(options(result))
        .containsExactly(
            "{shift=1.0, handicap=2}",
            "{shift=1.0, handicap=0}",
            "{shift=10.0, handicap=2}",
            "{shift=10.0, handicap=0}",
            "{shift=100.0, handicap=2}",
            "{shift=100.0, handicap=0}");
    assertThat(result.trials())
        .allSatisfy(
            trial -> {
              assertThat(trial.score()).isEqualTo(Aimed.hitRate(shift(trial), handicap(trial)));
              assertThat(trial.users()).isEqualTo(Aimed.USERS);
              assertThat(trial.rung()).isEqualTo(1);
              assertThat(trial.share()).isEqualTo(1);
              assertThat(trial.settings()).containsEntry("mood", "fine").containsKey("weights");
              assertThat(trial.fitSeconds()).isPositive();
            });
    assertThat(result.trials()).extracting(Trial::number).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(result.best().score()).isEqualTo(1);
    assertThat(result.bestOptions()).isEqualTo(Options.of("shift", "10.0", "handicap", "0"));
  }

  @Test
  void ofEqualTrialsTheFirstIsTheBest() {
    SearchResult result =
        search(new Aimed()).space(SearchSpace.none().choice("shift", 1000, 100, 1, 999)).run();
    // A tenfold shift either way is equally far off.
    assertThat(result.trials().get(1).score()).isEqualTo(result.trials().get(2).score());
    assertThat(result.best().number()).isEqualTo(2);
  }

  @Test
  void aRangeWithStepsIsAChoice() {
    SearchSpace space =
        SearchSpace.none().logUniform("shift", 0.1, 1000, 5).uniform("handicap2", 0, 1, 3);
    assertThat(space.names()).containsExactly("shift", "handicap2");
    SearchResult result =
        search(new Aimed()).space(SearchSpace.none().logUniform("shift", 0.1, 1000, 5)).run();
    List<Double> shifts = result.trials().stream().map(trial -> shift(trial)).toList();
    assertThat(shifts).hasSize(5).startsWith(0.1).endsWith(1000.0);
    for (int s = 1; s < 5; s++) {
      assertThat(shifts.get(s) / shifts.get(s - 1)).isBetween(9.999999, 10.000001);
    }
    assertThat(result.best().number()).isEqualTo(3);
  }

  @Test
  void randomDrawsAreRepeatedBySeedAndDifferOtherwise() {
    SearchResult twenty = search(new Aimed()).space(WIDE).strategy(random(20)).seed(5).run();
    assertThat(twenty.trials()).hasSize(20);
    assertThat(options(search(new Aimed()).space(WIDE).strategy(random(20)).seed(5).run()))
        .isEqualTo(options(twenty));
    assertThat(options(search(new Aimed()).space(WIDE).strategy(random(30)).seed(5).run()))
        .startsWith(options(twenty).toArray(String[]::new));
    assertThat(options(search(new Aimed()).space(WIDE).strategy(random(20)).seed(6).run()))
        .doesNotContainAnyElementsOf(options(twenty));
    assertThat(twenty.trials())
        .allSatisfy(
            trial -> {
              assertThat(shift(trial)).isBetween(0.01, 1000.0);
              assertThat(handicap(trial)).isBetween(0, 9);
            });
    Trial best =
        twenty.trials().stream()
            .max(Comparator.comparingDouble(t -> Aimed.hitRate(shift(t), handicap(t))))
            .orElseThrow();
    assertThat(twenty.best().score()).isEqualTo(Aimed.hitRate(shift(best), handicap(best)));
    // Log-uniform: about a fifth in each of the five orders of magnitude.
    long small =
        search(new Aimed()).space(WIDE).strategy(random(400)).run().trials().stream()
            .filter(trial -> shift(trial) < 0.1)
            .count();
    assertThat(small).isBetween(50L, 110L);
  }

  private static SearchStrategy random(int draws) {
    return SearchStrategy.random(draws);
  }

  @Test
  void randomDrawsOfAFiniteSpaceAreDistinct() {
    SearchResult result = search(new Aimed()).space(FINITE).strategy(random(50)).run();
    assertThat(options(result))
        .hasSize(6)
        .containsExactlyInAnyOrderElementsOf(options(search(new Aimed()).space(FINITE).run()));
    assertThat(options(search(new Aimed()).space(FINITE).strategy(random(4)).run()))
        .hasSize(4)
        .doesNotHaveDuplicates();
    assertThat(result.best().score()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 0.01, 1/1",
    "2, 3, 0.01, 2/1",
    "3, 3, 0.01, 3/3 1/1",
    "9, 3, 0.01, 9/9 3/3 1/1",
    "20, 3, 0.01, 20/9 6/3 2/1",
    "81, 3, 0.01, 81/81 27/27 9/9 3/3 1/1",
    "81, 3, 0.333333333333, 81/3 27/1",
    "81, 3, 1, 81/1",
    "16, 2, 0.2, 16/4 8/2 4/1",
    "1000, 4, 0.01, 1000/64 250/16 62/4 15/1",
  })
  void theRungsFollowTheFormula(int draws, int eta, double least, String rungs) {
    assertThat(new SearchStrategy.SuccessiveHalving(draws, eta, least).rungs(draws))
        .extracting(rung -> rung.combinations() + "/" + rung.divisor())
        .containsExactly(rungs.split(" "));
  }

  @Test
  void halvingPromotesTheBestOfEachRungToMoreUsers() {
    Aimed provider = new Aimed();
    SearchResult result =
        search(provider)
            .space(WIDE)
            .strategy(SearchStrategy.successiveHalving(20, 3))
            .seed(3)
            .run();
    assertThat(result.trials()).hasSize(28);
    // 60 users: a ninth is 6.7, a third 20.
    List<List<Trial>> rungs = new ArrayList<>();
    int[] sizes = {20, 6, 2};
    int[] users = {7, 20, 60};
    int from = 0;
    for (int r = 0; r < 3; r++) {
      List<Trial> rung = result.trials().subList(from, from + sizes[r]);
      from += sizes[r];
      rungs.add(rung);
      for (Trial trial : rung) {
        assertThat(trial.rung()).isEqualTo(r + 1);
        assertThat(trial.users()).isEqualTo(users[r]);
        Dataset fitted = provider.fits.get(trial.number() - 1);
        assertThat(fitted.eventCount()).isEqualTo(4 * users[r]);
        assertThat(fitted.items().size()).isEqualTo(Aimed.ITEMS);
      }
    }
    assertThat(rungs.get(0)).extracting(Trial::share).containsOnly(1 / 9.0);
    for (int r = 1; r < 3; r++) {
      List<Integer> best =
          rungs.get(r - 1).stream()
              .sorted(
                  Comparator.comparingDouble(Trial::score)
                      .reversed()
                      .thenComparing(Trial::combination))
              .limit(sizes[r])
              .map(Trial::combination)
              .sorted()
              .toList();
      assertThat(rungs.get(r)).extracting(Trial::combination).isEqualTo(best);
      Set<String> before = new HashSet<>(provider.fits.get(r == 1 ? 0 : 20).users().ids());
      assertThat(provider.fits.get(r == 1 ? 20 : 26).users().ids()).containsAll(before);
    }
    for (Trial last : rungs.get(2)) {
      assertThat(last.score()).isEqualTo(Aimed.hitRate(shift(last), handicap(last)));
    }
    assertThat(result.best()).isIn(rungs.get(2));
  }

  @Test
  void halvingFindsTheOneThatIsBestByConstruction() {
    SearchSpace space =
        SearchSpace.none()
            .choice("shift", 0.001, 0.1, 1, 10, 100, 1000)
            .choice("handicap", 0, 8, 9);
    SearchResult result =
        search(new Aimed())
            .space(space)
            .strategy(new SearchStrategy.SuccessiveHalving(100, 2, 0.25))
            .run();
    // 18 combinations are all there are.
    assertThat(result.trials()).hasSize(18 + 9 + 4);
    assertThat(result.bestOptions()).isEqualTo(Options.of("shift", "10.0", "handicap", "0"));
    assertThat(result.best().score()).isEqualTo(1);
  }

  @Test
  void aRungWithoutQuestionsIsRefused() {
    Dataset.Builder few = Dataset.builder();
    for (int u = 0; u < 30; u++) {
      few.add(Interaction.view("u" + u, "i1", Aimed.T));
      few.add(Interaction.view("u" + u, "i2", Aimed.T));
    }
    few.add(Interaction.view("u0", "i3", Aimed.T.plusSeconds(1)));
    for (long seed = 0; ; seed++) {
      HyperParameterSearch search =
          HyperParameterSearch.of(new Aimed(), few.build())
              .validation(data -> Splits.byTime(data, Aimed.T.plusSeconds(1)))
              .space(WIDE)
              .strategy(SearchStrategy.successiveHalving(9, 3))
              .seed(seed);
      try {
        assertThat(search.run().trials().get(0).users()).isEqualTo(1);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("4 of 30 users").hasMessageContaining("smallestShare");
        return;
      }
      assertThat(seed).as("one user of 30 cannot be in every sample of 4").isLessThan(50);
    }
  }

  @Test
  void failedTrialsAreReportedAndPassedOver() {
    SearchResult result =
        search(new Aimed())
            .space(
                SearchSpace.none()
                    .choice("mood", "fails-to-fit", "ANSWERS_NONSENSE", "fine")
                    .choice("shift", 10, 20))
            .run();
    assertThat(result.trials())
        .extracting(Trial::failed)
        .containsExactly(true, true, true, true, false, false);
    assertThat(result.trials().get(0).failure()).contains("the loss | is\nNaN");
    assertThat(result.trials().get(2).failure()).contains("no answer");
    assertThat(result.best().number()).isEqualTo(5);
    assertThat(result.toMarkdown()).contains("(4 failed)", "failed: ", "the loss \\| is NaN");

    SearchResult halved =
        search(new Aimed())
            .space(
                SearchSpace.none()
                    .choice("mood", "fails-to-fit", "fine")
                    .choice("handicap", 0, 1, 2, 3))
            .options(Options.of("shift", 10))
            .strategy(SearchStrategy.successiveHalving(8, 2))
            .run();
    assertThat(halved.trials())
        .filteredOn(trial -> trial.rung() > 1)
        .hasSize(4 + 2 + 1)
        .noneMatch(Trial::failed);
    assertThat(halved.best().options())
        .containsEntry("shift", "10.0")
        .containsEntry("handicap", "0");
  }

  @Test
  void aSearchInWhichEverythingFailsFails() {
    assertThatThrownBy(
            () ->
                search(new Aimed())
                    .space(SearchSpace.none().choice("mood", "fails-to-fit", "answers-nonsense"))
                    .run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("all 2 trials failed")
        .hasMessageContaining("{mood=fails-to-fit}")
        .hasMessageContaining("the loss");
  }

  @Test
  void validationIsCutFromTheDataGivenAndKeptFromTheFit() {
    Dataset all = Aimed.data();
    Split outer = Splits.byTime(all, 0.2);
    Set<Event> poison =
        outer.test().values().stream().flatMap(List::stream).collect(Collectors.toSet());
    List<Split> cuts = new ArrayList<>();
    Aimed provider = new Aimed();
    SearchResult result =
        HyperParameterSearch.of(provider, outer.train())
            .validation(
                data -> {
                  cuts.add(Splits.byTime(data, 0.25));
                  return cuts.get(0);
                })
            .space(FINITE)
            .run();
    assertThat(cuts).hasSize(1);
    List<Event> held = cuts.get(0).test().values().stream().flatMap(List::stream).toList();
    assertThat(held).hasSize(Aimed.USERS).doesNotContainAnyElementsOf(poison);
    assertThat(outer.train().events()).containsAll(held);
    assertThat(provider.fits)
        .hasSize(6)
        .allSatisfy(
            fitted ->
                assertThat(fitted.events())
                    .hasSize(3 * Aimed.USERS)
                    .doesNotContainAnyElementsOf(held)
                    .doesNotContainAnyElementsOf(poison));
    assertThat(result.split()).isEqualTo(cuts.get(0).report());
    assertThat(result.data()).isEqualTo(outer.train().fingerprint());
  }

  @Test
  void theLastFifthByTimeIsHeldOutUnlessAnotherPartIs() {
    Aimed provider = new Aimed();
    SearchResult result = search(provider).space(FINITE).run();
    assertThat(result.split().name()).isEqualTo("time(" + Aimed.T.plusSeconds(10) + ")");
    assertThat(provider.fits.get(0).latest()).isEqualTo(Aimed.T.plusSeconds(4));
    SearchResult last = search(new Aimed()).validation(Splits::leaveLastOut).space(FINITE).run();
    assertThat(last.split().name()).isEqualTo("leave-last-out");
    assertThat(last.best().score()).isEqualTo(1);
  }

  @Test
  void aSplitThatBringsOtherEventsIsRefused() {
    Split outer = Splits.byTime(Aimed.data(), 0.2);
    // The outer split itself, whose test part the search must never see.
    assertThatThrownBy(
            () ->
                HyperParameterSearch.of(new Aimed(), outer.train())
                    .validation(data -> outer)
                    .space(FINITE)
                    .run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an event that the data do not have")
        .hasMessageContaining("cut the data that the function is handed");
    // An event both learned from and asked about.
    assertThatThrownBy(
            () ->
                search(new Aimed())
                    .validation(data -> Splits.given(data, Splits.byTime(data, 0.2).train()))
                    .space(FINITE)
                    .run())
        .hasMessageContaining("too often");
  }

  @Test
  void dataWithoutTimesNeedAnotherSplit() {
    Dataset.Builder untimed = Dataset.builder();
    Aimed.data().events().stream()
        .map(Interaction.class::cast)
        .forEach(e -> untimed.add(Interaction.view(e.userId(), e.itemId(), Instant.EPOCH)));
    HyperParameterSearch search =
        HyperParameterSearch.of(new Aimed(), untimed.build()).metric("hr@1").space(FINITE);
    assertThatThrownBy(search::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("carry no times")
        .hasMessageContaining("Splits::leaveLastOut");
    assertThat(search.validation(Splits::leaveLastOut).run().best().score()).isEqualTo(1);
  }

  @Test
  void wrongNamesAndValuesAreRefusedWithARemedy() {
    SearchSpace none = SearchSpace.none();
    refused(none.choice("shfit", 1), "did you mean \"shift\"?");
    refused(none.choice("shift", 1, 5000), "option shift is 5000; allowed: 0.001 to 1000.0");
    refused(none.uniform("shift", 1, 5000), "option shift is 5000.0");
    refused(none.integers("handicap", 0, 10), "option handicap is 10; allowed: 0 to 9");
    refused(none.uniform("handicap", 0, 9), "use choice or integers");
    refused(none.choice("shift", 1, "1.0"), "twice");
    refused(
        none.choice("weights", Weighting.parse("VIEW:1").withCombine(Weighting.Combine.MAX)),
        "give the value as text");
    assertThatThrownBy(() -> none.choice("shift")).hasMessageContaining("at least one");
    assertThatThrownBy(() -> none.choice("shift", 1).uniform("shift", 0, 1))
        .hasMessageContaining("in the space already");
    assertThatThrownBy(() -> none.uniform("shift", 2, 1)).hasMessageContaining("lesser first");
    assertThatThrownBy(() -> none.uniform("shift", 0, Double.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> none.logUniform("shift", 0, 1)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> none.uniform("shift", 1, 2, 1)).hasMessageContaining("at least 2");
    assertThatThrownBy(() -> random(0)).hasMessageContaining("draws is 0");
    assertThatThrownBy(() -> SearchStrategy.successiveHalving(9, 1))
        .hasMessageContaining("eta is 1");
    assertThatThrownBy(() -> new SearchStrategy.SuccessiveHalving(9, 3, 0))
        .hasMessageContaining("smallestShare is 0");
    assertThatThrownBy(() -> search(new Aimed()).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("set a space");
    assertThatThrownBy(() -> search(new Aimed()).space(WIDE).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of shift;")
        .hasMessageContaining("give them steps");
    assertThatThrownBy(
            () -> search(new Aimed()).space(FINITE).options(Options.of("shift", 5)).run())
        .hasMessageContaining("both fixed, to 5, and searched");
    assertThatThrownBy(() -> search(new Aimed()).options(Options.of("mod", "fine")))
        .hasMessageContaining("did you mean \"mood\"?");
    assertThatThrownBy(
            () ->
                search(new Aimed())
                    .space(FINITE)
                    .protocol(new FullCatalogue(Weighting.parse("PURCHASE:1"), true))
                    .run())
        .hasMessageContaining("no test event speaks for an item=60");
    assertThatThrownBy(() -> HyperParameterSearch.of("item-k", Aimed.data()))
        .hasMessageContaining("there is no recommender \"item-k\"");
  }

  private static void refused(SearchSpace space, String message) {
    assertThatThrownBy(() -> search(new Aimed()).space(space))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void interruptionEndsTheSearch() {
    Aimed provider = new Aimed();
    HyperParameterSearch search =
        search(provider)
            .space(FINITE)
            .context(
                FitContext.standard()
                    .withListener(
                        progress -> {
                          if (progress.phase().equals("search") && progress.done() == 2) {
                            Thread.currentThread().interrupt();
                          }
                        }));
    try {
      assertThatThrownBy(search::run)
          .isInstanceOf(CancellationException.class)
          .hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(provider.fits).hasSize(2);
  }

  @Test
  void theListenerHearsOfEveryTrial() {
    List<Progress> heard = new ArrayList<>();
    search(new Aimed())
        .space(WIDE)
        .strategy(SearchStrategy.successiveHalving(9, 3))
        .context(FitContext.standard().withListener(heard::add))
        .run();
    List<Progress> trials = heard.stream().filter(p -> p.phase().equals("search")).toList();
    assertThat(trials).hasSize(13).extracting(Progress::total).containsOnly(13L);
    assertThat(trials.get(12).done()).isEqualTo(13);
  }

  @Test
  void theReportsSayWhatWasFound() throws IOException {
    SearchResult result =
        search(new Aimed())
            .space(FINITE)
            .strategy(SearchStrategy.successiveHalving(6, 2))
            .seed(4)
            .run();
    assertThat(result.toMarkdown())
        .contains("# Search for aimed, protocol full")
        .contains("10 trials (0 failed) by successive-halving(6, eta 2, from 0.01), seed 4")
        .contains("| trial | options | rung | share | users | hr@1 | fit s |")
        .contains("shift in [1.0, 10.0, 100.0]")
        .contains("Best: **" + result.best().options() + "**");
    String json = result.toJson();
    assertThat(json).doesNotContain("\n", "NaN");
    Map<String, Object> leaves = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          leaves.put(parser.getParsingContext().pathAsPointer().toString(), parser.getText());
        }
      }
    }
    assertThat(leaves)
        .containsEntry("/provider", "aimed")
        .containsEntry("/metric", "hr@1")
        .containsEntry("/seed", "4")
        .containsEntry("/best", String.valueOf(result.best().number()))
        .containsEntry("/trials/9/rung", "3")
        .containsEntry("/trials/0/users", "15")
        .containsEntry("/trials/9/score", String.valueOf(result.trials().get(9).score()));
  }
}
