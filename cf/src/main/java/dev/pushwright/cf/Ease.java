// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import dev.pushwright.math.TopN;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.RecommenderBuilder;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.Arrays;
import java.util.Locale;

/**
 * {@code ease}: a linear autoencoder without hidden layers, in closed form [1]. With X the weights
 * of users on items (see {@link Weighting}), B is sought that rebuilds each item's column of X from
 * the other columns,
 *
 * <pre>
 * min_B |X − X·B|² + λ|B|²   with B_jj = 0, solved by
 * P = (XᵀX + λ·I)⁻¹,   B_ij = −P_ij / P_jj for i ≠ j
 * score(u, j) = Σ_{i of u} w_ui · B_ij
 * </pre>
 *
 * <p>B<sub>ij</sub> may be below 0: item i then speaks against j, and that is where much of the
 * accuracy comes from. An item that none of the user's items speaks for is not recommended.
 *
 * <p>{@code lambda} is counted in mean squares of the weights in X. On binary data, where that is
 * 1, it is the λ of the paper; elsewhere the same option suits whether a purchase weighs 1 or 5.
 *
 * <p>Fitting takes O(Σ_u n_u²) time for XᵀX and n³ operations for the inverse of n items, in 4·n²
 * bytes of work space and 4·n² for B: 110 MB and a few seconds for 3 700 items, 5.8 GB for 27 000.
 * That is the nature of the method, whatever the number of users. {@code neighbours} keeps of each
 * column of B the entries largest in size alone, and the model small: 8 bytes for each, and less
 * accuracy the fewer they are. Catalogues too large for it are for {@link Slim} or {@link ItemKnn}.
 *
 * <p>[1] H. Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019.
 */
public final class Ease implements Recommender {

  static final String NAME = "ease";

  static final OptionSpec<Double> LAMBDA =
      OptionSpec.number(
          "lambda",
          500,
          1e-3,
          1e12,
          "How strongly weights are held small, in mean squares of what X holds: the λ of the paper"
              + " where X is binary.");

  static final OptionSpec<Integer> NEIGHBOURS =
      OptionSpec.integer(
          "neighbours",
          0,
          0,
          100_000,
          "How many other items, those that tell most, each item is scored by; 0: all.");

  // As for item-knn: what did best on a shop's data split by time.
  static final OptionSpec<Double> HALF_LIFE_DAYS = CommonOptions.HALF_LIFE_DAYS.withDefault(30.0);

  static final OptionSpec<Weighting.Combine> COMBINE =
      CommonOptions.COMBINE.withDefault(Weighting.Combine.MAX);

  static final OptionSet OPTIONS =
      OptionSet.of(
          LAMBDA,
          NEIGHBOURS,
          CommonOptions.WEIGHTS,
          HALF_LIFE_DAYS,
          COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  // Rows a unit of work.
  private static final int BLOCK = 64;

  private final Settings settings;

  Ease(Settings settings) {
    this.settings = settings;
  }

  /**
   * Starts a recommender with every option at its default.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the catalogue is too large for the heap, see the class
   *     comment
   * @throws IllegalStateException when weights of very different size leave no positive definite
   *     matrix in double precision
   */
  @Override
  public RecommenderModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    checkRoom(data.items().size(), settings.get(NEIGHBOURS), Runtime.getRuntime().maxMemory());
    TrainedUsers trained = TrainedUsers.of(data, settings);
    return new LinearModel(
        Provenance.of(NAME, settings.asText(), data.fingerprint()),
        trained,
        weights(trained, context));
  }

