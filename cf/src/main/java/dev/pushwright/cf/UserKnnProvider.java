// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code user-knn}, see {@link UserKnn}. */
public final class UserKnnProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public UserKnnProvider() {
    super(
        UserKnn.NAME,
        "What the users have who are nearest to the user, by the items they share.",
        UserKnn.OPTIONS,
        UserKnn.CAPABILITIES,
        UserKnn::new,
        UserKnnModel::read);
  }
}
