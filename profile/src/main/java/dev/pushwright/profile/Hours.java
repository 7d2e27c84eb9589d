// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.ActiveHours;
import dev.pushwright.api.Basis;
import dev.pushwright.api.SendHour;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The hours of the day at which visits begin, and the best one to send something at:
 *
 * <pre>
 *   p(h) = (Σ_k K(k) · c(h + k) + m · q(h)) / (n + m),   best = argmax p
 * </pre>
 *
 * with c the user's n visits by hour, K = (1, 4, 6, 4, 1) / 16 for k from −2 to 2 around the clock,
 * so that visits at 7:55 and 8:05 are neighbours and so are those at 23:30 and 0:30, and q the
 * hours of the others, smoothed alike. m = {@value #PRIOR} is how many visits the others are worth:
 * p is the mean of a Dirichlet posterior. Below {@value #PRIOR} visits of their own a user gets the
 * hour of the others. Equal hours: the earliest.
 */
final class Hours {

  static final int PRIOR = 5;

  private static final int[] KERNEL = {1, 4, 6, 4, 1};
  private static final double KERNEL_SUM = 16;

  private Hours() {}

  static int sum(int[] counts) {
    return Arrays.stream(counts).sum();
  }

  /** The shares, or empty without a visit. */
  static Optional<ActiveHours> active(int[] counts, ZoneId zone) {
    int visits = sum(counts);
    if (visits == 0) {
      return Optional.empty();
    }
    List<Double> shares = new ArrayList<>(counts.length);
    for (int count : counts) {
      shares.add((double) count / visits);
    }
    return Optional.of(new ActiveHours(zone, visits, shares));
  }

  /**
   * The best hour.
   *
   * @param own the user's visits by hour
   * @param ownBasis what they rest on
   * @param others those of the segment or of everybody
   * @param othersBasis which of the two
   * @param zone whose clock
   * @return the hour, or empty when nothing is known
   */
  static Optional<SendHour> best(
      int[] own, Basis ownBasis, long[] others, Basis othersBasis, ZoneId zone) {
    int visits = sum(own);
    long all = Arrays.stream(others).sum();
    boolean enough = visits >= PRIOR;
    if (!enough && all == 0) {
      return Optional.empty();
    }
    double[] p = new double[own.length];
    for (int h = 0; h < p.length; h++) {
      double mine = 0;
      double theirs = 0;
      for (int k = 0; k < KERNEL.length; k++) {
        int near = (h + k - KERNEL.length / 2 + p.length) % p.length;
        mine += KERNEL[k] * own[near];
        theirs += KERNEL[k] * (double) others[near];
      }
      double prior = all == 0 ? 0 : theirs / KERNEL_SUM / all;
      p[h] =
          enough ? (mine / KERNEL_SUM + PRIOR * prior) / (visits + (all == 0 ? 0 : PRIOR)) : prior;
    }
    int best = 0;
    for (int h = 1; h < p.length; h++) {
      best = p[h] > p[best] ? h : best;
    }
    int before = (best + p.length - 1) % p.length;
    int after = (best + 1) % p.length;
    return Optional.of(
        new SendHour(
            best,
            zone,
            enough ? ownBasis : othersBasis,
            visits,
            own[before] + own[best] + own[after],
            p[before] + p[best] + p[after]));
  }
}
