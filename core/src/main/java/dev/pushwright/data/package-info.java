// SPDX-License-Identifier: Apache-2.0
/**
 * What is known: items, users, events, and the immutable {@link dev.pushwright.data.Dataset} made
 * of them.
 *
 * <p>Ids are strings outside and dense integers inside; {@link dev.pushwright.data.IdIndex}
 * converts once, at the edge.
 */
@NullMarked
package dev.pushwright.data;

import org.jspecify.annotations.NullMarked;
