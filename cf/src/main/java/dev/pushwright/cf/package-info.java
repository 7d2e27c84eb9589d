// SPDX-License-Identifier: Apache-2.0
/**
 * Recommenders that go by who did what with which item: {@code popularity} and {@code item-knn}.
 * Each can be built by type or asked for by name through {@link dev.pushwright.spi.Plugins}.
 */
@NullMarked
package dev.pushwright.cf;

import org.jspecify.annotations.NullMarked;
