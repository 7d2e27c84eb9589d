// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.UserItems;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Recommends what has the highest scores for a user, by scores from elsewhere, so that they can be
 * evaluated as recommenders are.
 *
 * @param name for the report
 * @param scores by user id: one for each item of the catalogue in its order
 */
record ScoredBy(String name, Function<String, float[]> scores) implements Recommender {

  @Override
  public RecommenderModel fit(Dataset data, FitContext context) {
    return new Scored(this, data);
  }

  private static final class Scored extends ScoringModel {
    private final ScoredBy scored;

    Scored(ScoredBy scored, Dataset data) {
      super(
          Provenance.of(scored.name, Map.of(), data.fingerprint()),
          Set.of(Capability.PERSONALIZED),
          TrainedUsers.of(data, Weighting.standard(), ""));
      this.scored = scored;
    }

    @Override
    protected boolean score(OptionalInt user, UserItems items, float[] scores) {
      if (user.isEmpty()) {
        return false;
      }
      float[] found = scored.scores.apply(trained().matrix().users().id(user.getAsInt()));
      System.arraycopy(found, 0, scores, 0, scores.length);
      return true;
    }
  }
}
