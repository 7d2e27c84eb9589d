// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import java.util.ArrayList;
import java.util.List;

/** Which combinations of a {@link SearchSpace} are tried, and on how much of the data. */
public sealed interface SearchStrategy {

  /**
   * Every combination.
   *
   * @return the strategy
   */
  static SearchStrategy grid() {
    return new Grid();
  }

  /**
   * Combinations drawn at random.
   *
   * @param draws how many, at least 1
   * @return the strategy
   */
  static SearchStrategy random(int draws) {
    return new Random(draws);
  }

  /**
   * Many combinations on few users, the better ones on more, with no less than a hundredth of the
   * users.
   *
   * @param draws how many combinations to begin with, at least 1
   * @param eta one in how many is tried on eta times as many users, at least 2; 3 is usual
   * @return the strategy
   */
  static SearchStrategy successiveHalving(int draws, int eta) {
    return new SuccessiveHalving(draws, eta, 0.01);
  }

  /**
   * Every combination, once and on all data. The option named first changes slowest. Ranges of real
   * numbers have no end of combinations and are refused, unless they were given steps.
   */
  record Grid() implements SearchStrategy {
    @Override
    public String toString() {
      return "grid";
    }
  }

  /**
   * Combinations drawn at random, each option by itself, tried on all data. Where only some options
   * matter, it finds as good a combination as a grid in fewer trials [1]. In a space without ranges
   * of real numbers no combination is tried twice, and fewer are tried where there are not as many.
   * More draws with the same seed begin with the same ones.
   *
   * <p>[1] J. Bergstra, Y. Bengio, "Random search for hyper-parameter optimization", JMLR 13, 2012.
   *
   * @param draws how many, at least 1
   */
  record Random(int draws) implements SearchStrategy {
    /** Checks the number of draws. */
    public Random {
      checkDraws(draws);
    }

    @Override
    public String toString() {
      return "random(" + draws + ")";
    }
  }

  /**
   * Combinations drawn as by {@link Random}, tried in rungs: all of them on few users, then the
   * best of each eta on eta times as many, and so on up to all data [1]. With n combinations and s
   * + 1 rungs, rung i from 0 to s tries ⌊n / eta<sup>i</sup>⌋ combinations on the share
   * eta<sup>i−s</sup> of the users [2]; s is the largest number that leaves a combination for the
   * last rung and no rung below the smallest share. Of equals the one drawn first is promoted. The
   * users of a rung are among those of the next.
   *
   * <p>[1] K. Jamieson, A. Talwalkar, "Non-stochastic best arm identification and hyperparameter
   * optimization", AISTATS 2016. [2] L. Li et al., "Hyperband: a novel bandit-based approach to
   * hyperparameter optimization", JMLR 18, 2018.
   *
   * @param draws how many combinations to begin with, at least 1
   * @param eta one in how many is promoted, at least 2
   * @param smallestShare the least share of the users that a rung may have, above 0, at most 1
   */
  record SuccessiveHalving(int draws, int eta, double smallestShare) implements SearchStrategy {
    // The share is a quotient of whole numbers; what rounding adds must not cost a rung.
    private static final double ROUNDING = 1e-9;

    /** Checks every component. */
    public SuccessiveHalving {
      checkDraws(draws);
      if (eta < 2) {
        throw new IllegalArgumentException("eta is " + eta + "; at least 2 is needed");
      }
      if (!(smallestShare > 0 && smallestShare <= 1)) {
        throw new IllegalArgumentException(
            "smallestShare is " + smallestShare + "; a number above 0 and at most 1 is needed");
      }
    }

    /** The rungs for n combinations, smallest share first. */
    List<Rung> rungs(int n) {
      long divisor = 1;
      while (divisor * eta <= n && divisor * eta * smallestShare <= 1 + ROUNDING) {
        divisor *= eta;
      }
      List<Rung> rungs = new ArrayList<>();
      int left = n;
      for (; divisor >= 1; divisor /= eta) {
        rungs.add(new Rung(left, divisor));
        left /= eta;
      }
      return rungs;
    }

    @Override
    public String toString() {
      return "successive-halving(" + draws + ", eta " + eta + ", from " + smallestShare + ")";
    }
  }

  private static void checkDraws(int draws) {
    if (draws < 1) {
      throw new IllegalArgumentException("draws is " + draws + "; at least 1 is needed");
    }
  }
}
