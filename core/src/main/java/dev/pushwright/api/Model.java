// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

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
   * @return the declared capabilities, the same as its provider's
   */
  Set<Capability> capabilities();
}
