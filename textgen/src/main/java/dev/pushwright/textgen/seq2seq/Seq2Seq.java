// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.data.Dataset;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.copy.Cleaning;
import dev.pushwright.textgen.copy.CopyCorpus;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.pipeline.Pipeline;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
 * of slots that the corpus has for the occasion and the request has values for, leaves out those
 * with a run of three words that nobody wrote for the occasion (option {@code attested}), and the
 * {@link dev.pushwright.textgen.pipeline.Pipeline} chooses. The events of the data are not looked
 * at.
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

  static final OptionSpec<String> CORPUS =
      OptionSpec.text(
          "corpus",
          "",
          "a path, or empty",
          "A file of attributes and texts to learn from, CSV or JSON lines; empty: the bundled"
              + " messages.");

  static final OptionSpec<String> SLOTS =
      OptionSpec.text(
          "slots",
          "",
          "a path, or empty",
          "A file that says which slots are copied; empty: all but language, occasion and tone.");

  static final OptionSpec<Cleaning.Way> CLEANING =
      OptionSpec.choice(
          "cleaning",
          Cleaning.Way.DROP,
          "What becomes of texts that do not state their slots, or state others.");

  static final OptionSpec<Integer> MIN_COUNT =
      OptionSpec.integer(
          "minCount", 1, 1, 1000, "How often a token has to occur in the corpus to be learned.");

  static final OptionSpec<Integer> EMBEDDING =
      OptionSpec.integer(
          "embedding", 48, 4, 1024, "How many numbers describe a token or an attribute.");

  static final OptionSpec<Integer> HIDDEN =
      OptionSpec.integer("hidden", 96, 4, 2048, "How many numbers the decoder's state has.");

  static final OptionSpec<Integer> NETWORKS =
      OptionSpec.integer(
          "networks", 1, 1, 16, "How many networks learn, each by a seed of its own, and write.");

  static final OptionSpec<Integer> TEACHERS =
      OptionSpec.integer(
          "teachers",
          0,
          0,
          16,
          "How many networks learn from the texts of people, for those that write to learn from"
              + " theirs; 0: those that write learn from people.");

  static final OptionSpec<Integer> TEACHER_TEXTS =
      OptionSpec.integer(
          "teacherTexts", 40, 1, 1000, "How many texts teachers draw to agree on one.");

  static final OptionSpec<Integer> STUDENT_ROUNDS =
      OptionSpec.integer(
          "studentRounds",
          1,
          1,
          10,
          "How often students begin to learn: from the second round on the texts that those of the"
              + " round before find.");

  static final OptionSpec<Integer> STUDENT_EPOCHS =
      OptionSpec.integer(
          "studentEpochs", 12, 1, 100_000, "How often each text of the teachers is learned.");

  static final OptionSpec<Integer> EPOCHS =
      OptionSpec.integer("epochs", 60, 1, 100_000, "How often each text is learned.");

  static final OptionSpec<Integer> BATCH_SIZE =
      OptionSpec.integer("batchSize", 16, 1, 8192, "How many texts a step learns from.");

  static final OptionSpec<Double> LEARNING_RATE =
      OptionSpec.number(
          "learningRate", 0.01, 1e-9, 10, "How far a step goes at most, by the rule of Adam.");

  static final OptionSpec<Double> DROPOUT =
      OptionSpec.number(
          "dropout", 0.1, 0, 0.9, "The share of inputs and outputs left out in training.");

  static final OptionSpec<Integer> REFINE_EPOCHS =
      OptionSpec.integer(
          "refineEpochs",
          0,
          0,
          100_000,
          "How often texts are then drawn for each set of attributes, to learn from what they are"
              + " worth beside those of people.");

  static final OptionSpec<Integer> REFINE_SAMPLES =
      OptionSpec.integer("refineSamples", 8, 2, 1000, "How many texts are drawn each time.");

  static final OptionSpec<Double> REFINE_RATE =
      OptionSpec.number(
          "refineRate", 0.0005, 1e-9, 10, "How far a step goes at most that learns from them.");

  static final OptionSpec<Integer> BEAM =
      OptionSpec.integer("beam", 10, 1, 100, "How many beginnings of texts the search keeps.");

  static final OptionSpec<Double> LENGTH_PENALTY =
      OptionSpec.number(
          "lengthPenalty",
          1,
          0,
          3,
          "The power of its length that a text's log-probability is divided by.");

  static final OptionSpec<Double> CONSENSUS =
      OptionSpec.number(
          "consensus",
          6,
          0,
          1000,
          "How sharply found texts are weighted when each is compared with the others; 0: they are"
              + " not compared.");

  static final OptionSpec<Boolean> COMPLETE =
      OptionSpec.flag(
          "complete",
          true,
          "Whether a text that is searched for may only end when all copied values are in it.");

  static final OptionSpec<Double> TEMPERATURE =
      OptionSpec.number(
          "temperature",
          0.8,
          0,
          10,
          "How boldly push messages are drawn; 0: they are searched for.");

  static final OptionSpec<Boolean> ATTESTED =
      OptionSpec.flag(
          "attested",
          true,
          "Whether a push message may only hold runs of three words that the corpus has for its"
              + " language, for its occasion and for its tone.");

  static final OptionSpec<Long> SEED = OptionSpec.seed(1);

  static final OptionSet OPTIONS =
      OptionSet.of(
          CORPUS,
          SLOTS,
          CLEANING,
          MIN_COUNT,
          EMBEDDING,
          HIDDEN,
          NETWORKS,
          TEACHERS,
          TEACHER_TEXTS,
          STUDENT_ROUNDS,
          STUDENT_EPOCHS,
          EPOCHS,
          BATCH_SIZE,
          LEARNING_RATE,
          DROPOUT,
          REFINE_EPOCHS,
          REFINE_SAMPLES,
          REFINE_RATE,
          BEAM,
          LENGTH_PENALTY,
          CONSENSUS,
          COMPLETE,
          TEMPERATURE,
          ATTESTED,
          Pipeline.CANDIDATES,
          Pipeline.CLICKS_FILE,
          SEED);

  private final Settings settings;

  Seq2Seq(Settings settings) {
    this.settings = settings;
    path(CORPUS);
    path(SLOTS);
  }

  private Optional<Path> path(OptionSpec<String> option) {
    String path = settings.get(option);
    try {
      return path.isBlank() ? Optional.empty() : Optional.of(Path.of(path));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "option " + option.name() + " names \"" + path + "\", which is no path: " + e.getReason(),
          e);
    }
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
    CopyCorpus corpus = path(CORPUS).map(CopyCorpus::messages).orElseGet(CopyCorpus::bundled);
    SlotRules rules = path(SLOTS).map(Seq2Seq::rules).orElseGet(SlotRules::messages);
    Pipeline pipeline = Pipeline.of(NAME, settings, data);
    Seq2SeqTraining training = Seq2SeqTraining.of(corpus, rules, settings);
    MessagePlans plans = MessagePlans.of(training.attributes(), rules);
    return new Seq2SeqModel(
        training.run(context, Optional.empty()),
        plans,
        training.runs(),
        settings,
        pipeline,
        Provenance.of(NAME, settings.asText(), data.fingerprint()));
  }

  private static SlotRules rules(Path file) {
    try (Reader in = Files.newBufferedReader(file)) {
      return SlotRules.read(file.toString(), in);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "option " + SLOTS.name() + " names " + file + ", which cannot be read: " + e, e);
    }
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
      return set(CORPUS, file.toString());
    }

    /**
     * Sets which slots of that corpus are copied.
     *
     * @param file see {@link SlotRules}
     * @return this
     */
    public Builder slots(Path file) {
      return set(SLOTS, file.toString());
    }

    /**
     * Sets what becomes of texts that do not state their slots, or state others.
     *
     * @param way what is done
     * @return this
     */
    public Builder cleaning(Cleaning.Way way) {
      return set(CLEANING, way);
    }

    /**
     * Sets how often a token has to occur to be learned.
     *
     * @param count from 1 to 1000
     * @return this
     */
    public Builder minCount(int count) {
      return set(MIN_COUNT, count);
    }

    /**
     * Sets how many numbers describe a token or an attribute.
     *
     * @param width from 4 to 1024
     * @return this
     */
    public Builder embedding(int width) {
      return set(EMBEDDING, width);
    }

    /**
     * Sets how many numbers the decoder's state has.
     *
     * @param width from 4 to 2048
     * @return this
     */
    public Builder hidden(int width) {
      return set(HIDDEN, width);
    }

    /**
     * Sets how many networks learn, the first by the seed, the second by the seed + 1 and so on. A
     * text is written by the mean of what they say; learning and writing cost as many times more.
     *
     * @param networks from 1 to 16
     * @return this
     */
    public Builder networks(int networks) {
      return set(NETWORKS, networks);
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
      return set(TEACHERS, teachers);
    }

    /**
     * Sets how many texts the teachers draw to agree on one; the time they take is in proportion.
     *
     * @param texts from 1 to 1000
     * @return this
     */
    public Builder teacherTexts(int texts) {
      return set(TEACHER_TEXTS, texts);
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
      return set(STUDENT_ROUNDS, rounds);
    }

    /**
     * Sets how often each text of the teachers is learned, in each round.
     *
     * @param epochs from 1 to 100 000
     * @return this
     */
    public Builder studentEpochs(int epochs) {
      return set(STUDENT_EPOCHS, epochs);
    }

    /**
     * Sets how often each text is learned.
     *
     * @param epochs from 1 to 100 000
     * @return this
     */
    public Builder epochs(int epochs) {
      return set(EPOCHS, epochs);
    }

    /**
     * Sets how many texts a step learns from.
     *
     * @param texts from 1 to 8192
     * @return this
     */
    public Builder batchSize(int texts) {
      return set(BATCH_SIZE, texts);
    }

    /**
     * Sets how far a step goes at most; it rises to this in the first fiftieth of the training and
     * falls along a cosine afterwards.
     *
     * @param rate from 1e-9 to 10
     * @return this
     */
    public Builder learningRate(double rate) {
      return set(LEARNING_RATE, rate);
    }

    /**
     * Sets the share of inputs and outputs left out in training.
     *
     * @param share from 0 to 0.9
     * @return this
     */
    public Builder dropout(double share) {
      return set(DROPOUT, share);
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
      return set(REFINE_EPOCHS, epochs);
    }

    /**
     * Sets how many texts are drawn each time.
     *
     * @param texts from 2 to 1000
     * @return this
     */
    public Builder refineSamples(int texts) {
      return set(REFINE_SAMPLES, texts);
    }

    /**
     * Sets how far a step goes at most that learns from drawn texts.
     *
     * @param rate from 1e-9 to 10
     * @return this
     */
    public Builder refineRate(double rate) {
      return set(REFINE_RATE, rate);
    }

    /**
     * Sets how many beginnings of texts the search keeps.
     *
     * @param beam from 1 to 100
     * @return this
     */
    public Builder beam(int beam) {
      return set(BEAM, beam);
    }

    /**
     * Sets what a text's log-probability is divided by. With 0 and a consensus of 1 the texts that
     * were found have the weights of their probabilities, and are shorter.
     *
     * @param power of its length, from 0 to 3
     * @return this
     */
    public Builder lengthPenalty(double power) {
      return set(LENGTH_PENALTY, power);
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
      return set(CONSENSUS, sharpness);
    }

    /**
     * Sets whether a text that is searched for may only end when all copied values are in it.
     * Without it the search finds such texts first all the same where there are any.
     *
     * @param complete whether it may only end then
     * @return this
     */
    public Builder complete(boolean complete) {
      return set(COMPLETE, complete);
    }

    /**
     * Sets how boldly push messages are drawn.
     *
     * @param temperature from 0 (they are searched for) to 10
     * @return this
     */
    public Builder temperature(double temperature) {
      return set(TEMPERATURE, temperature);
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
      return set(ATTESTED, attested);
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
      return set(SEED, seed);
    }

    /**
     * The generator.
     *
     * @return an immutable generator
     * @throws IllegalArgumentException for a value that is out of range
     */
    public Seq2Seq build() {
      return new Seq2Seq(OPTIONS.resolve(options));
    }
  }
}
