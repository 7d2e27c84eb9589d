// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code mlp}, see {@link Mlp}. */
public final class MlpProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MlpProvider() {
    super(
        Mlp.NAME,
        "A user and an item, side by side, through layers of a neural network.",
        Mlp.OPTIONS,
        NeuralRecommender.CAPABILITIES,
        Mlp::new,
        (in, provenance) -> new Mlp(Mlp.OPTIONS.resolve(provenance)).read(in, provenance));
  }
}
