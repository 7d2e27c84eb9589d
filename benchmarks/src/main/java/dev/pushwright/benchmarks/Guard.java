// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Keeps the hot paths fast and their allocations known, by the rules of a {@link GuardFile}.
 *
 * <p>Speed: each is timed beside its naive rival, and a ratio below its floor fails. Times say
 * nothing across machines, ratios of one run do. Every pass starts a process for each side, one
 * right after the other. What else the machine does only ever slows an iteration; so iterations are
 * many and short, of each process the fastest one counts, and of the processes of a side the
 * median: busy moments are outvoted, while a kernel that became slower is slower in all of them. On
 * a machine that is busy all the while the JVM's compiler may not be done when the measuring
 * begins; so a ratio below its floor is measured once more, with iterations that take longer, and
 * fails when it is below again.
 *
 * <p>Allocation: what JMH's {@code gc} profiler counts, in bytes an operation, and one byte more
 * than stated fails. Counted is what the code asks for: escape analysis is off, because which
 * objects it removes depends on what was compiled when, and so on how busy the machine is. To what
 * the operation allocates JMH adds what it takes itself in an iteration, some ten thousand bytes,
 * divided by the number of operations; so the least figure of all iterations counts, rounded down
 * to a multiple of eight, which the size of each object is. That is exact for an operation on one
 * thread that always allocates the same and takes a few microseconds; rules for others would not
 * hold still.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.pushwright.benchmarks.Guard
 * </pre>
 *
 * <p>That a slowed kernel is seen is shown by running the same without vector instructions:
 *
 * <pre>
 * … Guard --only MatmulBenchmark --jvm-args=-XX:-UseSuperWord
 * </pre>
 */
@Command(
    name = "guard",
    mixinStandardHelpOptions = true,
    description = "Fails when a hot path is slower than it was, or allocates more.")
public final class Guard implements Callable<Integer> {

  private static final int WARMUPS = 3;
  private static final int MEASUREMENTS = 4;
  // As many parts of an iteration are timed each for itself.
  private static final int PARTS = 5;
  // So many times longer are the iterations of a second attempt.
  private static final int LONGER = 5;
  private static final int OBJECT_ALIGNMENT = 8;
  private static final Splitter ARGUMENTS = Splitter.on(' ').trimResults().omitEmptyStrings();

  @Option(
      names = "--rules",
      defaultValue = "benchmarks/guard.json",
      description = "The rules (default: ${DEFAULT-VALUE}).")
  private Path rules = Path.of("benchmarks", "guard.json");

  @Option(
      names = "--only",
      defaultValue = "",
      description = "Keeps to the rules whose name contains this, such as MatmulBenchmark.")
  private String only = "";

  @Option(
      names = "--jvm-args",
      defaultValue = "",
      description = "Arguments for the JVM of every process, separated by spaces.")
  private String jvmArgs = "";

  @Option(
      names = "--passes",
      defaultValue = "5",
      description = "How many processes time each side (default: ${DEFAULT-VALUE}).")
  private int passes = 5;

  @Option(
      names = "--millis",
      defaultValue = "200",
      description = "How long an iteration takes (default: ${DEFAULT-VALUE}).")
  private int millis = 200;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs the program and ends the process: 0 when all rules hold, else 1.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    // Others on this machine may run benchmarks too; the medians are there to bear it.
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
    List<GuardRule> chosen =
        GuardFile.read(rules).stream().filter(rule -> rule.name().contains(only)).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "no rule of " + rules + " has \"" + only + "\" in its name: nothing would be guarded");
    }
    boolean allHold = true;
    for (GuardRule rule : chosen) {
      GuardRule.Verdict verdict = judge(rule);
      spec.commandLine().getOut().println(verdict.line());
      spec.commandLine().getOut().flush();
      allHold &= verdict.holds();
    }
    return allHold ? 0 : 1;
  }

  private GuardRule.Verdict judge(GuardRule rule) throws RunnerException {
    if (rule instanceof GuardRule.Ratio ratio) {
      GuardRule.Verdict verdict = ratio.judge(ratio(ratio, millis));
      if (verdict.holds()) {
        return verdict;
      }
      spec.commandLine().getOut().println(verdict.line() + "; measured once more, longer");
      return ratio.judge(ratio(ratio, LONGER * millis));
    }
    GuardRule.Allocation allocation = (GuardRule.Allocation) rule;
    return allocation.judge(allocatedBytes(allocation));
  }

  private double ratio(GuardRule.Ratio rule, int millis) throws RunnerException {
    List<Double> guarded = new ArrayList<>();
    List<Double> reference = new ArrayList<>();
    for (int pass = 0; pass < passes; pass++) {
      guarded.add(fastest(rule.benchmark(), rule.params(), millis));
      reference.add(fastest(rule.benchmark(), rule.rival(), millis));
    }
    return median(reference) / median(guarded);
  }

  private long allocatedBytes(GuardRule.Allocation rule) throws RunnerException {
    RunResult result =
        run(
            options(rule.benchmark(), rule.params())
                .addProfiler(GCProfiler.class)
                // Beyond 32 GB of heap references are twice as long.
                .jvmArgsPrepend("-Xmx1g", "-XX:-DoEscapeAnalysis"));
    double least = Double.POSITIVE_INFINITY;
    for (IterationResult iteration : iterations(result)) {
      least = Math.min(least, allocated(iteration));
    }
    return exact(least);
  }

  /** What an operation allocates, from what was measured: that, and JMH's own share. */
  static long exact(double measured) {
    return (long) measured / OBJECT_ALIGNMENT * OBJECT_ALIGNMENT;
  }

  /** What an operation allocated in an iteration. */
  static double allocated(IterationResult iteration) {
    Result<?> rate = iteration.getSecondaryResults().get("gc.alloc.rate");
    if (rate == null || Double.isNaN(rate.getScore())) {
      throw new IllegalStateException("this JVM does not tell what a thread allocates");
    }
    // JMH leaves it out when it is 0.
    Result<?> norm = iteration.getSecondaryResults().get("gc.alloc.rate.norm");
    return norm == null ? 0 : norm.getScore();
  }

  private ChainedOptionsBuilder options(String benchmark, Map<String, String> params) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("[.]" + Pattern.quote(benchmark) + "$")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .threads(1)
            .forks(1)
            .warmupIterations(WARMUPS)
            .warmupTime(TimeValue.milliseconds(millis))
            .measurementIterations(MEASUREMENTS)
            .measurementTime(TimeValue.milliseconds(millis))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .jvmArgsAppend(ARGUMENTS.splitToList(jvmArgs).toArray(String[]::new));
    params.forEach(options::param);
    return options;
  }

  private static RunResult run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).runSingle();
  }

  private double fastest(String benchmark, Map<String, String> params, int millis)
      throws RunnerException {
    ChainedOptionsBuilder options =
        options(benchmark, params)
            .warmupTime(TimeValue.milliseconds(millis))
            .measurementIterations(MEASUREMENTS * PARTS)
            .measurementTime(TimeValue.milliseconds(Math.max(1, millis / PARTS)));
    return iterations(run(options)).stream()
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
        .min()
        .orElseThrow(() -> new IllegalStateException("nothing was measured"));
  }

  private static List<IterationResult> iterations(RunResult result) {
    return result.getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .toList();
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
