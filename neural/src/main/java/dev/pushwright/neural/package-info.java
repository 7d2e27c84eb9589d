// SPDX-License-Identifier: Apache-2.0
/** Neural collaborative filtering, and the matrix products it runs on. */
@NullMarked
package dev.pushwright.neural;

import org.jspecify.annotations.NullMarked;
