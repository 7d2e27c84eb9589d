// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.profile.text.KeywordText.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Names the words that tell what one text is about, by the text alone: TextRank [1]. The words are
 * the vertices of an undirected graph, with an edge between two that stand within a window of some
 * words; a word is important when important words stand beside it:
 *
 * <pre>
 *   S(i) = (1 − d) + d · Σ_j w(i,j) / Σ_k w(j,k) · S(j)        over the neighbours j of i
 * </pre>
 *
 * which is iterated from S = 1 until no score moves by more than the tolerance. With d below 1 it
 * converges from any start, each step shrinking what is left by d; the scores of words with
 * neighbours have a mean of 1, and a word without any has 1 − d.
 *
 * <p>As in [1], edges count once however often two words meet, unless {@link Builder#weighted} is
 * set. The window runs over the words that the analyzer keeps, where [1] counts those that its
 * filter leaves out too, and neighbouring keywords are not joined to phrases. Windows do not reach
 * from one part of a text into another. Titles are mostly too short to tell their words apart by
 * their neighbours: there, {@link Keywords} is the better choice.
 *
 * <p><b>Cost.</b> O(words · window) for the graph, and that for each iteration.
 *
 * <ol>
 *   <li>R. Mihalcea, P. Tarau: TextRank: Bringing Order into Texts. EMNLP 2004
 * </ol>
 *
 * Immutable and thread-safe.
 */
public final class TextRank {

  // Enough for any damping up to 0.99 and any tolerance from 1e-8: 0.99^2000 is below 2e-9.
  private static final int MAX_ITERATIONS = 2_000;

  private final TextAnalyzer analyzer;
  private final int window;
  private final double damping;
  private final double tolerance;
  private final boolean weighted;

  private TextRank(Builder builder) {
    this.analyzer = builder.analyzer;
    this.window = builder.window;
    this.damping = builder.damping;
    this.tolerance = builder.tolerance;
    this.weighted = builder.weighted;
  }

  /**
   * Starts with a window of 2 words, a damping of 0.85 and edges that count once, as [1] found
   * best.
   *
   * @param analyzer cuts text into words
   * @return a builder
   */
  public static Builder builder(TextAnalyzer analyzer) {
    return new Builder(analyzer);
  }

  /**
   * The keywords of a text.
   *
   * @param text the text; its fields count alike
   * @param limit how many at most, at least 0
   * @return the most important, in order, ties by label, with their scores S; empty when there are
   *     no words
   */
  public List<Keyword> of(KeywordText text, int limit) {
    Graph graph = new Graph(weighted);
    for (Part part : text.parts()) {
      List<Word> words = Keywords.words(analyzer, part);
      int[] vertices = words.stream().mapToInt(graph::vertex).toArray();
      for (int i = 0; i < vertices.length; i++) {
        for (int j = i + 1; j < Math.min(vertices.length, i + window); j++) {
          graph.join(vertices[i], vertices[j]);
        }
      }
    }
    double[] scores = graph.scores(damping, tolerance);
    List<Keyword> all = new ArrayList<>();
    for (int v = 0; v < scores.length; v++) {
      all.add(new Keyword(graph.labels.get(v), scores[v]));
    }
    return Keyword.heaviest(all, limit);
  }

  /** An undirected graph of words, which reads a word as it is first written. */
  private static final class Graph {
    final List<String> labels = new ArrayList<>();
    private final boolean weighted;
    private final Map<String, Integer> vertices = new HashMap<>();
    // From both ends of an edge, the smaller vertex in the high half, to how often it was met.
    private final Map<Long, Integer> edges = new HashMap<>();

    Graph(boolean weighted) {
      this.weighted = weighted;
    }

    int vertex(Word word) {
      Integer known = vertices.putIfAbsent(word.key(), labels.size());
      if (known != null) {
        return known;
      }
      labels.add(word.label());
      return labels.size() - 1;
    }

    void join(int one, int other) {
      if (one != other) {
        edges.merge(((long) Math.min(one, other) << 32) | Math.max(one, other), 1, Integer::sum);
      }
    }

    double[] scores(double damping, double tolerance) {
      int n = labels.size();
      // In the order of the vertices, so that sums have the same bits each time.
      long[] ends = edges.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
      double[] weights = new double[ends.length];
      double[] strength = new double[n];
      for (int e = 0; e < ends.length; e++) {
        weights[e] = weighted ? Objects.requireNonNull(edges.get(ends[e])) : 1;
        strength[(int) (ends[e] >>> 32)] += weights[e];
        strength[(int) ends[e]] += weights[e];
      }
      double[] scores = new double[n];
      Arrays.fill(scores, 1);
      double change = Double.POSITIVE_INFINITY;
      for (int i = 0; i < MAX_ITERATIONS && change > tolerance; i++) {
        double[] next = new double[n];
        Arrays.fill(next, 1 - damping);
        for (int e = 0; e < ends.length; e++) {
          int a = (int) (ends[e] >>> 32);
          int b = (int) ends[e];
          next[a] += damping * weights[e] / strength[b] * scores[b];
          next[b] += damping * weights[e] / strength[a] * scores[a];
        }
        change = 0;
        for (int v = 0; v < n; v++) {
          change = Math.max(change, Math.abs(next[v] - scores[v]));
        }
        scores = next;
      }
      return scores;
    }
  }

  /** Builds a {@link TextRank}. */
  public static final class Builder {
    private final TextAnalyzer analyzer;
    private int window = 2;
    private double damping = 0.85;
    private double tolerance = 1e-6;
    private boolean weighted;

    private Builder(TextAnalyzer analyzer) {
      this.analyzer = Objects.requireNonNull(analyzer, "analyzer");
    }

    /**
     * Sets how many words a window holds: two words are joined when both are in it.
     *
     * @param window from 2 to 1,000; [1] tries 2 to 10
     * @return this
     */
    public Builder window(int window) {
      if (window < 2 || window > 1_000) {
        throw new IllegalArgumentException(
            "window is " + window + "; from 2 to 1000 words is needed");
      }
      this.window = window;
      return this;
    }

    /**
     * Sets the damping d.
     *
     * @param damping from 0, where all words are alike, to 0.99; [1] takes 0.85
     * @return this
     */
    public Builder damping(double damping) {
      if (!(damping >= 0 && damping <= 0.99)) {
        throw new IllegalArgumentException("damping is " + damping + "; from 0 to 0.99 is needed");
      }
      this.damping = damping;
      return this;
    }

    /**
     * Sets when the iteration ends.
     *
     * @param tolerance the largest change of a score, from 1e-8 to 1; [1] takes 1e-4
     * @return this
     */
    public Builder tolerance(double tolerance) {
      if (!(tolerance >= 1e-8 && tolerance <= 1)) {
        throw new IllegalArgumentException(
            "tolerance is " + tolerance + "; from 1e-8 to 1 is needed");
      }
      this.tolerance = tolerance;
      return this;
    }

    /**
     * Lets an edge weigh as often as its two words meet.
     *
     * @param weighted whether it does; it does not unless this is set
     * @return this
     */
    public Builder weighted(boolean weighted) {
      this.weighted = weighted;
      return this;
    }

    /**
     * The ranking.
     *
     * @return an immutable ranking
     */
    public TextRank build() {
      return new TextRank(this);
    }
  }
}
