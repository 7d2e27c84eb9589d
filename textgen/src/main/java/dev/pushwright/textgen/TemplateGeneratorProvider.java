// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.ContentGeneratorProvider;

/** Provides {@link TemplateGenerator} by the name {@value TemplateGenerator#NAME}. */
public final class TemplateGeneratorProvider
    extends AbstractProvider<ContentGenerator, ContentModel> implements ContentGeneratorProvider {

  /** For {@link java.util.ServiceLoader}. */
  public TemplateGeneratorProvider() {
    super(
        TemplateGenerator.NAME,
        "Hand-written lines with slots, in packs of one language each.",
        TemplateGenerator.OPTIONS,
        TemplateModel.CAPABILITIES,
        TemplateGenerator::new,
        (in, provenance) ->
            TemplateModel.read(in, TemplateGenerator.OPTIONS.resolve(provenance), provenance));
  }
}
