// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Weighting;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code neumf}: neural matrix factorisation [1], two towers with tables of their own, whose ends
 * are joined by one layer:
 *
 * <pre>
 * g = p_u ⊙ q_i                                         (linear, F wide, see {@link Gmf})
 * h = ReLU(W_Nᵀ · … ReLU(W_1ᵀ·[s_u, t_i] + b_1) … + b_N)  (deep, see {@link Mlp})
 * x(u, i) = c + w · [g, h]                              P(u has i) = σ(x)
 * </pre>
 *
 * <p><b>Training.</b> The loss is the mean over a batch of
 *
 * <pre>
 * −c_ui · (y·ln σ(x) + (1 − y)·ln(1 − σ(x))) + λ/2 · (|rows of u|² + |rows of i|²)
 * </pre>
 *
 * <p>with y = 1 for the pairs of the data and 0 for {@code negatives} items that the user does not
 * have, drawn anew in each epoch, and λ the {@code regularization}. An epoch visits all of them
 * once in random order. Pairs weigh c_ui = 2w / (w + m), with w the pair's weight (see {@link
 * Weighting}) and m the median over all pairs; negatives weigh 1. Rows of users and items begin
 * with normal numbers of deviation 0.01 in the deep tower, layers as their kinds do in [1].
 *
 * <p>Without {@code rejectPositives} negatives are drawn from all items that anybody has, the
 * user's own among them, as in the program of [2]. With k negatives for a pair and n of the user's
 * items among m, each of those then counts as a negative k·n/m times for every time it counts as a
 * pair: what fits best is no longer to be sure of it, but σ(x) = 1 / (1 + k·n/m). Items that the
 * user has and items like them so stay near each other, which regularizes; whoever has much feels
 * it most.
 *
 * <p>With a {@code validationShare} part of the pairs is not learned from: after each epoch each of
 * them is ranked among 99 items drawn once. The epoch with the best NDCG@10 is kept, and training
 * stops when it was not bettered {@code patience} times in a row.
 *
 * <p>With {@code averagedEpochs} what comes out of the last epoch is the mean of what the
 * parameters were at some sixty moments of each of so many epochs, the last ones [3]: steps may
 * then stay long, and what each does by chance falls away. Where pairs are watched, that mean is
 * ranked as the last epoch; a training that stops before takes none.
 *
 * <p><b>Pretraining.</b> Given files of a saved {@link Gmf} and a saved {@link Mlp} of the same
 * users, items and widths, training begins with their parameters: with α of the logit of the one
 * and 1 − α of that of the other. α is the {@code gmfShare}, and goes to the tables of the linear
 * tower and to the last weights of the deep one. On MovieLens 1M, with the last of each user's
 * training items held out, 0.8 ranked them better than half and half: HR@10 .751 after .743.
 *
 * <p><b>An unseen history</b> is folded in: the rows of its user are solved for by sixty steps of
 * Adam on the same loss, from the mean of all users on, with everything else frozen. What comes out
 * is near what training would have learned of that user, not equal to it.
 *
 * <p>No reasons are given: through layers of ReLU a score is no sum of parts that belong to items.
 *
 * <p><b>Departures from [1].</b> The tables of the linear tower begin with a deviation of 0.1 and
 * its last weights h at 1, which is a matrix factorisation; λ/2·|h − 1|² is part of the loss of a
 * pair, since h would else grow until the rows cost nothing. [1] begins a fused network with half
 * of each. With {@code lazy-adam}, rows of users and items move when a batch has them; the epoch is
 * chosen by pairs held out from training, not by those that are tested on.
 *
 * <p>Fitting gives the same bits for any number of threads, and those of an uninterrupted fit when
 * it goes on from a checkpoint. An item that nobody has is not recommended.
 *
 * <p>[1] X. He et al., "Neural collaborative filtering", WWW 2017. [2] S. Rendle et al., "Neural
 * collaborative filtering vs. matrix factorization revisited", RecSys 2020. [3] P. Izmailov et al.,
 * "Averaging weights leads to wider optima and better generalization", UAI 2018.
 */
public final class NeuMf extends PairRecommender {

  static final String NAME = "neumf";

  static final OptionSpec<String> GMF_FILE =
      OptionSpec.text(
          "gmfFile",
          "",
          "the path of a saved gmf model, or empty",
          "What the linear tower begins with; to be given together with mlpFile.");

  static final OptionSpec<String> MLP_FILE =
      OptionSpec.text(
          "mlpFile",
          "",
          "the path of a saved mlp model, or empty",
          "What the deep tower begins with; to be given together with gmfFile.");

  static final OptionSpec<Double> GMF_SHARE =
      OptionSpec.number(
          "gmfShare",
          0.8,
          0,
          1,
          "With gmfFile and mlpFile: the share of the logit that comes from the gmf at the"
              + " beginning; the mlp gives the rest.");

