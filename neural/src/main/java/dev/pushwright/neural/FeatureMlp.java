// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.math.SparseRows;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.Arrays;
import java.util.List;

/**
 * {@code feature-mlp}: a deep network that is told who a user and an item are and what is known of
 * them, and so answers where there are no events yet: for a user with nothing but a record, and
 * with items that nobody has had. A part that is learned for each user and item, p and q, and their
 * features f and g stand side by side:
 *
 * <pre>
 * h₀ = [p_u, f_u, q_i, g_i]      h_n = ReLU(W_nᵀ·h_(n−1) + b_n)      x(u, i) = c + w · h_N
 * </pre>
 *
 * <p>p and q together are as wide as the first of the {@code layers}; the features come on top of
 * that.
 *
 * <p><b>Features.</b> A label (the value of an attribute, each of an item's tags) that at least two
 * users, or items, with events have gets a column of its own, the most frequent first and at most
 * {@code maxColumns} a side; the others share {@code hashBuckets} columns by a hash of theirs, or
 * count nothing. A label among n in one field weighs 1/√n. A number (the logarithm of 1 + price,
 * and what {@code userFeatures} and {@code itemFeatures} declare to be one) counts its distance
 * from the mean in deviations, up to three; where it is missing, 0. Users of no event, and items,
 * don't count in any of that. What is not among the fields is not used: not the title, the
 * description or the vectors of an item, and not the name or the consent of a user.
 *
 * <p><b>Cold users and items.</b> In training each p_u and each q_i is held back (set to 0) with
 * the probability {@code idDropout}, for each sample anew, so that the network learns to do without
 * it: the idea of DropoutNet [2]. The p and q of users and items without events are 0. A user
 * without features and events gets the fallback; an item without both is not recommended. Users and
 * items have to be in the data of training, events or not.
 *
 * <p>Trained and saved as {@link NeuMf} says, with the loss given there, whose penalty concerns p
 * and q. For an unseen history p is solved for, as there; the query's user may be known, and then
 * brings the features along.
 *
 * <p>No reasons are given: through layers of ReLU a score is no sum of parts that belong to items.
 *
 * <p>The network is that of [1] with features beside the ids; [2] has another loss and learns to
 * reproduce given factors.
 *
 * <p>[1] X. He et al., "Neural collaborative filtering", WWW 2017. [2] M. Volkovs, G. Yu, T.
 * Poutanen, "DropoutNet: addressing cold start in recommender systems", NIPS 2017.
 */
public final class FeatureMlp extends PairRecommender {

  static final String NAME = "feature-mlp";

  static final OptionSpec<Layers> LAYERS = Layers.OPTION.withDefault(Layers.of(64, 64, 32));

  static final OptionSpec<FeatureFields> USER_FEATURES =
      FeatureFields.option(
          "userFeatures",
          "Which attributes of users count, as labels or as numbers; * for all but name and"
              + " consent.");

  static final OptionSpec<FeatureFields> ITEM_FEATURES =
      FeatureFields.option(
          "itemFeatures",
          "What of items counts: tags, price, attributes as labels or as numbers; * for all but the"
              + " description.");

  static final OptionSpec<Integer> MAX_COLUMNS =
      OptionSpec.integer(
          "maxColumns",
          5000,
          1,
          1_000_000,
          "How many labels of users, and of items, may have a column of their own.");

  static final OptionSpec<Integer> HASH_BUCKETS =
      OptionSpec.integer(
          "hashBuckets",
          0,
          0,
          1_000_000,
          "How many columns the labels without one of their own share, on either side; 0: they"
              + " count nothing.");

  static final OptionSpec<Double> ID_DROPOUT =
      OptionSpec.number(
          "idDropout",
          0.3,
          0,
          0.95,
          "How often training holds back who a user is, and which item it is, so that features"
              + " learn to speak for themselves.");

  static final OptionSpec<Double> LEARNING_RATE_FLOOR =
      PairPlan.LEARNING_RATE_FLOOR.withDefault(1.0);

  static final OptionSpec<Integer> NEGATIVES = PairPlan.NEGATIVES.withDefault(4);

