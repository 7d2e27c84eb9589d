// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import java.util.List;

/**
 * Who has the antecedent in the basket, tends to have the consequent too. With n<sub>A</sub>,
 * n<sub>C</sub> and n<sub>AC</sub> the numbers of baskets that hold the antecedent, the consequent
 * and both, and n that of all baskets:
 *
 * @param antecedent what is in the basket, in the order of ids; at least one item
 * @param consequent what then is there too, in the order of ids; at least one item, none of the
 *     antecedent
 * @param count n<sub>AC</sub>
 * @param support n<sub>AC</sub> / n, above 0, at most 1
 * @param confidence n<sub>AC</sub> / n<sub>A</sub>: the share of the antecedent's baskets that hold
 *     the consequent, above 0, at most 1
 * @param lift confidence over n<sub>C</sub> / n: how many times as often as in any basket; 1 where
 *     one says nothing about the other
 * @param leverage support − (n<sub>A</sub> / n) · (n<sub>C</sub> / n): the share of baskets beyond
 *     what chance would give, from −0.25 to 0.25
 * @param conviction (1 − n<sub>C</sub> / n) / (1 − confidence): how many times as often the rule
 *     would fail by chance; infinite where it never fails, 1 where the consequent is in every
 *     basket
 */
public record AssociationRule(
    List<String> antecedent,
    List<String> consequent,
    int count,
    double support,
    double confidence,
    double lift,
    double leverage,
    double conviction) {

  /** Copies the items. */
  public AssociationRule {
    antecedent = List.copyOf(antecedent);
    consequent = List.copyOf(consequent);
  }

  /** The rule of those counts, see the record. */
  static AssociationRule of(
      List<String> antecedent,
      List<String> consequent,
      int baskets,
      int withAntecedent,
      int withConsequent,
      int withBoth) {
    double n = baskets;
    return new AssociationRule(
        antecedent,
        consequent,
        withBoth,
        withBoth / n,
        confidenceOf(withAntecedent, withBoth),
        liftOf(baskets, withAntecedent, withConsequent, withBoth),
        // Whole numbers below 2^62, so that a rule without leverage has 0 to the bit.
        ((long) baskets * withBoth - (long) withAntecedent * withConsequent) / (n * n),
        convictionOf(baskets, withAntecedent, withConsequent, withBoth));
  }

  static double confidenceOf(int withAntecedent, int withBoth) {
    return (double) withBoth / withAntecedent;
  }

  static double liftOf(int baskets, int withAntecedent, int withConsequent, int withBoth) {
    return (double) ((long) baskets * withBoth) / ((long) withAntecedent * withConsequent);
  }

  private static double convictionOf(
      int baskets, int withAntecedent, int withConsequent, int withBoth) {
    if (withConsequent == baskets) {
      return 1;
    }
    return withBoth == withAntecedent
        ? Double.POSITIVE_INFINITY
        : (double) ((long) (baskets - withConsequent) * withAntecedent)
            / ((long) baskets * (withAntecedent - withBoth));
  }

  @Override
  public String toString() {
    return antecedent + " => " + consequent;
  }
}
