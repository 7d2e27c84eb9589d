// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/**
 * A {@link Similarity} with what tempers it, computed from what the kernel counted.
 *
 * @param similarity the measure
 * @param means what is subtracted and normed over
 * @param alpha of the asymmetric cosine
 * @param minOverlap how many two rows have to share at least, from 1
 * @param shrinkage a similarity resting on n shared is n / (n + shrinkage) of itself
 * @param amplification its magnitude is raised to this power at last
 */
record Measure(
    Similarity similarity,
    Means means,
    double alpha,
    int minOverlap,
    double shrinkage,
    double amplification) {

  // A sum of squares about a mean is a difference of two sums; what is smaller than this share of
  // them is rounding.
  private static final double ROUNDING = 1e-10;

  // The weights of which covariances are taken were rounded to float after centring.
  private static final double FLOAT_ROUNDING = 1e-7;

  /** Just the similarity. */
  static Measure of(Similarity similarity) {
    return new Measure(similarity, Means.ALL, 0.5, 1, 0, 1);
  }

  /** Whether it needs the squares over what two rows share, which differ from pair to pair. */
  boolean coRated() {
    return similarity.centred() && means != Means.ALL;
  }

  /**
   * What is at least as large as the similarity once it is multiplied by the number shared and by
   * {@link #reach} of the other row.
   */
  double bound(int size) {
    return switch (similarity) {
      case COSINE -> 1 / Math.sqrt(size);
      case ASYMMETRIC_COSINE -> Math.pow(size, -alpha);
      // At most the share of the smaller, and so of either.
      case JACCARD -> 1.0 / size;
      default -> Double.MAX_VALUE;
    };
  }

  /** See {@link #bound}. A row that nobody has is out of reach. */
  double reach(int size) {
    if (size == 0) {
      return 0;
    }
    double reach =
        switch (similarity) {
          case COSINE -> 1 / Math.sqrt(size);
          case ASYMMETRIC_COSINE -> Math.pow(size, alpha - 1);
          default -> 1;
        };
    // Room for rounding to float, so that nothing is lost that just makes it.
    return reach * (1 + 1e-6);
  }

  /** The similarity of two sets. */
  double ofSets(int shared, int sizeA, int sizeB, int all) {
    double raw =
        switch (similarity) {
          case COSINE -> cosine(shared, Math.sqrt(sizeA), Math.sqrt(sizeB));
          case JACCARD -> jaccard(shared, sizeA, sizeB);
          case ASYMMETRIC_COSINE -> asymmetricCosine(shared, sizeA, sizeB, alpha);
          case LOG_LIKELIHOOD -> logLikelihood(shared, sizeA, sizeB, all);
          case PEARSON, ADJUSTED_COSINE ->
              throw new IllegalStateException(similarity + " needs weights");
        };
    return tempered(raw, shared);
  }

  /** The similarity of two rows by their product and norms. */
  double ofProduct(double dot, double normA, double normB, int shared) {
    if (similarity == Similarity.PEARSON && shared < 2) {
      return 0;
    }
    return tempered(cosine(dot, normA, normB), shared);
  }

  /**
   * The similarity by sums over what both rows have.
   *
   * @param dot Σ ab
   * @param a Σ a
   * @param b Σ b
   * @param aa Σ a²
   * @param bb Σ b²
   */
  double ofShared(double dot, double a, double b, double aa, double bb, int shared) {
    double raw =
        similarity == Similarity.PEARSON
            ? (means == Means.CO_RATED
                ? pearson(dot, a, b, aa, bb, shared)
                : shared < 2 ? 0 : cosine(dot, Math.sqrt(aa), Math.sqrt(bb)))
            : cosine(dot, Math.sqrt(aa), Math.sqrt(bb));
    return tempered(raw, shared);
  }

  private double tempered(double raw, int shared) {
    return shared < minOverlap ? 0 : raw * (shared / (shared + shrinkage));
  }

  /** The magnitude raised to the power, the sign kept. */
  double amplified(double similarity) {
    return amplification == 1
        ? similarity
        : Math.copySign(Math.pow(Math.abs(similarity), amplification), similarity);
  }

  static double cosine(double dot, double normA, double normB) {
    // One after the other: the product of two small norms would vanish.
    return normA > 0 && normB > 0 ? within(dot / normA / normB) : 0;
  }

  static double pearson(double dot, double a, double b, double aa, double bb, int n) {
    double varianceA = aa - a * a / n;
    double varianceB = bb - b * b / n;
    if (n < 2 || !(varianceA > ROUNDING * aa) || !(varianceB > ROUNDING * bb)) {
      return 0;
    }
    double covariance = dot - a * b / n;
    return Math.abs(covariance) <= FLOAT_ROUNDING * Math.sqrt(aa) * Math.sqrt(bb)
        ? 0
        : cosine(covariance, Math.sqrt(varianceA), Math.sqrt(varianceB));
  }

  static double jaccard(int shared, int sizeA, int sizeB) {
    return shared == 0 ? 0 : (double) shared / (sizeA + sizeB - shared);
  }

  static double asymmetricCosine(int shared, int sizeA, int sizeB, double alpha) {
    return shared == 0 ? 0 : within(shared / (Math.pow(sizeA, alpha) * Math.pow(sizeB, 1 - alpha)));
  }

  static double logLikelihood(int shared, int sizeA, int sizeB, int all) {
    if ((double) shared * all <= (double) sizeA * sizeB) {
      return 0;
    }
    int neither = Math.max(0, all - sizeA - sizeB + shared);
    double ratio =
        2
            * (entropy(shared)
                + entropy(sizeA - shared)
                + entropy(sizeB - shared)
                + entropy(neither)
                - entropy(sizeA)
                - entropy(sizeB)
                - entropy(all - sizeA)
                - entropy(all - sizeB)
                + entropy(all));
    return ratio <= 0 ? 0 : 1 - 1 / (1 + ratio);
  }

  private static double entropy(int count) {
    return count <= 0 ? 0 : count * Math.log(count);
  }

  // Rounding can carry a cosine past 1.
  private static double within(double similarity) {
    return Math.max(-1, Math.min(1, similarity));
  }
}
