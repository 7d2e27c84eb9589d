// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import java.util.Optional;

/** A library, seen as something that does {@link Work}. */
public interface Peer {

  /**
   * Its name and version, such as {@code RankSys 0.4.3}.
   *
   * @return the name
   */
  String library();

  /**
   * Puts the data into the library's own structures, which is not timed.
   *
   * @param work what is to be done
   * @param pairs the ratings; empty for work that does not {@link Work#usesPairs use} them
   * @param threads how many threads may be used
   * @return the work, ready to be done, or empty when the library has no such thing
   * @throws Exception when something goes wrong, which only this line of the table will tell
   */
  Optional<Task> prepare(Work work, Pairs pairs, int threads) throws Exception;

  /** Work that is ready to be done, again and again, each time from the beginning. */
  @FunctionalInterface
  interface Task {
    /**
     * Does the work, which is timed.
     *
     * @return a way to what was found that does none of the work
     * @throws Exception when something goes wrong
     */
    Found run() throws Exception;
  }

  /** What was found, in the library's own form. */
  @FunctionalInterface
  interface Found {
    /**
     * Brings it into comparable form, which is not timed.
     *
     * @return the answer
     * @throws Exception when something goes wrong
     */
    Answer answer() throws Exception;
  }
}
