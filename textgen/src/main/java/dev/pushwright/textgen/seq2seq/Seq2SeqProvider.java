// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.ContentGeneratorProvider;
import java.util.Set;

/** Provides {@link Seq2Seq} by the name {@value Seq2Seq#NAME}. */
public final class Seq2SeqProvider extends AbstractProvider<ContentGenerator, ContentModel>
    implements ContentGeneratorProvider {

  /** For {@link java.util.ServiceLoader}. */
  public Seq2SeqProvider() {
    super(
        Seq2Seq.NAME,
        "A recurrent network with attention, taught by pairs of attributes and text.",
        Seq2SeqOptions.OPTIONS,
        Set.of(),
        Seq2Seq::new,
        (in, provenance) ->
            Seq2SeqModel.read(in, Seq2SeqOptions.OPTIONS.resolve(provenance), provenance));
  }
}
