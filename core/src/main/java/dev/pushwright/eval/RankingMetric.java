// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import com.google.common.base.Splitter;
import dev.pushwright.spi.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How good the order of one user's list is, from 0 to 1. Relevance is binary. With r the number of
 * relevant items, rel(p) 1 if the item at position p = 1, 2, … is relevant and else 0, and sums
 * over p ≤ k:
 *
 * <pre>
 * hr        1 if any rel(p) = 1, else 0
 * precision Σ rel(p) / k           k even where fewer were answered: an empty place helps nobody
 * recall    Σ rel(p) / r
 * f1        2 · precision · recall / (precision + recall), 0 where both are
 * ndcg      Σ rel(p) / log2(p + 1), divided by the same sum of the best list, whose first min(r, k)
 *           items are relevant [1]
 * map       Σ rel(p) · precision@p, divided by min(r, k) [2]
 * mrr       1 / p of the first relevant item, 0 where there is none within k [3]
 * auc       the share of pairs of a relevant and an irrelevant candidate that are in the right
 *           order, equal scores counting 1/2 [4]; over the whole list, without a k
 * </pre>
 *
 * <p>For auc, candidates that were not answered rank below all that were, and equal among
 * themselves; where every candidate is relevant there is no pair, and it is 1/2. The mean over
 * users of map is the mean average precision, that of mrr the mean reciprocal rank.
 *
 * <p>[1] K. Järvelin, J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS
 * 20(4), 2002; here with the discount log2(p + 1), which leaves no position undiscounted but the
 * first. [2] C. Manning, P. Raghavan, H. Schütze, "Introduction to information retrieval", 2008,
 * section 8.4; divided by min(r, k), not r, so that a perfect list of k scores 1. [3] E. Voorhees,
 * "The TREC-8 question answering track report", 1999. [4] S. Rendle et al., "BPR: Bayesian
 * personalized ranking from implicit feedback", UAI 2009, section 4.1.1; the 1/2 for ties is that
 * of Mann and Whitney.
 *
 * @param kind what is measured
 * @param k how many of the first items count, at least 1; 0 for {@link Kind#AUC} alone
 */
public record RankingMetric(Kind kind, int k) {

  /** What is measured; the definitions stand with {@link RankingMetric}. */
  public enum Kind {
    /** Hit rate. */
    HIT_RATE("hr"),
    /** Precision. */
    PRECISION("precision"),
    /** Recall. */
    RECALL("recall"),
    /** The harmonic mean of precision and recall. */
    F1("f1"),
    /** Normalised discounted cumulative gain. */
    NDCG("ndcg"),
    /** Average precision. */
    MAP("map"),
    /** Reciprocal rank. */
    MRR("mrr"),
    /** Area under the ROC curve. */
    AUC("auc");

    private final String shortName;

    Kind(String shortName) {
      this.shortName = shortName;
    }
  }

  /** Checks k. */
  public RankingMetric {
    if (kind == Kind.AUC ? k != 0 : k < 1) {
      throw new IllegalArgumentException(
          "k of "
              + kind.shortName
              + " is "
              + k
              + (kind == Kind.AUC ? "; auc has none, give 0" : "; at least 1 is needed"));
    }
  }

  /**
   * A metric by its {@link #name()}.
   *
   * @param name such as {@code "ndcg@10"} or {@code "auc"}
   * @return the metric
   * @throws IllegalArgumentException for any other text
   */
  public static RankingMetric parse(String name) {
    List<String> parts = Splitter.on('@').limit(2).splitToList(name.strip());
    String shortName = parts.get(0).toLowerCase(Locale.ROOT);
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(candidate -> candidate.shortName.equals(shortName))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        Spelling.unknown(
                            "ranking metric",
                            parts.get(0),
                            Arrays.stream(Kind.values()).map(k -> k.shortName).toList())));
    if (parts.size() == 1) {
      if (kind != Kind.AUC) {
        throw new IllegalArgumentException(
            "\"" + name + "\" has no k; write " + shortName + "@10 for the first ten");
      }
      return new RankingMetric(kind, 0);
    }
    try {
      return new RankingMetric(kind, Integer.parseInt(parts.get(1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + name + "\": k is \"" + parts.get(1) + "\"; a whole number is needed", e);
    }
  }

  /**
   * Every kind at every k, and auc.
   *
   * @param ks the k, each at least 1
   * @return the metrics, by k and then by kind
   */
  public static List<RankingMetric> allAt(int... ks) {
    List<RankingMetric> all = new java.util.ArrayList<>();
    for (int k : ks) {
      for (Kind kind : Kind.values()) {
        if (kind != Kind.AUC) {
          all.add(new RankingMetric(kind, k));
        }
      }
    }
    all.add(new RankingMetric(Kind.AUC, 0));
    return List.copyOf(all);
  }

  /**
   * The name it goes by in reports.
   *
   * @return such as {@code "hr@10"}
   */
  public String name() {
    return kind == Kind.AUC ? kind.shortName : kind.shortName + "@" + k;
  }

  /**
   * Measures one user's list.
   *
   * @param list the judged list, at least k long unless the recommender had no more to say
   * @return from 0 to 1
   */
  public double of(JudgedList list) {
    return switch (kind) {
      case HIT_RATE -> hits(list) > 0 ? 1 : 0;
      case PRECISION -> hits(list) / (double) k;
      case RECALL -> hits(list) / (double) list.relevant();
      // 2PR / (P + R) with P = h/k and R = h/r is 2h / (k + r).
      case F1 -> 2.0 * hits(list) / (k + list.relevant());
      case NDCG -> ndcg(list);
      case MAP -> averagePrecision(list);
      case MRR -> reciprocalRank(list);
      case AUC -> auc(list);
    };
  }

  private int shown(JudgedList list) {
    return Math.min(k, list.size());
  }

  private int hits(JudgedList list) {
    int hits = 0;
    for (int p = 0; p < shown(list); p++) {
      hits += list.hit(p) ? 1 : 0;
    }
    return hits;
  }

  private double ndcg(JudgedList list) {
    double gain = 0;
    for (int p = 0; p < shown(list); p++) {
      gain += list.hit(p) ? discount(p) : 0;
    }
    double ideal = 0;
    for (int p = 0; p < Math.min(list.relevant(), k); p++) {
      ideal += discount(p);
    }
    return gain / ideal;
  }

  // For a position from 0: the first item counts whole.
  private static double discount(int position) {
    return Math.log(2) / Math.log(position + 2.0);
  }

  private double averagePrecision(JudgedList list) {
    int hits = 0;
    double sum = 0;
    for (int p = 0; p < shown(list); p++) {
      if (list.hit(p)) {
        sum += ++hits / (p + 1.0);
      }
    }
    return sum / Math.min(list.relevant(), k);
  }

  private double reciprocalRank(JudgedList list) {
    for (int p = 0; p < shown(list); p++) {
      if (list.hit(p)) {
        return 1 / (p + 1.0);
      }
    }
    return 0;
  }

  private static double auc(JudgedList list) {
    long irrelevant = (long) list.candidates() - list.relevant();
    if (irrelevant == 0) {
      return 0.5;
    }
    double right = 0;
    long missesAbove = 0;
    int hits = 0;
    for (int from = 0; from < list.size(); ) {
      int to = from;
      int hitsHere = 0;
      while (to < list.size() && list.score(to) == list.score(from)) {
        hitsHere += list.hit(to) ? 1 : 0;
        to++;
      }
      int missesHere = to - from - hitsHere;
      right += hitsHere * (irrelevant - missesAbove - missesHere + missesHere / 2.0);
      missesAbove += missesHere;
      hits += hitsHere;
      from = to;
    }
    right += (list.relevant() - hits) * (irrelevant - missesAbove) / 2.0;
    return right / ((double) irrelevant * list.relevant());
  }
}
