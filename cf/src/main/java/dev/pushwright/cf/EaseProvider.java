// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code ease}, see {@link Ease}. */
public final class EaseProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public EaseProvider() {
    super(
        Ease.NAME,
        "What the user's items, each for or against, add up to: an autoencoder in closed form.",
        Ease.OPTIONS,
        LinearModel.CAPABILITIES,
        Ease::new,
        LinearModel::read);
  }
}
