// SPDX-License-Identifier: Apache-2.0
/** Plain numeric building blocks on primitive arrays; they know nothing of users and items. */
@NullMarked
package dev.pushwright.math;

import org.jspecify.annotations.NullMarked;
