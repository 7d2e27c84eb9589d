// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;

/**
 * Reads CSV files into a {@link Dataset} and reports what became of each row. Gzipped files are
 * told by their first bytes. Each malformed row is reported and left out; past a tolerated share of
 * them in one file, the whole is refused. Memory follows what is accepted, about 200 bytes an
 * event, not the size of the files.
 *
 * <pre>{@code
 * IngestResult result =
 *     CsvIngest.builder()
 *         .add(Path.of("online_retail.csv.gz"), CsvMapping.named("online-retail"))
 *         .read();
 * }</pre>
 */
public final class CsvIngest {

  private static final double TOLERANCE = 0.01;
  private static final Duration AHEAD = Duration.ofDays(1);

  private record Input(Path file, CsvMapping mapping) {}

  private final List<Input> inputs;
  private final double tolerance;
  private final Instant latest;

  private CsvIngest(Builder b) {
    this.inputs = List.copyOf(b.inputs);
    this.tolerance = b.tolerance;
    this.latest = b.clock.instant().plus(AHEAD);
  }

  /**
   * Starts an ingest.
   *
   * @return a builder without files
   */
  public static Builder builder() {
    return new Builder();
  }

  private IngestResult read() {
    Staged staged = new Staged();
    List<CsvColumns> files = new ArrayList<>();
    List<Tally> tallies = new ArrayList<>();
    for (Input input : inputs) {
      Tally tally = new Tally(input.file());
      tallies.add(tally);
      read(input, staged, files, tally);
      tally.check(tolerance);
    }
    new Cleaning(staged, files, tallies).run();
    for (Tally tally : tallies) {
      tally.check(tolerance);
    }
    Dataset dataset = build(staged, tallies);
    return new IngestResult(
        dataset, new IngestReport(tallies.stream().map(Tally::report).toList()));
  }

