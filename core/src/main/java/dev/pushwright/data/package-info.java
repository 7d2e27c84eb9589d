// SPDX-License-Identifier: Apache-2.0
/**
 * What is known: items, users, events, and the immutable {@link dev.pushwright.data.Dataset} made
 * of them.
 *
 * <p>Ids are strings outside and dense integers inside; {@link dev.pushwright.data.IdIndex}
 * converts once, at the edge.
 *
 * <p>Files come in by {@link dev.pushwright.data.CsvIngest}: a {@link
 * dev.pushwright.data.CsvMapping} says what the columns mean and how the rows are cleaned, an
 * {@link dev.pushwright.data.IngestReport} what became of every one of them.
 */
@NullMarked
package dev.pushwright.data;

import org.jspecify.annotations.NullMarked;
