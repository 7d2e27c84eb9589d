// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.benchmarks.MapNeighbours.Scored;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A benchmark compares what does the same work, or it compares nothing. */
class AnswersTest {

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
    assertThat(best(size, n, "priority-queue")).isEqualTo(expected);
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

  @Test
  void aRivalThatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> best(5, 5, "magic"))
        .withMessageContaining("magic");
  }
}
