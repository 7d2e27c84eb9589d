// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.data.UserItems;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** A plug-in that predicts a rating of 2 whatever it is asked about. */
public final class AlwaysTwo implements RecommenderProvider {

  @Override
  public String name() {
    return "always-two";
  }

  @Override
  public String description() {
    return "Predicts 2.";
  }

  @Override
  public OptionSet options() {
    return OptionSet.of();
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.PREDICT_RATINGS);
  }

  @Override
  public Recommender create(Options options) {
    return (data, context) ->
        new ScoringModel(
            Provenance.of(name(), Map.of(), data.fingerprint()),
            capabilities(),
            TrainedUsers.of(data, Weighting.standard(), "")) {
          @Override
          protected boolean score(OptionalInt user, UserItems items, float[] scores) {
            Arrays.fill(scores, 2);
            return true;
          }

          @Override
          public double predictRating(String userId, String itemId) {
            return 2;
          }
        };
  }
}
