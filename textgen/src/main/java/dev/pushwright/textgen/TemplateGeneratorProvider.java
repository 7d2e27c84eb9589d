// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import dev.pushwright.api.Capability;
import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import java.util.Set;

/** Provides {@link TemplateGenerator} by the name {@value TemplateGenerator#NAME}. */
public final class TemplateGeneratorProvider implements ContentGeneratorProvider {

  /** Makes the provider; plug-in discovery calls this. */
  public TemplateGeneratorProvider() {}

  @Override
  public String name() {
    return TemplateGenerator.NAME;
  }

  @Override
  public String description() {
    return "Hand-written lines with slots, in packs of one language each.";
  }

  @Override
  public OptionSet options() {
    return TemplateGenerator.OPTIONS;
  }

  @Override
  public Set<Capability> capabilities() {
    return TemplateModel.CAPABILITIES;
  }

  @Override
  public ContentGenerator create(Options options) {
    return new TemplateGenerator(options);
  }

  @Override
  public ContentModel read(ModelReader in, Provenance provenance) {
    return TemplateModel.read(in, TemplateGenerator.OPTIONS.resolve(provenance), provenance);
  }
}
