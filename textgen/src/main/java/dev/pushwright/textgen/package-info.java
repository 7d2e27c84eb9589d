// SPDX-License-Identifier: Apache-2.0
/**
 * How to say it: generators of messages. {@link dev.pushwright.textgen.TemplateGenerator}, by name
 * {@code template}, fills the slots of hand-written lines.
 */
@NullMarked
package dev.pushwright.textgen;

import org.jspecify.annotations.NullMarked;
