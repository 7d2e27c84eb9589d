// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelReader;

/** Provides a {@link Profiler}: who users are. */
public non-sealed interface ProfilerProvider extends Provider<Profiler> {

  @Override
  default ProfileModel read(ModelReader in, Provenance provenance) {
    throw new UnsupportedOperationException(name() + " reads no saved models");
  }
}
