// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.cf.ItemKnn;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Item neighbours at the size of MovieLens 20M, or any other, on data made up with its skews: a few
 * items that everybody has (popularity falls with a power of the rank), and a few users who have
 * very much (activity is log-normal). Prints one line for each phase: seconds by the clock, seconds
 * of processor time over the threads that could work, and the peak of the heap so far.
 *
 * <pre>java -Xmx4g -cp benchmarks/target/benchmarks.jar dev.pushwright.benchmarks.NeighboursAtScale
 * </pre>
 */
@Command(
    name = "neighbours-at-scale",
    mixinStandardHelpOptions = true,
    description = "Fits item-knn to made-up data of a given size.")
public final class NeighboursAtScale implements Callable<Integer> {

  // What fits MovieLens 20M: its most popular item is had by half of its users, its median user has
  // 68 items and its mean user 144.
  private static final double ACTIVITY_DEVIATION = 1.2;
  private static final double POPULARITY_POWER = 1.1;
  private static final double POPULARITY_OFFSET = 150;

  @Option(names = "--users", defaultValue = "138000", description = "Default: ${DEFAULT-VALUE}")
  private int users;

  @Option(names = "--items", defaultValue = "27000", description = "Default: ${DEFAULT-VALUE}")
  private int items;

  @Option(names = "--pairs", defaultValue = "20000000", description = "Default: ${DEFAULT-VALUE}")
  private int pairs;

  @Option(names = "--neighbours", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}")
  private int neighbours;

  @Option(names = "--runs", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private int runs;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs it.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new NeighboursAtScale()).execute(args));
  }

  @Override
  public Integer call() {
    Timer timer = new Timer();
    Dataset data = data(users, items, pairs, 1);
    long cost = cost(data);
    timer.tell("loaded " + data.eventCount() + " events, sum over users of items²: " + cost);
    for (int run = 0; run < runs; run++) {
      Object model =
          ItemKnn.builder()
              .neighbours(neighbours)
              .shrinkage(0)
              .halfLifeDays(0)
              .build()
              .fit(
                  data,
                  FitContext.standard()
                      .withListener(
                          progress -> {
                            if (progress.done() == progress.total()) {
                              timer.tell("  " + progress.phase() + " by " + progress.elapsed());
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

  /** Views, each of a different pair; about as many as asked for. */
  static Dataset data(int users, int items, int pairs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] cumulative = new double[items];
    double sum = 0;
    for (int i = 0; i < items; i++) {
      sum += Math.pow(i + POPULARITY_OFFSET, -POPULARITY_POWER);
      cumulative[i] = sum;
    }
    double[] activity = new double[users];
    double total = 0;
    for (int u = 0; u < users; u++) {
      activity[u] = Math.exp(ACTIVITY_DEVIATION * random.nextGaussian());
      total += activity[u];
    }
    String[] ids = new String[items];
    Arrays.setAll(ids, i -> Synthetic.id("i", i));
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < users; u++) {
      int wanted = (int) Math.max(1, Math.min(items / 4.0, pairs * activity[u] / total));
      String user = Synthetic.id("u", u);
      BitSet own = new BitSet(items);
      for (int n = 0; n < wanted; ) {
        int found = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
        int item = Math.min(items - 1, found < 0 ? -found - 1 : found);
        if (!own.get(item)) {
          own.set(item);
          data.add(Interaction.view(user, ids[item], Instant.EPOCH));
          n++;
        }
      }
    }
    return data.build();
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
