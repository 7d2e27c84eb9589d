// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.ContentGeneratorProvider;

/** Provides {@link TextGanGenerator} by the name {@value TextGanGenerator#NAME}. */
public final class TextGanProvider extends AbstractProvider<ContentGenerator, ContentModel>
    implements ContentGeneratorProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public TextGanProvider() {
    super(
        TextGanGenerator.NAME,
        "The language model of lstm, refined against a critic where that gains anything.",
        TextGanGenerator.OPTIONS,
        LanguageModel.CAPABILITIES,
        TextGanGenerator::new,
        (in, provenance) ->
            LanguageModel.read(
                in,
                provenance,
                new TextGanGenerator(TextGanGenerator.OPTIONS.resolve(provenance))));
  }
}
