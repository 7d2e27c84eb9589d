// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.io.ModelWriter;
import java.util.Set;

/**
 * What every fitted model has in common. Models are immutable and may be asked from many threads at
 * once.
 */
public interface Model {

  /**
   * Where the model comes from.
   *
   * @return algorithm, options, data and library version
   */
  Provenance provenance();

  /**
   * What the model can do beyond its role's duty.
   *
   * @return the declared capabilities, the same as its provider's unless its options change them
   */
  Set<Capability> capabilities();

  /**
   * Writes all that the model needs to answer, without what {@link #provenance} says. To be called
   * by {@code spi.Models}, which writes the file; read back by the model's provider. A model that
   * is to pass the conformance kit overrides this.
   *
   * @param out takes the parts
   * @throws UnsupportedOperationException when the model cannot be saved
   */
  default void save(ModelWriter out) {
    throw new UnsupportedOperationException(provenance().algorithm() + " cannot be saved");
  }
}
