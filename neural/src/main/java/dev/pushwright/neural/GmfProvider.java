// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code gmf}, see {@link Gmf}. */
public final class GmfProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public GmfProvider() {
    super(
        Gmf.NAME,
        "Factors of users and items, multiplied one by one and weighed by what is learned.",
        Gmf.OPTIONS,
        NeuralRecommender.CAPABILITIES,
        Gmf::new,
        (in, provenance) -> new Gmf(Gmf.OPTIONS.resolve(provenance)).read(in, provenance));
  }
}
