// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

/**
 * A user as few of many numbers.
 *
 * <p>Immutable by agreement: nobody writes to the arrays.
 */
final class Features {

  /** Ascending. */
  final int[] columns;

  final double[] values;

  /**
   * Features.
   *
   * @param columns ascending, each once; not copied
   * @param values one for each column; not copied
   */
  Features(int[] columns, double[] values) {
    this.columns = columns;
    this.values = values;
  }

  int size() {
    return columns.length;
  }
}
