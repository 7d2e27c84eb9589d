// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code neumf}, see {@link NeuMf}. */
public final class NeuMfProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public NeuMfProvider() {
    super(
        NeuMf.NAME,
        "A linear and a deep tower, joined: neural matrix factorisation.",
        NeuMf.OPTIONS,
        NeuralRecommender.CAPABILITIES,
        NeuMf::new,
        (in, provenance) -> new NeuMf(NeuMf.OPTIONS.resolve(provenance)).read(in, provenance));
  }
}
