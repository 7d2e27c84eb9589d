// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Ways to cut data into a train part and a test part. Cut by time ({@link #byTime(Dataset,
 * double)}) unless there is a reason not to: it alone asks what service will ask, namely about what
 * comes after everything that was learned. The others let training look into the future, and their
 * reports say so. All events are cut, searches too; the catalogue and the records of users stay
 * whole in the train part.
 */
public final class Splits {

  private Splits() {}

  /**
   * Holds out the latest events of all: the default. The cut is the instant of the event at which
   * the wanted share begins; events at that very instant are all held out, so the test part may be
   * larger than the share.
   *
   * @param data the data
   * @param testShare the share of events to hold out, in (0, 1)
   * @return the split, free of leaks
   * @throws IllegalArgumentException when the events carry no times, or all of them would be held
   *     out
   */
  public static Split byTime(Dataset data, double testShare) {
    checkShare(testShare);
    checkTimed(data);
    Instant[] instants = data.events().stream().map(Event::at).sorted().toArray(Instant[]::new);
    int cut = (int) Math.min(instants.length - 1L, Math.round((1 - testShare) * instants.length));
    return byTime(data, instants[cut]);
  }

  /**
   * Holds out the events from an instant on.
   *
   * @param data the data
   * @param from the earliest instant that is held out
   * @return the split, free of leaks
   * @throws IllegalArgumentException when the events carry no times, or one part would be empty
   */
  public static Split byTime(Dataset data, Instant from) {
    checkTimed(data);
    List<Event> events = data.events();
    if (!data.earliest().isBefore(from) || data.latest().isBefore(from)) {
      throw new IllegalArgumentException(
          "a cut at "
              + from
              + " leaves one part empty: the events run from "
              + data.earliest()
              + " to "
              + data.latest()
              + "; choose an instant after the first and not after the last");
    }
    return cut(data, "time(" + from + ")", e -> !events.get(e).at().isBefore(from));
  }

  /**
   * Holds out the last interaction of each user, as {@link #leaveLastOut(Dataset, Weighting)} with
   * the {@linkplain Weighting#standard() standard} weighting.
   *
   * @param data the data
   * @return the split
   */
  public static Split leaveLastOut(Dataset data) {
    return leaveLastOut(data, Weighting.standard());
  }

  /**
   * Holds out each user's last interaction that says something for an item, and whatever the same
   * user did after it. A user without another such interaction before it keeps everything in train.
   * Events without times are taken in the order in which they came. What other users did later
   * stays in train: the split leaks time.
   *
   * @param data the data
   * @param relevance an interaction says something when it weighs more than 0
   * @return the split
   */
  public static Split leaveLastOut(Dataset data, Weighting relevance) {
    List<Event> events = data.events();
    boolean[] held = new boolean[events.size()];
    for (int from = 0; from < held.length; ) {
      int to = from;
      int last = -1;
      int telling = 0;
      String user = events.get(from).userId();
      for (; to < held.length && events.get(to).userId().equals(user); to++) {
        Event event = events.get(to);
        if (event instanceof Interaction && relevance.weigh(event, event.at()) > 0) {
          last = to;
          telling++;
        }
      }
      if (telling > 1) {
        java.util.Arrays.fill(held, last, to, true);
      }
      from = to;
    }
    return cut(data, "leave-last-out", e -> held[e]);
  }

  /**
   * Holds out a random share of the events. Leaks time.
   *
   * @param data the data
   * @param testShare the share of events to hold out, in (0, 1), rounded to whole events
   * @param seed the same seed gives the same split
   * @return the split
   */
  public static Split random(Dataset data, double testShare, long seed) {
    checkShare(testShare);
    int[] rank = shuffledRanks(data.eventCount(), seed);
    long held = Math.round(testShare * rank.length);
    return cut(data, "random(" + testShare + ", seed " + seed + ")", e -> rank[e] < held);
  }

  /**
   * Cuts the events at random into folds of equal size, give or take one, and holds out each in
   * turn. Leaks time.
   *
   * @param data the data
   * @param folds how many, from 2 to the number of events
   * @param seed the same seed gives the same splits
   * @return one split for each fold; every event is held out in exactly one
   */
  public static List<Split> kFold(Dataset data, int folds, long seed) {
    if (folds < 2 || folds > data.eventCount()) {
      throw new IllegalArgumentException(
          "folds is "
              + folds
              + "; a number from 2 to that of the events, "
              + data.eventCount()
              + ", is needed");
    }
    int[] rank = shuffledRanks(data.eventCount(), seed);
    List<Split> splits = new ArrayList<>();
    for (int f = 0; f < folds; f++) {
      int fold = f;
      splits.add(
          cut(
              data,
              "fold " + (f + 1) + " of " + folds + " (seed " + seed + ")",
              e -> rank[e] % folds == fold));
    }
    return List.copyOf(splits);
  }

