// SPDX-License-Identifier: Apache-2.0
/**
 * Generators that write word by word: {@code lstm}, a language model; {@code cvae}, one that is
 * told what kind of text by a random vector; {@code text-gan}, the first one, refined against a
 * critic.
 */
@NullMarked
package dev.pushwright.textgen.lm;

import org.jspecify.annotations.NullMarked;
