// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.spi.Settings;
import java.util.Set;
import java.util.function.Function;

/** What the providers of this module have in common: all but their names. */
abstract class NeuralProvider implements RecommenderProvider {

  private final String name;
  private final String description;
  private final OptionSet options;
  private final Function<Settings, ? extends NeuralRecommender> create;

  NeuralProvider(
      String name,
      String description,
      OptionSet options,
      Function<Settings, ? extends NeuralRecommender> create) {
    this.name = name;
    this.description = description;
    this.options = options;
    this.create = create;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final OptionSet options() {
    return options;
  }

  @Override
  public final Set<Capability> capabilities() {
    return NeuralRecommender.CAPABILITIES;
  }

  @Override
  public final Recommender create(Options chosen) {
    return create.apply(options.resolve(chosen));
  }

  @Override
  public final RecommenderModel read(ModelReader in, Provenance provenance) {
    return create.apply(options.resolve(provenance)).read(in, provenance);
  }
}
