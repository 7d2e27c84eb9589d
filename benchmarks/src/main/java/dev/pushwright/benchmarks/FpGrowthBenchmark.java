// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.profile.rules.Baskets;
import dev.pushwright.profile.rules.FpGrowth;
import dev.pushwright.profile.rules.FrequentItemsets;
import dev.pushwright.profile.rules.MinedRules;
import dev.pushwright.profile.rules.RuleMiner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Frequent itemsets, and the rules of a confidence of 0.2 among them. The first run of a fresh JVM,
 * with the classes to be loaded, is measured by {@code -bm ss -wi 0 -i 1 -f 10}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FpGrowthBenchmark {

  private static final double MIN_CONFIDENCE = 0.2;

  /** What an answer is made of. */
  record Mined(FrequentItemsets itemsets, MinedRules rules) {}

  /**
   * Baskets like those of Groceries, or the data set itself, which is looked for in the folder that
   * the system property {@code pushwright.data} names.
   */
  @Param({"synthetic", "groceries"})
  String data = "synthetic";

  /** The share of baskets. */
  @Param("0.005")
  double minSupport = 0.005;

  /**
   * {@link FpGrowth} with numbered baskets, the same from lists of ids, and maps of sets of ids.
   */
  @Param({"fp-growth", "fp-growth from ids", "apriori"})
  String rival = "fp-growth";

  int slipsMade = 9835;

  private List<List<String>> slips = List.of();
  private Baskets baskets = Baskets.of(List.of());

  /**
   * Makes or reads the baskets.
   *
   * @throws IOException when they cannot be read
   */
  @Setup
  public void setUp() throws IOException {
    slips =
        switch (data) {
          case "synthetic" -> Synthetic.slips(slipsMade, 1);
          case "groceries" -> groceries();
          default -> throw new IllegalArgumentException("there are no data " + data);
        };
    baskets = Baskets.of(slips);
  }

  private static List<List<String>> groceries() throws IOException {
    Path file =
        Path.of(System.getProperty("pushwright.data", "../shared/data"))
            .resolve("groceries/groceries.csv.gz");
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return in.lines().map(line -> Arrays.asList(line.split(",", -1))).toList();
    }
  }

  /**
   * Finds itemsets and rules.
   *
   * @return both
   */
  @Benchmark
  public Object mine() {
    return switch (rival) {
      case "fp-growth" -> mine(baskets);
      case "fp-growth from ids" -> mine(Baskets.of(slips));
      case "apriori" -> new NaiveApriori(slips, minSupport, MIN_CONFIDENCE);
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    };
  }

  private Mined mine(Baskets numbered) {
    FrequentItemsets itemsets = FpGrowth.builder().minSupport(minSupport).build().mine(numbered);
    return new Mined(
        itemsets, RuleMiner.builder().minConfidence(MIN_CONFIDENCE).build().mine(itemsets));
  }
}
