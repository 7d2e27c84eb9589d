// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.Set;

/** A recommender that keeps the {@link Neighbours} of each item or of each user. */
abstract sealed class KnnRecommender implements Recommender permits ItemKnn, UserKnn {

  static final Set<Capability> CAPABILITIES =
      Set.of(
          Capability.PERSONALIZED,
          Capability.FOLD_IN,
          Capability.EXPLAIN,
          Capability.PREDICT_RATINGS,
          Capability.UPDATE);

  private final String name;
  private final Settings settings;
  private final KnnSettings knn;

  KnnRecommender(String name, Settings settings, KnnSettings knn) {
    this.name = name;
    this.settings = settings;
    this.knn = knn;
  }

  /** What finds neighbours. */
  abstract Neighbours kernel(InteractionMatrix matrix, KnnSettings knn);

  /** What answers by those found: row j holds the rows that have j among their neighbours. */
  abstract RecommenderModel model(
      Provenance provenance, TrainedUsers trained, SparseRows neighbourOf, Explicit explicit);

  @Override
  public final RecommenderModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    TrainedUsers trained = TrainedUsers.of(data, settings);
    SparseRows neighbourOf = kernel(trained.matrix(), knn).neighbourOf(context);
    return model(
        Provenance.of(name, settings.asText(), data.fingerprint()),
        trained,
        neighbourOf,
        Explicit.of(data, trained, knn.rankBy()));
  }
}
