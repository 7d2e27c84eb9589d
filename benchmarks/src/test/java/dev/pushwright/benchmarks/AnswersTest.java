// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.benchmarks.MapNeighbours.Scored;
import dev.pushwright.benchmarks.ModelFileBenchmark.Contents;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import dev.pushwright.engine.Push;
import dev.pushwright.engine.PushDecision;
import dev.pushwright.engine.PushRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A benchmark compares what does the same work, or it compares nothing. */
class AnswersTest {

  private static final String STANDARD = Weighting.standard().toString();

  @ParameterizedTest
  @ValueSource(strings = {"500x300x20", "200x400x100"})
  void itemKnnAndMapsFindTheSameNeighbours(String shape) {
    RecommenderModel model = (RecommenderModel) neighbours(shape, "item-knn");
    MapNeighbours maps = (MapNeighbours) neighbours(shape, "maps");
    for (int item = 0; item < 100; item++) {
      String id = Synthetic.id("i", item);
      List<Recommendation> found =
          model
              .recommend(
                  RecommendationQuery.forHistory(
                          List.of(Interaction.view("someone", id, Instant.EPOCH)))
                      .limit(1000)
                      .build())
              .items();
      checkSame(
          id,
          found.stream().map(one -> new Scored(one.itemId(), one.score())).toList(),
          maps.similarTo(id));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "item-knn binary",
        "item-knn adjusted-cosine",
        "item-knn pearson",
        "item-knn pearson co-rated",
        "item-knn jaccard",
        "item-knn asymmetric-cosine",
        "item-knn log-likelihood",
        "user-knn",
        "user-knn binary"
      })
  void everyMeasureIsTheOneItIsNamedAfter(String rival) {
    RecommenderModel model = (RecommenderModel) neighbours("500x300x20", rival);
    List<String> words = Splitter.on(' ').splitToList(rival);
    String measure = words.size() > 1 ? words.get(1) : "cosine";
    assertThat(model.provenance().algorithm()).isEqualTo(words.get(0));
    assertThat(model.provenance().options())
        .containsEntry("similarity", measure.equals("binary") ? "cosine" : measure)
        .containsEntry("weights", measure.equals("binary") ? "RATING:1" : STANDARD)
        .containsEntry("means", words.size() > 2 ? "co-rated" : "all")
        .containsEntry("neighbours", "50");
    assertThat(
            model
                .recommend(RecommendationQuery.forUser(Synthetic.id("u", 3)).build())
                .basis()
                .isFallback())
        .isFalse();
  }

  private static Object neighbours(String shape, String rival) {
    SimilarityBenchmark benchmark = new SimilarityBenchmark();
    benchmark.shape = shape;
    benchmark.rival = rival;
    benchmark.setUp();
    return benchmark.neighbours();
  }

  @Test
  void itemKnnAndMapsRecommendTheSame() {
    RecommendBenchmark library = recommend("item-knn");
    RecommendBenchmark maps = recommend("maps");
    for (int user = 0; user < 200; user++) {
      checkSame("user " + user, library.answer(user), maps.answer(user));
    }
  }

  private static RecommendBenchmark recommend(String rival) {
    RecommendBenchmark benchmark = new RecommendBenchmark();
    benchmark.rival = rival;
    benchmark.setUp();
    return benchmark;
  }

