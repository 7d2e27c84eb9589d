// SPDX-License-Identifier: Apache-2.0
/**
 * What is bought together. {@link dev.pushwright.profile.rules.FpGrowth} finds the itemsets that
 * many {@link dev.pushwright.profile.rules.Baskets} share, {@link
 * dev.pushwright.profile.rules.RuleMiner} the rules among them, and the recommender {@link
 * dev.pushwright.profile.rules.AssociationRules} answers with what the rules say of a user's items:
 *
 * <pre>{@code
 * FrequentItemsets found = FpGrowth.builder().minSupport(0.01).build().mine(Baskets.of(slips));
 * MinedRules rules = RuleMiner.builder().minConfidence(0.5).build().mine(found);
 * }</pre>
 *
 * <p>Every search has limits. Where one is met, the answer is what was found until then, with a
 * {@link dev.pushwright.profile.rules.Cut} that says which limit it was and what may be missing.
 */
@NullMarked
package dev.pushwright.profile.rules;

import org.jspecify.annotations.NullMarked;
