// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.RecommenderProvider;

/** Provides {@code svd++}, see {@link SvdPlusPlus}. */
public final class SvdPlusPlusProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public SvdPlusPlusProvider() {
    super(
        SvdPlusPlus.NAME,
        "What a user would rate highest, by biases and vectors, and by what was rated at all.",
        SvdPlusPlus.OPTIONS,
        SvdPlusPlus.CAPABILITIES,
        SvdPlusPlus::new,
        (in, provenance) -> RatingSgdRecommender.read(in, provenance, SvdPlusPlus.OPTIONS, true));
  }
}
