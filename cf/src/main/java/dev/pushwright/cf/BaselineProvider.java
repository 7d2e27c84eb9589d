// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code baseline}, see {@link Baseline}. */
public final class BaselineProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

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
