// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.RecommenderBuilder;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code hybrid}: several recommenders answer as one [1]. The parts are named in an option, by the
 * names of their plug-ins, with options and a weight each, such as {@code "ease(lambda=300),
 * als(factors=192; iterations=12):0.5"}. With s<sub>k</sub>(u, i) the score of part k, {@code
 * blend} says how they are joined:
 *
 * <ul>
 *   <li>{@code scores}: Σ<sub>k</sub> w<sub>k</sub> · z<sub>k</sub>(u, i), where z is s less its
 *       mean over all items, over its standard deviation; an item of which a part says nothing
 *       counts as that part's lowest.
 *   <li>{@code ranks}: Σ<sub>k</sub> w<sub>k</sub> / (60 + rank<sub>k</sub>(u, i)), reciprocal rank
 *       fusion [2]; ranks do not count the user's own items.
 *   <li>{@code switching}: one part for each user, by the length of the history: the first for
 *       those with fewer items than the first number of {@code switchAt}, and so on.
 *   <li>{@code cascade}: the first part ranks the items that it can say something of, the second
 *       those that are left, below, and so on.
 * </ul>
 *
 * <p>A part that knows nothing of a user, and would answer with what is popular, has no say; where
 * none knows the user, the hybrid's own fallback answers. A part such as {@code popularity}, which
 * is never personal, always has its say beside one that is.
 *
 * <p>With {@code learnWeights} the weights are those that do best on a validation part, to which
 * the recommenders are not fitted at first. For {@code ranking} it is each user's last item, and
 * what counts is the mean of 1 / log<sub>2</sub>(1 + rank) among it and {@code learnAmong} items
 * that are not the user's, drawn at random: the first places of a long list ask for other weights
 * than those of a short one, so choose about as many as there are to choose from where it counts.
 * For {@code ratings} it is a tenth of the ratings, drawn at random, and what counts is the root
 * mean squared error of Σ w<sub>k</sub> r<sub>k</sub> / Σ w<sub>k</sub>, which is how a hybrid
 * whose parts all predict ratings predicts them. Then all are fitted to everything. The options
 * {@code weights}, {@code halfLifeDays} and {@code combine} are not handed to the parts, which have
 * their own: they say what is popular where nobody is known, and what counts as an item of the
 * history.
 *
 * <p>[1] R. Burke, "Hybrid recommender systems: survey and experiments", User Modeling and
 * User-Adapted Interaction 12, 2002. [2] G. Cormack, C. Clarke, S. Büttcher, "Reciprocal rank
 * fusion outperforms Condorcet and individual rank learning methods", SIGIR 2009.
 */
public final class Hybrid implements Recommender {

  /** How the answers of the parts are joined. */
  public enum Joining {
    /** The weighted sum of standardised scores. */
    SCORES,
    /** The weighted sum of reciprocal ranks. */
    RANKS,
    /** One part for each user, by the length of the history. */
    SWITCHING,
    /** Each part ranks what those before it say nothing of. */
    CASCADE
  }

  /** What the weights of the parts are chosen for. */
  public enum Learning {
    /** They are not: the given ones count. */
    NO,
    /** For the order of what is recommended. */
    RANKING,
    /** For the ratings that are predicted; every part has to predict ratings. */
    RATINGS
  }

  static final String NAME = "hybrid";

  static final Set<Capability> CAPABILITIES =
      Set.of(Capability.PERSONALIZED, Capability.FOLD_IN, Capability.EXPLAIN);

  static final OptionSpec<HybridParts> PARTS =
      OptionSpec.of(
          "parts",
          HybridParts.class,
          HybridParts.parse("ease, als"),
          "name(option=value; option=value):weight, …",
          "The recommenders it is made of, with the options and the weight of each.",
          HybridParts::parse);

  static final OptionSpec<Joining> BLEND =
      OptionSpec.choice("blend", Joining.SCORES, "How the answers of the parts are joined.");

  static final OptionSpec<Learning> LEARN_WEIGHTS =
      OptionSpec.choice(
          "learnWeights",
          Learning.NO,
          "Whether the weights of the parts are chosen on a validation part, and for what.");

  static final OptionSpec<Integer> LEARN_AMONG =
      OptionSpec.integer(
          "learnAmong",
          500,
          1,
          1_000_000,
          "For learnWeights=ranking: among how many other items a held-out one is ranked.");

  static final OptionSpec<SwitchPoints> SWITCH_AT =
      OptionSpec.of(
          "switchAt",
          SwitchPoints.class,
          SwitchPoints.parse("5"),
          "lengths of a history, ascending, one fewer than there are parts",
          "For blend=switching: from how many items on the next part answers.",
          SwitchPoints::parse);

  static final OptionSpec<Long> SEED = OptionSpec.seed(1);

