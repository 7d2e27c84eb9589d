// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.profile.text.TermMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the rivals do the same work: they find the same words the same number of times. */
class TfIdfBenchmarkTest {

  private static Object answer(String rival) {
    TfIdfBenchmark benchmark = new TfIdfBenchmark();
    benchmark.documents = 2_000;
    benchmark.rival = rival;
    benchmark.setUp();
    return benchmark.tfIdf();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Integer>> counts(String rival) {
    return (List<Map<String, Integer>>) answer(rival);
  }

  @Test
  void allRivalsFindTheSameWords() {
    List<Map<String, Integer>> split = counts("split");
    assertThat(counts("lucene")).isEqualTo(split);
    TermMatrix matrix = (TermMatrix) answer("tfidf-1");
    assertThat(((TermMatrix) answer("tfidf-2")).rows()).isEqualTo(matrix.rows());
    for (int d = 0; d < split.size(); d++) {
      List<String> words =
          Arrays.stream(matrix.rows().rowColumns(d)).mapToObj(matrix.vocabulary()::label).toList();
      assertThat(words).containsExactlyInAnyOrderElementsOf(split.get(d).keySet());
    }
  }

  @Test
  void documentsHaveTheShapeThatIsClaimed() {
    List<Map<String, Integer>> counts = counts("split");
    int tokens = counts.stream().flatMap(m -> m.values().stream()).mapToInt(n -> n).sum();
    long entries = counts.stream().mapToLong(Map::size).sum();
    assertThat(tokens).isEqualTo(22 * 2_000);
    assertThat(entries / 2_000.0).as("distinct words of a document").isBetween(20.5, 20.9);
  }
}
