// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code als}, see {@link Als}. */
public final class AlsProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public AlsProvider() {
    super(
        Als.NAME,
        "What agrees with the user in factors learned from everybody's events.",
        Als.OPTIONS,
        Als.CAPABILITIES,
        Als::new,
        AlsModel::read);
  }
}
