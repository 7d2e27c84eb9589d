// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

/** What a {@link ContentModel} gives: a text, or the reason why there is none. */
public sealed interface ContentResult permits PushContent, Refusal {}
