// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

/** What makes one rule better than another. */
public enum RuleOrder {
  /** The larger lift, then the larger confidence: what is most surprising comes first. */
  LIFT,
  /** The larger confidence, then the larger lift: what is most certain comes first. */
  CONFIDENCE
}
