// SPDX-License-Identifier: Apache-2.0
/**
 * How good generated texts are: {@link dev.pushwright.textgen.metrics.Bleu} against texts that
 * people wrote, and {@link dev.pushwright.textgen.metrics.Diversity} among themselves.
 */
@NullMarked
package dev.pushwright.textgen.metrics;

import org.jspecify.annotations.NullMarked;
