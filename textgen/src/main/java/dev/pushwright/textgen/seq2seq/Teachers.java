// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.api.FitContext;
import dev.pushwright.neural.nn.CounterRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Networks that say what others learn. What they draw for a set of attributes stands for what
 * people would write for it; what is learned is the text that has most in common with that, the one
 * of the largest {@link ExpectedMatches}. Same bits for any number of threads.
 */
final class Teachers {

  // How many sets of attributes a thread works at a time.
  private static final int BLOCK = 4;

  private final Seq2SeqWriter writer;
  private final List<Map<String, String>> sets;
  private final List<List<BeamSearch.Found>> drawn;

  /**
   * Draws.
   *
   * @param writer writes by the mean of all
   * @param sets values to state, by slot
   * @param texts how many to draw for each set
   * @param seed the same seed, the same texts
   * @param context threads and progress
   */
  Teachers(
      Seq2SeqWriter writer,
      List<Map<String, String>> sets,
      int texts,
      long seed,
      FitContext context) {
    this.writer = writer;
    this.sets = List.copyOf(sets);
    this.drawn = new ArrayList<>(Collections.nCopies(sets.size(), List.of()));
    each(
        "texts of the teachers",
        context,
        i -> drawn.set(i, writer.draw(sets.get(i), texts, CounterRandom.key(seed, i))));
  }

  /**
   * What the teachers agree on, of the texts that they find and that they drew.
   *
   * @param context threads and progress
   * @return by set its tokens; none where no text states all slots and no other
   */
  List<List<String>> agreed(FitContext context) {
    return best(
        "texts that teachers agree on",
        context,
        i -> {
          List<BeamSearch.Found> all = new ArrayList<>(writer.find(sets.get(i)));
          all.addAll(drawn.get(i));
          return all;
        });
  }

  /**
   * What the teachers agree on, of the texts that students find. These write more alike from one
   * set to the next than what was drawn for each, and so does who learns it.
   *
   * @param students whose vocabulary is part of the teachers'
   * @param context threads and progress
   * @return by set its tokens; none where no text states all slots and no other
   */
  List<List<String>> agreed(List<Seq2SeqWriter> students, FitContext context) {
    return best(
        "texts of students that teachers agree on",
        context,
        i ->
            students.stream()
                .flatMap(one -> one.find(sets.get(i)).stream().map(f -> writer.translate(f, one)))
                .toList());
  }

  private List<List<String>> best(
      String phase, FitContext context, IntFunction<List<BeamSearch.Found>> candidates) {
    List<List<String>> best = new ArrayList<>(Collections.nCopies(sets.size(), List.of()));
    each(
        phase,
        context,
        i -> {
          List<BeamSearch.Found> among = candidates.apply(i);
          ExpectedMatches expected =
              new ExpectedMatches(
                  (drawn.get(i).isEmpty() ? among : drawn.get(i))
                      .stream().map(text -> NGramCounts.of(text.tokens())).toList());
          Optional<List<String>> text = writer.best(sets.get(i), among, expected);
          best.set(i, text.orElse(List.of()));
        });
    return best;
  }

  private interface Work {
    void on(int set);
  }

  private void each(String phase, FitContext context, Work work) {
    context.forBlocks(
        phase,
        sets.size(),
        BLOCK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            work.on(i);
          }
        });
  }
}
