// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.IngestException;
import dev.pushwright.data.IngestResult;
import dev.pushwright.eval.Evaluation;
import dev.pushwright.eval.EvaluationResult;
import dev.pushwright.eval.FullCatalogue;
import dev.pushwright.eval.Negatives;
import dev.pushwright.eval.Protocol;
import dev.pushwright.eval.RankingMetric;
import dev.pushwright.eval.SampledNegatives;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.Splits;
import dev.pushwright.math.Matmul;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.RecommenderProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How good a recommender is on data of yours: fits it to one file, asks it about another, and
 * prints what was found as one line of JSON. Everything else goes to standard error.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.pushwright.benchmarks.Quality \
 *     --train train.tsv.gz --test test.tsv --recommender item-knn --set neighbours=50
 * </pre>
 */
@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fits a recommender to one file, asks it about another, and prints one line of JSON.",
      "Files are csv or tsv, plain or gzip: user, item[, rating[, timestamp]] in this order, or"
          + " with a header that names them."
    })
public final class Quality implements Callable<Integer> {

  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What is asked. */
  enum Asked {
    /** The best of the whole catalogue. */
    FULL,
    /** The order of given negatives and the held-out item. */
    SAMPLED
  }

  @Option(names = "--train", required = true, description = "What is learned from.")
  private Path train = Path.of("");

  @Option(names = "--test", required = true, description = "What is asked about.")
  private Path test = Path.of("");

  @Option(
      names = "--negatives",
      description = "Lines of (user,item), tab, negatives: the format of the NCF paper.")
  private Optional<Path> negatives = Optional.empty();

  @Option(
      names = "--protocol",
      description = "${COMPLETION-CANDIDATES}; sampled where negatives are given, else full.")
  private Optional<Asked> protocol = Optional.empty();

  @Option(
      names = "--recommender",
      required = true,
      description = "The name of any installed plug-in.")
  private String recommender = "";

  @Option(names = "--set", paramLabel = "key=value", description = "An option of the recommender.")
  private List<String> settings = List.of();

  @Option(
      names = "--at",
      split = ",",
      defaultValue = "10",
      description = "How many of the first items count (default: ${DEFAULT-VALUE}).")
  private int[] at = {10};

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "For recommenders that draw at random (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  private String phase = "";
  private long told;

  /**
   * Runs the program and ends the process with 0, or with 1 or 2 when something went wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Quality())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof IllegalArgumentException
                  || failure instanceof IngestException) {
                // Made to be read; a stack trace would bury it.
                command.getErr().println(failure.getMessage());
                return command.getCommandSpec().exitCodeOnExecutionException();
              }
              throw failure;
            });
  }

  @Override
  public Integer call() throws IOException {
    Plugins plugins = Plugins.load();
    RecommenderProvider provider = plugins.recommender(recommender);
    Options options = Options.parse(settings);
    if (provider.options().names().contains("seed") && !options.values().containsKey("seed")) {
      options = options.with("seed", seed);
    }
    Protocol asked = asked();
    Evaluation evaluation =
        Evaluation.of(split())
            .recommender(recommender, provider.create(options))
            .protocol(asked)
            .metrics(
                RankingMetric.allAt(at).stream()
                    .filter(metric -> metric.k() > 0)
                    .map(RankingMetric::name)
                    .toArray(String[]::new))
            .beyondAccuracyAt()
            .bootstrap(1000, seed)
            .context(FitContext.standard().withListener(this::tell));
    EvaluationResult result = evaluation.run();
    result.notes().forEach(note -> err().println("note: " + note));
    result.skipped().forEach((why, users) -> err().println(users + " users skipped: " + why));
    PrintWriter out = spec.commandLine().getOut();
    out.println(json(result));
    out.flush();
    return 0;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private Protocol asked() {
    Asked wanted = protocol.orElse(negatives.isPresent() ? Asked.SAMPLED : Asked.FULL);
    if ((wanted == Asked.SAMPLED) != negatives.isPresent()) {
      throw new IllegalArgumentException(
          wanted == Asked.SAMPLED
              ? "the protocol is sampled, but no --negatives are given to choose from"
              : "the protocol is full, but --negatives are given, which it does not look at;"
                  + " leave one out");
    }
    return negatives.isPresent()
        ? SampledNegatives.of(Negatives.read(negatives.get()))
        : FullCatalogue.standard();
  }

  private Split split() {
    Split split = Splits.given(read(train), read(test));
    String warning = split.report().warning();
    if (!warning.isEmpty()) {
      err().println("note: " + warning);
    }
    return split;
  }

  private Dataset read(Path file) {
    IngestResult read = CsvIngest.builder().add(file, PairFile.mapping(file)).read();
    err().println(read.report().describe());
    return read.dataset();
  }

  private void tell(Progress progress) {
    long now = System.nanoTime();
    boolean other = !phase.equals(progress.phase());
    if (other || progress.done() == progress.total() || now - told > TELL_NANOS) {
      err().println(progress.phase() + " " + progress.done() + "/" + progress.total());
      err().flush();
      phase = progress.phase();
      told = now;
    }
  }

  private String json(EvaluationResult result) throws IOException {
    EvaluationResult.Entry entry = result.entry(recommender);
    EvaluationResult.Cost cost = entry.cost();
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("recommender", recommender);
      json.writeObjectFieldStart("options");
      for (Map.Entry<String, String> option : entry.provenance().options().entrySet()) {
        json.writeStringField(option.getKey(), option.getValue());
      }
      json.writeEndObject();
      json.writeStringField("protocol", result.protocol());
      json.writeNumberField("users", result.users());
      json.writeNumberField(
          "skippedUsers", result.skipped().values().stream().mapToInt(n -> n).sum());
      json.writeNumberField("fallbacks", entry.fallbacks());
      for (EvaluationResult.Score score : entry.scores()) {
        json.writeNumberField(score.metric(), score.mean());
      }
      json.writeNumberField("fitSeconds", rounded(cost.fitSeconds()));
      json.writeNumberField("recommendMillisP50", rounded(cost.recommendMillisP50()));
      json.writeNumberField("recommendMillisP99", rounded(cost.recommendMillisP99()));
      json.writeNumberField("peakHeapMb", rounded(cost.peakHeapBytes() / 0x1p20));
      json.writeStringField("timeLeak", result.split().timeLeak().name());
      json.writeNumberField("seed", seed);
      json.writeStringField("matmul", Matmul.tier());
      json.writeStringField("data", entry.provenance().data());
      json.writeStringField("version", entry.provenance().version());
      json.writeEndObject();
    }
    return text.toString();
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
