// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.spi.AbstractProvider;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.RecommenderProvider;
import java.util.function.Supplier;

/** Provides {@code hybrid}, see {@link Hybrid}. */
public final class HybridProvider extends AbstractProvider<Recommender, RecommenderModel>
    implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}: parts are looked for as {@link Plugins#load()} does. */
  public HybridProvider() {
    this(Plugins::load);
  }

  /**
   * For explicit registration, where the class path does not show all plug-ins.
   *
   * @param plugins has the parts
   */
  public HybridProvider(Plugins plugins) {
    this(() -> plugins);
  }

  private HybridProvider(Supplier<Plugins> plugins) {
    super(
        Hybrid.NAME,
        "Several recommenders that answer as one.",
        Hybrid.OPTIONS,
        Hybrid.CAPABILITIES,
        settings -> new Hybrid(settings, plugins),
        (in, provenance) -> HybridModel.read(in, provenance, plugins.get()));
  }
}
