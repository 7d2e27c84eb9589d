// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Data whose right answer is known by construction. As many users as items, half of each even, half
 * odd; every user bought every item of the own parity but one, the held-out item, which is what a
 * recommender that knows the user puts first. All items are bought by equally many users, so
 * popularity knows nothing. Items of one parity have the same title, tags and category, so users of
 * one parity have one taste. Immutable.
 *
 * <p>There is a {@link #rated()} board too, for what learns from ratings: where every rating is the
 * same, there is nothing to learn.
 */
public final class Checkerboard {

  /** The user attribute that holds the parity: {@code even} or {@code odd}. */
  public static final String PARITY = "parity";

  private static final int STANDARD_SIZE = 24;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final double BEST = 5;
  private static final double WORST = 1;

  private final List<String> users;
  private final List<String> items;
  private final boolean rated;
  private final Dataset data;

  private Checkerboard(List<String> users, List<String> items, boolean rated) {
    this.users = List.copyOf(users);
    this.items = List.copyOf(items);
    this.rated = rated;
    Dataset.Builder builder = Dataset.builder();
    for (int i = 0; i < items.size(); i++) {
      String parity = parity(i);
      builder.add(
          Item.builder(items.get(i))
              .title(parity.substring(0, 1).toUpperCase(Locale.ROOT) + parity.substring(1) + " toy")
              .tags(parity)
              .category(parity + " toys")
              .price(10 + i)
              .build());
    }
    for (int u = 0; u < users.size(); u++) {
      builder.add(User.of(users.get(u)).with(PARITY, parity(u)));
      for (int i = 0; i < items.size(); i++) {
        Instant at = START.plus(Duration.ofMinutes((long) u * items.size() + i));
        if (i % 2 == u % 2) {
          if (i != u) {
            builder.add(liked(users.get(u), items.get(i), 10 + i, at));
          }
        } else if (rated && isDisliked(u, i)) {
          builder.add(Interaction.rating(users.get(u), items.get(i), WORST, at));
        }
      }
    }
    this.data = builder.build();
  }

  // Half of the items, as seen from each user, and half of the users, as seen from each item.
  private boolean isDisliked(int user, int item) {
    int half = items.size() / 2;
    return Math.floorMod(item / 2 - user / 2, half) < half / 2;
  }

  private Interaction liked(String userId, String itemId, double amount, Instant at) {
    return rated
        ? Interaction.rating(userId, itemId, BEST, at)
        : Interaction.purchase(userId, itemId, 1, amount, at);
  }

  /** An event of the kind that speaks for an item on this board. */
  Interaction liked(String userId, String itemId, Instant at) {
    return liked(userId, itemId, 5, at);
  }

  /** A board of the same kind with other ids. */
  Checkerboard resized(int size, IntFunction<String> userId, IntFunction<String> itemId) {
    Checkerboard board = of(size, userId, itemId);
    return rated ? board.rated() : board;
  }

  /**
   * The board the kit itself uses.
   *
   * @return 24 users and 24 items
   */
  public static Checkerboard standard() {
    return of(STANDARD_SIZE);
  }

  /**
   * A board of another size.
   *
   * @param size how many users and how many items, even, at least 6
   * @return a board with users {@code u00}, {@code u01} … and items {@code i00}, {@code i01} …
   */
  public static Checkerboard of(int size) {
    int digits = Math.max(2, Integer.toString(size - 1).length());
    return of(size, n -> "u" + padded(n, digits), n -> "i" + padded(n, digits));
  }

  /**
   * A board with ids of your own.
   *
   * @param size how many users and how many items, even, at least 6
   * @param userId the id of each user from 0 to size − 1, no two equal
   * @param itemId the id of each item from 0 to size − 1, no two equal
   * @return a board
   */
  public static Checkerboard of(int size, IntFunction<String> userId, IntFunction<String> itemId) {
    if (size < 6 || size % 2 != 0) {
      throw new IllegalArgumentException(
          "size is " + size + "; an even number of at least 6 is needed");
    }
    return new Checkerboard(ids("users", size, userId), ids("items", size, itemId), false);
  }

  /**
   * The same users and items with ratings for purchases: every user rated every item of the own
   * parity 5, but the held-out one, and rated half of the others 1 (rounded down), the other half
   * not at all. All items are rated alike by equally many users.
   *
   * @return a board whose right answer is still the held-out item
   */
  public Checkerboard rated() {
    return new Checkerboard(users, items, true);
  }

  private static List<String> ids(String what, int size, IntFunction<String> id) {
    List<String> ids = IntStream.range(0, size).mapToObj(id).toList();
    if (new LinkedHashSet<>(ids).size() < size) {
      throw new IllegalArgumentException("two " + what + " have one id: " + ids);
    }
    return ids;
  }

  private static String padded(int n, int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "d", n);
  }

  private static String parity(int n) {
    return n % 2 == 0 ? "even" : "odd";
  }

  /**
   * The data.
   *
   * @return catalogue, users with their {@value #PARITY}, and purchases or ratings
   */
  public Dataset data() {
    return data;
  }

  /**
   * The users.
   *
   * @return their ids, even and odd by turns, an even one first
   */
  public List<String> users() {
    return users;
  }

  /**
   * The items.
   *
   * @return their ids, even and odd by turns, an even one first
   */
  public List<String> items() {
    return items;
  }

  /**
   * The right answer.
   *
   * @param userId a user of the board
   * @return the one item of the user's taste that the user has not bought or rated
   */
  public String heldOut(String userId) {
    return items.get(indexOf(userId));
  }

  /**
   * Every item of a user's taste.
   *
   * @param userId a user of the board
   * @return the items of the user's parity, the held-out one included
   */
  public Set<String> taste(String userId) {
    Set<String> taste = new LinkedHashSet<>();
    for (int i = indexOf(userId) % 2; i < items.size(); i += 2) {
      taste.add(items.get(i));
    }
    return taste;
  }

  /**
   * What a user did.
   *
   * @param userId a user of the board
   * @return the user's events
   */
  public List<Event> history(String userId) {
    indexOf(userId);
    return data.eventsOf(userId);
  }

  /**
   * What a user did, as if somebody else had done it.
   *
   * @param userId a user of the board
   * @param as who did it, any id
   * @return the user's events under the other id
   */
  public List<Event> history(String userId, String as) {
    List<Event> events = new ArrayList<>();
    for (Event event : history(userId)) {
      if (event instanceof Interaction interaction) {
        events.add(
            new Interaction(
                as,
                interaction.itemId(),
                interaction.type(),
                interaction.value(),
                interaction.amount(),
                event.at()));
      }
    }
    return List.copyOf(events);
  }

  private int indexOf(String userId) {
    OptionalInt index =
        IntStream.range(0, users.size()).filter(u -> users.get(u).equals(userId)).findFirst();
    return index.orElseThrow(
        () -> new IllegalArgumentException("user " + userId + " is not on the board: " + users));
  }

  @Override
  public String toString() {
    return (rated ? "rated checkerboard of " : "checkerboard of ") + data;
  }
}
