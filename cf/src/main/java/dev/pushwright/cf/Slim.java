// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.TopN;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.RecommenderBuilder;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code slim}: a sparse linear method [1]. With X the weights of users on items (see {@link
 * Weighting}), each item's column of X is rebuilt from few others, none of which may speak against
 * it:
 *
 * <pre>
 * min_B ½|X − X·B|² + l1·Σ B_ij + ½·l2·|B|²   with B ≥ 0 and B_jj = 0
 * score(u, j) = Σ_{i of u} w_ui · B_ij
 * </pre>
 *
 * <p>The columns of B are found one by one, by coordinate descent on XᵀX; see {@link ElasticNet}
 * for how, and when it ends. {@code l1} makes B sparse, {@code l2} holds it small; both are counted
 * in mean squares of the weights in X, so that they suit whether a purchase weighs 1 or 5. On
 * binary data they are λ and β of the paper.
 *
 * <p>With {@code neighbours} set, only that many of the items most similar by cosine may have a
 * weight in each column, the paper's fsSLIM.
 *
 * <p>Fitting takes O(Σ_u n_u²) time for XᵀX, and for each item a time that grows with the items
 * that share users with those of its column. Memory: 8 bytes for each pair of items that share a
 * user, at most 4·n² for n items, until the fit is done; the model has 8 bytes for each weight
 * above 0.
 *
 * <p>[1] X. Ning, G. Karypis, "SLIM: sparse linear methods for top-N recommender systems", ICDM
 * 2011.
 */
public final class Slim implements Recommender {

  static final String NAME = "slim";

  static final OptionSpec<Double> L1 =
      OptionSpec.number(
          "l1",
          4,
          0,
          1e12,
          "How strongly weights are drawn to 0, which makes them few; in mean squares of what X"
              + " holds.");

  static final OptionSpec<Double> L2 =
      OptionSpec.number(
          "l2",
          600,
          0,
          1e12,
          "How strongly weights are held small; in mean squares of what X holds.");

  static final OptionSpec<Integer> NEIGHBOURS =
      OptionSpec.integer(
          "neighbours",
          0,
          0,
          100_000,
          "How many of the most similar items may have a weight for an item; 0: all.");

  static final OptionSpec<Double> TOLERANCE =
      OptionSpec.number(
          "tolerance",
          1e-4,
          1e-9,
          0.1,
          "To what share of the steepest slope at the start an item's weights are settled.");

  // As for item-knn: what did best on a shop's data split by time.
  static final OptionSpec<Double> HALF_LIFE_DAYS = CommonOptions.HALF_LIFE_DAYS.withDefault(30.0);

  static final OptionSpec<Weighting.Combine> COMBINE =
      CommonOptions.COMBINE.withDefault(Weighting.Combine.MAX);

  static final OptionSet OPTIONS =
      OptionSet.of(
          L1,
          L2,
          NEIGHBOURS,
          TOLERANCE,
          CommonOptions.WEIGHTS,
          HALF_LIFE_DAYS,
          COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  private static final Logger LOG = LoggerFactory.getLogger(Slim.class);

  // A limit for what rounding keeps from its goal; ten to fifty rounds are usual.
  private static final int MAX_ROUNDS = 5_000;

  // Items a unit of work.
  private static final int BLOCK = 8;

  private final Settings settings;

  Slim(Settings settings) {
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
   * @throws IllegalStateException when weights of very different size give no finite answer
   */
  @Override
  public RecommenderModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    TrainedUsers trained = TrainedUsers.of(data, settings);
    return new LinearModel(
        Provenance.of(NAME, settings.asText(), data.fingerprint()),
        trained,
        weights(trained, context));
  }

  private ItemWeights weights(TrainedUsers trained, FitContext context) {
    double unit = Ease.meanSquare(trained.matrix().byUser());
    Gram gram = Gram.of(trained.matrix(), context);
    int n = gram.size();
    int[][] own = new int[n][];
    float[][] weights = new float[n][];
    AtomicInteger unsettled = new AtomicInteger();
    context.forBlocks(
        "weights",
        n,
        BLOCK,
        (from, to) -> {
          ElasticNet net =
              new ElasticNet(
                  gram,
                  settings.get(L1) * unit,
                  settings.get(L2) * unit,
                  settings.get(TOLERANCE),
                  MAX_ROUNDS);
          for (int item = from; item < to; item++) {
            if (!net.solve(item, candidates(gram, item))) {
              unsettled.incrementAndGet();
            }
            own[item] = new int[net.count()];
            weights[item] = new float[own[item].length];
            net.copy(own[item], weights[item]);
            check(trained, item, weights[item]);
          }
        });
    if (unsettled.get() > 0) {
      LOG.warn(
          "slim: the weights of {} of {} items did not settle to tolerance {}; raise it, or l2",
          unsettled.get(),
          n,
          settings.get(TOLERANCE));
    }
    return ItemWeights.Sparse.ofOthers(own, weights);
  }

  private BitSet candidates(Gram gram, int item) {
    int n = gram.size();
    int neighbours = settings.get(NEIGHBOURS);
    BitSet candidates = new BitSet(n);
    if (neighbours == 0 || neighbours >= n - 1) {
      candidates.set(0, n);
      return candidates;
    }
    double[] common = new double[n];
    gram.addTo(item, 1, common);
    TopN best = new TopN(neighbours);
    for (int i = 0; i < n; i++) {
      if (common[i] > 0 && i != item) {
        best.offer(i, common[i] / Math.sqrt(gram.get(i, i)));
      }
    }
    int[] found = new int[best.size()];
    best.drain(found, new double[found.length]);
    for (int i : found) {
      candidates.set(i);
    }
    return candidates;
  }

  private void check(TrainedUsers trained, int item, float[] weights) {
    for (float weight : weights) {
      if (!(weight <= ItemWeights.MAX)) {
        throw new IllegalStateException(
            "slim, weights of item "
                + trained.items().id(item)
                + ": one is "
                + weight
                + "; what users weigh differs too much in size for l2 "
                + settings.get(L2)
                + ": raise it, or even the weights out (combine=binary)");
      }
    }
  }

  /** Builds a {@link Slim}. */
  public static final class Builder extends RecommenderBuilder<Slim, Builder> {

    private Builder() {}

    /**
     * Sets how strongly weights are drawn to 0.
     *
     * @param l1 from 0 to 1e12, in mean squares of what X holds
     * @return this
     */
    public Builder l1(double l1) {
      return set(L1, l1);
    }

    /**
     * Sets how strongly weights are held small.
     *
     * @param l2 from 0 to 1e12, in mean squares of what X holds
     * @return this
     */
    public Builder l2(double l2) {
      return set(L2, l2);
    }

    /**
     * Sets how many of the most similar items may have a weight for an item.
     *
     * @param neighbours from 1 to 100 000; 0: all
     * @return this
     */
    public Builder neighbours(int neighbours) {
      return set(NEIGHBOURS, neighbours);
    }

    /**
     * Sets when an item's weights are settled.
     *
     * @param tolerance from 1e-9 to 0.1, as a share of the steepest slope at the start
     * @return this
     */
    public Builder tolerance(double tolerance) {
      return set(TOLERANCE, tolerance);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public Slim build() {
      return new Slim(OPTIONS.resolve(options()));
    }
  }
}
