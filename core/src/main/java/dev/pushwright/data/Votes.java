// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What rows say of the same thing, when they may disagree: of each owner's each property the text
 * that was told most often wins, the smaller one ({@link String#compareTo}) among equals. Not
 * thread-safe.
 */
final class Votes {

  private record Key(int owner, String property, String text) {}

  private final Map<Key, int[]> counts = new HashMap<>();

  /** Counts one vote; a blank text is none. */
  void add(int owner, String property, String text) {
    String stripped = text.strip();
    if (!stripped.isEmpty()) {
      counts.computeIfAbsent(new Key(owner, property, stripped), key -> new int[1])[0]++;
    }
  }

  /** The winning texts, by owner and then by property, in order. */
  Map<Integer, Map<String, String>> winners() {
    Map<Integer, Map<String, String>> winners = new TreeMap<>();
    counts.forEach(
        (key, count) ->
            winners
                .computeIfAbsent(key.owner(), owner -> new TreeMap<>())
                .merge(key.property(), key.text(), (a, b) -> better(key, a, b)));
    return winners;
  }

  private String better(Key key, String a, String b) {
    int order = Integer.compare(votes(key, a), votes(key, b));
    return order > 0 || (order == 0 && a.compareTo(b) < 0) ? a : b;
  }

  private int votes(Key key, String text) {
    return counts.getOrDefault(new Key(key.owner(), key.property(), text), new int[1])[0];
  }
}
