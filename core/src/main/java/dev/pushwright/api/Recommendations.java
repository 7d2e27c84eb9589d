// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The answer to a {@link RecommendationQuery}.
 *
 * @param items at most as many as asked for, highest score first, ties by item id
 * @param basis what the scores rest on
 * @param limit how many were asked for
 * @param left how many items were left out for each cause
 */
public record Recommendations(
    List<Recommendation> items, Basis basis, int limit, Map<Cause, Integer> left) {

  /** Why an item was left out. Each is counted under the first that applies, in this order. */
  public enum Cause {
    /** The query named candidates, and this was none of them. */
    NO_CANDIDATE,
    /** The query excluded it. */
    EXCLUDED,
    /** The user has seen it. */
    SEEN,
    /** The model found nothing that speaks for it. */
    NO_EVIDENCE,
    /** The rescorer took it out. */
    RESCORED_OUT,
    /** Its score was below the one asked for. */
    BELOW_MIN_SCORE
  }

  /**
   * Why there are fewer items than asked for.
   *
   * @param missing how many are missing, at least 1
   * @param left how many items were left out for each cause
   */
  public record Shortfall(int missing, Map<Cause, Integer> left) {
    /**
     * The causes in words.
     *
     * @return such as {@code "3 missing: 12 seen, 4 excluded"}
     */
    public String describe() {
      String causes =
          left.entrySet().stream()
              .map(
                  e ->
                      e.getValue()
                          + " "
                          + e.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
              .collect(Collectors.joining(", "));
      return missing + " missing: " + (causes.isEmpty() ? "the catalogue has no more" : causes);
    }
  }

  private static final Cause[] CAUSES = Cause.values();

  /** Copies the collections. */
  public Recommendations {
    Objects.requireNonNull(basis, "basis");
    items = List.copyOf(items);
    EnumMap<Cause, Integer> copy = new EnumMap<>(Cause.class);
    copy.putAll(left);
    for (Cause cause : CAUSES) {
      copy.remove(cause, 0);
    }
    left = Collections.unmodifiableMap(copy);
  }

  /**
   * The ids of the items.
   *
   * @return the ids in the order of {@link #items()}
   */
  public List<String> itemIds() {
    return items.stream().map(Recommendation::itemId).toList();
  }

  /**
   * Why there are fewer items than asked for.
   *
   * @return the shortfall, or empty when there are as many as asked for
   */
  public Optional<Shortfall> shortfall() {
    return items.size() == limit
        ? Optional.empty()
        : Optional.of(new Shortfall(limit - items.size(), left));
  }
}
