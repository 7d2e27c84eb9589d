// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What the recommenders that score pairs by a network have in common: all but the network. */
abstract class PairRecommender implements Recommender {

  static final Set<Capability> CAPABILITIES = Set.of(Capability.PERSONALIZED, Capability.FOLD_IN);

  private final String name;
  private final Settings settings;

  PairRecommender(String name, Settings settings) {
    this.name = name;
    this.settings = settings;
  }

  final Settings settings() {
    return settings;
  }

  /** What the network is made from. */
  abstract PairNet.Architecture architecture();

  /** How it is trained. */
  abstract PairPlan plan();

  /** What it begins with, where that is not what its layers begin with. */
  void begin(Parameters parameters, TrainedUsers trained) {}

  /**
   * Fits a model.
   *
   * @throws IllegalStateException when training diverges, naming epoch, batch and learning rate
   */
  @Override
  public final RecommenderModel fit(Dataset data, FitContext context) {
    return fit(data, context, Optional.empty());
  }

  /**
   * Fits a model and writes a checkpoint after every epoch; where there is one, goes on from it.
   * The model has the bits of one that was fitted without interruption. The file stays when all is
   * done, and another call then gives the model at once.
   *
   * @param data what to learn from; not kept
   * @param context threads and progress; no part of the result
   * @param checkpoint the file
   * @return an immutable model
   * @throws IllegalStateException when training diverges, naming epoch, batch and learning rate
   * @throws IllegalArgumentException when the checkpoint is of other data or options
   * @throws dev.pushwright.io.ModelFormatException when the checkpoint is damaged
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public final RecommenderModel fit(Dataset data, FitContext context, Path checkpoint) {
    return fit(data, context, Optional.of(checkpoint));
  }

  private RecommenderModel fit(Dataset data, FitContext context, Optional<Path> checkpoint) {
    context.checkCancelled();
    TrainedUsers trained =
        TrainedUsers.of(
            data, CommonOptions.weighting(settings), settings.get(CommonOptions.SEGMENT_BY));
    Provenance provenance = Provenance.of(name, settings.asText(), data.fingerprint());
    PairPlan plan = plan();
    Parameters parameters = new Parameters(plan.seed());
    if (trained.matrix().byUser().size() > 0) {
      PairData pairs = new PairData(trained.matrix(), plan.validationShare(), plan.seed());
      try (PairTrainer trainer =
          new PairTrainer(name, pairs, architecture(), plan, parameters, context.threads())) {
        begin(parameters, trained);
        checkpoint.ifPresent(file -> Checkpoint.read(file, provenance, trainer));
        trainer.run(
            context,
            () -> checkpoint.ifPresent(file -> Checkpoint.write(file, provenance, trainer)));
      }
    }
    return new PairModel(provenance, trained, architecture(), plan, parameters);
  }
}