  static final OptionSet OPTIONS =
      options(
          LAYERS,
          USER_FEATURES,
          ITEM_FEATURES,
          MAX_COLUMNS,
          HASH_BUCKETS,
          ID_DROPOUT,
          PairPlan.OPTIMIZER,
          PairPlan.LEARNING_RATE,
          LEARNING_RATE_FLOOR,
          PairPlan.REGULARIZATION,
          PairPlan.EPOCHS,
          PairPlan.AVERAGED_EPOCHS,
          NEGATIVES,
          PairPlan.REJECT_POSITIVES,
          PairPlan.BATCH);

  FeatureMlp(Settings settings) {
    super(NAME, settings);
    List<Integer> widths = settings.get(LAYERS).widths();
    if (widths.size() < 2) {
      throw new IllegalArgumentException(
          "option layers is "
              + settings.get(LAYERS)
              + "; feature-mlp needs a second width at least, such as \""
              + LAYERS.defaultValue()
              + "\"");
    }
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
  FeatureNet.Shape architecture() {
    Settings settings = settings();
    return new FeatureNet.Shape(
        settings.get(LAYERS).widths(),
        settings.get(ID_DROPOUT),
        new FeatureOptions(
            settings.get(USER_FEATURES),
            settings.get(ITEM_FEATURES),
            settings.get(MAX_COLUMNS),
            settings.get(HASH_BUCKETS)),
        FeatureRows.NONE,
        FeatureRows.NONE);
  }

  @Override
  PairPlan plan() {
    return PairPlan.of(settings(), settings().get(PairPlan.OPTIMIZER), false);
  }

  @Override
  void begin(Parameters parameters, TrainedUsers trained) {
    zeroWithoutEvents(parameters.get(NcfNet.MLP_USER), trained.matrix().byUser());
    zeroWithoutEvents(parameters.get(NcfNet.MLP_ITEM), trained.matrix().byItem());
  }

  private static void zeroWithoutEvents(Parameter table, SparseRows events) {
    for (int r = 0; r < table.rows(); r++) {
      if (events.start(r) == events.end(r)) {
        Arrays.fill(table.values(), r * table.columns(), (r + 1) * table.columns(), 0);
      }
    }
  }

  /** Builds a {@link FeatureMlp}. */
  public static final class Builder extends PairBuilder<FeatureMlp, Builder> {

    private Builder() {}

    /**
     * Sets the widths of the layers.
     *
     * @param widths at least two; the first is that of p and q side by side, and even; each from 1
     *     to 8192
     * @return this
     */
    public Builder layers(Integer... widths) {
      return set(LAYERS, Layers.of(widths));
    }

    /**
     * Sets which attributes of users count.
     *
     * @param fields such as {@code "country, age:number"}; {@code *} stands for all that are not
     *     named; empty: none
     * @return this
     */
    public Builder userFeatures(String fields) {
      return set(USER_FEATURES, USER_FEATURES.read(fields));
    }

    /**
     * Sets what of items counts.
     *
     * @param fields such as {@code "tags, brand, price, weight:number"}; {@code *} stands for all
     *     that are not named; empty: none
     * @return this
     */
    public Builder itemFeatures(String fields) {
      return set(ITEM_FEATURES, ITEM_FEATURES.read(fields));
    }

    /**
     * Sets how many labels of a side may have a column of their own.
     *
     * @param columns from 1 to 1 000 000
     * @return this
     */
    public Builder maxColumns(int columns) {
      return set(MAX_COLUMNS, columns);
    }

    /**
     * Sets how many columns the other labels of a side share.
     *
     * @param buckets from 0 (they count nothing) to 1 000 000
     * @return this
     */
    public Builder hashBuckets(int buckets) {
      return set(HASH_BUCKETS, buckets);
    }

    /**
     * Sets how often training holds back who a user is, and which item it is.
     *
     * @param share from 0 (never, for data without cold users and items) to 0.95
     * @return this
     */
    public Builder idDropout(double share) {
      return set(ID_DROPOUT, share);
    }

    /**
     * Sets what moves the parameters.
     *
     * @param rule the rule
     * @return this
     */
    public Builder optimizer(OptimizerRule rule) {
      return set(PairPlan.OPTIMIZER, rule);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public FeatureMlp build() {
      return new FeatureMlp(OPTIONS.resolve(options()));
    }
  }
}
