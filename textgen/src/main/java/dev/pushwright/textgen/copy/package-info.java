// SPDX-License-Identifier: Apache-2.0
/**
 * What generators that learn are taught with: pairs of attributes and the text that a person wrote
 * for them.
 *
 * <pre>{@code
 * CopyCorpus corpus = CopyCorpus.read(Path.of("messages.csv"));
 * SlotRules rules = SlotRules.builder().copy("item").copy("price").context("occasion").build();
 * Cleaning clean = rules.clean(corpus.pairs(), Cleaning.Way.DROP);
 * List<DelexicalizedPair> pairs = clean.pairs().stream().map(rules::delexicalize).toList();
 * Vocabulary vocabulary =
 *     Vocabulary.of(pairs.stream().map(DelexicalizedPair::tokens).toList(), 2);
 * }</pre>
 *
 * <p>A text such as "Only $12.50 today: the Red Mug" is learned as "Only {price} today: the
 * {item}": no item has to be known for a model to write of it, and a value gets into a message
 * letter by letter.
 */
@NullMarked
package dev.pushwright.textgen.copy;

import org.jspecify.annotations.NullMarked;
