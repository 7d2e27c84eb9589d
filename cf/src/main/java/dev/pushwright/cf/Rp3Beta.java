// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
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

/**
 * {@code rp3beta}: a random walk of three steps over users and items, from a user to an item of
 * theirs, to another user who has it, to another item of that user; with what is popular held back
 * [1]. With w<sub>ui</sub> the weight of user u on item i (see {@link Weighting}), d<sub>u</sub>
 * and d<sub>i</sub> the sums of u's and of i's weights,
 *
 * <pre>
 * P_iv = (w_vi / d_i)^alpha,   P_vj = (w_vj / d_v)^alpha
 * W_ij = Σ_v P_iv · P_vj / d_j^beta   for i ≠ j
 * score(u, j) = Σ_{i of u} w_ui · W_ij
 * </pre>
 *
 * where W keeps of each column j the {@code neighbours} largest: an item is reached from those
 * alone that reach it best. With {@code beta} 0 it is the P³α of [2]: many walks end at what many
 * have. The larger {@code alpha}, the less the steps that are unlikely count.
 *
 * <p>Where this departs from [1]: walks are summed up instead of sampled; {@code neighbours} prunes
 * W, which on MovieLens 1M makes it more accurate too; the first step is the user's weight itself,
 * which on binary data scales a user's scores and leaves their order; d<sub>j</sub> counts in means
 * of all items, which scales all scores.
 *
 * <p>Fitting takes O(Σ_u n_u²) time and O(items · neighbours) memory.
 *
 * <p>[1] B. Paudel, F. Christoffel, C. Newell, A. Bernstein, "Updatable, accurate, diverse, and
 * scalable recommendations for interactive applications", ACM TiiS 7(1), 2017, section 4. [2] C.
 * Cooper, S. Lee, T. Radzik, Y. Siantos, "Random walks in recommender systems: exact computation
 * and simulations", WWW 2014.
 */
public final class Rp3Beta implements Recommender {

  static final String NAME = "rp3beta";

  static final OptionSpec<Integer> NEIGHBOURS =
      OptionSpec.integer(
          "neighbours",
          100,
          1,
          100_000,
          "From how many other items the walks to an item may come.");

  static final OptionSpec<Double> ALPHA =
      OptionSpec.number(
          "alpha",
          0.7,
          0,
          4,
          "The power of each step's probability; the larger, the less unlikely steps count.");

  static final OptionSpec<Double> BETA =
      OptionSpec.number(
          "beta", 0.4, 0, 4, "How far popular items are held back within the walk; 0: not at all.");

  // As for item-knn: what did best on a shop's data split by time.
  static final OptionSpec<Double> HALF_LIFE_DAYS = CommonOptions.HALF_LIFE_DAYS.withDefault(30.0);

  static final OptionSpec<Weighting.Combine> COMBINE =
      CommonOptions.COMBINE.withDefault(Weighting.Combine.MAX);

  static final OptionSet OPTIONS =
      OptionSet.of(
          NEIGHBOURS,
          ALPHA,
          BETA,
          CommonOptions.WEIGHTS,
          HALF_LIFE_DAYS,
          COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  // Items a unit of work.
  private static final int BLOCK = 32;

  private final Settings settings;

  Rp3Beta(Settings settings) {
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

  @Override
  public RecommenderModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    TrainedUsers trained = TrainedUsers.of(data, settings);
    return new LinearModel(
        Provenance.of(NAME, settings.asText(), data.fingerprint()),
        trained,
        walks(trained.matrix().byItem(), trained.matrix().byUser(), context));
  }

  private ItemWeights walks(SparseRows byItem, SparseRows byUser, FitContext context) {
    int n = byItem.rows();
    double[] ofUser = degrees(byUser);
    double[] ofItem = degrees(byItem);
    double[] damping = damping(ofItem);
    // P_iv at the position of i in v's row: from an item, walks are followed backwards.
    double[] toUser = new double[byUser.size()];
    for (int p = 0; p < toUser.length; p++) {
      toUser[p] = step(byUser.value(p), ofItem[byUser.column(p)]);
    }
    int kept = Math.min(settings.get(NEIGHBOURS), n);
    int[][] items = new int[n][];
    float[][] weights = new float[n][];
    context.forBlocks(
        "walks",
        n,
        BLOCK,
        (from, to) -> {
          double[] sums = new double[n];
          TopN best = new TopN(kept);
          for (int j = from; j < to; j++) {
            for (int p = byItem.start(j); p < byItem.end(j); p++) {
              int user = byItem.column(p);
              double step = step(byItem.value(p), ofUser[user]);
              int end = byUser.end(user);
              for (int q = byUser.start(user); q < end; q++) {
                sums[byUser.column(q)] += step * toUser[q];
              }
            }
            for (int i = 0; i < n; i++) {
              // Weights that faded to next to nothing make degrees so small that damping explodes.
              float weight = (float) Math.min(ItemWeights.MAX, sums[i] * damping[j]);
              if (weight > 0 && i != j) {
                best.offer(i, weight);
              }
            }
            Arrays.fill(sums, 0);
            take(best, j, items, weights);
          }
        });
    return ItemWeights.Sparse.ofOthers(items, weights);
  }

  private static void take(TopN best, int item, int[][] items, float[][] weights) {
    int size = best.size();
    int[] found = new int[size];
    double[] values = new double[size];
    best.drain(found, values);
    long[] order = new long[size];
    for (int k = 0; k < size; k++) {
      order[k] = ((long) found[k] << 32) | k;
    }
    Arrays.sort(order);
    items[item] = new int[size];
    weights[item] = new float[size];
    for (int k = 0; k < size; k++) {
      items[item][k] = (int) (order[k] >>> 32);
      weights[item][k] = (float) values[(int) order[k]];
    }
  }

  private static double[] degrees(SparseRows rows) {
    double[] degrees = new double[rows.rows()];
    for (int row = 0; row < degrees.length; row++) {
      for (int p = rows.start(row); p < rows.end(row); p++) {
        degrees[row] += rows.value(p);
      }
    }
    return degrees;
  }

  /** A step's probability, to the power of alpha. */
  private double step(double weight, double degree) {
    return Math.pow(weight / degree, settings.get(ALPHA));
  }

  /** By item: what a walk that ends there is multiplied by. */
  private double[] damping(double[] degrees) {
    double mean = Arrays.stream(degrees).sum() / degrees.length;
    // An item of nobody is the end of no walk.
    return Arrays.stream(degrees)
        .map(degree -> degree == 0 ? 0 : Math.pow(degree / mean, -settings.get(BETA)))
        .toArray();
  }

  /** Builds an {@link Rp3Beta}. */
  public static final class Builder extends RecommenderBuilder<Rp3Beta, Builder> {

    private Builder() {}

    /**
     * Sets to how many other items the walks from an item may lead.
     *
     * @param neighbours from 1 to 100 000
     * @return this
     */
    public Builder neighbours(int neighbours) {
      return set(NEIGHBOURS, neighbours);
    }

    /**
     * Sets the power of each step's probability.
     *
     * @param alpha from 0 to 4
     * @return this
     */
    public Builder alpha(double alpha) {
      return set(ALPHA, alpha);
    }

    /**
     * Sets how far popular items are held back.
     *
     * @param beta from 0 (not at all) to 4
     * @return this
     */
    public Builder beta(double beta) {
      return set(BETA, beta);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public Rp3Beta build() {
      return new Rp3Beta(OPTIONS.resolve(options()));
    }
  }
}
