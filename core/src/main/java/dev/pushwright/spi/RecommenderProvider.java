// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.Recommender;

/** Provides a {@link Recommender}: what to show. */
public non-sealed interface RecommenderProvider extends Provider<Recommender> {}
