// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a hot path has to keep to. */
sealed interface GuardRule {

  /** The class and the method, such as {@code MatmulBenchmark.multiply}. */
  String benchmark();

  /** A value for each of the benchmark's parameters. */
  SortedMap<String, String> params();

  /** What it goes by in a report. */
  default String name() {
    return benchmark() + " " + words(params());
  }

  /** Parameters in words. */
  static String words(Map<String, String> params) {
    return params.entrySet().stream()
        .map(param -> param.getKey() + "=" + param.getValue())
        .collect(Collectors.joining(" "));
  }

  /**
   * What comes of a rule.
   *
   * @param holds whether it is kept to
   * @param line what was found
   */
  record Verdict(boolean holds, String line) {}

  /**
   * How many times faster than its rival.
   *
   * @param benchmark the class and the method
   * @param params the parameters of what is guarded
   * @param reference those parameters that are others for its rival
   * @param floor the least ratio of the rival's time to that of what is guarded, above 0
   */
  record Ratio(
      String benchmark,
      SortedMap<String, String> params,
      SortedMap<String, String> reference,
      double floor)
      implements GuardRule {

    /** The parameters of the rival. */
    SortedMap<String, String> rival() {
      SortedMap<String, String> rival = new TreeMap<>(params);
      rival.putAll(reference);
      return rival;
    }

    /** Whether a ratio is high enough. */
    Verdict judge(double ratio) {
      boolean holds = ratio >= floor;
      return new Verdict(
          holds,
          String.format(
              Locale.ROOT,
              "%s %s is %.2f times as fast as %s; the floor is %s",
              holds ? "ok  " : "SLOW",
              name(),
              ratio,
              words(reference),
              floor));
    }
  }

  /**
   * How many bytes an operation allocates.
   *
   * @param benchmark the class and the method
   * @param params its parameters
   * @param allocatedBytes what an operation allocates, at least 0
   */
  record Allocation(String benchmark, SortedMap<String, String> params, long allocatedBytes)
      implements GuardRule {

    /**
     * Compares to the byte. More is a failure. Less is none, as the classes of a newer JDK may well
     * do with less; but it is said, so that the file comes to state it.
     */
    Verdict judge(long bytes) {
      String found = name() + " allocates " + bytes + " B an operation";
      if (bytes > allocatedBytes) {
        return new Verdict(false, "MORE " + found + "; " + allocatedBytes + " are allowed");
      }
      return new Verdict(
          true,
          bytes == allocatedBytes
              ? "ok   " + found + ", as stated"
              : "less "
                  + found
                  + "; "
                  + allocatedBytes
                  + " are stated: lower allocatedBytes to "
                  + bytes);
    }
  }
}
