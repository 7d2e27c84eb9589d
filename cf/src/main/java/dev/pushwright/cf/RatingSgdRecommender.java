// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Weighting;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.Set;

/** A factorization of ratings that {@link RatingSgd} learns. */
abstract class RatingSgdRecommender implements Recommender {

  static final Set<Capability> CAPABILITIES =
      Set.of(
          Capability.PERSONALIZED,
          Capability.FOLD_IN,
          Capability.EXPLAIN,
          Capability.PREDICT_RATINGS);

  private final String name;
  private final Settings settings;
  private final Weighting weighting;

  RatingSgdRecommender(String name, Settings settings) {
    this.name = name;
    this.settings = settings;
    this.weighting = RatingData.weighting(settings);
  }

  /** What learns the ratings. */
  abstract RatingSgd trainer(Ratings ratings, SgdOptions options, FitContext context);

  @Override
  public final RecommenderModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    TrainedUsers trained = TrainedUsers.of(data, weighting, settings.get(CommonOptions.SEGMENT_BY));
    SgdOptions options = SgdOptions.of(settings);
    return new RatingModel(
        Provenance.of(name, settings.asText(), data.fingerprint()),
        CAPABILITIES,
        trained,
        trainer(Ratings.of(name, data, trained), options, context).train(),
        options.penalties());
  }

  /** Reads a model; implicit: with the vectors of what users rated at all. */
  static RecommenderModel read(
      ModelReader in, Provenance provenance, OptionSet allowed, boolean implicit) {
    TrainedUsers trained = TrainedUsers.read(in);
    SgdOptions options = SgdOptions.of(allowed.resolve(provenance));
    return new RatingModel(
        provenance,
        CAPABILITIES,
        trained,
        RatingModel.readFactors(in, trained, options.factors(), implicit),
        options.penalties());
  }
}
