// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One piece of work of one library, in a process of its own: does it a few times and tells of each
 * run in {@link Measurement}'s lines on standard output. Whatever the library prints itself goes to
 * standard error.
 */
public final class PeerMain {

  /** Runs at most. */
  static final int MAX_RUNS = 30;

  private PeerMain() {}

  /**
   * Does the work and ends the process.
   *
   * @param peer the library
   * @param args the {@link Work#key}, the file of {@link Pairs}, the file for the {@link Answer},
   *     the number of threads, and the seconds after which no further run begins
   */
  public static void run(Peer peer, String[] args) {
    PrintStream out = System.out;
    System.setOut(System.err);
    int status = 1;
    try {
      if (args.length != 5) {
        throw new IllegalArgumentException(
            "five arguments are expected, work pairs answer threads seconds; there are "
                + String.join(" ", args));
      }
      measure(
          peer,
          Work.of(args[0]),
          Path.of(args[1]),
          Path.of(args[2]),
          Integer.parseInt(args[3]),
          Double.parseDouble(args[4]),
          new Measurement.Writer(out));
      status = 0;
    } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
      new Measurement.Writer(out).trouble(e.toString());
      e.printStackTrace();
    }
    // Some libraries leave threads behind that keep a process alive.
    System.exit(status);
  }

  static void measure(
      Peer peer,
      Work work,
      Path data,
      Path answer,
      int threads,
      double seconds,
      Measurement.Writer out)
      throws Exception {
    out.library(peer.library());
    Pairs pairs =
        work.usesPairs() ? Pairs.read(data) : new Pairs(0, 0, new int[0], new int[0], new float[0]);
    Optional<Peer.Task> task = peer.prepare(work, pairs, threads);
    if (task.isEmpty()) {
      out.absent();
      return;
    }
    System.gc();
    HeapPeak heap = new HeapPeak();
    double spent = 0;
    for (int run = 0; run < MAX_RUNS && (run == 0 || spent < seconds); run++) {
      long start = System.nanoTime();
      Peer.Found found = task.get().run();
      double took = (System.nanoTime() - start) / 1e9;
      spent += took;
      out.run(took);
      if (run == 0) {
        out.heap(heap.stop() / 0x1p20);
        // Moved, so that a process that is ended meanwhile leaves no half of an answer.
        Path part = answer.resolveSibling(answer.getFileName() + ".part");
        found.answer().write(part);
        Files.move(part, answer);
      }
    }
  }
}
