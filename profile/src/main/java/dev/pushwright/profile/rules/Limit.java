// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

/** What can end a search for itemsets or rules before everything is found. */
public enum Limit {
  /** {@link FpGrowth.Builder#timeLimit} or {@link RuleMiner.Builder#timeLimit}. */
  TIME,
  /** {@link FpGrowth.Builder#maxLength}. */
  LENGTH,
  /** {@link FpGrowth.Builder#maxItemsets}. */
  ITEMSETS,
  /** {@link RuleMiner.Builder#maxRules}. */
  RULES
}
