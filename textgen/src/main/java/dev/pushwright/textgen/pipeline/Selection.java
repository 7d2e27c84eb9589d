// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the candidates for one request: the best of those that pass every check so far,
 * and what stood in the way of the others. One thread at a time.
 */
final class Selection {

  /**
   * A candidate that passed every check.
   *
   * @param candidate what would be said
   * @param verdicts of all checks
   * @param score the weighted sum of the rankers
   */
  record Passed(Candidate candidate, List<Verdict> verdicts, double score) {}

  private final ContentRequest request;
  private final List<Check> checks;
  private final List<Pipeline.Weighted> rankers;
  private final List<Verdict> failures = new ArrayList<>();
  private final Map<String, Integer> obstacles = new LinkedHashMap<>();
  private @Nullable Passed best;

  Selection(ContentRequest request, List<Check> checks, List<Pipeline.Weighted> rankers) {
    this.request = request;
    this.checks = checks;
    this.rankers = rankers;
  }

  /** Puts a candidate to every check, and ranks it if it passes them. */
  void add(Candidate candidate) {
    List<Verdict> verdicts = new ArrayList<>();
    checks.forEach(check -> verdicts.addAll(check.check(request, candidate)));
    if (verdicts.stream().allMatch(Verdict::passed)) {
      double score = 0;
      for (Pipeline.Weighted part : rankers) {
        score += part.weight() * part.ranker().score(request, candidate);
      }
      // The first of equals.
      if (best == null || score > best.score()) {
        best = new Passed(candidate, verdicts, score);
      }
      return;
    }
    for (Verdict verdict : verdicts) {
      if (!verdict.passed()) {
        failures.add(
            new Verdict(verdict.check(), false, candidate.origin() + ": " + verdict.detail()));
        obstacles.merge(verdict.check() + ": " + verdict.detail(), 1, Integer::sum);
      }
    }
  }

  /** The best one, if any passed. */
  Optional<Passed> best() {
    return Optional.ofNullable(best);
  }

  /** What failed, each naming the candidate. */
  List<Verdict> failures() {
    return failures;
  }

  /** What stood in the way, and how often. */
  Map<String, Integer> obstacles() {
    return obstacles;
  }

  /** Causes and how often each was one, in words. */
  static String counted(Map<String, Integer> causes) {
    return causes.entrySet().stream()
        .map(e -> e.getKey() + (e.getValue() > 1 ? " (" + e.getValue() + " times)" : ""))
        .collect(Collectors.joining("; "));
  }
}
