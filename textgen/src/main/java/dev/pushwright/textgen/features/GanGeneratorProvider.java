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
import java.util.Set;

/** Provides {@link GanGenerator} by the name {@value GanGenerator#NAME}. */
public final class GanGeneratorProvider implements ContentGeneratorProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public GanGeneratorProvider() {}

  @Override
  public String name() {
    return GanGenerator.NAME;
  }

  @Override
  public String description() {
    return "Generates the features of items a user would want by an adversarial network, and writes"
        + " by them.";
  }

  @Override
  public OptionSet options() {
    return GanGenerator.OPTIONS;
  }

  @Override
  public Set<Capability> capabilities() {
    return FeatureModel.CAPABILITIES;
  }

  @Override
  public ContentGenerator create(Options options) {
    return new GanGenerator(GanGenerator.OPTIONS.resolve(options));
  }

  @Override
  public ContentModel read(ModelReader in, Provenance provenance) {
    return FeatureModel.read(in, provenance, GanGenerator.OPTIONS.resolve(provenance));
  }
}
