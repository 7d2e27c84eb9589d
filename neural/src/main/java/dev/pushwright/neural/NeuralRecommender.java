// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What all recommenders of this module have in common: settings, and a fit that can go on. */
abstract class NeuralRecommender implements Recommender {

  static final Set<Capability> CAPABILITIES = Set.of(Capability.PERSONALIZED, Capability.FOLD_IN);

  private final String name;
  private final Settings settings;

  NeuralRecommender(String name, Settings settings) {
    this.name = name;
    this.settings = settings;
  }

  /** A recommender's own options, and after them those that all have. */
  static OptionSet options(OptionSpec<?>... own) {
    Stream<OptionSpec<?>> shared =
        Stream.of(
            PairPlan.VALIDATION_SHARE,
            PairPlan.PATIENCE,
            PairPlan.SEED,
            Compression.QUANTIZE,
            Compression.PRUNE,
            CommonOptions.WEIGHTS,
            CommonOptions.HALF_LIFE_DAYS,
            CommonOptions.COMBINE,
            CommonOptions.SEGMENT_BY,
            CommonOptions.POPULARITY_DAMPING);
    return OptionSet.of(Stream.concat(Arrays.stream(own), shared).toArray(OptionSpec<?>[]::new));
  }

  final String name() {
    return name;
  }

  final Settings settings() {
    return settings;
  }

  /** Fits a model, from a checkpoint on where there is one. */
  abstract RecommenderModel fit(Dataset data, FitContext context, Optional<Path> checkpoint);

  /** Reads a model that was fitted with these settings and saved. */
  abstract RecommenderModel read(ModelReader in, Provenance provenance);

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
}