  /**
   * Takes two parts that somebody else has cut, each read by {@link dev.pushwright.data.CsvIngest}
   * or made by hand. Items known to the test part alone join the catalogue of the train part.
   *
   * @param train what may be learned from
   * @param test what is held out
   * @return the split
   * @throws IllegalArgumentException when one part has no events
   */
  public static Split given(Dataset train, Dataset test) {
    Dataset whole = train;
    if (!test.items().ids().stream().allMatch(train.items()::contains)) {
      Dataset.Builder builder = train.toBuilder();
      test.catalogue().stream()
          .filter(item -> !train.items().contains(item.id()))
          .forEach(builder::add);
      whole = builder.build();
    }
    boolean timed = train.timed() && test.timed();
    return split("given", whole, byUser(test.events()), timed);
  }

  private static Split cut(Dataset data, String name, IntPredicate held) {
    List<Event> events = data.events();
    List<Event> train = new ArrayList<>();
    List<Event> test = new ArrayList<>();
    for (int e = 0; e < events.size(); e++) {
      (held.test(e) ? test : train).add(events.get(e));
    }
    Dataset.Builder builder = Dataset.builder().addAll(train);
    data.catalogue().forEach(builder::add);
    // A user without attributes is known from events alone, and not known where there are none.
    for (User user : data.userRecords()) {
      if (!user.attributes().isEmpty()) {
        builder.add(user);
      }
    }
    return split(name, builder.build(), byUser(test), data.timed());
  }

  private static Split split(
      String name, Dataset train, Map<String, List<Event>> test, boolean timed) {
    if (train.eventCount() == 0 || test.isEmpty()) {
      throw new IllegalArgumentException(
          name
              + ": the "
              + (test.isEmpty() ? "test" : "train")
              + " part has no events; more data or another split is needed");
    }
    Instant earliestTest =
        test.values().stream()
            .map(events -> events.get(0).at())
            .min(java.util.Comparator.naturalOrder())
            .orElseThrow();
    Set<String> trainUsers = new HashSet<>();
    Set<String> trainItems = new HashSet<>();
    int later = 0;
    for (Event event : train.events()) {
      trainUsers.add(event.userId());
      if (event instanceof Interaction interaction) {
        trainItems.add(interaction.itemId());
      }
      later += timed && event.at().isAfter(earliestTest) ? 1 : 0;
    }
    Set<String> testItems = new HashSet<>();
    int testEvents = 0;
    for (List<Event> events : test.values()) {
      testEvents += events.size();
      for (Event event : events) {
        if (event instanceof Interaction interaction) {
          testItems.add(interaction.itemId());
        }
      }
    }
    SplitReport.TimeLeak leak =
        !timed
            ? SplitReport.TimeLeak.UNKNOWN
            : later > 0 ? SplitReport.TimeLeak.LEAKS : SplitReport.TimeLeak.NONE;
    return new Split(
        train,
        test,
        new SplitReport(
            name,
            train.eventCount(),
            testEvents,
            trainUsers.size(),
            test.size(),
            missing(test.keySet(), trainUsers),
            trainItems.size(),
            testItems.size(),
            missing(testItems, trainItems),
            train.items().size(),
            leak,
            later));
  }

  private static int missing(Set<String> of, Set<String> in) {
    return (int) of.stream().filter(id -> !in.contains(id)).count();
  }

  private static Map<String, List<Event>> byUser(List<Event> events) {
    Map<String, List<Event>> byUser = new TreeMap<>();
    events.forEach(e -> byUser.computeIfAbsent(e.userId(), user -> new ArrayList<>()).add(e));
    return byUser;
  }

  // rank[e] is the place of e in a random order (Fisher and Yates).
  private static int[] shuffledRanks(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] rank = new int[n];
    for (int e = 0; e < n; e++) {
      int other = random.nextInt(e + 1);
      rank[e] = rank[other];
      rank[other] = e;
    }
    return rank;
  }

  private static void checkShare(double testShare) {
    if (!(testShare > 0 && testShare < 1)) {
      throw new IllegalArgumentException(
          "testShare is " + testShare + "; a number above 0 and below 1 is needed");
    }
  }

  private static void checkTimed(Dataset data) {
    if (!data.timed()) {
      throw new IllegalArgumentException(
          "the events carry no times, so they cannot be split by time; name the time column when"
              + " reading them, or use leaveLastOut, random or kFold");
    }
  }
}
