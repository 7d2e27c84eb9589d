// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code rules}, see {@link AssociationRules}. */
public final class RulesProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public RulesProvider() {
    super(
        AssociationRules.NAME,
        "What is bought together with the user's items, by association rules.",
        AssociationRules.OPTIONS,
        RulesModel.CAPABILITIES,
        AssociationRules::new,
        RulesModel::read);
  }
}
