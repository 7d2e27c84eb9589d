// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.spi.TrainedUsers;
import java.util.Set;

/** Provides {@code popularity}, see {@link PopularityRecommender}. */
public final class PopularityProvider implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public PopularityProvider() {}

  @Override
  public String name() {
    return PopularityRecommender.NAME;
  }

  @Override
  public String description() {
    return "What weighs most with everybody, or with the users of the same segment.";
  }

  @Override
  public OptionSet options() {
    return PopularityRecommender.OPTIONS;
  }

  @Override
  public Set<Capability> capabilities() {
    return PopularityRecommender.CAPABILITIES;
  }

  @Override
  public Recommender create(Options options) {
    return new PopularityRecommender(options().resolve(options));
  }

  @Override
  public RecommenderModel read(ModelReader in, Provenance provenance) {
    return new PopularityRecommender.Model(provenance, TrainedUsers.read(in));
  }
}
