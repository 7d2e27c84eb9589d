// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import java.util.Set;

/** Provides {@code rules}, see {@link AssociationRules}. */
public final class RulesProvider implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public RulesProvider() {}

  @Override
  public String name() {
    return AssociationRules.NAME;
  }

  @Override
  public String description() {
    return "What is bought together with the user's items, by association rules.";
  }

  @Override
  public OptionSet options() {
    return AssociationRules.OPTIONS;
  }

  @Override
  public Set<Capability> capabilities() {
    return RulesModel.CAPABILITIES;
  }

  @Override
  public Recommender create(Options options) {
    return new AssociationRules(AssociationRules.OPTIONS.resolve(options));
  }

  @Override
  public RecommenderModel read(ModelReader in, Provenance provenance) {
    return RulesModel.read(in, provenance);
  }
}
