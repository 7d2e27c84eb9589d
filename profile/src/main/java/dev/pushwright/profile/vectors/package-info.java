// SPDX-License-Identifier: Apache-2.0
/**
 * Words and items as vectors that lie close together when they are met in the same company. {@link
 * dev.pushwright.profile.vectors.CooccurrenceVectors} learns them: {@link
 * dev.pushwright.profile.vectors.WordVectors} from titles, {@link
 * dev.pushwright.profile.vectors.ItemVectors} from what was bought or viewed together.
 *
 * <pre>{@code
 * CooccurrenceVectors algorithm = CooccurrenceVectors.builder().dimensions(64).build();
 * WordVectors words = algorithm.fitWords(data, TextAnalyzers.of(Language.ENGLISH));
 * words.nearest("red", 5);
 * ItemVectors items = algorithm.fitItems(data, TextAnalyzers.of(Language.ENGLISH));
 * Dataset withVectors = items.attachTo(data, "basket");   // for content: fields "title, vector.basket"
 * }</pre>
 */
@NullMarked
package dev.pushwright.profile.vectors;

import org.jspecify.annotations.NullMarked;
