// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import java.util.Objects;

/**
 * What a {@link Split} is.
 *
 * @param name how it was made, such as {@code "time(2026-01-01T00:00:00Z)"}
 * @param trainEvents events to learn from
 * @param testEvents events held out
 * @param trainUsers users with an event to learn from
 * @param testUsers users with an event held out
 * @param usersOnlyInTest users with an event held out and none to learn from
 * @param trainItems items with an event to learn from
 * @param testItems items with an event held out
 * @param itemsOnlyInTest items with an event held out and none to learn from
 * @param catalogueItems items in the catalogue of the train part
 * @param timeLeak whether training looks into the future
 * @param laterTrainEvents events to learn from that are later than the earliest one held out; 0
 *     where that cannot be known
 */
public record SplitReport(
    String name,
    int trainEvents,
    int testEvents,
    int trainUsers,
    int testUsers,
    int usersOnlyInTest,
    int trainItems,
    int testItems,
    int itemsOnlyInTest,
    int catalogueItems,
    TimeLeak timeLeak,
    int laterTrainEvents) {

  /** Whether training looks into the future. */
  public enum TimeLeak {
    /** No event to learn from is later than any event held out. */
    NONE,
    /** Some events to learn from are later than the earliest one held out. */
    LEAKS,
    /** Some events carry no times. */
    UNKNOWN
  }

  /** Checks that the leak and its count agree. */
  public SplitReport {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(timeLeak, "timeLeak");
    if ((timeLeak == TimeLeak.LEAKS) != (laterTrainEvents > 0)) {
      throw new IllegalArgumentException(
          "time leak " + timeLeak + " with " + laterTrainEvents + " later train events");
    }
  }

  /**
   * The leak in words.
   *
   * @return a sentence; empty when nothing leaks
   */
  public String warning() {
    return switch (timeLeak) {
      case NONE -> "";
      case LEAKS ->
          "TIME LEAK: "
              + laterTrainEvents
              + " of "
              + trainEvents
              + " train events are later than the earliest test event. The recommender learns from"
              + " the future, and scores higher than it will in service; split by time to know how"
              + " it will do.";
      case UNKNOWN ->
          "TIME UNKNOWN: there are events without times, so nobody can tell whether the recommender"
              + " learns from the future.";
    };
  }

  /**
   * The report in words.
   *
   * @return one sentence, and the {@link #warning()} where there is one
   */
  public String describe() {
    String text =
        name
            + ": train "
            + trainEvents
            + " events of "
            + trainUsers
            + " users on "
            + trainItems
            + " items; test "
            + testEvents
            + " events of "
            + testUsers
            + " users ("
            + usersOnlyInTest
            + " of them not in train) on "
            + testItems
            + " items ("
            + itemsOnlyInTest
            + " of them not in train); catalogue "
            + catalogueItems
            + " items.";
    return warning().isEmpty() ? text : text + " " + warning();
  }
}
