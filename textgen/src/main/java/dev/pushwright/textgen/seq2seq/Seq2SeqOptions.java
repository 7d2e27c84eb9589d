// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
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

/** The options of {@link Seq2Seq}, and their defaults. */
final class Seq2SeqOptions {

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

  private Seq2SeqOptions() {}

  /** Refuses options that name no paths. */
  static void requirePaths(Settings settings) {
    path(settings, CORPUS);
    path(settings, SLOTS);
  }

  static CopyCorpus corpus(Settings settings) {
    return path(settings, CORPUS).map(CopyCorpus::messages).orElseGet(CopyCorpus::bundled);
  }

  static SlotRules rules(Settings settings) {
    return path(settings, SLOTS).map(Seq2SeqOptions::rules).orElseGet(SlotRules::messages);
  }

  private static SlotRules rules(Path file) {
    try (Reader in = Files.newBufferedReader(file)) {
      return SlotRules.read(file.toString(), in);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "option " + SLOTS.name() + " names " + file + ", which cannot be read: " + e, e);
    }
  }

  static Seq2SeqPlan plan(Settings settings) {
    return new Seq2SeqPlan(
        settings.get(EPOCHS),
        settings.get(BATCH_SIZE),
        settings.get(LEARNING_RATE),
        settings.get(DROPOUT),
        settings.get(SEED));
  }

  static Refiner.Plan refinement(Settings settings) {
    return new Refiner.Plan(
        settings.get(REFINE_EPOCHS), settings.get(REFINE_SAMPLES), settings.get(REFINE_RATE));
  }

  static Seq2SeqWriter.Decoding decoding(Settings settings) {
    return new Seq2SeqWriter.Decoding(
        settings.get(BEAM),
        settings.get(LENGTH_PENALTY),
        settings.get(CONSENSUS),
        settings.get(COMPLETE));
  }

  private static Optional<Path> path(Settings settings, OptionSpec<String> option) {
    String path = settings.get(option);
    try {
      return path.isBlank() ? Optional.empty() : Optional.of(Path.of(path));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "option " + option.name() + " names \"" + path + "\", which is no path: " + e.getReason(),
          e);
    }
  }
}
