// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Data made up from a seed. */
final class Synthetic {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  // What fits MovieLens 20M: its most popular item is had by half of its users, its median user has
  // 68 items and its mean user 144.
  private static final double ACTIVITY_DEVIATION = 1.2;
  private static final double POPULARITY_POWER = 1.1;
  private static final double POPULARITY_OFFSET = 150;

  private static final List<String> COLOURS = List.of("red", "green", "blue", "white", "black");

  private Synthetic() {}

  static float[] floats(int size, SplittableRandom random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  /** Ratings for a shape as the benchmarks write it: users × items × ratings of each user. */
  static List<Interaction> ratings(String shape, long seed) {
    List<String> sizes = Splitter.on('x').splitToList(shape);
    return ratings(
        Integer.parseInt(sizes.get(0)),
        Integer.parseInt(sizes.get(1)),
        Integer.parseInt(sizes.get(2)),
        seed);
  }

  /**
   * Ratings from 1 to 5, each user's of different items; the square of a uniform number chooses the
   * item, so that few items are popular and many are not.
   */
  static List<Interaction> ratings(int users, int items, int ratingsPerUser, long seed) {
    if (ratingsPerUser > items / 4) {
      throw new IllegalArgumentException(
          ratingsPerUser + " ratings of " + items + " items; at most a quarter is quickly found");
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<Interaction> ratings = new ArrayList<>(users * ratingsPerUser);
    for (int user = 0; user < users; user++) {
      Set<Integer> rated = new HashSet<>();
      while (rated.size() < ratingsPerUser) {
        double u = random.nextDouble();
        int item = (int) (u * u * items);
        if (rated.add(item)) {
          ratings.add(
              Interaction.rating(
                  id("u", user),
                  id("i", item),
                  1 + random.nextInt(5),
                  START.plusSeconds(random.nextInt(1_000_000))));
        }
      }
    }
    return ratings;
  }

  /**
   * Sales slips like those of a grocery: 169 items, 4.4 to a slip, few of them popular, and some
   * slips much longer than others.
   */
  static List<List<String>> slips(int slips, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> made = new ArrayList<>(slips);
    for (int slip = 0; slip < slips; slip++) {
      // Geometric, as the lengths of Groceries are.
      int size = 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(1 - 1 / 4.4));
      Set<String> items = new HashSet<>();
      while (items.size() < Math.min(40, size)) {
        items.add(id("i", (int) (Math.pow(random.nextDouble(), 2.75) * 169)));
      }
      made.add(List.copyOf(items));
    }
    return made;
  }

  /** Views with the skews of MovieLens, each of a different pair; about as many as asked for. */
  static Dataset skewed(int users, int items, int pairs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] cumulative = new double[items];
    double sum = 0;
    for (int i = 0; i < items; i++) {
      sum += Math.pow(i + POPULARITY_OFFSET, -POPULARITY_POWER);
      cumulative[i] = sum;
    }
    double[] activity = new double[users];
    double total = 0;
    for (int u = 0; u < users; u++) {
      activity[u] = Math.exp(ACTIVITY_DEVIATION * random.nextGaussian());
      total += activity[u];
    }
    String[] ids = new String[items];
    Arrays.setAll(ids, i -> id("i", i));
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < users; u++) {
      int wanted = (int) Math.max(1, Math.min(items / 4.0, pairs * activity[u] / total));
      String user = id("u", u);
      BitSet own = new BitSet(items);
      for (int n = 0; n < wanted; ) {
        int found = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
        int item = Math.min(items - 1, found < 0 ? -found - 1 : found);
        if (!own.get(item)) {
          own.set(item);
          data.add(Interaction.view(user, ids[item], Instant.EPOCH));
          n++;
        }
      }
    }
    return data.build();
  }

  static Dataset dataset(List<Interaction> events) {
    return Dataset.builder().addAll(events).build();
  }

  /** Items that can be written about. */
  static List<Item> catalogue(int items) {
    return IntStream.range(0, items)
        .mapToObj(
            i ->
                Item.builder(id("i", i))
                    .title("Article " + COLOURS.get(i % COLOURS.size()) + " " + i)
                    .category("category " + i % 20)
                    .price(1 + i % 100)
                    .build())
        .toList();
  }

  /** Ids whose order as text is that of their numbers. */
  static String id(String prefix, int number) {
    return prefix + (1_000_000 + number);
  }
}
