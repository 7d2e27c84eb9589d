// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Data with no pattern but popularity: every type of event, values that don't add up to the same
 * bits in another order, many more users and items than one block of work. What determinism and
 * concurrency are tried on.
 */
final class MixedData {

  private static final int USERS = 240;
  private static final int ITEMS = 160;
  private static final List<String> WORDS =
      List.of("red", "blue", "lamp", "mug", "heart", "tin", "paper", "garden", "felt", "jumbo");
  private static final Instant START = Instant.parse("2025-06-01T08:00:00Z");

  private MixedData() {}

  static Dataset of(long seed) {
    return build(items(seed), users(), events(seed));
  }

  /** The same data, added from the last to the first. */
  static Dataset backwards(long seed) {
    List<Item> items = items(seed);
    List<User> users = users();
    List<Event> events = events(seed);
    Collections.reverse(items);
    Collections.reverse(users);
    Collections.reverse(events);
    return build(items, users, events);
  }

  private static Dataset build(List<Item> items, List<User> users, List<Event> events) {
    Dataset.Builder builder = Dataset.builder();
    items.forEach(builder::add);
    users.forEach(builder::add);
    return builder.addAll(events).build();
  }

  private static List<Item> items(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      String first = WORDS.get(random.nextInt(WORDS.size()));
      String second = WORDS.get(random.nextInt(WORDS.size()));
      Item.Builder item =
          Item.builder("item-" + i).title(first + " " + second).tags(first).category(second);
      items.add(i % 7 == 0 ? item.build() : item.price(random.nextInt(1, 5000) / 100.0).build());
    }
    return items;
  }

  private static List<User> users() {
    List<User> users = new ArrayList<>();
    for (int u = 0; u < USERS; u++) {
      users.add(User.of("user-" + u).with(Checkerboard.PARITY, u % 2 == 0 ? "even" : "odd"));
    }
    return users;
  }

  private static List<Event> events(long seed) {
    SplittableRandom random = new SplittableRandom(seed + 1);
    EventType[] types = EventType.values();
    List<Event> events = new ArrayList<>();
    for (int u = 0; u < USERS; u++) {
      String user = "user-" + u;
      int count = random.nextInt(2, 30);
      for (int e = 0; e < count; e++) {
        // One user's events are never at one instant: their order would be content.
        Instant at = START.plusSeconds(random.nextInt(3600) + 3600L * (u + 31L * e));
        EventType type = types[random.nextInt(types.length)];
        if (type == EventType.SEARCH) {
          events.add(Search.of(user, WORDS.get(random.nextInt(WORDS.size())), at));
          continue;
        }
        int item = (int) (ITEMS * random.nextDouble() * random.nextDouble());
        double value = type == EventType.RATING ? 1 + 4 * random.nextDouble() : 1;
        double amount = type == EventType.PURCHASE ? random.nextInt(1, 9000) / 100.0 : 0;
        events.add(new Interaction(user, "item-" + item, type, value, amount, at));
      }
    }
    return events;
  }
}
