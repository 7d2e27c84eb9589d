// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a process told of its work, whether it came to its end or not.
 *
 * @param library the name and version, empty when it did not get that far
 * @param absent whether the library has no such work
 * @param runs the seconds of each run; the first is that of a JVM that has just started
 * @param heapMb the most of the heap that the first run had in use, garbage included, above what
 *     was there before it
 * @param trouble why it ended early, if it did
 */
public record Measurement(
    String library,
    boolean absent,
    List<Double> runs,
    OptionalDouble heapMb,
    Optional<String> trouble) {

  private static final String MARK = "@peer ";

  /** Keeps a copy of the list. */
  public Measurement {
    runs = List.copyOf(runs);
  }

  /**
   * The seconds of the first run, in a JVM that had just started.
   *
   * @return the seconds, or empty when no run ended
   */
  public OptionalDouble first() {
    return runs.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(runs.get(0));
  }

  /**
   * The seconds of the fastest run.
   *
   * @return the seconds, or empty when no run ended
   */
  public OptionalDouble best() {
    return runs.stream().mapToDouble(Double::doubleValue).min();
  }

  /**
   * The same, ended early.
   *
   * @param why a reason
   * @return a measurement with that trouble
   */
  public Measurement withTrouble(String why) {
    return new Measurement(library, absent, runs, heapMb, Optional.of(why));
  }

  /**
   * Reads what a {@link Writer} wrote. Lines that are not its own are passed over.
   *
   * @param lines the standard output of a process
   * @return the measurement
   * @throws IllegalArgumentException for a marked line that cannot be understood
   */
  public static Measurement parse(Iterable<String> lines) {
    String library = "";
    boolean absent = false;
    List<Double> runs = new ArrayList<>();
    OptionalDouble heap = OptionalDouble.empty();
    Optional<String> trouble = Optional.empty();
    for (String line : lines) {
      if (!line.startsWith(MARK)) {
        continue;
      }
      String rest = line.substring(MARK.length());
      int space = rest.indexOf(' ');
      String word = space < 0 ? rest : rest.substring(0, space);
      String value = space < 0 ? "" : rest.substring(space + 1);
      switch (word) {
        case "library" -> library = value;
        case "absent" -> absent = true;
        case "run" -> runs.add(Double.parseDouble(value));
        case "heap" -> heap = OptionalDouble.of(Double.parseDouble(value));
        case "trouble" -> trouble = Optional.of(value);
        default -> throw new IllegalArgumentException("not understood: " + line);
      }
    }
    return new Measurement(library, absent, runs, heap, trouble);
  }

  /** Tells of work as it goes on, so that what was done is known even when the rest never ends. */
  public static final class Writer {

    private final PrintStream out;

    /**
     * Writes there.
     *
     * @param out the standard output of the process
     */
    public Writer(PrintStream out) {
      this.out = out;
    }

    void library(String library) {
      line("library " + library);
    }

    void absent() {
      line("absent");
    }

    void run(double seconds) {
      line("run " + seconds);
    }

    void heap(double megabytes) {
      line("heap " + megabytes);
    }

    void trouble(String why) {
      line("trouble " + why.lines().findFirst().orElse(""));
    }

    private void line(String text) {
      out.print(MARK + text + "\n");
      out.flush();
    }
  }
}
