// SPDX-License-Identifier: Apache-2.0
/**
 * From an event to a push, or to the reason why there is none: {@link
 * dev.pushwright.engine.PushEngine} joins the three models, {@link
 * dev.pushwright.engine.PushPolicy} says when it is better to be silent.
 */
@NullMarked
package dev.pushwright.engine;

import org.jspecify.annotations.NullMarked;
