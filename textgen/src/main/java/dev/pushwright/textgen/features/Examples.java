// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import dev.pushwright.neural.nn.CounterRandom;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What generators learn from: who a user was by the evening, and an item that was new to the user
 * on the next day that had any. A user's first day is halved: each half tells who wanted the other;
 * where it has one item only, nothing is known of whoever wanted it. Of very many days a share is
 * taken that a hash chooses.
 *
 * <p>Items that nothing describes are passed over.
 *
 * <p>{@code profiles} has a user's numbers for each such day, about {@value #MAX_PROFILES} of them
 * at most; pair n is the profile {@code profileOf[n]} and the item {@code itemOf[n]}, and weighs as
 * much as the event.
 */
final class Examples {

  private static final int MAX_PROFILES = 50_000;

  private final List<float[]> profiles = new ArrayList<>();
  private int[] profileOf = new int[1024];
  private int[] itemOf = new int[1024];
  private double[] weightOf = new double[1024];
  private int size;

  private final FeatureSpace space;
  private final Dataset data;
  private final Weighting weighting;
  private final float[][] vectors;

  // Of the days; a profile has some hundred numbers.
  private final double kept;

  private Examples(FeatureSpace space, Dataset data, Weighting weighting, float[][] vectors) {
    this.space = space;
    this.data = data;
    this.weighting = weighting;
    this.vectors = vectors;
    long days = data.userRecords().stream().mapToLong(user -> days(user).size()).sum();
    this.kept = Math.min(1, MAX_PROFILES / Math.max(1.0, (double) days));
  }

  /**
   * Finds the examples.
   *
   * @param space where users lie
   * @param data whose events are looked at
   * @param weighting what each event weighs; what weighs nothing, or less, wants nothing
   * @param vectors of the items by dense index, D numbers each
   */
  static Examples of(FeatureSpace space, Dataset data, Weighting weighting, float[][] vectors) {
    Examples examples = new Examples(space, data, weighting, vectors);
    for (User user : data.userRecords()) {
      examples.add(user);
    }
    return examples;
  }

  /** What each paying user paid in all. */
  static double[] spends(Dataset data) {
    return data.userRecords().stream()
        .mapToDouble(user -> data.eventsOf(user.id()).stream().mapToDouble(Examples::amount).sum())
        .filter(spend -> spend > 0)
        .toArray();
  }

  private static double amount(Event event) {
    return event instanceof Interaction interaction && interaction.type() == EventType.PURCHASE
        ? interaction.amount()
        : 0;
  }

  /** What is known of a user so far. */
  private final class Known {
    final double[] sums = new double[space.itemWidth()];
    double percentiles;
    int priced;
    double spend;

    void add(int item, double weight, Event event) {
      for (int d = 0; d < sums.length; d++) {
        sums[d] += weight * vectors[item][d];
      }
      double percentile = space.pricePercentile(data.catalogue().get(item));
      if (event.type() == EventType.PURCHASE && percentile >= 0) {
        percentiles += percentile;
        priced++;
      }
      spend += amount(event);
    }

    int asProfile(User user) {
      profiles.add(
          space.profile(
              sums,
              priced == 0 ? -1 : percentiles / priced,
              spend,
              space.segmentOf(user).orElse("")));
      return profiles.size() - 1;
    }
  }

  private record Visit(int item, double weight, Event event) {}

  private void add(User user) {
    Map<Long, List<Visit>> days = days(user);
    Known known = new Known();
    TreeSet<Integer> seen = new TreeSet<>();
    long key = CounterRandom.key(1, user.id().hashCode());
    int count = 0;
    for (List<Visit> day : days.values()) {
      boolean first = count == 0;
      boolean isKept = CounterRandom.uniform(key, count++) < kept;
      Map<Integer, Double> wanted = new TreeMap<>();
      day.forEach(visit -> wanted.merge(visit.item(), visit.weight(), Math::max));
      wanted.keySet().removeAll(seen);
      if (first && isKept) {
        addHalves(user, day, wanted);
      } else if (isKept && !wanted.isEmpty()) {
        int profile = known.asProfile(user);
        wanted.forEach((item, weight) -> add(profile, item, weight));
      }
      for (Visit visit : day) {
        known.add(visit.item(), visit.weight(), visit.event());
        seen.add(visit.item());
      }
    }
  }

  private Map<Long, List<Visit>> days(User user) {
    Map<Long, List<Visit>> days = new LinkedHashMap<>();
    for (Event event : data.eventsOf(user.id())) {
      if (event instanceof Interaction interaction) {
        OptionalInt item = data.items().find(interaction.itemId());
        double weight = weighting.weigh(event, data.latest());
        if (item.isPresent() && weight > 0 && isDescribed(item.getAsInt())) {
          days.computeIfAbsent(
                  event.at().truncatedTo(ChronoUnit.DAYS).getEpochSecond(),
                  day -> new ArrayList<>())
              .add(new Visit(item.getAsInt(), weight, event));
        }
      }
    }
    return days;
  }

  private boolean isDescribed(int item) {
    for (float x : vectors[item]) {
      if (x != 0) {
        return true;
      }
    }
    return false;
  }

  private void addHalves(User user, List<Visit> day, Map<Integer, Double> wanted) {
    if (wanted.size() < 2) {
      int profile = new Known().asProfile(user);
      wanted.forEach((item, weight) -> add(profile, item, weight));
      return;
    }
    List<Integer> shuffled = new ArrayList<>(wanted.keySet());
    // By a number of each item's own, so that what is listed together is not told by the like.
    shuffled.sort(
        (a, b) ->
            Long.compare(
                CounterRandom.bits(user.id().hashCode(), a),
                CounterRandom.bits(user.id().hashCode(), b)));
    List<Integer> one = shuffled.subList(0, shuffled.size() / 2);
    List<Integer> other = shuffled.subList(shuffled.size() / 2, shuffled.size());
    for (boolean swap : new boolean[] {false, true}) {
      List<Integer> tells = swap ? other : one;
      Known known = new Known();
      day.stream()
          .filter(visit -> tells.contains(visit.item()))
          .forEach(visit -> known.add(visit.item(), visit.weight(), visit.event()));
      int profile = known.asProfile(user);
      (swap ? one : other).forEach(item -> add(profile, item, wanted.getOrDefault(item, 0.0)));
    }
  }

  private void add(int profile, int item, double weight) {
    if (size == itemOf.length) {
      profileOf = Arrays.copyOf(profileOf, 2 * size);
      itemOf = Arrays.copyOf(itemOf, 2 * size);
      weightOf = Arrays.copyOf(weightOf, 2 * size);
    }
    profileOf[size] = profile;
    weightOf[size] = weight;
    itemOf[size++] = item;
  }

  /** How many pairs there are. */
  int size() {
    return size;
  }

  /** How many profiles there are. */
  int profileCount() {
    return profiles.size();
  }

  float[] profile(int pair) {
    return profiles.get(profileOf[pair]);
  }

  int profileOf(int pair) {
    return profileOf[pair];
  }

  int item(int pair) {
    return itemOf[pair];
  }

  /** What the event weighed, as of the last one of all; above 0. */
  double weight(int pair) {
    return weightOf[pair];
  }
}
