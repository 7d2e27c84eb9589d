// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.ContentGeneratorProvider;

/** Provides {@link VaeGenerator} by the name {@value VaeGenerator#NAME}. */
public final class VaeGeneratorProvider extends AbstractProvider<ContentGenerator, ContentModel>
    implements ContentGeneratorProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public VaeGeneratorProvider() {
    super(
        VaeGenerator.NAME,
        "Generates the features of items a user would want by a variational autoencoder, and"
            + " writes by them.",
        VaeGenerator.OPTIONS,
        FeatureModel.CAPABILITIES,
        VaeGenerator::new,
        (in, provenance) ->
            FeatureModel.read(in, provenance, VaeGenerator.OPTIONS.resolve(provenance)));
  }
}
