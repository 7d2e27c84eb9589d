// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** Provides {@code popularity}, see {@link PopularityRecommender}. */
public final class PopularityProvider extends CfProvider {

  /** For {@link java.util.ServiceLoader}. */
  public PopularityProvider() {
    super(
        PopularityRecommender.NAME,
        "What weighs most with everybody, or with the users of the same segment.",
        PopularityRecommender.OPTIONS,
        PopularityRecommender.CAPABILITIES,
        PopularityRecommender::new,
        PopularityRecommender.Model::read);
  }
}
