// SPDX-License-Identifier: Apache-2.0
/**
 * From proposals to one message that may leave. A text generator is a {@link
 * dev.pushwright.textgen.pipeline.Proposer}: it writes more texts than are needed. The {@link
 * dev.pushwright.textgen.pipeline.Pipeline} has them checked, ranks those that pass, and chooses:
 *
 * <pre>{@code
 * propose ─► checks (every one, with its verdict) ─► rankers (weighted sum) ─► choose
 *                └── none passes ─► fallback, if there is one ─► refusal with its reason
 * }</pre>
 */
@NullMarked
package dev.pushwright.textgen.pipeline;

import org.jspecify.annotations.NullMarked;
