// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code rp3beta}, see {@link Rp3Beta}. */
public final class Rp3BetaProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public Rp3BetaProvider() {
    super(
        Rp3Beta.NAME,
        "Where walks from the user's items over other users end, popular ends held back.",
        Rp3Beta.OPTIONS,
        LinearModel.CAPABILITIES,
        Rp3Beta::new,
        LinearModel::read);
  }
}
