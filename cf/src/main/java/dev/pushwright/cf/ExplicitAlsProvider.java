// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code explicit-als}, see {@link ExplicitAls}. */
public final class ExplicitAlsProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ExplicitAlsProvider() {
    super(
        ExplicitAls.NAME,
        "What the user would rate highest, by factors and biases learned from all ratings.",
        ExplicitAls.OPTIONS,
        ExplicitAls.CAPABILITIES,
        ExplicitAls::new,
        ExplicitAlsModel::read);
  }
}
