// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.pushwright.api.FitContext;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.copy.AttestedRuns;
import dev.pushwright.textgen.copy.Cleaning;
import dev.pushwright.textgen.copy.CopyCorpus;
import dev.pushwright.textgen.copy.DelexicalizedPair;
import dev.pushwright.textgen.copy.SentenceCase;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.copy.TextTokens;
import dev.pushwright.textgen.copy.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a corpus to what writes: cleans, puts placeholders, numbers, trains. */
final class Seq2SeqTraining {

  private static final Logger LOG = LoggerFactory.getLogger(Seq2SeqTraining.class);

  // A text may get a little longer than any that was learned.
  private static final int SPARE = 5;

  private final SlotRules rules;
  private final Settings settings;
  private final List<Map<String, String>> attributes;
  private final List<List<String>> texts;
  private final Vocabulary vocabulary;
  private final AttributeTable table;
  private final List<EncodedPair> encoded = new ArrayList<>();
  private final Seq2SeqShape shape;
  private final int longest;
  private final String whose;

  /**
   * Networks that learn the same.
   *
   * @param name what one of them is called in progress
   * @param end of the names of their checkpoints
   * @param size how many there are
   * @param isLast whether it is they who write in the end: a single one then needs no name
   */
  private record Group(String name, String end, int size, boolean isLast) {

    static Group writers(int size) {
      return new Group("network", "", size, true);
    }

    static Group teachers(int size) {
      return new Group("teacher", "-teacher", size, false);
    }

    static Group students(int round, int size) {
      return new Group("round " + round + ", network", "-round-" + round, size, false);
    }

    /** What progress says behind the phase. */
    String which(int n) {
      return isLast && size == 1 ? "" : ", " + name + " " + (n + 1) + " of " + size;
    }

    Path checkpoint(Path file, int n) {
      return file.resolveSibling(file.getFileName() + end + (n == 0 ? "" : "-" + (n + 1)));
    }
  }

  private Seq2SeqTraining(
      SlotRules rules,
      Settings settings,
      List<Map<String, String>> attributes,
      List<List<String>> texts,
      int minCount) {
    this.rules = rules;
    this.settings = settings;
    this.attributes = attributes;
    this.texts = texts;
    this.vocabulary = Vocabulary.of(texts, minCount);
    this.table = AttributeTable.of(attributes);
    for (int i = 0; i < texts.size(); i++) {
      encoded.add(
          new EncodedPair(table.encode(attributes.get(i)), vocabulary.encode(texts.get(i))));
    }
    int width = settings.get(Seq2SeqOptions.EMBEDDING);
    int hidden = settings.get(Seq2SeqOptions.HIDDEN);
    this.shape =
        new Seq2SeqShape(
            table.slots(), table.values(), vocabulary.size(), width, hidden, width, hidden);
    this.longest = SPARE + encoded.stream().mapToInt(pair -> pair.tokens().length).max().orElse(0);
    this.whose = Seq2Seq.NAME + " " + settings.asText() + " on " + fingerprint(attributes, texts);
  }

  static Seq2SeqTraining of(CopyCorpus corpus, SlotRules rules, Settings settings) {
    Cleaning clean = rules.clean(corpus.pairs(), settings.get(Seq2SeqOptions.CLEANING));
    LOG.info(
        "{} of {} texts are learned from; not stated: {}, not asked for: {}",
        clean.pairs().size(),
        clean.read(),
        clean.unstated(),
        clean.unasked());
    if (clean.pairs().isEmpty()) {
      throw new IllegalArgumentException(
          "no text is left to learn from: of "
              + clean.read()
              + " texts slots are not stated "
              + clean.unstated()
              + ", or not asked for "
              + clean.unasked()
              + "; mend the texts or the rules, or set option "
              + Seq2SeqOptions.CLEANING.name()
              + " to keep");
    }
    List<DelexicalizedPair> pairs = clean.pairs().stream().map(rules::delexicalize).toList();
    return new Seq2SeqTraining(
        rules,
        settings,
        pairs.stream().map(DelexicalizedPair::attributes).toList(),
        SentenceCase.lower(pairs.stream().map(DelexicalizedPair::tokens).toList()),
        settings.get(Seq2SeqOptions.MIN_COUNT));
  }

  private static String fingerprint(
      List<Map<String, String>> attributes, List<List<String>> texts) {
    Hasher hasher = Hashing.murmur3_128().newHasher();
    for (int i = 0; i < texts.size(); i++) {
      hasher.putUnencodedChars(attributes.get(i).toString());
      hasher.putUnencodedChars(String.join(" ", texts.get(i))).putChar('\0');
    }
    return hasher.hash().toString();
  }

  /** What is told of each text that is learned from. */
  List<Map<String, String>> attributes() {
    return attributes;
  }

  /** Which runs of tokens the texts that are learned from have. */
  AttestedRuns runs() {
    AttestedRuns.Builder runs = AttestedRuns.builder();
    for (int i = 0; i < texts.size(); i++) {
      runs.text(MessagePlans.setting(attributes.get(i)), texts.get(i));
    }
    return runs.build();
  }

