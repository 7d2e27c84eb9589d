// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a long piece of work has come.
 *
 * @param phase what is being done, such as {@code "neighbours"}
 * @param done units finished, from 0 to total
 * @param total units in all, at least 1
 * @param elapsed time since the phase began
 * @param loss what the last unit was trained at, the lower the better; empty where nothing is
 *     minimised
 * @param figures what else is known by name, such as {@code ndcg@10} on what is held out, or {@code
 *     samples/s}; in the order in which they are to be shown
 */
public record Progress(
    String phase,
    long done,
    long total,
    Duration elapsed,
    OptionalDouble loss,
    Map<String, Double> figures) {

  /** Checks that done lies within total, and copies the figures. */
  public Progress {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    Objects.requireNonNull(loss, "loss");
    if (total < 1 || done < 0 || done > total) {
      throw new IllegalArgumentException(phase + ": " + done + " of " + total + " done");
    }
  }

  /**
   * Progress of which nothing else is known.
   *
   * @param phase what is being done
   * @param done units finished, from 0 to total
   * @param total units in all, at least 1
   * @param elapsed time since the phase began
   * @param loss what the last unit was trained at
   */
  public Progress(String phase, long done, long total, Duration elapsed, OptionalDouble loss) {
    this(phase, done, total, elapsed, loss, Map.of());
  }

  /**
   * Progress of work that minimises nothing.
   *
   * @param phase what is being done
   * @param done units finished, from 0 to total
   * @param total units in all, at least 1
   * @param elapsed time since the phase began
   */
  public Progress(String phase, long done, long total, Duration elapsed) {
    this(phase, done, total, elapsed, OptionalDouble.empty());
  }

  /**
   * How long the rest will take if it goes on like this.
   *
   * @return the estimate, or empty before the first unit is done
   */
  public Optional<Duration> remaining() {
    return done == 0
        ? Optional.empty()
        : Optional.of(
            Duration.ofNanos((long) (elapsed.toNanos() * ((double) (total - done) / done))));
  }
}
