// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import java.util.Objects;

/**
 * What a term weighs in a text: how often the text has it (term frequency), times how much it tells
 * texts apart (inverse document frequency), scaled so that long and short texts compare:
 *
 * <pre>
 *   w(t) = tf(c(t)) · idf(t) / norm
 *
 *   tf:    raw        c
 *          log        1 + ln c
 *          augmented  0.5 + 0.5 · c / max_s c(s)
 *   idf:   smooth     ln((1 + N) / (1 + df)) + 1
 *          plain      ln(N / df) + 1
 *   norm:  none       1
 *          L1         Σ_s tf(c(s)) · idf(s)
 *          L2         √ Σ_s (tf(c(s)) · idf(s))²
 * </pre>
 *
 * with c(t) how often the text has t, N the number of texts and df how many of them have t. These
 * are scikit-learn's definitions [1] where it has them: raw is its default and log its {@code
 * sublinear_tf}, smooth its default and plain its {@code smooth_idf=False}; the augmented frequency
 * is Salton and Buckley's [2]. Counts may be fractions, as when a word of a title counts more than
 * one of a review; below 1 the logarithm gives way to the count itself, which meets it at 1.
 *
 * <ol>
 *   <li>scikit-learn user guide, "Text feature extraction: Tf-idf term weighting"
 *   <li>G. Salton, C. Buckley: Term-weighting approaches in automatic text retrieval. Information
 *       Processing &amp; Management 24(5), 1988
 * </ol>
 *
 * @param tf what a count becomes
 * @param idf how much a term tells
 * @param norm what a text's weights are divided by
 */
public record TfIdf(Tf tf, Idf idf, Norm norm) {

  /** What a count becomes. */
  public enum Tf {
    /** The count. */
    RAW,
    /** 1 + ln of the count: ten times as often is not ten times as much. */
    LOG,
    /** From 0.5 to 1, in proportion to the most frequent term of the text. */
    AUGMENTED
  }

  /** How much a term tells. */
  public enum Idf {
    /** As if one more text had every term. */
    SMOOTH,
    /** The texts as they are. */
    PLAIN
  }

  /** What a text's weights are divided by. */
  public enum Norm {
    /** Nothing. */
    NONE,
    /** Their sum: they add up to 1. */
    L1,
    /** Their length: their squares add up to 1. */
    L2
  }

  private static final TfIdf STANDARD = new TfIdf(Tf.RAW, Idf.SMOOTH, Norm.L2);

  /** Checks that all are there. */
  public TfIdf {
    Objects.requireNonNull(tf, "tf");
    Objects.requireNonNull(idf, "idf");
    Objects.requireNonNull(norm, "norm");
  }

  /**
   * Raw counts, smooth, of length 1: the defaults of scikit-learn.
   *
   * @return the usual weighting
   */
  public static TfIdf standard() {
    return STANDARD;
  }

  /**
   * This with another term frequency.
   *
   * @param tf what a count becomes
   * @return a new weighting
   */
  public TfIdf withTf(Tf tf) {
    return new TfIdf(tf, idf, norm);
  }

  /**
   * This with another inverse document frequency.
   *
   * @param idf how much a term tells
   * @return a new weighting
   */
  public TfIdf withIdf(Idf idf) {
    return new TfIdf(tf, idf, norm);
  }

  /**
   * This with another norm.
   *
   * @param norm what a text's weights are divided by
   * @return a new weighting
   */
  public TfIdf withNorm(Norm norm) {
    return new TfIdf(tf, idf, norm);
  }

  /**
   * The inverse document frequency of a term.
   *
   * @param documents the number of texts N
   * @param documentFrequency how many of them have the term, from 1 to N
   * @return at least 1
   * @throws IllegalArgumentException for a frequency out of range
   */
  public double idf(int documents, int documentFrequency) {
    if (documentFrequency < 1 || documentFrequency > documents) {
      throw new IllegalArgumentException(
          "a term of "
              + documentFrequency
              + " of "
              + documents
              + " documents; from 1 to all of them is needed");
    }
    return switch (idf) {
      case SMOOTH -> Math.log((1.0 + documents) / (1.0 + documentFrequency)) + 1;
      case PLAIN -> Math.log((double) documents / documentFrequency) + 1;
    };
  }

  /**
   * The weights of one text.
   *
   * @param counts how often the text has each term, at least 0 and finite; not changed
   * @param idf how much each tells, see {@link #idf(int, int)}
   * @return one weight for each; all 0 when every count is 0
   * @throws IllegalArgumentException when the lengths differ or a count is not allowed
   */
  public double[] weights(double[] counts, double[] idf) {
    if (counts.length != idf.length) {
      throw new IllegalArgumentException(
          counts.length + " counts and " + idf.length + " idf; one for each is needed");
    }
    int[] terms = new int[counts.length];
    double[] values = new double[counts.length];
    int size = 0;
    for (int t = 0; t < counts.length; t++) {
      if (!(counts[t] >= 0 && counts[t] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "count " + t + " is " + counts[t] + "; a finite number from 0 is needed");
      }
      if (counts[t] > 0) {
        terms[size] = t;
        values[size++] = counts[t];
      }
    }
    weigh(terms, values, 0, size, idf);
    double[] weights = new double[counts.length];
    for (int p = 0; p < size; p++) {
      weights[terms[p]] = values[p];
    }
    return weights;
  }

  /**
   * Turns counts into weights, in place.
   *
   * @param terms the terms of the text, in the order that sums run in
   * @param values their counts above 0, which become their weights
   * @param from the first of the text
   * @param to the one after its last
   * @param idf of every term there is
   */
  void weigh(int[] terms, double[] values, int from, int to, double[] idf) {
    double most = 0;
    if (tf == Tf.AUGMENTED) {
      for (int p = from; p < to; p++) {
        most = Math.max(most, values[p]);
      }
    }
    double sum = 0;
    for (int p = from; p < to; p++) {
      double count = values[p];
      double value =
          switch (tf) {
                case RAW -> count;
                case LOG -> count > 1 ? 1 + Math.log(count) : count;
                case AUGMENTED -> 0.5 + 0.5 * count / most;
              }
              * idf[terms[p]];
      values[p] = value;
      sum += norm == Norm.L2 ? value * value : value;
    }
    if (norm != Norm.NONE) {
      double length = norm == Norm.L2 ? Math.sqrt(sum) : sum;
      for (int p = from; p < to; p++) {
        values[p] /= length;
      }
    }
  }
}
