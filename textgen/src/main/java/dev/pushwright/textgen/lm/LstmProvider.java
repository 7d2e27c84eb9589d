// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.ContentGeneratorProvider;

/** Provides {@link LstmGenerator} by the name {@value LstmGenerator#NAME}. */
public final class LstmProvider extends AbstractProvider<ContentGenerator, ContentModel>
    implements ContentGeneratorProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public LstmProvider() {
    super(
        LstmGenerator.NAME,
        "A language model of words, told what to write, that draws word by word.",
        LstmGenerator.OPTIONS,
        LanguageModel.CAPABILITIES,
        LstmGenerator::new,
        (in, provenance) ->
            LanguageModel.read(
                in, provenance, new LstmGenerator(LstmGenerator.OPTIONS.resolve(provenance))));
  }
}
