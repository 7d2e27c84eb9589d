// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Recommender;
import dev.pushwright.data.Dataset;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Fits any recommender at the size of MovieLens 20M, or another, on data made up with its skews: a
 * few items that everybody has (popularity falls with a power of the rank), and a few users who
 * have very much (activity is log-normal). Prints one line for each phase and each iteration:
 * seconds by the clock, seconds of processor time over the threads that could work, and the peak of
 * the heap so far. Making up the data stands in the first line; it is not part of the fit.
 *
 * <pre>
 * java -Xmx4g -cp benchmarks/target/benchmarks.jar dev.pushwright.benchmarks.FitAtScale \
 *     --recommender als --set factors=64 --set iterations=3
 * </pre>
 */
@Command(
    name = "fit-at-scale",
    mixinStandardHelpOptions = true,
    description = "Fits a recommender to made-up data of a given size.")
public final class FitAtScale implements Callable<Integer> {

  @Option(
      names = "--recommender",
      defaultValue = "item-knn",
      description = "The name of any installed plug-in. Default: ${DEFAULT-VALUE}")
  private String recommender = "";

  @Option(names = "--set", paramLabel = "key=value", description = "An option of the recommender.")
  private List<String> settings = List.of();

  @Option(names = "--users", defaultValue = "138000", description = "Default: ${DEFAULT-VALUE}")
  private int users;

  @Option(names = "--items", defaultValue = "27000", description = "Default: ${DEFAULT-VALUE}")
  private int items;

  @Option(names = "--pairs", defaultValue = "20000000", description = "Default: ${DEFAULT-VALUE}")
  private int pairs;

  @Option(names = "--runs", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private int runs;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs it.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return GivenFiles.commandLine(new FitAtScale());
  }

  @Override
  public Integer call() {
    if (users < 1 || items < 1 || pairs < 1 || runs < 1) {
      throw new IllegalArgumentException(
          "users is "
              + users
              + ", items is "
              + items
              + ", pairs is "
              + pairs
              + " and runs is "
              + runs
              + "; each is at least 1");
    }
    // A setting that is none is refused before the data is made.
    Recommender unfitted = Plugins.load().recommender(recommender).create(Options.parse(settings));
    Timer timer = new Timer();
    Dataset data = Synthetic.skewed(users, items, pairs, 1);
    timer.tell("made " + data.eventCount() + " events, sum over users of items²: " + cost(data));
    for (int run = 0; run < runs; run++) {
      Object model =
          unfitted.fit(
              data,
              FitContext.standard()
                  .withListener(
                      progress -> {
                        if (progress.done() == progress.total() || progress.total() <= 100) {
                          timer.tell(
                              "  "
                                  + progress.phase()
                                  + " "
                                  + progress.done()
                                  + " of "
                                  + progress.total());
                        }
                      }));
      timer.tell("fitted " + model.getClass().getSimpleName());
    }
    return 0;
  }

  private static long cost(Dataset data) {
    long cost = 0;
    for (int u = 0; u < data.users().size(); u++) {
      long n = (long) data.seen().end(u) - data.seen().start(u);
      cost += n * n;
    }
    return cost;
  }

  private final class Timer {
    private long clock = System.nanoTime();
    private long processor = processor();

    void tell(String phase) {
      long now = System.nanoTime();
      long worked = processor();
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%s: %.2f s, processor time over %d threads %.2f s, heap peak %d MB%n",
              phase,
              (now - clock) / 1e9,
              Runtime.getRuntime().availableProcessors(),
              (worked - processor) / 1e9 / Runtime.getRuntime().availableProcessors(),
              peak() >> 20);
      spec.commandLine().getOut().flush();
      clock = now;
      processor = worked;
    }

    private static long processor() {
      return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
          .getProcessCpuTime();
    }

    private static long peak() {
      return ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getPeakUsage)
          .mapToLong(usage -> usage.getUsed())
          .sum();
    }
  }
}