  static final OptionSet OPTIONS =
      OptionSet.of(
          PARTS,
          BLEND,
          LEARN_WEIGHTS,
          LEARN_AMONG,
          SWITCH_AT,
          SEED,
          CommonOptions.WEIGHTS,
          CommonOptions.HALF_LIFE_DAYS,
          CommonOptions.COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  /**
   * Lengths of a history.
   *
   * @param lengths ascending, each at least 1
   */
  record SwitchPoints(List<Integer> lengths) {
    SwitchPoints {
      lengths = List.copyOf(lengths);
      for (int k = 0; k < lengths.size(); k++) {
        if (lengths.get(k) < (k == 0 ? 1 : lengths.get(k - 1) + 1)) {
          throw new IllegalArgumentException(
              "switchAt is " + lengths + "; lengths from 1, ascending, are needed");
        }
      }
    }

    static SwitchPoints parse(String text) {
      try {
        return new SwitchPoints(
            Arrays.stream(text.split(",", -1)).map(String::strip).map(Integer::valueOf).toList());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "\"" + text + "\" are no lengths of a history; write whole numbers, such as 5, 20", e);
      }
    }

    @Override
    public String toString() {
      return String.join(", ", lengths.stream().map(String::valueOf).toList());
    }
  }

  private final Settings settings;
  private final Supplier<Plugins> plugins;

  Hybrid(Settings settings, Supplier<Plugins> plugins) {
    this.settings = settings;
    this.plugins = plugins;
    int parts = settings.get(PARTS).parts().size();
    int points = settings.get(SWITCH_AT).lengths().size();
    boolean switching = settings.get(BLEND) == Joining.SWITCHING;
    if (switching && points != parts - 1) {
      throw new IllegalArgumentException(
          "blend is switching between "
              + parts
              + " parts, and switchAt has "
              + points
              + " lengths ("
              + settings.get(SWITCH_AT)
              + "); one fewer than parts are needed");
    }
    boolean weighed = settings.get(BLEND) == Joining.SCORES || settings.get(BLEND) == Joining.RANKS;
    if (settings.get(LEARN_WEIGHTS) == Learning.RANKING && !weighed) {
      throw new IllegalArgumentException(
          "learnWeights is ranking and blend is "
              + settings.asText().get(BLEND.name())
              + ", which has no weights; leave one out");
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
  public RecommenderModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    List<HybridParts.Part> parts = settings.get(PARTS).parts();
    Plugins found = plugins.get();
    List<Recommender> recommenders = new ArrayList<>();
    for (HybridParts.Part part : parts) {
      recommenders.add(found.recommender(part.name(), part.options()));
    }
    double[] weights = parts.stream().mapToDouble(HybridParts.Part::weight).toArray();
    if (settings.get(LEARN_WEIGHTS) != Learning.NO && weights.length > 1) {
      weights = new HybridValidation(recommenders, settings, context).weights(weights, data);
    }
    TrainedUsers trained = TrainedUsers.of(data, settings);
    List<RecommenderModel> models = new ArrayList<>();
    for (Recommender recommender : recommenders) {
      models.add(recommender.fit(data, context));
    }
    return new HybridModel(
        Provenance.of(NAME, settings.asText(), data.fingerprint()),
        trained,
        new HybridModel.Joint(
            models, weights, settings.get(BLEND), settings.get(SWITCH_AT).lengths()));
  }

  /** Builds a {@link Hybrid}. */
  public static final class Builder extends RecommenderBuilder<Hybrid, Builder> {

    private final List<HybridParts.Part> parts = new ArrayList<>();
    private Supplier<Plugins> plugins = Plugins::load;

    private Builder() {}

    /**
     * Adds a part that weighs 1.
     *
     * @param recommender the name of its plug-in
     * @param options what is set of its options
     * @return this
     */
    public Builder part(String recommender, Options options) {
      return part(recommender, options, 1);
    }

    /**
     * Adds a part.
     *
     * @param recommender the name of its plug-in
     * @param options what is set of its options
     * @param weight how much it counts, at least 0
     * @return this
     */
    public Builder part(String recommender, Options options, double weight) {
      parts.add(new HybridParts.Part(recommender, options, weight));
      return set(PARTS, new HybridParts(parts));
    }

    /**
     * Sets how the answers of the parts are joined.
     *
     * @param blend the way
     * @return this
     */
    public Builder blend(Joining blend) {
      return set(BLEND, blend);
    }

    /**
     * Sets whether the weights are chosen on a validation part.
     *
     * @param learn what for; the weights given are where the search begins
     * @return this
     */
    public Builder learnWeights(Learning learn) {
      return set(LEARN_WEIGHTS, learn);
    }

    /**
     * Sets among how many other items a held-out one is ranked, for {@link Learning#RANKING}.
     *
     * @param others from 1 to 1 000 000
     * @return this
     */
    public Builder learnAmong(int others) {
      return set(LEARN_AMONG, others);
    }

    /**
     * Sets from how many items of a history on the next part answers, for {@link
     * Joining#SWITCHING}.
     *
     * @param lengths ascending, one fewer than there are parts
     * @return this
     */
    public Builder switchAt(Integer... lengths) {
      return set(SWITCH_AT, new SwitchPoints(List.of(lengths)));
    }

    /**
     * Sets what the validation part is drawn by.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      return set(SEED, seed);
    }

    /**
     * Sets where the parts are looked for, instead of the class path.
     *
     * @param plugins the plug-ins that have the parts
     * @return this
     */
    public Builder plugins(Plugins plugins) {
      this.plugins = () -> plugins;
      return this;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public Hybrid build() {
      return new Hybrid(OPTIONS.resolve(options()), plugins);
    }
  }
}
