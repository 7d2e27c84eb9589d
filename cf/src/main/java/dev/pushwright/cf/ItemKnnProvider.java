// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import java.util.Set;

/** Provides {@code item-knn}, see {@link ItemKnn}. */
public final class ItemKnnProvider implements RecommenderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ItemKnnProvider() {}

  @Override
  public String name() {
    return ItemKnn.NAME;
  }

  @Override
  public String description() {
    return "What is nearest, by the users they share, to the items of the user.";
  }

  @Override
  public OptionSet options() {
    return ItemKnn.OPTIONS;
  }

  @Override
  public Set<Capability> capabilities() {
    return ItemKnn.CAPABILITIES;
  }

  @Override
  public Recommender create(Options options) {
    return new ItemKnn(options().resolve(options));
  }

  @Override
  public RecommenderModel read(ModelReader in, Provenance provenance) {
    return ItemKnnModel.read(in, provenance);
  }
}
