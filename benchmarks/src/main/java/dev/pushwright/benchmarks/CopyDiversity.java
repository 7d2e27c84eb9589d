// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.textgen.copy.Cleaning;
import dev.pushwright.textgen.copy.CopyCorpus;
import dev.pushwright.textgen.copy.CopyPair;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.metrics.Bleu;
import dev.pushwright.textgen.metrics.Diversity;
import dev.pushwright.textgen.metrics.SlotErrors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How good generated texts are, and how much they differ, over the knob of each generator: learns
 * from one file of attributes and texts, writes one text for each set of attributes of another, and
 * prints a row for each setting of the knob. Rows of several runs, collected in a file, become one
 * chart.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.pushwright.benchmarks.CopyDiversity \
 *     --train trainset.csv.gz --test devset.csv.gz --generator lstm --set epochs=8 --set batchSize=64 \
 *     --set minCount=3 --set validationShare=0.1 --set finalRate=0.02 >> rows.tsv
 * java -cp benchmarks/target/benchmarks.jar dev.pushwright.benchmarks.CopyDiversity \
 *     --rows rows.tsv --svg curve.svg
 * </pre>
 */
@Command(
    name = "copy-diversity",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learns from a file of attributes and texts of the E2E task, writes a text for each set of"
          + " attributes of another, and prints BLEU, slot errors and diversity over a knob;",
      "or draws rows that were printed before."
    })
public final class CopyDiversity implements Callable<Integer> {

  @Option(names = "--train", description = "The file to learn from, CSV or JSON lines.")
  private Path train = Path.of("");

  @Option(names = "--test", description = "The file to write texts for.")
  private Path test = Path.of("");

  @Option(names = "--generator", description = "Which to try: ${COMPLETION-CANDIDATES}.")
  private List<CopyWriter> generators = List.of();

  @Option(
      names = "--pairs",
      defaultValue = "1000000",
      description = "How many pairs are learned from at most, spread over the file.")
  private int pairs;

  @Option(names = "--set", paramLabel = "key=value", description = "An option of the generator.")
  private List<String> settings = List.of();

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "How many threads learn; ${DEFAULT-VALUE} by default.")
  private int threads;

  @Option(
      names = "--candidates",
      split = ",",
      defaultValue = "1",
      description =
          "How many texts are drawn for a set of attributes; the first with the fewest slots that"
              + " are not stated or not asked for, by the rules that clean what is learned, is"
              + " taken. Several numbers, several rows. Default: ${DEFAULT-VALUE}")
  private List<Integer> candidates = List.of();

  @Option(names = "--rows", description = "A file of rows to draw instead.")
  private List<Path> rows = List.of();

  @Option(names = "--svg", description = "Where the drawing goes.")
  private Path svg = Path.of("copy-diversity.svg");

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs the program and ends the process with 0, or with 1 or 2 when something went wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    // Charts go into a file: no window.
    System.setProperty("java.awt.headless", "true");
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return GivenFiles.commandLine(new CopyDiversity());
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (!rows.isEmpty()) {
      List<DiversityRow> all = new ArrayList<>();
      for (Path file : rows) {
        for (String line : Files.readAllLines(file)) {
          if (!line.isBlank()) {
            all.add(DiversityRow.parse(line));
          }
        }
      }
      Files.writeString(svg, DiversityChart.svg(all));
      out.print(DiversityRow.table(all));
      out.flush();
      return 0;
    }
    if (generators.isEmpty()) {
      throw new IllegalArgumentException("name a --generator, or --rows to draw");
    }
    if (candidates.stream().anyMatch(drawn -> drawn < 1)) {
      throw new IllegalArgumentException("--candidates is " + candidates + "; each is at least 1");
    }
    SlotRules rules = SlotRules.e2e();
    List<CopyPair> learned =
        rules.clean(spread(CopyCorpus.read(train).pairs()), Cleaning.Way.DROP).pairs();
    Map<Map<String, String>, List<String>> asked = new LinkedHashMap<>();
    for (CopyPair pair : CopyCorpus.read(test).pairs()) {
      asked.computeIfAbsent(pair.attributes(), set -> new ArrayList<>()).add(pair.text());
    }
    FitContext context =
        new FitContext(
            threads,
            progress ->
                spec.commandLine()
                    .getErr()
                    .println(
                        progress.phase()
                            + " "
                            + progress.done()
                            + " of "
                            + progress.total()
                            + ", loss "
                            + progress.loss()
                            + " "
                            + progress.figures()));
    for (CopyWriter generator : generators) {
      CopyWriter.Trained trained = generator.train(learned, rules, settings, context);
      spec.commandLine().getErr().println(generator + ": " + trained.about());
      for (int drawn : candidates) {
        for (double knob : trained.knobs()) {
          List<String> texts = write(trained, List.copyOf(asked.keySet()), knob, drawn, rules);
          String name = generator + (drawn == 1 ? "" : ", best of " + drawn);
          out.println(row(name, trained.knobName(), knob, texts, asked));
          out.flush();
        }
      }
    }
    return 0;
  }

  private List<CopyPair> spread(List<CopyPair> all) {
    if (pairs >= all.size()) {
      return all;
    }
    List<CopyPair> some = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      some.add(all.get((int) ((long) i * all.size() / pairs)));
    }
    return some;
  }

  /** Writes for each set of attributes, by rules the best of so many texts. */
  static List<String> write(
      CopyWriter.Trained trained,
      List<Map<String, String>> sets,
      double knob,
      int drawn,
      SlotRules rules) {
    List<String> best = new ArrayList<>(trained.write(sets, knob, 1));
    // At 0 all that is drawn is the same.
    for (int seed = 2; seed <= drawn && knob != 0; seed++) {
      List<String> texts = trained.write(sets, knob, seed);
      for (int i = 0; i < sets.size(); i++) {
        if (errors(rules, sets.get(i), texts.get(i)) < errors(rules, sets.get(i), best.get(i))) {
          best.set(i, texts.get(i));
        }
      }
    }
    return best;
  }

  private static int errors(SlotRules rules, Map<String, String> asked, String text) {
    return rules.unstated(asked, text).size() + rules.unasked(asked, text).size();
  }

  private static DiversityRow row(
      String name,
      String knobName,
      double knob,
      List<String> texts,
      Map<Map<String, String>, List<String>> asked) {
    Diversity diversity = Diversity.of(texts);
    return new DiversityRow(
        name,
        knobName,
        knob,
        Bleu.of(texts, List.copyOf(asked.values())).bleu(),
        SlotErrors.e2e().rate(List.copyOf(asked.keySet()), texts).rate(),
        diversity.distinct1(),
        diversity.distinct2(),
        diversity.selfBleu(),
        diversity.vocabulary());
  }
}
