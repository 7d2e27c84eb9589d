// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code item-knn}, see {@link ItemKnn}. */
public final class ItemKnnProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ItemKnnProvider() {
    super(
        ItemKnn.NAME,
        "What is nearest, by the users they share, to the items of the user.",
        ItemKnn.OPTIONS,
        ItemKnn.CAPABILITIES,
        ItemKnn::new,
        ItemKnnModel::read);
  }
}
