// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Model;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.io.ModelReader;
import java.util.Set;

/**
 * Provides a {@link TextAnalyzer}: how text is cut into words. The name is that of the language or
 * of the way, such as {@code german}. An analyzer is no model: it is made from its options alone,
 * again and again, and a model that needs one saves its name and options.
 */
public non-sealed interface TextAnalyzerProvider extends Provider<TextAnalyzer> {

  @Override
  default Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  default Model read(ModelReader in, Provenance provenance) {
    throw new UnsupportedOperationException(
        name() + " is a text analyzer, which is made from its options and never saved");
  }
}
