// SPDX-License-Identifier: Apache-2.0
/** Programs to read and copy. */
@NullMarked
package dev.pushwright.examples;

import org.jspecify.annotations.NullMarked;