  /** Refuses what would end in an OutOfMemoryError after minutes. */
  static void checkRoom(int items, int neighbours, long heap) {
    boolean dense = neighbours == 0;
    if (dense && items > ItemWeights.Dense.MAX_ITEMS) {
      throw new IllegalArgumentException(
          NAME
              + " keeps all weights of at most "
              + ItemWeights.Dense.MAX_ITEMS
              + " items, and there are "
              + items
              + "; set neighbours (say 500), or use slim or item-knn");
    }
    double bytes =
        4.0 * items * items + (dense ? 4.0 * items * items : 24.0 * items * (double) neighbours);
    if (bytes > 0.9 * heap) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s over %d items needs %.1f GB of heap, which grows with the square of the items,"
                  + " and %.1f GB is all there is; raise -Xmx, %suse slim or item-knn",
              NAME,
              items,
              bytes / 1e9,
              heap / 1e9,
              dense ? "set neighbours (say 500) for about half of that, or " : "or "));
    }
  }

  private ItemWeights weights(TrainedUsers trained, FitContext context) {
    double lambda = settings.get(LAMBDA) * meanSquare(trained.matrix().byUser());
    double[][] inverse = SymmetricInverse.triangle(trained.items().size());
    fillGram(trained.matrix().byItem(), trained.matrix().byUser(), inverse, lambda, context);
    int failed = SymmetricInverse.invert(inverse, context);
    if (failed >= 0) {
      throw failure(trained.items(), failed, "its pivot is not above 0");
    }
    int neighbours = settings.get(NEIGHBOURS);
    for (int i = 0; i < inverse.length; i++) {
      for (int j = 0; j <= i; j++) {
        // Overflow, or an inverse that is all rounding error: B is below this by the bound on P.
        if (!(Math.abs(inverse[i][j])
            <= ItemWeights.MAX * Math.min(inverse[i][i], inverse[j][j]))) {
          throw failure(trained.items(), i, "the inverse holds " + inverse[i][j]);
        }
      }
    }
    return neighbours == 0 ? dense(inverse, context) : sparse(inverse, neighbours, context);
  }

  private IllegalStateException failure(IdIndex items, int item, String what) {
    return new IllegalStateException(
        NAME
            + ", inverse, item "
            + items.id(item)
            + ": "
            + what
            + "; weights differ too much in size for lambda "
            + settings.get(LAMBDA)
            + ": raise it, or even the weights out (combine=binary)");
  }

  /** The mean square of the values that are stored; 1 where there are none. */
  static double meanSquare(SparseRows rows) {
    double squares = 0;
    for (int p = 0; p < rows.size(); p++) {
      squares += (double) rows.value(p) * rows.value(p);
    }
    return squares == 0 ? 1 : squares / rows.size();
  }

  /** Fills the lower triangle of XᵀX + λ·I. */
  private static void fillGram(
      SparseRows byItem,
      SparseRows byUser,
      double[][] triangle,
      double lambda,
      FitContext context) {
    context.forBlocks(
        "item pairs",
        triangle.length,
        BLOCK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            double[] row = triangle[i];
            row[i] = lambda;
            for (int p = byItem.start(i); p < byItem.end(i); p++) {
              int user = byItem.column(p);
              double weight = byItem.value(p);
              int end = byUser.end(user);
              for (int q = byUser.start(user); q < end && byUser.column(q) <= i; q++) {
                row[byUser.column(q)] += weight * byUser.value(q);
              }
            }
          }
        });
  }

  private static float weight(double[][] inverse, int own, int other) {
    double p = own > other ? inverse[own][other] : inverse[other][own];
    return own == other ? 0 : (float) (-p / inverse[other][other]);
  }

  private static ItemWeights dense(double[][] inverse, FitContext context) {
    int n = inverse.length;
    float[][] rows = new float[n][n];
    // A block writes a band of rows and a band of columns: each row of the triangle is read once.
    context.forBlocks(
        "weights",
        n,
        BLOCK,
        (from, to) -> {
          for (int j = 0; j < to; j++) {
            for (int i = Math.max(from, j); i < to; i++) {
              rows[i][j] = weight(inverse, i, j);
              rows[j][i] = weight(inverse, j, i);
            }
          }
        });
    return new ItemWeights.Dense(rows);
  }

  private static ItemWeights sparse(double[][] inverse, int neighbours, FitContext context) {
    int n = inverse.length;
    int kept = Math.min(neighbours, n);
    int[][] own = new int[n][];
    float[][] weights = new float[n][];
    context.forBlocks(
        "weights",
        n,
        BLOCK,
        (from, to) -> {
          TopN largest = new TopN(kept);
          int[] items = new int[kept];
          double[] sizes = new double[kept];
          for (int other = from; other < to; other++) {
            for (int i = 0; i < n; i++) {
              float weight = weight(inverse, i, other);
              if (weight != 0) {
                largest.offer(i, Math.abs(weight));
              }
            }
            int size = largest.drain(items, sizes);
            int[] chosen = Arrays.copyOf(items, size);
            Arrays.sort(chosen);
            own[other] = chosen;
            weights[other] = new float[chosen.length];
            for (int p = 0; p < chosen.length; p++) {
              weights[other][p] = weight(inverse, chosen[p], other);
            }
          }
        });
    return ItemWeights.Sparse.ofOthers(own, weights);
  }

  /** Builds an {@link Ease}. */
  public static final class Builder extends RecommenderBuilder<Ease, Builder> {

    private Builder() {}

    /**
     * Sets how strongly weights are held small.
     *
     * @param lambda from 0.001 to 1e12, in mean squares of what X holds
     * @return this
     */
    public Builder lambda(double lambda) {
      return set(LAMBDA, lambda);
    }

    /**
     * Sets how many other items, those that tell most, each item is scored by.
     *
     * @param neighbours from 1 to 100 000; 0: all
     * @return this
     */
    public Builder neighbours(int neighbours) {
      return set(NEIGHBOURS, neighbours);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public Ease build() {
      return new Ease(OPTIONS.resolve(options()));
    }
  }
}
