// SPDX-License-Identifier: Apache-2.0
/**
 * Messages from attributes by a small network: {@link dev.pushwright.textgen.seq2seq.Seq2Seq}, by
 * name {@code seq2seq}, learns from pairs of attributes and text to say any attributes of these
 * kinds in any combination.
 */
@NullMarked
package dev.pushwright.textgen.seq2seq;

import org.jspecify.annotations.NullMarked;
