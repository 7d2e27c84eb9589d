// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code popularity}, see {@link PopularityRecommender}. */
public final class PopularityProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

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
