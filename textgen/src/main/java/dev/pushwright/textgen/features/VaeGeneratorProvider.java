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

/** Provides {@link VaeGenerator} by the name {@value VaeGenerator#NAME}. */
public final class VaeGeneratorProvider implements ContentGeneratorProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public VaeGeneratorProvider() {}

  @Override
  public String name() {
    return VaeGenerator.NAME;
  }

  @Override
  public String description() {
    return "Generates the features of items a user would want by a variational autoencoder, and"
        + " writes by them.";
  }

  @Override
  public OptionSet options() {
    return VaeGenerator.OPTIONS;
  }

  @Override
  public Set<Capability> capabilities() {
    return FeatureModel.CAPABILITIES;
  }

  @Override
  public ContentGenerator create(Options options) {
    return new VaeGenerator(VaeGenerator.OPTIONS.resolve(options));
  }

  @Override
  public ContentModel read(ModelReader in, Provenance provenance) {
    return FeatureModel.read(in, provenance, VaeGenerator.OPTIONS.resolve(provenance));
  }
}
