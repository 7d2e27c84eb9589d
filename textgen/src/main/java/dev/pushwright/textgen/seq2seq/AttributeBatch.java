// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

/** Sets of attributes as numbers, each padded to the same number of places. */
final class AttributeBatch {

  private final int[] slots;
  private final int[] values;
  private final int[] lengths;
  private final int sets;
  private final int places;

  AttributeBatch(int[] slots, int[] values, int[] lengths, int sets, int places) {
    this.slots = slots;
    this.values = values;
    this.lengths = lengths;
    this.sets = sets;
    this.places = places;
  }

  /** Number of each slot, B·S. */
  int[] slots() {
    return slots;
  }

  /** Number of each value, B·S. */
  int[] values() {
    return values;
  }

  /** How many attributes each set has, from 1 to S; B. */
  int[] lengths() {
    return lengths;
  }

  /** B. */
  int sets() {
    return sets;
  }

  /** S. */
  int places() {
    return places;
  }
}
