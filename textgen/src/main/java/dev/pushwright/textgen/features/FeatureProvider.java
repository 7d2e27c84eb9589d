// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.api.Capability;
import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Settings;
import java.util.Set;
import java.util.function.Function;

/** What the providers of this package have in common: all but their names. */
abstract class FeatureProvider implements ContentGeneratorProvider {

  private final String name;
  private final String description;
  private final OptionSet options;
  private final Function<Settings, FeatureGenerator> create;

  FeatureProvider(
      String name,
      String description,
      OptionSet options,
      Function<Settings, FeatureGenerator> create) {
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
    return FeatureModel.CAPABILITIES;
  }

  @Override
  public final ContentGenerator create(Options chosen) {
    return create.apply(options.resolve(chosen));
  }

  @Override
  public final ContentModel read(ModelReader in, Provenance provenance) {
    return FeatureModel.read(in, provenance, options.resolve(provenance));
  }
}
