// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Interaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which items were found together: the sales slips of a shop, the sessions of a site. An item
 * counts once in a basket, however many of it there are; a basket without items counts as a basket.
 * Immutable; takes 4 bytes for each item of each basket.
 */
public final class Baskets {

  private final IdIndex items;
  // Basket b holds the items from [b] to before [b + 1], ascending.
  private final int[] starts;
  private final int[] held;

  private Baskets(IdIndex items, int[] starts, int[] held) {
    this.items = items;
    this.starts = starts;
    this.held = held;
  }

  /**
   * Baskets of item ids.
   *
   * @param baskets each basket's items, in any order; repeated ones count once
   * @return the baskets
   * @throws IllegalArgumentException when an id is blank; the message says in which basket
   */
  public static Baskets of(Collection<? extends Collection<String>> baskets) {
    Map<String, Integer> numbers = new HashMap<>();
    List<String> ids = new ArrayList<>();
    int[] starts = new int[baskets.size() + 1];
    int[] held = new int[64];
    int basket = 0;
    for (Collection<String> ofBasket : baskets) {
      int size = starts[basket++];
      held = withRoom(held, size, ofBasket.size());
      for (String id : ofBasket) {
        Integer number = numbers.get(id);
        if (number == null) {
          if (id.isBlank()) {
            throw new IllegalArgumentException(
                "basket " + (basket - 1) + " has the item \"" + id + "\"; an id is needed");
          }
          number = ids.size();
          numbers.put(id, number);
          ids.add(id);
        }
        held[size++] = number;
      }
      starts[basket] = size;
    }
    IdIndex index = IdIndex.of(ids);
    int[] sorted = new int[ids.size()];
    for (int number = 0; number < sorted.length; number++) {
      sorted[number] = index.find(ids.get(number)).orElseThrow();
    }
    for (int p = 0; p < starts[basket]; p++) {
      held[p] = sorted[held[p]];
    }
    return distinct(index, starts, held);
  }

  /**
   * The baskets of a data set's users: a basket begins with a user's first event, and holds what
   * follows it within a time; what comes later begins the next one.
   *
   * @param data the data
   * @param counts which events put their item into a basket
   * @param window how long after its first event a basket takes in others, at least 0; 0: events of
   *     the same instant only
   * @return the baskets, with the data's index of items
   * @throws IllegalArgumentException when the window is below 0
   */
  public static Baskets of(Dataset data, Predicate<Interaction> counts, Duration window) {
    if (window.isNegative()) {
      throw new IllegalArgumentException("window is " + window + "; at least 0 is needed");
    }
    int[] starts = new int[64];
    int[] held = new int[64];
    int baskets = 0;
    int size = 0;
    for (String user : data.users().ids()) {
      Instant first = Instant.MIN;
      boolean open = false;
      for (Event event : data.eventsOf(user)) {
        if (!(event instanceof Interaction interaction) || !counts.test(interaction)) {
          continue;
        }
        if (!open || Duration.between(first, event.at()).compareTo(window) > 0) {
          if (++baskets == starts.length) {
            starts = Arrays.copyOf(starts, grown(baskets));
          }
          first = event.at();
          open = true;
        }
        held = withRoom(held, size, 1);
        held[size++] = data.items().find(interaction.itemId()).orElseThrow();
        starts[baskets] = size;
      }
    }
    return distinct(data.items(), Arrays.copyOf(starts, baskets + 1), held);
  }

  /**
   * The baskets of a data set's users, of the purchases or carts, say.
   *
   * @param data the data
   * @param type which events put their item into a basket
   * @param window as for {@link #of(Dataset, Predicate, Duration)}
   * @return the baskets, with the data's index of items
   */
  public static Baskets of(Dataset data, EventType type, Duration window) {
    return of(data, event -> event.type() == type, window);
  }

  private static int[] withRoom(int[] array, int size, int more) {
    return size + more <= array.length ? array : Arrays.copyOf(array, grown(size + more));
  }

  private static int grown(int size) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, size + (size >> 1) + 16L);
  }

  /** Sorts each basket and leaves out what repeats. Works on the arrays it is given. */
  private static Baskets distinct(IdIndex items, int[] starts, int[] held) {
    int out = 0;
    int from = 0;
    for (int b = 0; b + 1 < starts.length; b++) {
      int to = starts[b + 1];
      Arrays.sort(held, from, to);
      int first = out;
      for (int p = from; p < to; p++) {
        if (out == first || held[p] != held[out - 1]) {
          held[out++] = held[p];
        }
      }
      from = to;
      starts[b + 1] = out;
    }
    return new Baskets(items, starts, Arrays.copyOf(held, out));
  }

  /**
   * The items that the baskets may hold.
   *
   * @return the index of their ids
   */
  public IdIndex items() {
    return items;
  }

  /**
   * How many baskets there are.
   *
   * @return at least 0
   */
  public int size() {
    return starts.length - 1;
  }

  /**
   * The items of a basket.
   *
   * @param basket from 0 to size − 1
   * @return their ids, in the order of ids
   */
  public List<String> basket(int basket) {
    List<String> ids = new ArrayList<>();
    for (int p = starts[basket]; p < starts[basket + 1]; p++) {
      ids.add(items.id(held[p]));
    }
    return List.copyOf(ids);
  }

  /** By item: how many baskets hold it. */
  int[] counts() {
    int[] counts = new int[items.size()];
    for (int item : held) {
      counts[item]++;
    }
    return counts;
  }

  /**
   * Copies what a basket holds.
   *
   * @param into receives a number for each item that has one, in no order
   * @param numbers by item: its number, below 0 for none
   * @return how many
   */
  int copy(int basket, int[] numbers, int[] into) {
    int size = 0;
    int end = starts[basket + 1];
    for (int p = starts[basket]; p < end; p++) {
      int number = numbers[held[p]];
      if (number >= 0) {
        into[size++] = number;
      }
    }
    return size;
  }

  @Override
  public String toString() {
    return size() + " baskets of " + held.length + " items, " + items.size() + " different ones";
  }
}
