// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Provenance;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;

/**
 * {@code item-knn}: item-based collaborative filtering [1]. With w<sub>ui</sub> the weight of user
 * u on item i (see {@link Weighting}), n<sub>ij</sub> the number of users who have both items, and
 * N(i) the {@code neighbours} items most similar to i,
 *
 * <pre>
 * sim(i, j)   = (measure(i, j) · n_ij / (n_ij + shrinkage)) ^ amplification, 0 where n_ij &lt; minOverlap
 * score(u, i) = Σ_{j of u, j in N(i)} w_uj · sim(i, j)
 * </pre>
 *
 * <p>The measure is a {@link Similarity}, the cosine unless another is chosen; what is not above 0
 * makes no neighbour. The shrinkage pulls down what rests on few users [2]; an amplification above
 * 1 lets the nearest count for more. Which users and what weights speak is the weighting's to say.
 *
 * <p><b>Ratings</b> are predicted from the items of N(i) that the user rated [3], on the scale of a
 * {@link Normalization}, which for {@code baseline} reads
 *
 * <pre>r_ui = b_ui + Σ_{j rated by u, j in N(i)} sim(i, j) · (r_uj − b_uj) / Σ |sim(i, j)|</pre>
 *
 * <p>with b<sub>ui</sub> = μ + b<sub>u</sub> + b<sub>i</sub>, which answers where there is no such
 * item too. N(i) are the nearest of all items, not of those the user rated, so that a model is of
 * one size: more {@code neighbours} than for ranking do better. The ratings are those that users
 * gave, not faded; where the data hold none, the weights stand for them. For data that are ratings,
 * choose {@code weights=RATING:1*value}, {@code combine=last}, {@code halfLifeDays=0} and a measure
 * such as {@code pearson} with {@code means=baseline}; with {@code rankBy=rating} recommendations
 * too go by the predicted rating.
 *
 * <p><b>Cost.</b> Fitting takes O(Σ_u n_u²) time and O(items · neighbours) memory; of up to 6,324
 * items that share much, whose weights are equal or do not matter, it counts all pairs at once,
 * which takes less time and, meanwhile, 2 bytes a pair (80 MB at most); a recommendation O(Σ_{j of
 * u} neighbours + items). An {@linkplain RecommenderModel#update update} computes anew the items
 * that the events name (for the adjusted cosine all items of the users they name) and those whose
 * list it opens; it computes everything when {@code means=baseline}, or when users are new and the
 * measure is the log-likelihood ratio, which both rest on the whole. Scores are those of a refit
 * within a share of 10<sup>−5</sup>.
 *
 * <p>[1] B. Sarwar et al., "Item-based collaborative filtering recommendation algorithms", WWW
 * 2001. [2] R. Bell, Y. Koren, "Scalable collaborative filtering with jointly derived neighborhood
 * interpolation weights", ICDM 2007, section 3. [3] Y. Koren, "Factor in the neighbors: scalable
 * and accurate collaborative filtering", TKDD 2010, section 2.2.
 */
public final class ItemKnn extends KnnRecommender {

  static final String NAME = "item-knn";

  static final OptionSpec<Integer> NEIGHBOURS =
      OptionSpec.integer(
          "neighbours", 75, 1, 100_000, "How many of the most similar items each item keeps.");

  // What did best, all three together, on a shop's and on a film site's data split by time.
  static final OptionSpec<Double> HALF_LIFE_DAYS = CommonOptions.HALF_LIFE_DAYS.withDefault(30.0);

  static final OptionSpec<Weighting.Combine> COMBINE =
      CommonOptions.COMBINE.withDefault(Weighting.Combine.MAX);

  static final OptionSet OPTIONS =
      OptionSet.of(
          NEIGHBOURS,
          KnnSettings.SHRINKAGE,
          KnnSettings.SIMILARITY,
          KnnSettings.MEANS,
          KnnSettings.ALPHA,
          KnnSettings.MIN_OVERLAP,
          KnnSettings.AMPLIFICATION,
          KnnSettings.NORMALIZATION,
          KnnSettings.RANK_BY,
          CommonOptions.WEIGHTS,
          HALF_LIFE_DAYS,
          COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  ItemKnn(Settings settings) {
    super(NAME, settings, knn(settings));
  }

  static KnnSettings knn(Settings settings) {
    return KnnSettings.of(settings, NEIGHBOURS);
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
  Neighbours kernel(InteractionMatrix matrix, KnnSettings knn) {
    return neighbours(matrix, knn);
  }

  @Override
  RecommenderModel model(
      Provenance provenance, TrainedUsers trained, SparseRows neighbourOf, Explicit explicit) {
    return new ItemKnnModel(provenance, trained, neighbourOf, explicit);
  }

  static Neighbours neighbours(InteractionMatrix matrix, KnnSettings knn) {
    return new Neighbours(matrix.byItem(), matrix.byUser(), knn.measure(), knn.neighbours());
  }

  /** Builds an {@link ItemKnn}. */
  public static final class Builder extends KnnBuilder<ItemKnn, Builder> {

    private Builder() {
      super(NEIGHBOURS);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public ItemKnn build() {
      return new ItemKnn(OPTIONS.resolve(options()));
    }
  }
}
