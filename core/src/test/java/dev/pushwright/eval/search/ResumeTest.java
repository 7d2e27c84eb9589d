// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pushwright.api.FitContext;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import dev.pushwright.eval.FullCatalogue;
import dev.pushwright.eval.Splits;
import dev.pushwright.eval.search.SearchResult.Trial;
import dev.pushwright.spi.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class ResumeTest {

  @TempDir private Path folder;

  // Two combinations in three fail, and says so with a line break.
  private static final SearchSpace SPACE =
      SearchSpace.none()
          .choice("mood", "fine", "fails-to-fit", "answers-nonsense")
          .choice("shift", 1, 10, 70)
          .integers("handicap", 0, 1);

  private static HyperParameterSearch search(Aimed provider, SearchStrategy strategy) {
    return HyperParameterSearch.of(provider, Aimed.data())
        .space(SPACE)
        .strategy(strategy)
        .context(FitContext.standard().withThreads(1));
  }

  private static SearchResult timeless(SearchResult r) {
    return new SearchResult(
        r.provider(),
        r.data(),
        r.split(),
        r.protocol(),
        r.skipped(),
        r.notes(),
        r.metric(),
        r.space(),
        r.strategy(),
        r.seed(),
        r.trials().stream()
            .map(
                t ->
                    new Trial(
                        t.number(),
                        t.combination(),
                        t.options(),
                        t.settings(),
                        t.rung(),
                        t.share(),
                        t.users(),
                        t.score(),
                        0,
                        t.failure()))
            .toList());
  }

  static List<SearchStrategy> strategies() {
    return List.of(
        SearchStrategy.grid(), SearchStrategy.random(9), SearchStrategy.successiveHalving(12, 2));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aSearchThatCrashedAtAnyTrialEndsAsIfItHadNot(SearchStrategy strategy) throws IOException {
    Aimed whole = new Aimed();
    SearchResult expected = timeless(search(whole, strategy).run());
    int trials = whole.fits.size();
    assertThat(trials).isEqualTo(expected.trials().size()).isGreaterThan(8);
    for (int crash = 1; crash <= trials; crash++) {
      Path file = folder.resolve("crash-" + crash);
      Aimed crashing = new Aimed(crash);
      assertThatThrownBy(() -> search(crashing, strategy).state(file).run())
          .isInstanceOf(Aimed.Crash.class);
      String before = Files.readString(file);
      assertThat(before.lines()).hasSize(crash);
      Aimed again = new Aimed();
      SearchResult result = search(again, strategy).state(file).run();
      assertThat(timeless(result)).isEqualTo(expected);
      assertThat(again.fits).hasSize(trials - crash + 1);
      assertThat(Files.readString(file)).startsWith(before);
    }
  }

  @Test
  void aSearchThatCrashesAgainAndAgainEndsAllTheSame() {
    Path file = folder.resolve("state");
    SearchStrategy strategy = SearchStrategy.successiveHalving(12, 2);
    SearchResult expected = timeless(search(new Aimed(), strategy).run());
    int runs = 0;
    while (true) {
      try {
        // One trial is finished, the next one crashes.
        SearchResult result = search(new Aimed(2), strategy).state(file).run();
        assertThat(timeless(result)).isEqualTo(expected);
        break;
      } catch (Aimed.Crash crash) {
        runs++;
      }
    }
    assertThat(runs).isEqualTo(expected.trials().size() - 1);
  }

  @Test
  void aFinishedSearchIsReadAndNothingIsFitted() {
    Path file = folder.resolve("state");
    SearchResult first = search(new Aimed(), SearchStrategy.grid()).state(file).run();
    Aimed idle = new Aimed();
    SearchResult second = search(idle, SearchStrategy.grid()).state(file).run();
    assertThat(idle.fits).isEmpty();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aFileThatWasCutAtAnyByteEndsAsIfItHadNotBeen() throws IOException {
    SearchSpace small = SearchSpace.none().choice("shift", 3, 10);
    Path file = folder.resolve("state");
    SearchResult expected =
        search(new Aimed(), SearchStrategy.grid()).space(small).state(file).run();
    byte[] whole = Files.readAllBytes(file);
    Logger logger = (Logger) LoggerFactory.getLogger(StateFile.class);
    Level level = logger.getLevel();
    logger.setLevel(Level.ERROR);
    try {
      for (int length = 0; length <= whole.length; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        Aimed again = new Aimed();
        SearchResult result = search(again, SearchStrategy.grid()).space(small).state(file).run();
        assertThat(timeless(result)).as("cut at %s", length).isEqualTo(timeless(expected));
        assertThat(Files.readString(file).lines()).hasSize(3);
        if (length == whole.length) {
          assertThat(again.fits).isEmpty();
        }
      }
    } finally {
      logger.setLevel(level);
    }
  }

  @Test
  void aTornLineIsDroppedWithAWarning() throws IOException {
    Path file = folder.resolve("state");
    search(new Aimed(), SearchStrategy.grid()).state(file).run();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 7));
    Logger logger = (Logger) LoggerFactory.getLogger(StateFile.class);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    logger.addAppender(appender);
    Aimed again = new Aimed();
    search(again, SearchStrategy.grid()).state(file).run();
    logger.detachAppender(appender);
    assertThat(again.fits).hasSize(1);
    assertThat(appender.list)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getFormattedMessage())
                    .contains(file.toString(), "was not written whole", "is dropped"));
  }

  @Test
  void aFileThatIsDamagedIsRefusedAndLeftAlone() throws IOException {
    Path file = folder.resolve("state");
    search(new Aimed(), SearchStrategy.grid()).state(file).run();
    String whole = Files.readString(file);
    List<String> lines = whole.lines().toList();
    damaged(file, whole.replaceFirst("\"score\":0\\.", "\"score\":1."));
    damaged(file, whole.replace("shift", "shirt"));
    damaged(file, "\n" + whole);
    damaged(file, whole + "\n");
    damaged(file, whole + "{}\n");
    damaged(file, String.join("\n", lines.subList(1, lines.size())) + "\n");
    damaged(file, whole.replace(lines.get(2) + "\n", ""));
    damaged(file, whole.replace(lines.get(2) + "\n", lines.get(2) + "\n" + lines.get(2) + "\n"));
    damaged(file, whole + lines.get(lines.size() - 1) + "\n");
    damaged(file, "user,item\nu1,i1\n");
    damaged(file, "a note to keep");
  }

  private static void damaged(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Aimed idle = new Aimed();
    assertThatThrownBy(() -> search(idle, SearchStrategy.grid()).state(file).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("name another file");
    assertThat(idle.fits).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(content);
  }

  @Test
  void everyFlippedBitBeforeTheLastLineIsNoticed() throws IOException {
    Path file = folder.resolve("state");
    SearchSpace small = SearchSpace.none().choice("shift", 3, 10);
    search(new Aimed(), SearchStrategy.grid()).space(small).state(file).run();
    byte[] whole = Files.readAllBytes(file);
    for (int b = 0; b < whole.length - 1; b++) {
      byte[] flipped = whole.clone();
      flipped[b] ^= 4;
      Files.write(file, flipped);
      assertThatThrownBy(
              () -> search(new Aimed(), SearchStrategy.grid()).space(small).state(file).run())
          .as("byte %s", b)
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(Files.readAllBytes(file)).isEqualTo(flipped);
    }
  }

  static Stream<Object[]> otherSearches() {
    return Stream.of(
        other("seed", search -> search.seed(2)),
        other("metric", search -> search.metric("hr@1")),
        other("strategy", search -> search.strategy(SearchStrategy.random(3))),
        other("space", search -> search.space(SearchSpace.none().choice("shift", 1, 10))),
        other("options", search -> search.options(Options.of("weights", "VIEW:2"))),
        other("validation", search -> search.validation(data -> Splits.random(data, 0.2, 1))),
        other(
            "protocol", search -> search.protocol(new FullCatalogue(Weighting.standard(), false))),
        other(
            "questions",
            search -> search.protocol(new FullCatalogue(Weighting.parse("RATING:1"), true))));
  }

  private static Object[] other(String name, UnaryOperator<HyperParameterSearch> change) {
    return new Object[] {name, change};
  }

  @ParameterizedTest
  @MethodSource("otherSearches")
  void theStateOfAnotherSearchIsRefused(String name, UnaryOperator<HyperParameterSearch> change)
      throws IOException {
    Path file = folder.resolve("state");
    // Ratings beside the views, so that the questions can differ while the label does not.
    Dataset data =
        Aimed.data().toBuilder()
            .add(Interaction.rating("u1", "i15", 5, Aimed.T.plusSeconds(10)))
            .build();
    HyperParameterSearch.of(new Aimed(), data).space(SPACE).state(file).run();
    String before = Files.readString(file);
    HyperParameterSearch changed =
        change.apply(HyperParameterSearch.of(new Aimed(), data).space(SPACE).state(file));
    assertThatThrownBy(changed::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is the state of another search")
        .hasMessageContaining(name + " is \"");
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  @Test
  void otherDataAreAnotherSearch() {
    Path file = folder.resolve("state");
    search(new Aimed(), SearchStrategy.grid()).state(file).run();
    Dataset more = Aimed.data().toBuilder().add(Interaction.view("u1", "i1", Aimed.T)).build();
    assertThatThrownBy(
            () -> HyperParameterSearch.of(new Aimed(), more).space(SPACE).state(file).run())
        .hasMessageContaining("data is \"" + more.fingerprint());
  }

  @Test
  void aFileInUseIsRefused() {
    Path file = folder.resolve("state");
    HyperParameterSearch second = search(new Aimed(), SearchStrategy.grid()).state(file);
    search(new Aimed(), SearchStrategy.grid())
        .state(file)
        .context(
            FitContext.standard()
                .withListener(
                    progress -> {
                      if (progress.phase().equals("search")) {
                        assertThatThrownBy(second::run)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("in use by another search");
                      }
                    }))
        .run();
    assertThat(second.run().trials()).hasSize(18);
  }

  @Test
  void anInterruptedSearchKeepsWhatItFinished() throws IOException {
    Path file = folder.resolve("state");
    HyperParameterSearch interrupted =
        search(new Aimed(), SearchStrategy.grid())
            .state(file)
            .context(
                FitContext.standard()
                    .withListener(
                        progress -> {
                          if (progress.phase().equals("search") && progress.done() == 3) {
                            Thread.currentThread().interrupt();
                          }
                        }));
    assertThatThrownBy(interrupted::run).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Files.readString(file, StandardCharsets.UTF_8).lines()).hasSize(4);
    assertThat(timeless(search(new Aimed(), SearchStrategy.grid()).state(file).run()))
        .isEqualTo(timeless(search(new Aimed(), SearchStrategy.grid()).run()));
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path file = folder.resolve("nowhere/state");
    assertThatThrownBy(() -> search(new Aimed(), SearchStrategy.grid()).state(file).run())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }
}
