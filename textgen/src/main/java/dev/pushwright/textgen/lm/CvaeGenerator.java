// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.pipeline.Pipeline;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code cvae}: a conditional variational autoencoder [1] of texts [2]. Beside the conditions, the
 * language model of {@link LstmGenerator} is told Z numbers z, of which each text to learn from has
 * its own, and which for a new text are drawn: {@code deviation} says how far from the usual, and
 * is the knob of how much texts differ.
 *
 * <p>A decoder that gets on without z leaves it unused, which is called posterior collapse. Against
 * it there are the annealing of what z costs [2], a part of it that is free for each dimension [3],
 * and words of the text before that are hidden in training [2]. After each epoch the figures {@code
 * kl} (nats that z tells of a watched text) and {@code active units} (how many dimensions have a
 * mean whose variance over the watched texts is above {@value #ACTIVE}, [4]) tell how it stands;
 * where none is active at the end, a warning is logged.
 *
 * <p>[1] D. P. Kingma, M. Welling, "Auto-encoding variational Bayes", ICLR 2014; K. Sohn, H. Lee,
 * X. Yan, "Learning structured output representation using deep conditional generative models",
 * NIPS 2015. [2] S. R. Bowman et al., "Generating sentences from a continuous space", CoNLL 2016.
 * [3] D. P. Kingma et al., "Improving variational inference with inverse autoregressive flow", NIPS
 * 2016. [4] Y. Burda, R. Grosse, R. Salakhutdinov, "Importance weighted autoencoders", ICLR 2016.
 */
public final class CvaeGenerator extends WordGenerator {

  /** The name the generator goes by. */
  public static final String NAME = "cvae";

  /** How many numbers of the mean's variance make a dimension count as active. */
  private static final double ACTIVE = 0.01;

  private static final Logger LOG = LoggerFactory.getLogger(CvaeGenerator.class);
  private static final int WATCHED = 512;

  static final String KL = "kl";
  static final String ACTIVE_UNITS = "active units";

  static final OptionSpec<Integer> LATENT =
      OptionSpec.integer("latent", 16, 1, 512, "How many numbers describe the kind of text.");

  static final OptionSpec<Double> ANNEALING =
      OptionSpec.number(
          "annealing",
          0.5,
          0,
          1,
          "While what share of all epochs the price of the kind of text grows from 0 to its full"
              + " height.");

  static final OptionSpec<Double> FREE_BITS =
      OptionSpec.number(
          "freeBits",
          0.1,
          0,
          10,
          "How many nats each number of the kind of text may tell without a price.");

  static final OptionSpec<Double> WORD_DROPOUT =
      OptionSpec.number(
          "wordDropout", 0.3, 0, 1, "The share of the words before that is hidden in training.");

  static final OptionSpec<Double> DEVIATION =
      OptionSpec.number(
          "deviation",
          1,
          0,
          TextOptions.MAX_DEVIATION,
          "How far from the usual kind of text; 0: the usual one, 1: as they were learned.");

  static final OptionSet OPTIONS =
      OptionSet.of(
          TextOptions.CORPUS,
          TextOptions.EMBEDDING,
          TextOptions.HIDDEN,
          TextOptions.CONTEXT,
          LATENT,
          ANNEALING,
          FREE_BITS,
          WORD_DROPOUT,
          TextOptions.DROPOUT,
          TextOptions.MIN_COUNT,
          TextOptions.LONGEST,
          TextPlan.LEARNING_RATE,
          TextPlan.FINAL_RATE,
          TextPlan.EPOCHS,
          TextPlan.BATCH,
          TextOptions.VALIDATION_SHARE,
          TextPlan.PATIENCE,
          DEVIATION,
          TextOptions.TEMPERATURE,
          TextOptions.TOP_K,
          TextOptions.TOP_P,
          TextOptions.ATTESTED,
          TextOptions.CANDIDATES,
          Pipeline.CLICKS_FILE,
          TextPlan.SEED);

  CvaeGenerator(Settings settings) {
    super(NAME, settings);
  }

  /**
   * Starts a generator with every option at its default.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  TextNet.Architecture architecture(int words, int conditions) {
    NetShape shape = TextOptions.shape(settings(), words, conditions, settings().get(LATENT));
    return parameters ->
        new VariationalNet(
            parameters,
            shape,
            settings().get(ANNEALING),
            settings().get(FREE_BITS),
            settings().get(WORD_DROPOUT));
  }

  // Before z has its full price, the bound is better for the wrong reason.
  @Override
  int watchFrom() {
    return (int) Math.ceil(settings().get(ANNEALING) * settings().get(TextPlan.EPOCHS)) - 1;
  }

  @Override
  Map<String, Double> refine(Training training, TextTrainer trainer, Map<String, Double> figures) {
    double active = figures.getOrDefault(ACTIVE_UNITS, 1.0);
    if (active == 0) {
      LOG.warn(
          "{}: the posterior collapsed: z tells {} nats of a text and none of {} units is active,"
              + " so that deviation changes nothing; raise freeBits ({}), wordDropout ({}) or"
              + " annealing ({})",
          NAME,
          figures.get(KL),
          settings().get(LATENT),
          settings().get(FREE_BITS),
          settings().get(WORD_DROPOUT),
          settings().get(ANNEALING));
    }
    return figures;
  }

  @Override
  void more(Training training, TextNet net, Map<String, Double> figures) {
    Lessons lessons = training.lessons();
    Sentence[] texts = lessons.watched().length > 0 ? lessons.watched() : lessons.train();
    Posterior posterior = new Posterior(settings().get(LATENT));
    int[] order = Batches.byLength(texts);
    int stride = Math.max(1, order.length / WATCHED);
    Batch batch = new Batch();
    for (int at = 0; at < order.length; at += stride) {
      batch.take(texts, order, at, at + 1);
      net.loss(batch, CounterRandom.key(settings().get(TextPlan.SEED), at));
      posterior.add((VariationalNet) net);
    }
    figures.put(KL, posterior.divergence());
    figures.put(ACTIVE_UNITS, (double) posterior.activeUnits());
  }

  /** What the encoder tells of texts. */
  private static final class Posterior {
    private final double[] sums;
    private final double[] squares;
    private double divergence;
    private int n;

    Posterior(int latent) {
      sums = new double[latent];
      squares = new double[latent];
    }

    /** Adds the one text that the network just looked at. */
    void add(VariationalNet net) {
      n++;
      divergence += net.divergence();
      for (int d = 0; d < sums.length; d++) {
        double mean = net.means()[d];
        sums[d] += mean;
        squares[d] += mean * mean;
      }
    }

    double divergence() {
      return divergence / Math.max(1, n);
    }

    int activeUnits() {
      double[] variances = new double[sums.length];
      Arrays.setAll(
          variances, d -> squares[d] / Math.max(1, n) - Math.pow(sums[d] / Math.max(1, n), 2));
      return (int) Arrays.stream(variances).filter(v -> v > ACTIVE).count();
    }
  }

  /** Builds a {@link CvaeGenerator}. */
  public static final class Builder extends WordBuilder<CvaeGenerator, Builder> {

    private Builder() {}

    /**
     * Sets how many numbers describe the kind of text.
     *
     * @param latent Z, from 1 to 512
     * @return this
     */
    public Builder latent(int latent) {
      return set(LATENT, latent);
    }

    /**
     * Sets while what share of all epochs the price of z grows from 0 to its full height.
     *
     * @param share from 0 to 1
     * @return this
     */
    public Builder annealing(double share) {
      return set(ANNEALING, share);
    }

    /**
     * Sets how many nats each dimension of z may tell without a price.
     *
     * @param nats from 0 to 10
     * @return this
     */
    public Builder freeBits(double nats) {
      return set(FREE_BITS, nats);
    }

    /**
     * Sets the share of the words before that is hidden in training.
     *
     * @param share from 0 to 1
     * @return this
     */
    public Builder wordDropout(double share) {
      return set(WORD_DROPOUT, share);
    }

    /**
     * Sets how far from the usual kind of text.
     *
     * @param deviation the standard deviation of z, from 0 to 10
     * @return this
     */
    public Builder deviation(double deviation) {
      return set(DEVIATION, deviation);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public CvaeGenerator build() {
      return new CvaeGenerator(OPTIONS.resolve(options()));
    }
  }
}