  private void read(Input input, Staged staged, List<CsvColumns> files, Tally tally) {
    CsvSpec spec = input.mapping().spec();
    try (CsvSource source = CsvSource.open(input.file(), spec.charset())) {
      CsvColumns columns = new CsvColumns(input.file(), source, spec);
      CsvRows rows = new CsvRows(files.size(), columns, latest, staged, tally);
      files.add(columns);
      while (source.next()) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("reading " + input.file() + " was interrupted");
        }
        rows.take(source);
      }
    }
  }

  private static Dataset build(Staged staged, List<Tally> tallies) {
    Dataset.Builder data = Dataset.builder();
    items(staged, data);
    users(staged, data);
    Instant at = Instant.EPOCH;
    for (int row = 0; row < staged.size; row++) {
      if (staged.is(row, Staged.GONE) || staged.is(row, Staged.PRICE_ONLY)) {
        continue;
      }
      // Rows next to each other often share their time, and then one object.
      if (staged.second[row] != at.getEpochSecond() || staged.nano[row] != at.getNano()) {
        at = Instant.ofEpochSecond(staged.second[row], staged.nano[row]);
      }
      String user = staged.users.text(staged.user[row]);
      data.add(
          staged.type[row] == EventType.SEARCH
              ? new Search(user, staged.queries.text(staged.query[row]), at)
              : new Interaction(
                  user,
                  staged.items.text(staged.item[row]),
                  staged.type[row],
                  staged.value[row],
                  staged.amount(row),
                  at));
      tallies.get(staged.file[row]).accept();
    }
    return data.build();
  }

  private static void items(Staged staged, Dataset.Builder data) {
    Map<Integer, Map<String, String>> facts = staged.itemFacts.winners();
    double[] prices = prices(staged);
    Set<Integer> known = new TreeSet<>(facts.keySet());
    known.addAll(staged.declaredItems);
    known.addAll(staged.tags.keySet());
    for (int item = 0; item < prices.length; item++) {
      if (!Double.isNaN(prices[item])) {
        known.add(item);
      }
    }
    for (int item : known) {
      Item.Builder builder = Item.builder(staged.items.text(item));
      facts
          .getOrDefault(item, Map.of())
          .forEach(
              (property, text) -> {
                if (property.equals(Staged.TITLE)) {
                  builder.title(text);
                } else {
                  builder.attribute(property, text);
                }
              });
      builder.tags(staged.tags.getOrDefault(item, Set.of()).toArray(String[]::new));
      if (!Double.isNaN(prices[item])) {
        builder.price(prices[item]);
      }
      data.add(builder.build());
    }
  }

  // By item the most recent price that was read or, in a list of prices, filled in; NaN: none.
  private static double[] prices(Staged staged) {
    double[] prices = new double[staged.items.size()];
    Arrays.fill(prices, Double.NaN);
    Map<Integer, Integer> newest = new HashMap<>();
    for (int row = 0; row < staged.size; row++) {
      if (staged.item[row] == Staged.NONE
          || Double.isNaN(staged.price[row])
          || staged.is(row, Staged.PRICE_IMPUTED)) {
        continue;
      }
      Integer before = newest.get(staged.item[row]);
      if (before == null || staged.compareTime(before, row) < 0) {
        newest.put(staged.item[row], row);
      }
    }
    newest.forEach((item, row) -> prices[item] = staged.price[row]);
    for (int row = 0; row < staged.size; row++) {
      if (staged.is(row, Staged.PRICE_ONLY) && Double.isNaN(prices[staged.item[row]])) {
        prices[staged.item[row]] = staged.price[row];
      }
    }
    return prices;
  }

  private static void users(Staged staged, Dataset.Builder data) {
    Map<Integer, Map<String, String>> facts = staged.userFacts.winners();
    Set<Integer> known = new TreeSet<>(facts.keySet());
    known.addAll(staged.declaredUsers);
    for (int user : known) {
      data.add(new User(staged.users.text(user), facts.getOrDefault(user, Map.of())));
    }
  }

  /** Collects the files of a {@link CsvIngest}. Not thread-safe. */
  public static final class Builder {
    private final List<Input> inputs = new ArrayList<>();
    private double tolerance = TOLERANCE;
    private InstantSource clock = InstantSource.system();

    private Builder() {}

    /**
     * Adds a file whose columns have the usual names; see {@link CsvMapping#detect()}.
     *
     * @param file the file
     * @return this
     */
    public Builder add(Path file) {
      return add(file, CsvMapping.detect());
    }

    /**
     * Adds a file.
     *
     * @param file the file
     * @param mapping what its columns mean
     * @return this
     */
    public Builder add(Path file, CsvMapping mapping) {
      inputs.add(
          new Input(
              Objects.requireNonNull(file, "file"), Objects.requireNonNull(mapping, "mapping")));
      return this;
    }

    /**
     * Sets the share of the rows of a file that may be malformed. Rows that a named rule filters do
     * not count.
     *
     * @param tolerance from 0 to 1, 0.01 unless set
     * @return this
     */
    public Builder tolerance(double tolerance) {
      if (!(tolerance >= 0 && tolerance <= 1)) {
        throw new IllegalArgumentException(
            "tolerance is " + tolerance + "; a share from 0 to 1 is needed");
      }
      this.tolerance = tolerance;
      return this;
    }

    /**
     * Sets the clock that tells which times lie in the future: those more than a day ahead of it
     * are rejected, unless a mapping sets another limit.
     *
     * @param clock the clock, that of the system unless set; a {@link java.time.Clock} is one
     * @return this
     */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Reads the files in the order they were added.
     *
     * @return the data and the report
     * @throws IngestException when a file cannot be taken in, or too much of it is malformed
     * @throws IllegalStateException when no file was added
     * @throws CancellationException when the calling thread is interrupted
     */
    public IngestResult read() {
      if (inputs.isEmpty()) {
        throw new IllegalStateException("no file was added; use add(file, mapping)");
      }
      return new CsvIngest(this).read();
    }
  }
}
