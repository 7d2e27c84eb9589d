// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 100,000 rows of user, item, rating and time from a CSV file into memory. The rival checks
 * nothing, accounts for nothing and indexes users alone: what the library takes more is the price
 * of doing so.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class IngestBenchmark {

  private static final int RATINGS_PER_USER = 50;
  private static final int ITEMS = 1000;

  /** How many rows the file has. */
  @Param("100000")
  int rows = 100_000;

  /** The library's reader, and lines that are split at commas into maps. */
  @Param({"csv-ingest", "split"})
  String rival = "csv-ingest";

  private Path file = Path.of("");

  /**
   * Writes the file.
   *
   * @throws IOException when it cannot be written
   */
  @Setup(Level.Trial)
  public void setUp() throws IOException {
    file = Files.createTempFile("pushwright-ingest", ".csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("user_id,item_id,rating,timestamp\n");
      for (Interaction rating :
          Synthetic.ratings(rows / RATINGS_PER_USER, ITEMS, RATINGS_PER_USER, 1)) {
        out.write(
            rating.userId()
                + ','
                + rating.itemId()
                + ','
                + rating.value()
                + ','
                + rating.at().getEpochSecond()
                + '\n');
      }
    }
  }

  /**
   * Deletes the file.
   *
   * @throws IOException when it cannot be deleted
   */
  @TearDown(Level.Trial)
  public void tearDown() throws IOException {
    Files.deleteIfExists(file);
  }

  /**
   * Reads the file.
   *
   * @return what was read
   * @throws IOException when it cannot be read
   */
  @Benchmark
  public Object read() throws IOException {
    return switch (rival) {
      case "csv-ingest" -> dataset();
      case "split" -> split();
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    };
  }

  /** What was read, in one form: each user's events by time and item. */
  Map<String, List<Event>> answer() throws IOException {
    Map<String, List<Event>> byUser = new TreeMap<>();
    if (rival.equals("split")) {
      byUser.putAll(split());
    } else {
      for (Event event : dataset().events()) {
        byUser.computeIfAbsent(event.userId(), user -> new ArrayList<>()).add(event);
      }
    }
    return byUser;
  }

  private Dataset dataset() {
    return CsvIngest.builder().add(file, CsvMapping.detect()).read().dataset();
  }

  private Map<String, List<Event>> split() throws IOException {
    Map<String, List<Event>> byUser = new TreeMap<>();
    Splitter comma = Splitter.on(',');
    try (Stream<String> lines = Files.lines(file)) {
      lines
          .skip(1)
          .forEach(
              line -> {
                List<String> fields = comma.splitToList(line);
                byUser
                    .computeIfAbsent(fields.get(0), user -> new ArrayList<>())
                    .add(
                        Interaction.rating(
                            fields.get(0),
                            fields.get(1),
                            Double.parseDouble(fields.get(2)),
                            Instant.ofEpochSecond(Long.parseLong(fields.get(3)))));
              });
    }
    return byUser;
  }
}
