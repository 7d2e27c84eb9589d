// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

/**
 * Which fields of users and items count, and how many numbers are made of them.
 *
 * @param users fields of users
 * @param items fields of items
 * @param maxColumns how many labels of a side may have a column of their own
 * @param hashBuckets how many columns the other labels of a side share
 */
record FeatureOptions(FeatureFields users, FeatureFields items, int maxColumns, int hashBuckets) {}
