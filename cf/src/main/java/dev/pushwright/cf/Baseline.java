// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Weighting;
import dev.pushwright.io.ModelReader;
import dev.pushwright.math.Parallel;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.RecommenderBuilder;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * {@code baseline}: ratings without taste [1, section 2.1]. Some users rate higher than others, and
 * some items are rated higher; with μ the mean of all ratings,
 *
 * <pre>r̂_ui = μ + b_u + b_i</pre>
 *
 * where the biases make the least of
 *
 * <pre>Σ_(u,i) (r_ui − μ − b_u − b_i)² + λ_U Σ_u b_u² + λ_I Σ_i b_i²</pre>
 *
 * <p>With the biases of one side fixed, each of the other side has a closed form, b_i = Σ_u (r_ui −
 * μ − b_u) / (λ_I + n_i), so the two sides take turns, {@code iterations} times, the users last:
 * then a history that is folded in gives the very bias that training gives. The objective is
 * strictly convex, so the turns come to its one minimum. A turn takes O(ratings).
 *
 * <p>Everybody gets the same order of items, the best rated first: it is what models of taste have
 * to beat, and what they add to. {@link RecommenderModel#update} takes turns over all ratings
 * again, to the bit those of a fit.
 *
 * <p>Departure: [1] estimates the biases once, items first; the turns are what [1] calls solving
 * the least squares problem.
 *
 * <p>[1] Y. Koren, "Factor in the neighbors: scalable and accurate collaborative filtering", ACM
 * TKDD 4(1), 2010.
 */
public final class Baseline implements Recommender {

  static final String NAME = "baseline";

  static final Set<Capability> CAPABILITIES =
      Set.of(Capability.FOLD_IN, Capability.EXPLAIN, Capability.PREDICT_RATINGS, Capability.UPDATE);

  static final OptionSpec<Double> USER_REGULARIZATION =
      OptionSpec.number(
          "userRegularization",
          5,
          0.001,
          1e9,
          "Pulls a user's bias that rests on n ratings down to n / (n + this) of itself.");

  static final OptionSpec<Double> ITEM_REGULARIZATION =
      OptionSpec.number(
          "itemRegularization",
          5,
          0.001,
          1e9,
          "Pulls an item's bias that rests on n ratings down to n / (n + this) of itself.");

  static final OptionSpec<Integer> ITERATIONS =
      OptionSpec.integer(
          "iterations", 20, 1, 10_000, "How often the biases of items and users take turns.");

  static final OptionSet OPTIONS =
      OptionSet.of(
          USER_REGULARIZATION,
          ITEM_REGULARIZATION,
          ITERATIONS,
          Ratings.WEIGHTS,
          Ratings.COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  // Users or items a block.
  private static final int BLOCK = 512;

  private final Settings settings;
  private final Weighting weighting;

  Baseline(Settings settings) {
    this.settings = settings;
    this.weighting = RatingData.weighting(settings);
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
    TrainedUsers trained = TrainedUsers.of(data, weighting, settings.get(CommonOptions.SEGMENT_BY));
    Ratings.of(NAME, data, trained);
    return Model.of(
        Provenance.of(NAME, settings.asText(), data.fingerprint()), trained, settings, context);
  }

  /** The biases that make the objective least. */
  static RatingFactors biases(TrainedUsers trained, Settings settings, FitContext context) {
    SparseRows byUser = trained.matrix().byUser();
    SparseRows byItem = trained.matrix().byItem();
    double mean = Ratings.of(byUser).mean();
    double[] userBias = new double[byUser.rows()];
    double[] itemBias = new double[byItem.rows()];
    int iterations = settings.get(ITERATIONS);
    long began = System.nanoTime();
    for (int iteration = 1; iteration <= iterations; iteration++) {
      turn(byItem, mean, userBias, settings.get(ITEM_REGULARIZATION), itemBias, context);
      turn(byUser, mean, itemBias, settings.get(USER_REGULARIZATION), userBias, context);
      context
          .listener()
          .onProgress(
              new Progress(
                  "biases", iteration, iterations, Duration.ofNanos(System.nanoTime() - began)));
    }
    return new RatingFactors(userBias, itemBias, new float[0], new float[0][], new float[0]);
  }

  private static void turn(
      SparseRows rows,
      double mean,
      double[] fixed,
      double regularization,
      double[] solved,
      FitContext context) {
    Parallel.forBlocks(
        rows.rows(),
        BLOCK,
        context.threads(),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            double sum = 0;
            for (int p = rows.start(r); p < rows.end(r); p++) {
              sum += rows.value(p) - (mean + fixed[rows.column(p)]);
            }
            solved[r] = sum / (rows.end(r) - rows.start(r) + regularization);
          }
        });
  }

  static final class Model extends RatingModel {

    private final Settings settings;

    private Model(
        Provenance provenance, TrainedUsers trained, Settings settings, RatingFactors biases) {
      super(
          provenance,
          CAPABILITIES,
          trained,
          biases,
          new Penalties(settings.get(USER_REGULARIZATION), 0, 0));
      this.settings = settings;
    }

    static Model of(
        Provenance provenance, TrainedUsers trained, Settings settings, FitContext context) {
      return new Model(provenance, trained, settings, biases(trained, settings, context));
    }

    /** Reads what {@link #save} wrote. */
    static Model read(ModelReader in, Provenance provenance) {
      TrainedUsers trained = TrainedUsers.read(in);
      return new Model(
          provenance, trained, OPTIONS.resolve(provenance), readFactors(in, trained, 0, false));
    }

    @Override
    public RecommenderModel update(Collection<? extends Event> events) {
      return Model.of(
          provenance().updated(events.size()),
          trained().plus(events),
          settings,
          FitContext.standard());
    }
  }

  /** Builds a {@link Baseline}. */
  public static final class Builder extends RecommenderBuilder<Baseline, Builder> {

    private Builder() {}

    /**
     * Sets how far the bias of a user with few ratings is pulled to 0.
     *
     * @param lambda λ_U, from 0.001 to 1e9
     * @return this
     */
    public Builder userRegularization(double lambda) {
      return set(USER_REGULARIZATION, lambda);
    }

    /**
     * Sets how far the bias of an item with few ratings is pulled to 0.
     *
     * @param lambda λ_I, from 0.001 to 1e9
     * @return this
     */
    public Builder itemRegularization(double lambda) {
      return set(ITEM_REGULARIZATION, lambda);
    }

    /**
     * Sets how often the biases of items and users take turns.
     *
     * @param iterations from 1 to 10 000
     * @return this
     */
    public Builder iterations(int iterations) {
      return set(ITERATIONS, iterations);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public Baseline build() {
      return new Baseline(OPTIONS.resolve(options()));
    }
  }
}
