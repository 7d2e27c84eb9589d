// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.api.Capability;
import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import java.util.Set;

/** Provides {@link Seq2Seq} by the name {@value Seq2Seq#NAME}. */
public final class Seq2SeqProvider implements ContentGeneratorProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public Seq2SeqProvider() {}

  @Override
  public String name() {
    return Seq2Seq.NAME;
  }

  @Override
  public String description() {
    return "A recurrent network with attention, taught by pairs of attributes and text.";
  }

  @Override
  public OptionSet options() {
    return Seq2Seq.OPTIONS;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public ContentGenerator create(Options options) {
    return new Seq2Seq(options);
  }

  @Override
  public ContentModel read(ModelReader in, Provenance provenance) {
    return Seq2SeqModel.read(in, Seq2Seq.OPTIONS.resolve(provenance), provenance);
  }
}
