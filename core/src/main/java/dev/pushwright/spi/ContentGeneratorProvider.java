// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelReader;

/** Provides a {@link ContentGenerator}: the message. */
public non-sealed interface ContentGeneratorProvider extends Provider<ContentGenerator> {

  @Override
  default ContentModel read(ModelReader in, Provenance provenance) {
    throw new UnsupportedOperationException(name() + " reads no saved models");
  }
}
