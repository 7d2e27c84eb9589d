// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.data.Interaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Item-based collaborative filtering as one would write it in an afternoon: maps of ids, every pair
 * of items, everything sorted. The rival of {@code item-knn}, with the same answers.
 */
final class MapNeighbours {

  /** Which items another one is similar to, and how much. */
  record Scored(String itemId, double score) {
    static final Comparator<Scored> BEST_FIRST =
        Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::itemId);
  }

  private final Map<String, Map<String, Double>> byUser = new HashMap<>();
  private final Map<String, List<Scored>> neighbours = new HashMap<>();

  /** Compares every item with every other. */
  MapNeighbours(List<Interaction> ratings, int kept) {
    Map<String, Map<String, Double>> byItem = new HashMap<>();
    for (Interaction rating : ratings) {
      byItem
          .computeIfAbsent(rating.itemId(), item -> new HashMap<>())
          .merge(rating.userId(), rating.value(), Double::sum);
      byUser
          .computeIfAbsent(rating.userId(), user -> new HashMap<>())
          .merge(rating.itemId(), rating.value(), Double::sum);
    }
    for (Map.Entry<String, Map<String, Double>> one : byItem.entrySet()) {
      List<Scored> scored = new ArrayList<>();
      for (Map.Entry<String, Map<String, Double>> other : byItem.entrySet()) {
        if (!other.getKey().equals(one.getKey())) {
          double similarity = cosine(one.getValue(), other.getValue());
          if (similarity > 0) {
            scored.add(new Scored(other.getKey(), similarity));
          }
        }
      }
      scored.sort(Scored.BEST_FIRST);
      neighbours.put(one.getKey(), List.copyOf(scored.subList(0, Math.min(kept, scored.size()))));
    }
  }

  private static double cosine(Map<String, Double> x, Map<String, Double> y) {
    double dot = 0;
    for (Map.Entry<String, Double> entry : x.entrySet()) {
      Double other = y.get(entry.getKey());
      if (other != null) {
        dot += entry.getValue() * other;
      }
    }
    return dot / Math.sqrt(squares(x) * squares(y));
  }

  private static double squares(Map<String, Double> x) {
    return x.values().stream().mapToDouble(w -> w * w).sum();
  }

  /** The best items that the user does not have. */
  List<Scored> recommend(String userId, int limit) {
    Map<String, Double> own = byUser.getOrDefault(userId, Map.of());
    return best(own, new HashSet<>(own.keySet()), limit);
  }

  /** The items that have the given one among their neighbours, most similar first. */
  List<Scored> similarTo(String itemId) {
    return best(Map.of(itemId, 1.0), Set.of(itemId), Integer.MAX_VALUE);
  }

  private List<Scored> best(Map<String, Double> own, Set<String> exclude, int limit) {
    List<Scored> scored = new ArrayList<>();
    neighbours.forEach(
        (item, near) -> {
          if (!exclude.contains(item)) {
            double score = 0;
            for (Scored neighbour : near) {
              score += own.getOrDefault(neighbour.itemId(), 0.0) * neighbour.score();
            }
            if (score > 0) {
              scored.add(new Scored(item, score));
            }
          }
        });
    scored.sort(Scored.BEST_FIRST);
    return List.copyOf(scored.subList(0, Math.min(limit, scored.size())));
  }
}
