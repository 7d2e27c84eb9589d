// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code biased-mf}, see {@link BiasedMf}. */
public final class BiasedMfProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public BiasedMfProvider() {
    super(
        BiasedMf.NAME,
        "What a user would rate highest, by biases and vectors of users and items.",
        BiasedMf.OPTIONS,
        BiasedMf.CAPABILITIES,
        BiasedMf::new,
        (in, provenance) -> RatingSgdRecommender.read(in, provenance, BiasedMf.OPTIONS, false));
  }
}
