// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code bpr}, see {@link Bpr}. */
public final class BprProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public BprProvider() {
    super(
        Bpr.NAME,
        "Factors learned so that what a user has scores above what the user has not.",
        Bpr.OPTIONS,
        Bpr.CAPABILITIES,
        Bpr::new,
        BprModel::read);
  }
}
