// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

/**
 * How wide the layers of a network are.
 *
 * @param profile P
 * @param item D
 * @param noise K
 * @param hidden H
 */
record Shape(int profile, int item, int noise, int hidden) {}
