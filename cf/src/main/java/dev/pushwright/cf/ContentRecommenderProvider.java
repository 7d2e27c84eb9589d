// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code content}, see {@link ContentRecommender}. */
public final class ContentRecommenderProvider
    extends AbstractProvider<Recommender, RecommenderModel> implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ContentRecommenderProvider() {
    super(
        ContentRecommender.NAME,
        "What is like the user's own items, by what is written about them; cold items too.",
        ContentRecommender.OPTIONS,
        ContentRecommender.CAPABILITIES,
        ContentRecommender::new,
        ContentRecommenderModel::read);
  }
}