  // Scores are float32 on one side: items whose scores differ by less may change places.
  private static void checkSame(String what, List<Scored> found, List<Scored> expected) {
    assertThat(expected).as(what).isNotEmpty();
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int place = 0; place < found.size(); place++) {
      double tolerance = 1e-5 * expected.get(place).score();
      assertThat(found.get(place).score())
          .as("%s, place %s", what, place)
          .isCloseTo(expected.get(place).score(), within(tolerance));
      String id = found.get(place).itemId();
      double score = found.get(place).score();
      assertThat(expected)
          .as("%s, place %s", what, place)
          .satisfiesAnyOf(
              all -> assertThat(all).anyMatch(one -> one.itemId().equals(id)),
              all ->
                  assertThat(all.get(all.size() - 1).score()).isCloseTo(score, within(tolerance)));
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 10", "1000, 100", "100000, 100", "5, 10"})
  void everyWayToChooseChoosesTheSame(int size, int n) {
    int[] expected = best(size, n, "sort");
    assertThat(expected).hasSize(Math.min(size, n));
    assertThat(best(size, n, "top-n")).isEqualTo(expected);
    assertThat(best(size, n, "reused")).isEqualTo(expected);
    assertThat(best(size, n, "priority-queue")).isEqualTo(expected);
  }

  @Test
  void aSelectorThatIsUsedAgainChoosesTheSameAgain() {
    TopNBenchmark benchmark = new TopNBenchmark();
    benchmark.rival = "reused";
    benchmark.setUp();
    int[] first = benchmark.best().clone();
    assertThat(benchmark.best()).isEqualTo(first);
  }

  private static int[] best(int size, int n, String rival) {
    TopNBenchmark benchmark = new TopNBenchmark();
    benchmark.size = size;
    benchmark.n = n;
    benchmark.rival = rival;
    benchmark.setUp();
    return benchmark.best();
  }

  @Test
  void bothReadersReadTheSameEvents() throws IOException {
    Map<String, List<Event>> library = events("csv-ingest");
    Map<String, List<Event>> split = events("split");
    assertThat(library.values().stream().mapToInt(List::size).sum()).isEqualTo(2000);
    assertThat(library.keySet()).isEqualTo(split.keySet());
    library.forEach(
        (user, events) -> assertThat(events).containsExactlyInAnyOrderElementsOf(split.get(user)));
  }

  private static Map<String, List<Event>> events(String rival) throws IOException {
    IngestBenchmark benchmark = new IngestBenchmark();
    benchmark.rows = 2000;
    benchmark.rival = rival;
    benchmark.setUp();
    try {
      return benchmark.answer();
    } finally {
      benchmark.tearDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensor-file", "data-stream", "object-stream"})
  void everyModelFileGivesBackWhatWasSaved(String rival) throws IOException {
    ModelFileBenchmark benchmark = new ModelFileBenchmark();
    // Large enough for the factors to be mapped.
    benchmark.shape = "10000x32";
    benchmark.rival = rival;
    benchmark.setUp();
    try {
      checkSame((Contents) benchmark.load(), benchmark.contents());
      benchmark.save();
      benchmark.save();
      checkSame(benchmark.read(benchmark.saved()), benchmark.contents());
    } finally {
      benchmark.tearDown();
    }
  }

  private static void checkSame(Contents found, Contents expected) {
    assertThat(expected.ids()).hasSize(10_000).doesNotHaveDuplicates();
    assertThat(expected.factors()).hasSize(320_000);
    assertThat(found.ids()).isEqualTo(expected.ids());
    assertThat(found.counts()).isEqualTo(expected.counts());
    assertThat(found.factors()).isEqualTo(expected.factors());
  }

  @Test
  void aPushTellsOfWhatTheUserDidAMomentAgo() {
    ObservedRecommendBenchmark benchmark = new ObservedRecommendBenchmark();
    benchmark.users = 100;
    benchmark.items = 200;
    benchmark.setUp();
    benchmark.start();
    String user = Synthetic.id("u", 7);
    assertThat(chosen(benchmark.push(user)))
        .isNotEmpty()
        .isEqualTo(expected(benchmark, RecommendationQuery.forUser(user)));
    String seen = chosen(benchmark.push(user)).get(0);
    benchmark.observe(user, seen);
    List<Event> history = new ArrayList<>(benchmark.engine().data().eventsOf(user));
    history.add(Interaction.view(user, seen, ObservedRecommendBenchmark.NOW));
    assertThat(chosen(benchmark.push(user)))
        .isNotEmpty()
        .doesNotContain(seen)
        .isEqualTo(expected(benchmark, RecommendationQuery.forUser(user).history(history)));
  }

  private static List<String> chosen(PushDecision decision) {
    assertThat(decision).isInstanceOf(Push.class);
    return ((Push) decision).items().stream().map(chosen -> chosen.item().id()).toList();
  }

  private static List<String> expected(
      ObservedRecommendBenchmark benchmark, RecommendationQuery.Builder query) {
    PushRequest standard = PushRequest.to("anybody").build();
    return benchmark
        .engine()
        .recommenderModel()
        .recommend(query.limit(standard.limit()).at(ObservedRecommendBenchmark.NOW).build())
        .itemIds();
  }

  @Test
  void pushesGoOnWhileOthersObserve() throws Exception {
    ObservedRecommendBenchmark benchmark = new ObservedRecommendBenchmark();
    benchmark.users = 20;
    benchmark.items = 200;
    benchmark.setUp();
    benchmark.start();
    int events = 2000;
    ExecutorService observer = Executors.newSingleThreadExecutor();
    try {
      Future<?> observed =
          observer.submit(
              () -> {
                ObservedRecommendBenchmark.Round round = new ObservedRecommendBenchmark.Round();
                for (int i = 0; i < events; i++) {
                  benchmark.observe(round.user(20), round.item(200));
                }
              });
      ObservedRecommendBenchmark.Round round = new ObservedRecommendBenchmark.Round();
      do {
        assertThat(chosen(benchmark.pushObserved(round))).isNotEmpty();
      } while (!observed.isDone());
      observed.get();
    } finally {
      observer.shutdownNow();
    }
    // Each event was kept: so many are there to train on.
    long before = benchmark.engine().data().events().size();
    assertThat(benchmark.engine().retrain().get().events()).hasSize((int) before + events);
  }

  @Test
  void aRivalThatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> best(5, 5, "magic"))
        .withMessageContaining("magic");
  }
}
