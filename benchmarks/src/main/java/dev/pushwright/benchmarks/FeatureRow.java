// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

/**
 * What was found.
 *
 * @param recall recall@20
 * @param low of its 95 % interval
 * @param high of its 95 % interval
 * @param coverage of the lists
 * @param diversity of the lists: the mean of 1 − cosine of two items' features
 * @param drawn different items among single draws, divided by those among as many purchases
 * @param distance the mean distance of two draws for different customers, divided likewise
 * @param aucFeatures of the classifier, on the features as generated; NaN for baselines
 * @param aucItems of the classifier, on the features of items
 * @param cpuSeconds of processor time that training took
 */
record FeatureRow(
    double recall,
    double low,
    double high,
    double coverage,
    double diversity,
    double drawn,
    double distance,
    double aucFeatures,
    double aucItems,
    double cpuSeconds) {}
