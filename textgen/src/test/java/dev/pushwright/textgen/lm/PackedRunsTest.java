// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.textgen.ModelParts;
import dev.pushwright.textgen.copy.AttestedRuns;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.copy.Vocabulary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedRunsTest {

  private static final Lessons LESSONS =
      Lessons.of(Fitted.pairs(), SlotRules.messages(), 2, 30, 0.2, 1);

  @TempDir Path folder;

  /** As version 0.1 saved them. */
  private static void save(ModelWriter out) {
    Map<Integer, TreeSet<Long>> runs = new TreeMap<>();
    for (Sentence[] texts : new Sentence[][] {LESSONS.train(), LESSONS.watched()}) {
      for (Sentence text : texts) {
        long last = 0;
        for (int word : text.words()) {
          long run = last << 21 | word;
          runs.computeIfAbsent(0, c -> new TreeSet<>()).add(run);
          for (int c : text.conditions()) {
            String slot = LESSONS.conditions().slot(c);
            if (slot.equals("language") || slot.equals("occasion")) {
              runs.computeIfAbsent(c, own -> new TreeSet<>()).add(run);
            }
          }
          last = run & ((1L << 42) - 1);
        }
      }
    }
    int[] keys = runs.keySet().stream().mapToInt(c -> c).toArray();
    int[] counts = runs.values().stream().mapToInt(TreeSet::size).toArray();
    out.ints("sizes", new int[] {keys.length, Arrays.stream(counts).sum()})
        .ints("conditions", keys)
        .ints("counts", counts)
        .longs("runs", runs.values().stream().flatMap(TreeSet::stream).mapToLong(r -> r).toArray());
  }

  private static void save(ModelWriter out, int condition, int count, long run) {
    out.ints("sizes", new int[] {1, 1})
        .ints("conditions", new int[] {condition})
        .ints("counts", new int[] {count})
        .longs("runs", new long[] {run});
  }

  private <T> T written(Consumer<ModelWriter> saved, Function<ModelReader, T> read) {
    return ModelParts.reread(folder, saved, read);
  }

  private static AttestedRuns read(ModelReader in) {
    return PackedRuns.read(in, LESSONS.vocabulary(), LESSONS.conditions());
  }

  private long[] hashes(AttestedRuns runs) {
    return written(runs::save, in -> in.longs("runs"));
  }

  @Test
  void theyAreThoseThatTheSameTextsHaveNow() {
    assertThat(LESSONS.vocabulary().size()).isGreaterThan(Vocabulary.UNKNOWN + 10);
    AttestedRuns read = written(PackedRunsTest::save, PackedRunsTest::read);
    assertThat(hashes(read)).hasSizeGreaterThan(100).isEqualTo(hashes(LESSONS.runs()));
  }

  @Test
  void theyAreToldFromThoseThatAreSavedNow() {
    assertThat(written(PackedRunsTest::save, PackedRuns::areIn)).isTrue();
    assertThat(written(LESSONS.runs()::save, PackedRuns::areIn)).isFalse();
  }

  @Test
  void damageIsNamed() {
    int conditions = LESSONS.conditions().size();
    int words = LESSONS.vocabulary().size();
    assertThatThrownBy(() -> written(out -> save(out, conditions, 1, 0), PackedRunsTest::read))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("there is no condition " + conditions);
    assertThatThrownBy(() -> written(out -> save(out, 0, 1, words), PackedRunsTest::read))
        .hasMessageContaining("there is no word " + words);
    for (int count : new int[] {-1, 0, 2}) {
      assertThatThrownBy(() -> written(out -> save(out, 0, count, 0), PackedRunsTest::read))
          .hasMessageContaining("counts and runs do not agree");
    }
  }
}
