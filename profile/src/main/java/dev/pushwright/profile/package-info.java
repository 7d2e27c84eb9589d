// SPDX-License-Identifier: Apache-2.0
/**
 * Who users are. {@link dev.pushwright.profile.TfIdfProfiler} reads their interests from the words
 * of the items they dealt with and of the queries they typed.
 */
@NullMarked
package dev.pushwright.profile;

import org.jspecify.annotations.NullMarked;
