// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairsTest {

  @TempDir private Path folder;

  private static Pairs pairs() {
    return new Pairs(3, 4, new int[] {0, 0, 2}, new int[] {1, 3, 0}, new float[] {1, 4.5f, 5});
  }

  @Test
  void pairsAreReadAsTheyWereWritten() throws IOException {
    Path file = folder.resolve("pairs.tsv");
    pairs().write(file);
    Pairs read = Pairs.read(file);
    assertThat(read).usingRecursiveComparison().isEqualTo(pairs());
    assertThat(read.starts()).containsExactly(0, 2, 2, 3);
  }

  @Test
  void aFileThatWasCutShortIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("pairs.tsv"), List.of("3\t4\t2", "0\t1\t1.0"));
    assertThatThrownBy(() -> Pairs.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("pairs.tsv");
  }

  @Test
  void pairsOutOfOrderOrOfNobodyAreRefused() {
    float[] two = new float[2];
    assertThatThrownBy(() -> new Pairs(1, 4, new int[] {0, 0}, new int[] {3, 3}, two))
        .hasMessageContaining("row 1");
    assertThatThrownBy(() -> new Pairs(1, 4, new int[] {0, 1}, new int[] {1, 3}, two))
        .hasMessageContaining("user 1 of 1");
    assertThatThrownBy(() -> new Pairs(1, 4, new int[] {0}, new int[] {1, 3}, two))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answersAreReadAsTheyWereWritten() throws IOException {
    Path file = folder.resolve("answer");
    Answer lists =
        new Answer(new int[][] {{7, 2}, {}, {0}}, new double[][] {{0.5, 1e-9}, {}, {-3}});
    lists.write(file);
    assertThat(Answer.read(file)).usingRecursiveComparison().isEqualTo(lists);
    Answer values = Answer.ofValues(new double[][] {{0.5, -1e300}, {1 / 3.0}});
    values.write(file);
    assertThat(Answer.read(file)).usingRecursiveComparison().isEqualTo(values);
  }

  @Test
  void theProbeAsksAboutPairsOfBothKinds() {
    Pairs pairs = pairs();
    Probe probe = Probe.of(pairs);
    int half = probe.rating().length;
    assertThat(half).isEqualTo(3);
    assertThat(probe.user()).hasSize(2 * half);
    for (int p = 0; p < 2 * half; p++) {
      int user = probe.user()[p];
      int item = probe.item()[p];
      boolean learned = (user == 0 && (item == 1 || item == 3)) || (user == 2 && item == 0);
      assertThat(learned).as("pair %d: %d, %d", p, user, item).isEqualTo(p < half);
    }
    assertThat(probe).usingRecursiveComparison().isEqualTo(Probe.of(pairs));
  }

  @Test
  void workIsFoundByItsKey() {
    for (Work work : Work.values()) {
      assertThat(Work.of(work.key())).isEqualTo(work);
    }
    assertThatThrownBy(() -> Work.of("item-cosin"))
        .hasMessageContaining("\"item-cosin\"")
        .hasMessageContaining("item-cosine, user-cosine, top-n");
  }
}
