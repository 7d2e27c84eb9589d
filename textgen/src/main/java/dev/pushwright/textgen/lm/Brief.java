// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

/** What texts were written for, and how many were. */
final class Brief {

  private final int[] conditions;
  private final int count;

  /**
   * A brief.
   *
   * @param conditions their numbers, in the order of the slots; belongs to the brief
   * @param count at least 1
   */
  Brief(int[] conditions, int count) {
    this.conditions = conditions;
    this.count = count;
  }

  int[] conditions() {
    return conditions;
  }

  int count() {
    return count;
  }
}
