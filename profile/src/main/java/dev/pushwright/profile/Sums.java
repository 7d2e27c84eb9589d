// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.profile.text.SparseVector;
import java.util.Arrays;

/**
 * Sums by term, in an open hash table: what a user's profile is added up in. The order of the
 * additions to a term is that of the calls. Not thread-safe.
 */
final class Sums {

  private final int[] slots;
  private final double[] sums;
  private final int mask;
  private int size;

  /**
   * An empty table.
   *
   * @param most how many different terms there can be
   */
  Sums(int most) {
    int capacity = Integer.highestOneBit(Math.max(4, most)) << 2;
    this.slots = new int[capacity];
    this.sums = new double[capacity];
    this.mask = capacity - 1;
  }

  private int slot(int term) {
    // Multiplied by a large odd number, so that terms in a row do not crowd; 0 is a free slot.
    int slot = (term * 0x9E3779B9) >>> 7 & mask;
    while (slots[slot] != 0 && slots[slot] != term + 1) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Adds to a term, which is at least 0. */
  void add(int term, double value) {
    int slot = slot(term);
    if (slots[slot] == 0) {
      slots[slot] = term + 1;
      size++;
    }
    sums[slot] += value;
  }

  /** The sums above 0, scaled so that they add up to 1. */
  SparseVector shares() {
    int[] terms = new int[size];
    int n = 0;
    for (int slot : slots) {
      if (slot != 0) {
        terms[n++] = slot - 1;
      }
    }
    Arrays.sort(terms);
    double[] values = new double[size];
    int out = 0;
    double total = 0;
    for (int term : terms) {
      double sum = sums[slot(term)];
      if (sum > 0) {
        terms[out] = term;
        values[out++] = sum;
        total += sum;
      }
    }
    for (int p = 0; p < out; p++) {
      values[p] /= total;
    }
    return new SparseVector(terms, values, out);
  }
}
