// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.ContentGeneratorProvider;

/** Provides {@link CvaeGenerator} by the name {@value CvaeGenerator#NAME}. */
public final class CvaeProvider extends AbstractProvider<ContentGenerator, ContentModel>
    implements ContentGeneratorProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public CvaeProvider() {
    super(
        CvaeGenerator.NAME,
        "A variational autoencoder of texts: a random vector decides what kind of text.",
        CvaeGenerator.OPTIONS,
        LanguageModel.CAPABILITIES,
        CvaeGenerator::new,
        (in, provenance) ->
            LanguageModel.read(
                in, provenance, new CvaeGenerator(CvaeGenerator.OPTIONS.resolve(provenance))));
  }
}
