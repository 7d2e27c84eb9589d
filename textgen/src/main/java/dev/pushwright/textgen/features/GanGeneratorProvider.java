// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.ContentGeneratorProvider;

/** Provides {@link GanGenerator} by the name {@value GanGenerator#NAME}. */
public final class GanGeneratorProvider extends AbstractProvider<ContentGenerator, ContentModel>
    implements ContentGeneratorProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public GanGeneratorProvider() {
    super(
        GanGenerator.NAME,
        "Generates the features of items a user would want by an adversarial network, and writes"
            + " by them.",
        GanGenerator.OPTIONS,
        FeatureModel.CAPABILITIES,
        GanGenerator::new,
        (in, provenance) ->
            FeatureModel.read(in, provenance, GanGenerator.OPTIONS.resolve(provenance)));
  }
}
