// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.spi.Options;
import dev.pushwright.textgen.copy.CopyCorpus;
import dev.pushwright.textgen.copy.CopyPair;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.metrics.Bleu;
import dev.pushwright.textgen.metrics.Diversity;
import dev.pushwright.textgen.metrics.SlotErrorRate;
import dev.pushwright.textgen.metrics.SlotErrors;
import dev.pushwright.textgen.metrics.Tokens;
import dev.pushwright.textgen.seq2seq.Seq2Seq;
import dev.pushwright.textgen.seq2seq.Seq2SeqProvider;
import dev.pushwright.textgen.seq2seq.Seq2SeqWriter;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How good generators of text are on the E2E task: each learns from one file of attributes and
 * texts, and writes one text for each set of attributes of another, which is held to all that
 * people wrote for the set. The table has BLEU of mteval-13a, with the case of the texts and in
 * lower case (as the script of the E2E challenge scores), the slots that are stated wrongly by
 * {@link SlotErrors} (which no generator cleans or ranks by), the share of different words and
 * pairs of words, and what training and a text took. The last line is of people: each first text
 * beside the others.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp benchmarks/target/benchmarks.jar \
 *     dev.pushwright.benchmarks.CopyQuality --train trainset.csv.gz --test devset.csv.gz \
 *     --generator seq2seq:networks=2,teachers=3,epochs=7,hidden=128,embedding=64,batchSize=64,minCount=3,learningRate=0.004
 * </pre>
 */
