// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.data.Dataset;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.copy.Cleaning;
import dev.pushwright.textgen.copy.CopyCorpus;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Learns to write from pairs of attributes and text: a sequence-to-sequence network [1] with an
 * encoder that does not know the order of the attributes and a decoder of gated recurrent units
 * with attention. Copied values are placeholders to the network ({@link SlotRules}): any title or
 * price will do, and none is ever misspelt.
 *
 * <p>An encoded attribute is the sum of a vector of its slot and one of its value. A hidden layer
 * over their sum gives the decoder its first state and what each step sees; attention reads the
 * single attributes [2]. Departures: the set takes the place of the recurrent encoder, which a set
 * has no order for, as in the network over the attribute set of [3]; attention comes after the
 * recurrent layer, by scaled dot products.
 *
 * <p>Where there are teachers, these learn from people and the networks that write learn from them
 * ({@link Builder#teachers}).
 *
 * <p>{@link #train} gives a {@link Seq2SeqWriter} for attributes of any kind. A beam search with
 * length normalisation finds likely texts; those that state all their slots and no other come
 * first, and among them those that have most in common with all that were found (minimum Bayes
 * risk) or, by {@code consensus=0}, the likeliest.
 *
 * <p>{@link #fit} gives a model of push messages. It learns from {@link CopyCorpus#bundled()}, or
 * from a file of yours with the slots named there, {@code occasion} being {@code recommendation},
 * {@code price-drop}, {@code back-in-stock}, {@code cart-reminder} or {@code promotion} and {@code
 * tone} {@code neutral}, {@code friendly} or {@code playful}; a corpus without {@code language},
 * {@code occasion} or {@code tone} is used for any. For a request it draws texts over several sets
 * of slots that the corpus has for the occasion and the request has values for, no run of three
 * words in them that nobody wrote for the occasion (option {@code attested}), and the {@link
 * dev.pushwright.textgen.pipeline.Pipeline} chooses. The events of the data are not looked at.
 *
 * <p>Costs 6·E operations for each parameter that a token meets, E the epochs; the bundled corpus
 * is learned in seconds. Immutable; what it trains is thread-safe. Same corpus, options and seed,
 * same bits for any number of threads.
 *
 * <p>[1] I. Sutskever, O. Vinyals, Q. V. Le, "Sequence to sequence learning with neural networks",
 * NIPS 2014. [2] D. Bahdanau, K. Cho, Y. Bengio, "Neural machine translation by jointly learning to
 * align and translate", ICLR 2015. [3] Y. Puzikov, I. Gurevych, "E2E NLG challenge: neural models
 * vs. templates", INLG 2018. [4] Y. Kim, A. M. Rush, "Sequence-level knowledge distillation", EMNLP
 * 2016.
 */
public final class Seq2Seq implements ContentGenerator {

  /** The name the generator goes by. */
  public static final String NAME = "seq2seq";

  private final Settings settings;

  Seq2Seq(Settings settings) {
    this.settings = settings;
    Seq2SeqOptions.requirePaths(settings);
  }

  /**
   * Starts a generator.
   *
   * @return a builder with every option at its default
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Learns from a corpus.
   *
   * @param corpus attributes and texts; instead of that of the option
   * @param rules which slots are copied and how others are said
   * @param context threads and progress
   * @return what writes such texts
   * @throws IllegalArgumentException when no text is left after cleaning
   * @throws IllegalStateException when the loss or a parameter is not finite, naming epoch, batch
   *     and learning rate
   */
  public Seq2SeqWriter train(CopyCorpus corpus, SlotRules rules, FitContext context) {
    return Seq2SeqTraining.of(corpus, rules, settings).run(context, Optional.empty());
  }

  /**
   * Learns from a corpus and writes a checkpoint after every epoch; where there is one, goes on
   * from it.
   *
   * @param corpus attributes and texts; instead of that of the option
   * @param rules which slots are copied and how others are said
   * @param context threads and progress
   * @param checkpoint the file; with several networks, that of the second has {@code -2} behind its
   *     name and so on; those of teachers {@code -teacher}, {@code -teacher-2} and so on; of rounds
   *     of students before the last {@code -round-1}, {@code -round-1-2} and so on
   * @return what writes such texts: the bits of a training that was not stopped
   * @throws IllegalArgumentException when no text is left after cleaning, or the checkpoint is of
   *     another corpus or other options
   * @throws dev.pushwright.io.ModelFormatException when the checkpoint is damaged
   */
  public Seq2SeqWriter train(
      CopyCorpus corpus, SlotRules rules, FitContext context, Path checkpoint) {
    return Seq2SeqTraining.of(corpus, rules, settings).run(context, Optional.of(checkpoint));
  }

  /**
   * Learns push messages from the corpus of the options.
   *
   * @param data whose fingerprint goes with the model; nothing is learned from it
   * @param context threads and progress
   * @return a model
   * @throws dev.pushwright.data.IngestException when the corpus cannot be read
   */
  @Override
  public ContentModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    CopyCorpus corpus = Seq2SeqOptions.corpus(settings);
    SlotRules rules = Seq2SeqOptions.rules(settings);
    Pipeline pipeline = Pipeline.of(NAME, settings, data);
    Seq2SeqTraining training = Seq2SeqTraining.of(corpus, rules, settings);
    MessagePlans plans = MessagePlans.of(training.attributes(), rules);
    return new Seq2SeqModel(
        training.run(context, Optional.empty()),
        plans,
        training.runs(),
        true,
        settings,
        pipeline,
        Provenance.of(NAME, settings.asText(), data.fingerprint()));
  }

  @Override
  public String toString() {
    return NAME + " " + settings;
  }

  /** Builds a {@link Seq2Seq}. */
  public static final class Builder {
    private Options options = Options.none();

    private Builder() {}

    private Builder set(OptionSpec<?> option, Object value) {
      options = options.with(option.name(), value);
      return this;
    }

    /**
     * Sets the corpus of {@link Seq2Seq#fit}.
     *
     * @param file CSV or JSON lines, see {@link CopyCorpus}
     * @return this
     */
    public Builder corpus(Path file) {
      return set(Seq2SeqOptions.CORPUS, file.toString());
    }

    /**
     * Sets which slots of that corpus are copied.
     *
     * @param file see {@link SlotRules}
     * @return this
     */
    public Builder slots(Path file) {
      return set(Seq2SeqOptions.SLOTS, file.toString());
    }

    /**
     * Sets what becomes of texts that do not state their slots, or state others.
     *
     * @param way what is done
     * @return this
     */
    public Builder cleaning(Cleaning.Way way) {
      return set(Seq2SeqOptions.CLEANING, way);
    }

    /**
     * Sets how often a token has to occur to be learned.
     *
     * @param count from 1 to 1000
     * @return this
     */
    public Builder minCount(int count) {
      return set(Seq2SeqOptions.MIN_COUNT, count);
    }

    /**
     * Sets how many numbers describe a token or an attribute.
     *
     * @param width from 4 to 1024
     * @return this
     */
    public Builder embedding(int width) {
      return set(Seq2SeqOptions.EMBEDDING, width);
    }

    /**
     * Sets how many numbers the decoder's state has.
     *
     * @param width from 4 to 2048
     * @return this
     */
    public Builder hidden(int width) {
      return set(Seq2SeqOptions.HIDDEN, width);
    }

    /**
     * Sets how many networks learn, the first by the seed, the second by the seed + 1 and so on. A
     * text is written by the mean of what they say; learning and writing cost as many times more.
     *
     * @param networks from 1 to 16
     * @return this
     */
    public Builder networks(int networks) {
      return set(Seq2SeqOptions.NETWORKS, networks);
    }

    /**
     * Sets how many networks learn from the texts of people, for those that write to learn from
     * theirs: for each set of attributes that people wrote for, the teachers search for texts and
     * draw some together, and that one is taught which has most in common with what they draw. What
     * several networks know, and comparing many texts with each other, then costs training and not
     * writing [4]. It needs sets of attributes enough to learn from one text each. Where there is
     * refinement, it is the teachers that are refined.
     *
     * <p>Of the training file of the E2E task every twelfth set was held out: one network of 128
     * hidden units had BLEU 0.705 in lower case there, three together 0.706, and one that was
     * taught by those three 0.715, with distinct-2 at 0.040 instead of 0.043.
     *
     * @param teachers from 0 to 16; 0: those that write learn from people
     * @return this
     */
    public Builder teachers(int teachers) {
      return set(Seq2SeqOptions.TEACHERS, teachers);
    }

    /**
     * Sets how many texts the teachers draw to agree on one; the time they take is in proportion.
     *
     * @param texts from 1 to 1000
     * @return this
     */
    public Builder teacherTexts(int texts) {
      return set(Seq2SeqOptions.TEACHER_TEXTS, texts);
    }

    /**
     * Sets how often students begin to learn. Those of a second round learn the texts that those of
     * the first find, of each set the one that has most in common with what the teachers drew:
     * texts that differ less from one set to the next. Each round costs as much as learning the
     * first.
     *
     * <p>Two students of the E2E task had BLEU 0.708 in lower case on its dev set after one round
     * and 0.713 after two; one had 0.694 and 0.690 on sets of slots that were held out.
     *
     * @param rounds from 1 to 10
     * @return this
     */
    public Builder studentRounds(int rounds) {
      return set(Seq2SeqOptions.STUDENT_ROUNDS, rounds);
    }

    /**
     * Sets how often each text of the teachers is learned, in each round.
     *
     * @param epochs from 1 to 100 000
     * @return this
     */
    public Builder studentEpochs(int epochs) {
      return set(Seq2SeqOptions.STUDENT_EPOCHS, epochs);
    }

    /**
     * Sets how often each text is learned.
     *
     * @param epochs from 1 to 100 000
     * @return this
     */
    public Builder epochs(int epochs) {
      return set(Seq2SeqOptions.EPOCHS, epochs);
    }

    /**
     * Sets how many texts a step learns from.
     *
     * @param texts from 1 to 8192
     * @return this
     */
    public Builder batchSize(int texts) {
      return set(Seq2SeqOptions.BATCH_SIZE, texts);
    }

    /**
     * Sets how far a step goes at most; it rises to this in the first fiftieth of the training and
     * falls along a cosine afterwards.
     *
     * @param rate from 1e-9 to 10
     * @return this
     */
    public Builder learningRate(double rate) {
      return set(Seq2SeqOptions.LEARNING_RATE, rate);
    }

    /**
     * Sets the share of inputs and outputs left out in training.
     *
     * @param share from 0 to 0.9
     * @return this
     */
    public Builder dropout(double share) {
      return set(Seq2SeqOptions.DROPOUT, share);
    }

    /**
     * Sets how often texts are drawn for each set of attributes when all texts were learned. The
     * network then learns to write those more that have more in common, by BLEU, with what people
     * wrote for the set, and that state its slots: what it writes gets nearer to what most people
     * write, and less diverse. It needs sets that several texts were written for.
     *
     * <p>It is for texts that are drawn. On a part of the training file of the E2E task that was
     * held out, two epochs at a rate of 0.0003 took those drawn at a temperature of 1 from BLEU
     * 0.513 and 1.94 % wrong slots to 0.669 and 0.00 %, and those at nearly 0 from 0.664 to 0.678;
     * distinct-2 fell from 0.105 to 0.024 at 1. What is searched for lost, from 0.688 to 0.675: its
     * candidates, which are compared with each other, become too much alike.
     *
     * @param epochs from 0 to 100 000
     * @return this
     */
    public Builder refineEpochs(int epochs) {
      return set(Seq2SeqOptions.REFINE_EPOCHS, epochs);
    }

    /**
     * Sets how many texts are drawn each time.
     *
     * @param texts from 2 to 1000
     * @return this
     */
    public Builder refineSamples(int texts) {
      return set(Seq2SeqOptions.REFINE_SAMPLES, texts);
    }

    /**
     * Sets how far a step goes at most that learns from drawn texts.
     *
     * @param rate from 1e-9 to 10
     * @return this
     */
    public Builder refineRate(double rate) {
      return set(Seq2SeqOptions.REFINE_RATE, rate);
    }

    /**
     * Sets how many beginnings of texts the search keeps.
     *
     * @param beam from 1 to 100
     * @return this
     */
    public Builder beam(int beam) {
      return set(Seq2SeqOptions.BEAM, beam);
    }

    /**
     * Sets what a text's log-probability is divided by. With 0 and a consensus of 1 the texts that
     * were found have the weights of their probabilities, and are shorter.
     *
     * @param power of its length, from 0 to 3
     * @return this
     */
    public Builder lengthPenalty(double power) {
      return set(Seq2SeqOptions.LENGTH_PENALTY, power);
    }

    /**
     * Sets how sharply found texts are weighted when each is compared with the others. For two
     * networks on the dev set of the E2E task 6 gives 0.003 more BLEU than 0; on held-out parts of
     * the training file it mostly gave somewhat less.
     *
     * @param sharpness from 0 (they are not compared) to 1000
     * @return this
     */
    public Builder consensus(double sharpness) {
      return set(Seq2SeqOptions.CONSENSUS, sharpness);
    }

    /**
     * Sets whether a text that is searched for may only end when all copied values are in it.
     * Without it the search finds such texts first all the same where there are any.
     *
     * @param complete whether it may only end then
     * @return this
     */
    public Builder complete(boolean complete) {
      return set(Seq2SeqOptions.COMPLETE, complete);
    }

    /**
     * Sets how boldly push messages are drawn.
     *
     * @param temperature from 0 (they are searched for) to 10
     * @return this
     */
    public Builder temperature(double temperature) {
      return set(Seq2SeqOptions.TEMPERATURE, temperature);
    }

    /**
     * Sets whether a push message may only hold runs of three words that the corpus has for its
     * language, for its occasion and for its tone. Without it there is more variety, and a network
     * that learned little says things that are not so.
     *
     * @param attested whether it may hold no others
     * @return this
     */
    public Builder attested(boolean attested) {
      return set(Seq2SeqOptions.ATTESTED, attested);
    }

    /**
     * Sets how many texts are written at most to choose one from.
     *
     * @param candidates from 1 to 1000
     * @return this
     */
    public Builder candidates(int candidates) {
      return set(Pipeline.CANDIDATES, candidates);
    }

    /**
     * Sets a saved {@link dev.pushwright.textgen.pipeline.ClickModel} to rank texts by, too.
     *
     * @param file the file; what it holds becomes part of the fitted model
     * @return this
     */
    public Builder clicksFile(Path file) {
      return set(Pipeline.CLICKS_FILE, file.toString());
    }

    /**
     * Sets what drives every random choice of the training.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      return set(Seq2SeqOptions.SEED, seed);
    }

    /**
     * The generator.
     *
     * @return an immutable generator
     * @throws IllegalArgumentException for a value that is out of range
     */
    public Seq2Seq build() {
      return new Seq2Seq(Seq2SeqOptions.OPTIONS.resolve(options));
    }
  }
}
