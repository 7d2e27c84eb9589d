// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import java.util.Arrays;

/** Finds an itemset by its items: a hash table with open addressing, 8 bytes an itemset or more. */
final class ItemsetTable {

  private static final int EMPTY = -1;

  private final FrequentItemsets sets;
  private final int[] table;

  ItemsetTable(FrequentItemsets sets) {
    this.sets = sets;
    this.table = new int[Integer.highestOneBit(Math.max(4, sets.size())) * 4];
    Arrays.fill(table, EMPTY);
    for (int set = 0; set < sets.size(); set++) {
      int hash = 0;
      for (int p = sets.start(set); p < sets.end(set); p++) {
        hash += hash(sets.item(p));
      }
      int slot = slot(hash);
      while (table[slot] != EMPTY) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = set;
    }
  }

  // Hashes add up, so that the order of items does not matter and one can be taken out.
  private static int hash(int item) {
    int hash = (item + 1) * 0x9E3779B1;
    hash = (hash ^ (hash >>> 15)) * 0x85EBCA6B;
    return hash ^ (hash >>> 13);
  }

  private int slot(int hash) {
    return (hash ^ (hash >>> 16)) & (table.length - 1);
  }

  /** The itemset that is another one without the item at a position of it. */
  int findWithout(int set, int position) {
    boolean[] leftOut = new boolean[sets.length(set)];
    leftOut[position - sets.start(set)] = true;
    return find(set, leftOut, true);
  }

  /**
   * The itemset that is a part of another one.
   *
   * @param marks which items of the other
   * @param out whether the marked items are those left out, or those taken
   */
  int find(int set, boolean[] marks, boolean out) {
    int hash = 0;
    int length = 0;
    int start = sets.start(set);
    for (int k = 0; k < marks.length; k++) {
      if (marks[k] != out) {
        hash += hash(sets.item(start + k));
        length++;
      }
    }
    for (int slot = slot(hash); table[slot] != EMPTY; slot = (slot + 1) & (table.length - 1)) {
      if (sets.length(table[slot]) == length && equal(table[slot], start, marks, out)) {
        return table[slot];
      }
    }
    throw new IllegalStateException("itemset " + set + " was found without one of its subsets");
  }

  private boolean equal(int found, int start, boolean[] marks, boolean out) {
    int p = sets.start(found);
    for (int k = 0; k < marks.length; k++) {
      if (marks[k] != out && sets.item(start + k) != sets.item(p++)) {
        return false;
      }
    }
    return true;
  }
}
