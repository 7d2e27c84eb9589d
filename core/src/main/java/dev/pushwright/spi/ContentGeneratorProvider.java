// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.ContentGenerator;

/** Provides a {@link ContentGenerator}: the message. */
public non-sealed interface ContentGeneratorProvider extends Provider<ContentGenerator> {}
