// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import java.util.Arrays;

/**
 * Baskets as a tree of prefixes: a node stands for all baskets that begin with the items on the way
 * to it, and counts them. Items are ranks, 0 the most frequent, ascending from the root, so that
 * what many baskets share is stored once. The nodes of each rank are chained. To be filled again
 * after {@link #clear}.
 */
final class FpTree {

  private static final int ROOT = 0;
  private static final int NONE = -1;

  /**
   * Finds the child of a node. What many trees use by turns: only the tree being built needs it.
   */
  static final class Children {
    private int[] nodes = new int[1 << 10];
    // Which build an entry is of; others are as good as empty, so that nothing has to be cleared.
    private int[] builds = new int[1 << 10];
    private int build;
  }

  private final Children children;
  private int ranks;
  // By rank: the rank in the tree of all baskets, how many baskets, the last node of the chain.
  private int[] original = {};
  private int[] totals = {};
  private int[] heads = {};
  // By node; the root is the first.
  private int nodes;
  private int[] parent = new int[16];
  private int[] rank = new int[16];
  private int[] count = new int[16];
  private int[] next = new int[16];

  FpTree(Children children) {
    this.children = children;
  }

  /** Makes it a tree of no ranks and no baskets, of which one is built from now on. */
  void clear(int mostRanks) {
    if (original.length < mostRanks) {
      original = new int[mostRanks];
      totals = new int[mostRanks];
      heads = new int[mostRanks];
    }
    ranks = 0;
    nodes = 1;
    children.build++;
  }

  /** Adds the next rank. */
  void addRank(int originalRank, int total) {
    original[ranks] = originalRank;
    totals[ranks] = total;
    heads[ranks] = NONE;
    ranks++;
  }

  int ranks() {
    return ranks;
  }

  int original(int ofRank) {
    return original[ofRank];
  }

  int total(int ofRank) {
    return totals[ofRank];
  }

  /**
   * Adds baskets.
   *
   * @param path holds their ranks from {@code from} to before {@code to}, ascending
   * @param times how many such baskets
   */
  void add(int[] path, int from, int to, int times) {
    int node = ROOT;
    for (int p = from; p < to; p++) {
      node = child(node, path[p]);
      count[node] += times;
    }
  }

  private int child(int node, int ofRank) {
    int[] table = children.nodes;
    int mask = table.length - 1;
    int slot = slot(node, ofRank) & mask;
    while (children.builds[slot] == children.build) {
      int found = table[slot];
      if (parent[found] == node && rank[found] == ofRank) {
        return found;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = nodes;
    children.builds[slot] = children.build;
    return append(node, ofRank);
  }

  private static int slot(int node, int ofRank) {
    int hash = node * 0x9E3779B1 + ofRank * 0x85EBCA6B;
    return hash ^ (hash >>> 15);
  }

  private int append(int node, int ofRank) {
    int added = nodes++;
    if (added == parent.length) {
      int capacity = added * 2;
      parent = Arrays.copyOf(parent, capacity);
      rank = Arrays.copyOf(rank, capacity);
      count = Arrays.copyOf(count, capacity);
      next = Arrays.copyOf(next, capacity);
    }
    parent[added] = node;
    rank[added] = ofRank;
    count[added] = 0;
    next[added] = heads[ofRank];
    heads[ofRank] = added;
    if (2 * nodes > children.nodes.length) {
      rehash();
    }
    return added;
  }

  private void rehash() {
    int capacity = children.nodes.length * 4;
    children.nodes = new int[capacity];
    children.builds = new int[capacity];
    children.build = 1;
    for (int node = 1; node < nodes; node++) {
      int slot = slot(parent[node], rank[node]) & (capacity - 1);
      while (children.builds[slot] == children.build) {
        slot = (slot + 1) & (capacity - 1);
      }
      children.nodes[slot] = node;
      children.builds[slot] = children.build;
    }
  }

  /**
   * Counts what is found together with a rank.
   *
   * @param counts by rank below the given one: receives how many of its baskets hold it; 0 before
   */
  void countBelow(int ofRank, int[] counts) {
    for (int node = heads[ofRank]; node != NONE; node = next[node]) {
      climb(parent[node], count[node], counts);
    }
  }

  private void climb(int from, int times, int[] counts) {
    for (int node = from; node != ROOT; node = parent[node]) {
      counts[rank[node]] += times;
    }
  }

  /**
   * Fills another tree with the baskets that hold a rank.
   *
   * @param newRank by rank below the given one: its rank in the other tree, below 0 where it is to
   *     be left out
   * @param into the other tree, which has its ranks already
   * @param path room for as many ranks as the other tree has
   */
  void project(int ofRank, int[] newRank, FpTree into, int[] path) {
    for (int node = heads[ofRank]; node != NONE; node = next[node]) {
      projectPath(node, newRank, into, path);
    }
  }

  private void projectPath(int from, int[] newRank, FpTree into, int[] path) {
    int start = into.ranks;
    for (int node = parent[from]; node != ROOT; node = parent[node]) {
      int added = newRank[rank[node]];
      if (added >= 0) {
        path[--start] = added;
      }
    }
    into.add(path, start, into.ranks, count[from]);
  }
}
