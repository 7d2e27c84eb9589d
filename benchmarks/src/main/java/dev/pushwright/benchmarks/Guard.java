// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Keeps the hot paths fast: times each beside its naive rival, and fails when the ratio falls below
 * its floor. Times say nothing across machines, ratios of one run do. Every pass starts a process
 * for each side, one side right after the other, and the median over the passes counts, so that a
 * busy moment is outvoted.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.pushwright.benchmarks.Guard
 * </pre>
 */
@Command(
    name = "guard",
    mixinStandardHelpOptions = true,
    description = "Fails when a hot path is not as much faster than its naive rival as it was.")
public final class Guard implements Callable<Integer> {

  private static final int WARMUPS = 3;
  private static final int MEASUREMENTS = 5;

  @Option(
      names = "--floors",
      defaultValue = "benchmarks/guard.json",
      description = "The least ratios (default: ${DEFAULT-VALUE}).")
  private Path floors = Path.of("benchmarks", "guard.json");

  @Option(
      names = "--passes",
      defaultValue = "3",
      description = "How many processes for each side (default: ${DEFAULT-VALUE}).")
  private int passes = 3;

  @Option(
      names = "--millis",
      defaultValue = "200",
      description = "How long an iteration takes (default: ${DEFAULT-VALUE}).")
  private int millis = 200;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs the program and ends the process: 0 when all ratios hold, else 1.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    // Others on this machine may run benchmarks too; the median is there to bear it.
    System.setProperty("jmh.ignoreLock", "true");
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Guard());
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    if (passes < 1 || millis < 1) {
      throw new IllegalArgumentException(
          "passes is " + passes + ", millis is " + millis + "; at least 1 is needed");
    }
    List<GuardRule> rules = GuardRule.read(floors);
    boolean allHold = true;
    for (GuardRule rule : rules) {
      double ratio = ratio(rule);
      spec.commandLine().getOut().println(rule.describe(ratio));
      spec.commandLine().getOut().flush();
      allHold &= rule.holds(ratio);
    }
    return allHold ? 0 : 1;
  }

  private double ratio(GuardRule rule) throws RunnerException {
    Map<String, List<Double>> times = new HashMap<>();
    for (int pass = 0; pass < passes; pass++) {
      for (RunResult result : run(rule)) {
        BenchmarkParams params = result.getParams();
        times
            .computeIfAbsent(params.getParam("rival"), rival -> new ArrayList<>())
            .add(median(scores(result)));
      }
    }
    return median(times.getOrDefault(rule.reference(), List.of()))
        / median(times.getOrDefault(rule.guarded(), List.of()));
  }

  private Collection<RunResult> run(GuardRule rule) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(Pattern.quote("." + rule.benchmark() + "."))
                .param("shape", rule.shape())
                .param("rival", rule.guarded(), rule.reference())
                .forks(1)
                .warmupIterations(WARMUPS)
                .warmupTime(TimeValue.milliseconds(millis))
                .measurementIterations(MEASUREMENTS)
                .measurementTime(TimeValue.milliseconds(millis))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }

  private static List<Double> scores(RunResult result) {
    List<Double> scores = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        scores.add(iteration.getPrimaryResult().getScore());
      }
    }
    return scores;
  }

  /** The middle one, or the mean of the two in the middle. */
  static double median(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
