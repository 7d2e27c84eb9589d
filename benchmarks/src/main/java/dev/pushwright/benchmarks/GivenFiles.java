// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.api.Recommender;
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
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.RecommenderProvider;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@link Quality} and {@link Compare} share: files that are learned from and asked about. */
final class GivenFiles {

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

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  private final Plugins plugins = Plugins.load();
  private String phase = "";
  private long told;

  /**
   * A program that says in one line what was wrong with what it was given.
   *
   * @param program with the annotations of picocli
   */
  static CommandLine commandLine(Object program) {
    return new CommandLine(program)
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

  int[] at() {
    return at.clone();
  }

  long seed() {
    return seed;
  }

  /**
   * A recommender by name; with the seed, where it has one and is given none.
   *
   * @param name the name of a plug-in
   * @param settings its options, such as {@code "neighbours=50"}
   */
  Recommender recommender(String name, List<String> settings) {
    RecommenderProvider provider = plugins.recommender(name);
    Options options = Options.parse(settings);
    if (provider.options().names().contains("seed") && !options.values().containsKey("seed")) {
      options = options.with("seed", seed);
    }
    return provider.create(options);
  }

  /** An evaluation without a recommender: every ranking metric at each k. */
  Evaluation evaluation() {
    // What contradicts itself is refused before large files are read.
    Protocol asked = asked();
    return Evaluation.of(split())
        .protocol(asked)
        .metrics(
            RankingMetric.allAt(at).stream()
                .filter(metric -> metric.k() > 0)
                .map(RankingMetric::name)
                .toArray(String[]::new))
        .bootstrap(1000, seed)
        .context(FitContext.standard().withListener(this::tell));
  }

  /** Tells what a reader of the result should know of it. */
  void note(EvaluationResult result) {
    result.notes().forEach(note -> err().println("note: " + note));
    result.skipped().forEach((why, users) -> err().println(users + " users skipped: " + why));
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
}
