// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

/** Generates item features from profiles and noise. One thread at a time. */
@FunctionalInterface
interface Sampler {

  /**
   * Generates.
   *
   * @param x profiles as {@link Draw#input} writes them, B×P
   * @param z noise, B×K
   * @param rows B
   * @return B×D, of any length other than 0
   */
  float[] generate(float[] x, float[] z, int rows);
}
