// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The combinations that a strategy tries, and the rungs it tries them on.
 *
 * @param list what is tried, in order
 * @param rungs smallest share first; the last has all users
 */
record Candidates(List<Candidate> list, List<Rung> rungs) {

  private static final long MOST_OF_A_GRID = 100_000;

  /**
   * One combination.
   *
   * @param options what is set, as text
   * @param settings every option, as text
   */
  record Candidate(Map<String, String> options, Map<String, String> settings) {}

  /**
   * Draws.
   *
   * @param space checked by these options
   * @param strategy how to draw
   * @param seed drives the draws
   * @param fixed what is the same in every combination, as text
   * @param options of the provider
   */
  static Candidates of(
      SearchSpace space,
      SearchStrategy strategy,
      long seed,
      Map<String, String> fixed,
      OptionSet options) {
    List<Map<String, String>> combinations =
        strategy instanceof SearchStrategy.Grid
            ? grid(space)
            : random(space, draws(strategy), new SplittableRandom(seed));
    List<Candidate> list = new ArrayList<>();
    for (Map<String, String> combination : combinations) {
      Map<String, Object> given = new LinkedHashMap<>(fixed);
      given.putAll(combination);
      Map<String, String> settings = options.resolve(new Options(given)).asText();
      Map<String, String> texts = new LinkedHashMap<>();
      given
          .keySet()
          .forEach(name -> texts.put(name, Objects.requireNonNull(settings.get(name), name)));
      list.add(new Candidate(texts, settings));
    }
    List<Rung> rungs =
        strategy instanceof SearchStrategy.SuccessiveHalving halving
            ? halving.rungs(list.size())
            : List.of(new Rung(list.size(), 1));
    return new Candidates(list, rungs);
  }

  private static int draws(SearchStrategy strategy) {
    return strategy instanceof SearchStrategy.Random random
        ? random.draws()
        : ((SearchStrategy.SuccessiveHalving) strategy).draws();
  }

  private static List<Map<String, String>> grid(SearchSpace space) {
    OptionalLong size = space.size();
    if (size.isEmpty()) {
      throw new IllegalArgumentException(
          "a grid has no end over ranges of real numbers, here of "
              + String.join(", ", space.continuous())
              + "; give them steps, such as uniform(name, low, high, 5), or search at random");
    }
    if (size.getAsLong() > MOST_OF_A_GRID) {
      throw new IllegalArgumentException(
          "the grid has "
              + size.getAsLong()
              + " combinations, more than "
              + MOST_OF_A_GRID
              + "; name fewer values, or search at random");
    }
    List<Map<String, String>> all = new ArrayList<>();
    for (long index = 0; index < size.getAsLong(); index++) {
      all.add(space.combination(index));
    }
    return all;
  }

  private static List<Map<String, String>> random(
      SearchSpace space, int draws, SplittableRandom random) {
    OptionalLong size = space.size();
    if (size.isEmpty()) {
      List<Map<String, String>> drawn = new ArrayList<>();
      for (int d = 0; d < draws; d++) {
        drawn.add(space.draw(random));
      }
      return drawn;
    }
    Set<Map<String, String>> drawn = new LinkedHashSet<>();
    while (drawn.size() < Math.min(draws, size.getAsLong())) {
      drawn.add(space.draw(random));
    }
    return List.copyOf(drawn);
  }
}
