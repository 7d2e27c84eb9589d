// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code mf-logloss}, see {@link MfLogLoss}. */
public final class MfLogLossProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MfLogLossProvider() {
    super(
        MfLogLoss.NAME,
        "Factors and biases learned under the logistic loss.",
        MfLogLoss.OPTIONS,
        NeuralRecommender.CAPABILITIES,
        MfLogLoss::new,
        (in, provenance) ->
            new MfLogLoss(MfLogLoss.OPTIONS.resolve(provenance)).read(in, provenance));
  }
}
