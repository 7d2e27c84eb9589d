// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code mult-vae}, see {@link MultVae}. */
public final class MultVaeProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MultVaeProvider() {
    super(
        MultVae.NAME,
        "A variational autoencoder of what users have: a few numbers that tell all of a history.",
        MultVae.OPTIONS,
        NeuralRecommender.CAPABILITIES,
        MultVae::new,
        (in, provenance) -> new MultVae(MultVae.OPTIONS.resolve(provenance)).read(in, provenance));
  }
}
