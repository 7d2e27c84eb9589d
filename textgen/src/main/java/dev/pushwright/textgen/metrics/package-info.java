// SPDX-License-Identifier: Apache-2.0
/**
 * How good generated texts are: {@link dev.pushwright.textgen.metrics.Bleu} against texts that
 * people wrote, {@link dev.pushwright.textgen.metrics.Diversity} among themselves, and {@link
 * dev.pushwright.textgen.metrics.SlotErrors} against the facts they were to state.
 */
@NullMarked
package dev.pushwright.textgen.metrics;

import org.jspecify.annotations.NullMarked;
