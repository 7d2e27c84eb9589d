// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.io.ModelReader;

/** Provides a {@link Recommender}: what to show. */
public non-sealed interface RecommenderProvider extends Provider<Recommender> {

  @Override
  default RecommenderModel read(ModelReader in, Provenance provenance) {
    throw new UnsupportedOperationException(name() + " reads no saved models");
  }
}
