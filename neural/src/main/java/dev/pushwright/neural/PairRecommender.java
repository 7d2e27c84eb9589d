// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.io.ModelReader;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.nio.file.Path;
import java.util.Optional;

/** What the recommenders that score pairs by a network have in common: all but the network. */
abstract class PairRecommender extends NeuralRecommender {

  PairRecommender(String name, Settings settings) {
    super(name, settings);
  }

  /** What the network is made from. */
  abstract PairNet.Architecture architecture();

  /** How it is trained. */
  abstract PairPlan plan();

  /** What it begins with, where that is not what its layers begin with. */
  void begin(Parameters parameters, TrainedUsers trained) {}

  @Override
  final RecommenderModel fit(Dataset data, FitContext context, Optional<Path> checkpoint) {
    context.checkCancelled();
    TrainedUsers trained = TrainedUsers.of(data, settings());
    Provenance provenance = Provenance.of(name(), settings().asText(), data.fingerprint());
    PairPlan plan = plan();
    PairNet.Architecture architecture = architecture().fitted(data, trained);
    Parameters parameters = new Parameters(plan.seed());
    if (trained.matrix().byUser().size() > 0) {
      PairData pairs = new PairData(trained.matrix(), plan.validationShare(), plan.seed());
      try (PairTrainer trainer =
          new PairTrainer(name(), pairs, architecture, plan, parameters, context.threads())) {
        begin(parameters, trained);
        checkpoint.ifPresent(file -> Checkpoint.read(file, provenance, trainer));
        trainer.run(
            context,
            () -> checkpoint.ifPresent(file -> Checkpoint.write(file, provenance, trainer)));
      }
    }
    Compression.of(settings()).apply(parameters);
    return new PairModel(provenance, trained, architecture, plan, parameters);
  }

  @Override
  final RecommenderModel read(ModelReader in, Provenance provenance) {
    // Before there was the option, own items were never drawn.
    boolean isTold = provenance.options().containsKey(PairPlan.REJECT_POSITIVES.name());
    return PairModel.read(in, provenance, architecture(), isTold ? plan() : plan().rejecting());
  }
}
