// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes one message out of what a generator proposes: has several written, puts each to every
 * check, ranks those that passed, and takes the best. Where none passed, the fallback writes, if
 * there is one; else the refusal says what stood in the way. Immutable and thread-safe; the same
 * request and proposals give the same text.
 */
public final class Pipeline {

  /** How many candidates are proposed where it is not set. */
  public static final int CANDIDATES = 16;

  private record Weighted(Ranker ranker, double weight) {}

  private record Ranked(Candidate candidate, List<Verdict> verdicts, double score) {}

  private final String generator;
  private final int candidates;
  private final List<Check> checks;
  private final List<Weighted> rankers;
  private final @Nullable ContentModel fallback;

  private Pipeline(Builder b) {
    this.generator = b.generator;
    this.candidates = b.candidates;
    this.checks = List.copyOf(b.checks);
    this.rankers = List.copyOf(b.rankers);
    this.fallback = b.fallback;
  }

  /**
   * Starts a pipeline.
   *
   * @param generator the name of the generator it works for, which refuses in its name
   * @return a builder with the {@linkplain Checks#standard() usual checks} and {@linkplain
   *     Rankers#standard() rankers}, without a fallback: in a {@code PushEngine} the engine falls
   *     back
   */
  public static Builder builder(String generator) {
    return new Builder(generator);
  }

  /**
   * Makes one message.
   *
   * @param request what is asked for
   * @param proposer what writes
   * @return the best of the proposed texts that pass every check, else the fallback's, else a
   *     refusal
   */
  public ContentResult choose(ContentRequest request, Proposer proposer) {
    List<Candidate> proposed =
        proposer.propose(request, candidates).stream().limit(candidates).distinct().toList();
    List<Verdict> failures = new ArrayList<>();
    Map<String, Integer> obstacles = new LinkedHashMap<>();
    Optional<Ranked> best =
        proposed.stream()
            .map(candidate -> judge(request, candidate))
            .filter(judged -> passed(judged, failures, obstacles))
            // The first of equals.
            .reduce((a, b) -> b.score() > a.score() ? b : a);
    return best.<ContentResult>map(ranked -> content(request, ranked))
        .orElseGet(() -> withoutOne(request, proposed.size(), failures, obstacles));
  }

  private Ranked judge(ContentRequest request, Candidate candidate) {
    List<Verdict> verdicts = new ArrayList<>();
    checks.forEach(check -> verdicts.addAll(check.check(request, candidate)));
    double score = 0;
    if (verdicts.stream().allMatch(Verdict::passed)) {
      for (Weighted part : rankers) {
        score += part.weight() * part.ranker().score(request, candidate);
      }
    }
    return new Ranked(candidate, verdicts, score);
  }

  private static boolean passed(
      Ranked judged, List<Verdict> failures, Map<String, Integer> obstacles) {
    boolean passed = true;
    for (Verdict verdict : judged.verdicts()) {
      if (!verdict.passed()) {
        passed = false;
        failures.add(
            new Verdict(
                verdict.check(), false, judged.candidate().origin() + ": " + verdict.detail()));
        obstacles.merge(verdict.check() + ": " + verdict.detail(), 1, Integer::sum);
      }
    }
    return passed;
  }

  private PushContent content(ContentRequest request, Ranked ranked) {
    Candidate candidate = ranked.candidate();
    return new PushContent(
        candidate.title(),
        candidate.body(),
        request.channel(),
        request.locale(),
        named(request),
        source(candidate.origin()),
        request.seed(),
        ranked.verdicts());
  }

  private static List<String> named(ContentRequest request) {
    return request.items().stream().limit(1).map(PushItem::item).map(i -> i.id()).toList();
  }

  // Whoever reads the source finds the generator first, whatever it calls its decodings.
  private String source(String origin) {
    return origin.equals(generator) || origin.startsWith(generator + "/")
        ? origin
        : generator + "/" + origin;
  }

  private ContentResult withoutOne(
      ContentRequest request,
      int proposed,
      List<Verdict> failures,
      Map<String, Integer> obstacles) {
    String why =
        proposed == 0
            ? "it proposes nothing for "
                + request.occasion()
                + " in "
                + request.locale().toLanguageTag()
            : "none of the " + proposed + " candidates will do: " + describe(obstacles);
    if (fallback == null) {
      return new Refusal(generator, why, failures);
    }
    ContentResult second = fallback.generate(request);
    if (second instanceof Refusal refusal) {
      failures.addAll(refusal.verdicts());
      return new Refusal(
          generator, why + "; " + refusal.generator() + ": " + refusal.reason(), failures);
    }
    PushContent text = (PushContent) second;
    return new PushContent(
        text.title(),
        text.body(),
        text.channel(),
        text.locale(),
        text.itemIds(),
        generator + "/fallback:" + text.source(),
        text.seed(),
        text.verdicts());
  }

  private static String describe(Map<String, Integer> obstacles) {
    return obstacles.entrySet().stream()
        .map(e -> e.getKey() + (e.getValue() > 1 ? " (" + e.getValue() + " times)" : ""))
        .collect(Collectors.joining("; "));
  }

  /** Builds a {@link Pipeline}. */
  public static final class Builder {
    private final String generator;
    private int candidates = CANDIDATES;
    private final List<Check> checks = new ArrayList<>(Checks.standard());
    private final List<Weighted> rankers = new ArrayList<>();
    private @Nullable ContentModel fallback;

    private Builder(String generator) {
      this.generator = Objects.requireNonNull(generator, "generator");
      Rankers.standard().forEach(this::ranker);
    }

    /**
     * Sets how many candidates are proposed; {@value Pipeline#CANDIDATES} where it is not set.
     *
     * @param candidates at least 1
     * @return this
     */
    public Builder candidates(int candidates) {
      if (candidates < 1) {
        throw new IllegalArgumentException(
            "candidates is " + candidates + "; at least 1 is needed");
      }
      this.candidates = candidates;
      return this;
    }

    /**
     * Adds a check to the usual ones, which cannot be left out.
     *
     * @param check the check
     * @return this
     */
    public Builder check(Check check) {
      checks.add(Objects.requireNonNull(check, "check"));
      return this;
    }

    /**
     * Adds a ranker.
     *
     * @param ranker the ranker
     * @param weight what its score is multiplied by, a finite number of at least 0
     * @return this
     */
    public Builder ranker(Ranker ranker, double weight) {
      if (!(weight >= 0 && Double.isFinite(weight))) {
        throw new IllegalArgumentException(
            "weight is " + weight + "; a finite number of at least 0 is needed");
      }
      rankers.add(new Weighted(Objects.requireNonNull(ranker, "ranker"), weight));
      return this;
    }

    /**
     * Takes all rankers away, the usual ones too: without any, the first candidate that passes is
     * chosen.
     *
     * @return this
     */
    public Builder withoutRankers() {
      rankers.clear();
      return this;
    }

    /**
     * Sets what writes when no candidate passes.
     *
     * @param fallback a model, of templates for instance
     * @return this
     */
    public Builder fallback(ContentModel fallback) {
      this.fallback = Objects.requireNonNull(fallback, "fallback");
      return this;
    }

    /**
     * The pipeline.
     *
     * @return an immutable pipeline
     */
    public Pipeline build() {
      return new Pipeline(this);
    }
  }
}
