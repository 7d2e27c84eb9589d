// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.eval.EvaluationResult.Entry;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.Splits;
import dev.pushwright.eval.search.SearchResult;
import dev.pushwright.eval.search.SearchResult.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says of tuning is so. */
class TuningTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private static final int USERS = 300;
  private static final int GROUPS = 6;
  private static final int ITEMS = 120;

  // Users of a group mostly view the items of their group; everybody's last views come last.
  private static Dataset shop() {
    SplittableRandom random = new SplittableRandom(11);
    Dataset.Builder data = Dataset.builder();
    for (int n = 0; n < 12; n++) {
      for (int u = 0; u < USERS; u++) {
        int item = random.nextInt(ITEMS);
        if (random.nextInt(4) > 0) {
          item = item / GROUPS * GROUPS + u % GROUPS;
        }
        data.add(Interaction.view("u" + u, "i" + item, T.plusSeconds(n * 1000L + u)));
      }
    }
    return data.build();
  }

  @Test
  void theLinesFindOptionsOnTrainingDataAlone(@TempDir Path folder) throws IOException {
    Dataset data = shop();
    Tuning.Found found = Tuning.run(data, folder);
    SearchResult search = found.search();
    assertThat(search.trials()).hasSize(27 + 9 + 3 + 1).noneMatch(Trial::failed);
    assertThat(search.best().rung()).isEqualTo(4);
    assertThat(search.best().share()).isEqualTo(1);
    Split split = Splits.byTime(data, 0.2);
    Instant firstOfTest =
        split.test().values().stream()
            .map(events -> events.get(0))
            .map(Event::at)
            .min(java.util.Comparator.naturalOrder())
            .orElseThrow();
    assertThat(search.data()).isEqualTo(split.train().fingerprint());
    assertThat(split.train().latest()).isBefore(firstOfTest);
    assertThat(Files.readAllLines(folder.resolve("search.jsonl"))).hasSize(1 + 40);
    assertThat(found.evaluation().entries())
        .extracting(Entry::name)
        .containsExactly("as it comes", "tuned");
    assertThat(found.evaluation().entry("tuned").provenance().options())
        .containsAllEntriesOf(search.best().options());

    // Run again, it goes on where it ended: nothing is tried twice.
    assertThat(Tuning.run(data, folder).search()).isEqualTo(search);
  }
}
