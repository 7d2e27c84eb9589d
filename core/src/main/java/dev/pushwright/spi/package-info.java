// SPDX-License-Identifier: Apache-2.0
/** How a plug-in is written, registered and tested. */
@NullMarked
package dev.pushwright.spi;

import org.jspecify.annotations.NullMarked;