@Command(
    name = "copy-quality",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Judges generators of text on files of the E2E task.")
public final class CopyQuality implements Callable<Integer> {

  private static final String PEOPLE = "people";

  /** What has learned to write. */
  interface Learned {
    /** The text for a set of attributes. */
    String write(Map<String, String> attributes);

    /** How many numbers were learned. */
    long parameters();
  }

  /** What learns, by its options. */
  interface Learner {
    /** Learns from a corpus. */
    Learned learn(Options options, CopyCorpus corpus, FitContext context);
  }

  private static final Map<String, Learner> LEARNERS = Map.of(Seq2Seq.NAME, CopyQuality::seq2seq);

  /**
   * What was found.
   *
   * @param bleu from 0 to 1
   * @param caseless BLEU of the texts in lower case, likewise
   * @param errors slots stated wrongly, of all slots
   * @param diversity of the texts
   * @param parameters how many numbers were learned
   * @param seconds of processor time that training took
   * @param median milliseconds of a text
   * @param slow the 99th percentile, likewise
   */
  record Row(
      double bleu,
      double caseless,
      SlotErrorRate errors,
      Diversity diversity,
      long parameters,
      double seconds,
      double median,
      double slow) {}

  @Option(names = "--train", required = true, description = "CSV with the columns mr and ref.")
  private Path train = Path.of("");

  @Option(names = "--test", required = true, description = "What is written for, likewise.")
  private Path test = Path.of("");

  @Option(
      names = "--generator",
      paramLabel = "name[:key=value,…]",
      description = "Generators and their options; seq2seq where none is given.")
  private List<String> generators = List.of(Seq2Seq.NAME);

  @Option(
      names = "--hold-out",
      defaultValue = "0",
      description =
          "Judges on the attributes of every n-th set of slots of the training file, left out of"
              + " training, instead of the test file; 0: no. To choose options by. Default:"
              + " ${DEFAULT-VALUE}")
  private int holdOut;

  @Option(names = "--threads", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private int threads;

  @Option(names = "--texts", description = "Prints the texts too.")
  private boolean texts;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs the program and ends the process with 0, or with 1 or 2 when something went wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new CopyQuality()).execute(args));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    FitContext context =
        new FitContext(
            threads,
            progress -> {
              err.print(progress.phase() + " " + progress.done() + " of " + progress.total());
              progress.loss().ifPresent(loss -> err.printf(Locale.ROOT, ", loss %.4f", loss));
              err.println();
              err.flush();
            });
    CopyCorpus learned = CopyCorpus.read(train);
    CopyCorpus judged = CopyCorpus.read(test);
    if (holdOut > 0) {
      Set<Set<String>> held = everyNth(learned, holdOut);
      judged = part(learned, set -> held.contains(set.keySet()));
      learned = part(learned, set -> !held.contains(set.keySet()));
    }
    Map<String, Row> rows = new LinkedHashMap<>();
    for (String generator : generators) {
      rows.put(generator, judge(generator, learned, judged, context, texts ? out : null));
    }
    rows.put(PEOPLE, people(judged));
    out.println(table(rows));
    out.flush();
    return 0;
  }

  // All that has the slots of one that is held out is: a test file has slots together that were
  // together in no text to learn from, and what was learned by heart does not help there.
  private static Set<Set<String>> everyNth(CopyCorpus corpus, int n) {
    List<Set<String>> slots =
        corpus.pairs().stream().map(pair -> pair.attributes().keySet()).distinct().toList();
    Set<Set<String>> held = new HashSet<>();
    for (int i = n / 6; i < slots.size(); i += n) {
      held.add(slots.get(i));
    }
    return held;
  }

  private static CopyCorpus part(CopyCorpus corpus, Function<Map<String, String>, Boolean> of) {
    return CopyCorpus.of(
        corpus.pairs().stream().filter(pair -> of.apply(pair.attributes())).toList());
  }

  private static Learned seq2seq(Options options, CopyCorpus corpus, FitContext context) {
    Seq2Seq generator = (Seq2Seq) new Seq2SeqProvider().create(options);
    Seq2SeqWriter writer = generator.train(corpus, SlotRules.e2e(), context);
    return new Learned() {
      @Override
      public String write(Map<String, String> attributes) {
        return writer.write(attributes).get(0).text();
      }

      @Override
      public long parameters() {
        return writer.parameters();
      }
    };
  }

  /** Has a generator learn and write, and judges what it wrote. */
  static Row judge(
      String generator,
      CopyCorpus learned,
      CopyCorpus judged,
      FitContext context,
      @Nullable PrintWriter show) {
    int colon = generator.indexOf(':');
    String name = colon < 0 ? generator : generator.substring(0, colon);
    Options options =
        Options.parse(
            colon < 0 ? List.of() : Arrays.asList(generator.substring(colon + 1).split(",")));
    Learner learner = LEARNERS.get(name);
    if (learner == null) {
      throw new IllegalArgumentException(
          "there is no generator " + name + "; there are " + LEARNERS.keySet());
    }
    long began = cpuNanos();
    Learned writer = learner.learn(options, learned, context);
    double seconds = (cpuNanos() - began) * 1e-9;
    Map<Map<String, String>, List<String>> references = references(judged);
    List<String> written = new ArrayList<>();
    List<Long> nanos = new ArrayList<>();
    for (Map<String, String> attributes : references.keySet()) {
      long start = System.nanoTime();
      String text = writer.write(attributes);
      nanos.add(System.nanoTime() - start);
      written.add(text);
      if (show != null) {
        show.println(attributes + "\t" + text);
      }
    }
    nanos.sort(null);
    return row(
        references,
        written,
        writer.parameters(),
        seconds,
        nanos.get(nanos.size() / 2) * 1e-6,
        nanos.get((nanos.size() - 1) * 99 / 100) * 1e-6);
  }

  // Of this thread: with --threads 1 it does all the work.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Map<Map<String, String>, List<String>> references(CopyCorpus judged) {
    return judged.pairs().stream()
        .collect(
            Collectors.groupingBy(
                CopyPair::attributes,
                LinkedHashMap::new,
                Collectors.mapping(CopyPair::text, Collectors.toList())));
  }

  private static Row people(CopyCorpus judged) {
    Map<Map<String, String>, List<String>> others = references(judged);
    others.values().removeIf(texts -> texts.size() < 2);
    List<String> first = others.values().stream().map(texts -> texts.get(0)).toList();
    others.replaceAll((attributes, texts) -> texts.subList(1, texts.size()));
    return first.isEmpty()
        ? row(references(judged), judged.pairs().stream().map(CopyPair::text).toList(), 0, 0, 0, 0)
        : row(others, first, 0, 0, 0, 0);
  }

  private static Row row(
      Map<Map<String, String>, List<String>> references,
      List<String> written,
      long parameters,
      double seconds,
      double median,
      double slow) {
    List<List<String>> people = List.copyOf(references.values());
    return new Row(
        Bleu.of(written, people).bleu(),
        Bleu.of(written, people, Tokens.MTEVAL_13A_LOWER_CASE).bleu(),
        SlotErrors.e2e().rate(List.copyOf(references.keySet()), written),
        Diversity.of(written),
        parameters,
        seconds,
        median,
        slow);
  }

  /** The table as Markdown. */
  static String table(Map<String, Row> rows) {
    StringBuilder text =
        new StringBuilder(
            "| | BLEU | in lower case | slot errors | texts with one | distinct-1 | distinct-2 |"
                + " vocabulary | parameters | training, CPU s | a text, ms | p99 |\n"
                + "|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    rows.forEach(
        (name, row) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %.4f | %.4f | %.2f %% | %.2f %% | %.3f | %.3f | %d | %,d | %.0f | %.1f"
                        + " | %.1f |%n",
                    name,
                    row.bleu(),
                    row.caseless(),
                    100 * row.errors().rate(),
                    100 * row.errors().textErrorRate(),
                    row.diversity().distinct1(),
                    row.diversity().distinct2(),
                    row.diversity().vocabulary(),
                    row.parameters(),
                    row.seconds(),
                    row.median(),
                    row.slow())));
    return text.toString().stripTrailing();
  }
}
