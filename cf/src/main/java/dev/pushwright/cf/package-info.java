// SPDX-License-Identifier: Apache-2.0
/**
 * Recommenders that go by who did what with which item: {@code popularity}, {@code item-knn} and
 * {@code user-knn}. Each can be built by type or asked for by name through {@link
 * dev.pushwright.spi.Plugins}.
 */
@NullMarked
package dev.pushwright.cf;

import org.jspecify.annotations.NullMarked;
