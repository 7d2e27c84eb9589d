// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import java.util.Optional;

/**
 * What is thought of one user's attribute.
 *
 * @param attribute the attribute
 * @param likeliest the likeliest value, even when it is not likely enough to be told
 * @param probability how likely it is, from 0 to 1, calibrated
 * @param known whether it reaches the probability that the algorithm was told to ask for, and
 *     anything is known of the user
 */
public record Inference(String attribute, String likeliest, double probability, boolean known) {

  /**
   * The value, where it is likely enough.
   *
   * @return the value, or empty: unknown
   */
  public Optional<String> value() {
    return known ? Optional.of(likeliest) : Optional.empty();
  }
}