  /**
   * Trains.
   *
   * @param context threads and progress
   * @param checkpoint where to write one after every epoch, and to go on from
   * @return what writes
   */
  Seq2SeqWriter run(FitContext context, Optional<Path> checkpoint) {
    Seq2SeqPlan plan = Seq2SeqOptions.plan(settings);
    int networks = settings.get(Seq2SeqOptions.NETWORKS);
    int teachers = settings.get(Seq2SeqOptions.TEACHERS);
    Refiner.Plan refinement = Seq2SeqOptions.refinement(settings);
    Group writers = Group.writers(networks);
    if (teachers == 0) {
      return writer(learn(context, plan, refinement, writers, checkpoint));
    }
    Seq2SeqPlan teaching = plan.withSeed(plan.seed() + networks);
    List<Map<String, String>> sets = attributes.stream().distinct().toList();
    Teachers taughtBy =
        new Teachers(
            writer(learn(context, teaching, refinement, Group.teachers(teachers), checkpoint)),
            sets.stream().map(Seq2SeqTraining::filled).toList(),
            settings.get(Seq2SeqOptions.TEACHER_TEXTS),
            settings.get(Seq2SeqOptions.SEED),
            context);
    Seq2SeqPlan study = plan.withEpochs(settings.get(Seq2SeqOptions.STUDENT_EPOCHS));
    Seq2SeqTraining taught = taught(sets, taughtBy.agreed(context));
    for (int round = 1; round < settings.get(Seq2SeqOptions.STUDENT_ROUNDS); round++) {
      Group students = Group.students(round, networks);
      List<Parameters> learned =
          taught.learn(context, study, Refiner.Plan.NONE, students, checkpoint);
      Seq2SeqTraining before = taught;
      List<Seq2SeqWriter> found = learned.stream().map(one -> before.writer(List.of(one))).toList();
      taught = taught(sets, taughtBy.agreed(found, context));
    }
    return taught.writer(taught.learn(context, study, Refiner.Plan.NONE, writers, checkpoint));
  }

  // To learn the texts found for sets of attributes; with their words alone, as 113 of them were
  // learned in a few epochs of the E2E task, and all 895 in none.
  private Seq2SeqTraining taught(List<Map<String, String>> sets, List<List<String>> agreed) {
    List<Map<String, String>> told = new ArrayList<>();
    List<List<String>> said = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      if (!agreed.get(i).isEmpty()) {
        told.add(sets.get(i));
        said.add(agreed.get(i));
      }
    }
    LOG.info("teachers found a text for {} of {} sets of attributes", said.size(), sets.size());
    if (said.isEmpty()) {
      throw new IllegalArgumentException(
          "the teachers found no text that states its slots; give them more epochs, or set option "
              + Seq2SeqOptions.TEACHERS.name()
              + " to 0");
    }
    return new Seq2SeqTraining(rules, settings, told, said, 1);
  }

  // Each by a seed of its own.
  private List<Parameters> learn(
      FitContext context,
      Seq2SeqPlan plan,
      Refiner.Plan refinement,
      Group group,
      Optional<Path> checkpoint) {
    List<Parameters> learned = new ArrayList<>();
    for (int n = 0; n < group.size(); n++) {
      int number = n;
      Optional<Path> file = checkpoint.map(path -> group.checkpoint(path, number));
      Seq2SeqPlan own = plan.withSeed(plan.seed() + n);
      learned.add(learn(context, own, refinement, file, group.which(n)));
    }
    return learned;
  }

  private Seq2SeqWriter writer(List<Parameters> learned) {
    return new Seq2SeqWriter(
        rules, table, vocabulary, shape, learned, longest, Seq2SeqOptions.decoding(settings));
  }

  private Parameters learn(
      FitContext context,
      Seq2SeqPlan plan,
      Refiner.Plan refinement,
      Optional<Path> checkpoint,
      String which) {
    Parameters parameters = new Parameters(plan.seed());
    Seq2SeqWriter writer = writer(List.of(parameters));
    try (Seq2SeqTrainer trainer =
        new Seq2SeqTrainer(encoded, plan, shape, parameters, context.threads(), "epochs" + which)) {
      Refiner refiner =
          new Refiner(
              encoded,
              attributes,
              refinement,
              plan.seed(),
              vocabulary,
              new SlotJudge(rules, table),
              longest,
              parameters,
              trainer.parallel(),
              "refinement" + which);
      String owner = whose + which;
      Runnable afterEpoch =
          () -> {
            checkpoint.ifPresent(file -> Seq2SeqCheckpoint.write(file, owner, trainer, refiner));
            if (LOG.isDebugEnabled()) {
              int epoch = trainer.epochs() + refiner.epochs();
              LOG.debug("after epoch {}{}: {}", epoch, which, sample(writer, epoch));
            }
          };
      checkpoint.ifPresent(file -> Seq2SeqCheckpoint.read(file, owner, trainer, refiner));
      trainer.run(context, afterEpoch);
      refiner.run(context, afterEpoch);
    }
    return parameters;
  }

  // What it would say now to one of the sets it learns from.
  private String sample(Seq2SeqWriter writer, int epoch) {
    Map<String, String> values = filled(attributes.get(epoch * 7919 % attributes.size()));
    return values + " \"" + writer.write(values).get(0).text() + "\"";
  }

  // Copied values are their placeholders.
  private static Map<String, String> filled(Map<String, String> told) {
    Map<String, String> values = new LinkedHashMap<>(told);
    values.replaceAll((slot, value) -> value.isEmpty() ? TextTokens.placeholder(slot) : value);
    return values;
  }
}
