// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import dev.pushwright.api.Recommender;
import dev.pushwright.eval.Evaluation;
import dev.pushwright.eval.EvaluationResult;
import dev.pushwright.spi.Spelling;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Which recommender is the better one on data of yours: fits each to one file, asks it about
 * another, and writes what was found as a page with charts, as Markdown or as JSON.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.pushwright.benchmarks.Compare \
 *     --train train.tsv.gz --test test.tsv --html page.html \
 *     --recommender popularity --recommender item-knn:neighbours=50,shrinkage=0
 * </pre>
 */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fits recommenders to one file, asks them about another, and writes a page with charts.",
      "Files are csv or tsv, plain or gzip: user, item[, rating[, timestamp]] in this order, or"
          + " with a header that names them."
    })
public final class Compare implements Callable<Integer> {

  // A comma also stands within values, such as weights=VIEW:1,CART:4.
  private static final Splitter SETTINGS = Splitter.onPattern(",(?=\\s*[A-Za-z][A-Za-z0-9]*=)");

  @Mixin private final GivenFiles given = new GivenFiles();

  @Option(
      names = "--recommender",
      required = true,
      paramLabel = "NAME[:key=value,…]",
      description = "Any installed plug-in with its options; again for each to compare.")
  private List<String> recommenders = List.of();

  @Option(
      names = "--baseline",
      description = "Which one the others are compared with, as written; the first by default.")
  private Optional<String> baseline = Optional.empty();

  @Option(
      names = "--title",
      defaultValue = "Evaluation",
      description = "The title of the page (default: ${DEFAULT-VALUE}).")
  private String title = "Evaluation";

  @Option(names = "--html", paramLabel = "FILE", description = "Where a page with charts goes.")
  private Optional<Path> html = Optional.empty();

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Where Markdown goes; to standard output when no file is named at all.")
  private Optional<Path> markdown = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Where one line of JSON goes.")
  private Optional<Path> json = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs the program and ends the process with 0, or with 1 or 2 when something went wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    // Charts go into a file: no window, and no icon in a dock.
    System.setProperty("java.awt.headless", "true");
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return GivenFiles.commandLine(new Compare());
  }

  @Override
  public Integer call() throws IOException {
    html.ifPresent(Compare::checkFolder);
    markdown.ifPresent(Compare::checkFolder);
    json.ifPresent(Compare::checkFolder);
    if (baseline.isPresent() && !recommenders.contains(baseline.get())) {
      throw new IllegalArgumentException(
          Spelling.unknown("recommender", baseline.get(), recommenders));
    }
    // Before large files are read: names and options may be wrong.
    List<Recommender> asked = recommenders.stream().map(this::recommender).toList();
    Evaluation evaluation = given.evaluation().beyondAccuracyAt(given.at());
    for (int r = 0; r < asked.size(); r++) {
      evaluation.recommender(recommenders.get(r), asked.get(r));
    }
    baseline.ifPresent(evaluation::baseline);
    EvaluationResult result = evaluation.run();
    given.note(result);
    if (html.isPresent()) {
      HtmlReport.write(result, title, html.get());
    }
    if (markdown.isPresent()) {
      Files.writeString(markdown.get(), result.toMarkdown());
    }
    if (json.isPresent()) {
      Files.writeString(json.get(), result.toJson() + "\n");
    }
    if (html.isEmpty() && markdown.isEmpty() && json.isEmpty()) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(result.toMarkdown());
      out.flush();
    }
    return 0;
  }

  private Recommender recommender(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? given.recommender(text, List.of())
        : given.recommender(
            text.substring(0, colon), SETTINGS.splitToList(text.substring(colon + 1)));
  }

  /** A run of minutes must not end with a folder that is not there. */
  private static void checkFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          file + " cannot be written: it is a folder, or " + folder + " is none; name a file");
    }
  }
}
