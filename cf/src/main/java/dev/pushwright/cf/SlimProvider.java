// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code slim}, see {@link Slim}. */
public final class SlimProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public SlimProvider() {
    super(
        Slim.NAME,
        "What few of the user's items together say best: a sparse linear method.",
        Slim.OPTIONS,
        LinearModel.CAPABILITIES,
        Slim::new,
        LinearModel::read);
  }
}