  static final OptionSpec<Layers> LAYERS = Layers.OPTION.withDefault(Layers.of(64, 32, 16));

  static final OptionSpec<Double> LEARNING_RATE = PairPlan.LEARNING_RATE.withDefault(0.008);

  static final OptionSpec<Double> REGULARIZATION = PairPlan.REGULARIZATION.withDefault(0.007);

  static final OptionSpec<Integer> EPOCHS = PairPlan.EPOCHS.withDefault(7);

  static final OptionSet OPTIONS =
      options(
          Gmf.FACTORS,
          LAYERS,
          GMF_FILE,
          MLP_FILE,
          GMF_SHARE,
          PairPlan.OPTIMIZER,
          LEARNING_RATE,
          PairPlan.LEARNING_RATE_FLOOR,
          REGULARIZATION,
          EPOCHS,
          PairPlan.AVERAGED_EPOCHS,
          PairPlan.NEGATIVES,
          PairPlan.REJECT_POSITIVES,
          PairPlan.BATCH);

  NeuMf(Settings settings) {
    super(NAME, settings);
    if (settings.get(GMF_FILE).isEmpty() != settings.get(MLP_FILE).isEmpty()) {
      throw new IllegalArgumentException(
          "option gmfFile is \""
              + settings.get(GMF_FILE)
              + "\", option mlpFile is \""
              + settings.get(MLP_FILE)
              + "\"; give both or neither");
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
  NcfNet.Shape architecture() {
    return new NcfNet.Shape(settings().get(Gmf.FACTORS), settings().get(LAYERS).widths());
  }

  @Override
  PairPlan plan() {
    return PairPlan.of(settings(), settings().get(PairPlan.OPTIMIZER), false);
  }

  @Override
  void begin(Parameters parameters, TrainedUsers trained) {
    if (settings().get(GMF_FILE).isEmpty()) {
      return;
    }
    NcfNet.Shape shape = architecture();
    Parameters gmf = pretrained(GMF_FILE, new NcfNet.Shape(shape.factors(), List.of()), trained);
    Parameters mlp = pretrained(MLP_FILE, new NcfNet.Shape(0, shape.layers()), trained);
    NcfNet.fuse(parameters, gmf, mlp, settings().get(GMF_SHARE).floatValue());
  }

  private Parameters pretrained(
      OptionSpec<String> option, NcfNet.Shape shape, TrainedUsers trained) {
    String file = settings().get(option);
    RecommenderModel model =
        Models.loadRecommender(
            Path.of(file), Plugins.of(new GmfProvider(), new MlpProvider(), new NeuMfProvider()));
    String remedy = option.name() + " " + file + " ";
    if (!(model instanceof PairModel found) || !found.architecture().equals(shape)) {
      throw new IllegalArgumentException(
          remedy
              + "is a "
              + model.provenance().algorithm()
              + " of "
              + model.provenance().options()
              + "; widths as those of this neumf are needed, "
              + settings());
    }
    if (!found.users().users().equals(trained.users())
        || !found.users().items().equals(trained.items())) {
      throw new IllegalArgumentException(
          remedy + "has other users or items than the data; fit it to the same data");
    }
    return found.parameters();
  }

  /** Builds a {@link NeuMf}. */
  public static final class Builder extends PairBuilder<NeuMf, Builder> {

    private Builder() {}

    /**
     * Sets how many numbers describe a user or an item in the linear tower.
     *
     * @param factors F, from 1 to 2048
     * @return this
     */
    public Builder factors(int factors) {
      return set(Gmf.FACTORS, factors);
    }

    /**
     * Sets the widths of the layers of the deep tower.
     *
     * @param widths the first is that of a user and an item side by side, and even; each from 1 to
     *     8192
     * @return this
     */
    public Builder layers(Integer... widths) {
      return set(LAYERS, Layers.of(widths));
    }

    /**
     * Begins with the parameters of two saved models.
     *
     * @param gmf the file of a {@link Gmf} of the same users, items and factors
     * @param mlp the file of an {@link Mlp} of the same users, items and layers
     * @return this
     */
    public Builder pretrained(Path gmf, Path mlp) {
      return set(GMF_FILE, gmf.toString()).set(MLP_FILE, mlp.toString());
    }

    /**
     * Sets how much of the logit the saved {@link Gmf} gives at the beginning.
     *
     * @param share α, from 0 to 1; the saved {@link Mlp} gives 1 − α
     * @return this
     */
    public Builder gmfShare(double share) {
      return set(GMF_SHARE, share);
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
    public NeuMf build() {
      return new NeuMf(OPTIONS.resolve(options()));
    }
  }
}
