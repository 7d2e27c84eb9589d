// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.Profiler;

/** Provides a {@link Profiler}: who users are. */
public non-sealed interface ProfilerProvider extends Provider<Profiler> {}
