// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code feature-mlp}, see {@link FeatureMlp}. */
public final class FeatureMlpProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public FeatureMlpProvider() {
    super(
        FeatureMlp.NAME,
        "A deep network on users and items and what is known of them; cold ones too.",
        FeatureMlp.OPTIONS,
        NeuralRecommender.CAPABILITIES,
        FeatureMlp::new,
        (in, provenance) ->
            new FeatureMlp(FeatureMlp.OPTIONS.resolve(provenance)).read(in, provenance));
  }
}
