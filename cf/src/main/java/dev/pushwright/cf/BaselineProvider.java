// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** Provides {@code baseline}, see {@link Baseline}. */
public final class BaselineProvider extends CfProvider {

  /** For {@link java.util.ServiceLoader}. */
  public BaselineProvider() {
    super(
        Baseline.NAME,
        "What is rated best, and how high a user would rate it, by the biases of users and items.",
        Baseline.OPTIONS,
        Baseline.CAPABILITIES,
        Baseline::new,
        Baseline.Model::read);
  }
}
