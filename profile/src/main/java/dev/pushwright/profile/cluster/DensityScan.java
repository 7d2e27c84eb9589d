// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.FitContext;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The work of {@link Dbscan}, on a tree: which points are core, which of them hang together, and
 * what is on the border. Positions are those in the tree.
 *
 * <p>What hangs together is kept as a forest in which every tree's root is its lowest position;
 * threads join trees in any order, and the components are the same in the end.
 */
final class DensityScan {

  private static final int LEAVES = 8;

  private final KdTree tree;
  private final double squaredEps;
  private final int minPoints;
  // Rough distances below the one are surely within eps, above the other surely not.
  private final float surelyIn;
  private final float surelyOut;
  private final boolean[] core;
  private final AtomicIntegerArray parent;
  // Leaves whose core points are known to hang together: 1.
  private final AtomicIntegerArray joined;
  private int[] label = new int[0];

  DensityScan(KdTree tree, double eps, int minPoints) {
    this.tree = tree;
    this.squaredEps = eps * eps;
    this.minPoints = minPoints;
    double error = 1.1 * (tree.dimensions + 3) * 0x1p-24;
    // Beyond these, float32 overflows or loses digits, and every distance is computed again.
    boolean sound = squaredEps > 1e-30 && squaredEps < 1e36;
    this.surelyIn = sound ? (float) (squaredEps * (1 - 2 * error)) : -1;
    this.surelyOut = sound ? (float) (squaredEps * (1 + 2 * error)) : Float.POSITIVE_INFINITY;
    this.core = new boolean[tree.size];
    this.parent = new AtomicIntegerArray(tree.size);
    this.joined = new AtomicIntegerArray(tree.leaves());
  }

  /** Does it all; the answer is by the points' own numbers. */
  int[] labels(FitContext context) {
    leaves("core points", context, Worker::count);
    for (int p = 0; p < core.length; p++) {
      parent.setPlain(p, p);
    }
    leaves("clusters", context, Worker::join);
    label = new int[core.length];
    Arrays.fill(label, Assignment.NOISE);
    int[] position = new int[core.length];
    for (int p = 0; p < core.length; p++) {
      position[tree.order[p]] = p;
    }
    int[] number = new int[core.length];
    int clusters = 0;
    for (int p : position) {
      if (core[p]) {
        int root = root(p);
        if (number[root] == 0) {
          number[root] = ++clusters;
        }
        label[p] = number[root] - 1;
      }
    }
    leaves("borders", context, Worker::border);
    int[] labels = new int[core.length];
    for (int p = 0; p < labels.length; p++) {
      labels[tree.order[p]] = label[p];
    }
    return labels;
  }

  /** Which points are core, by the points' own numbers. */
  boolean[] core() {
    boolean[] ofPoint = new boolean[core.length];
    for (int p = 0; p < core.length; p++) {
      ofPoint[tree.order[p]] = core[p];
    }
    return ofPoint;
  }

  /** What is done with a leaf. */
  private interface Step {
    void run(Worker worker, int leaf);
  }

  private void leaves(String phase, FitContext context, Step step) {
    context.forBlocks(
        phase,
        tree.leaves(),
        LEAVES,
        (from, to) -> {
          Worker worker = new Worker();
          for (int leaf = from; leaf < to; leaf++) {
            step.run(worker, leaf);
          }
        });
  }

  private int root(int p) {
    int at = p;
    for (int up = parent.get(at); up != at; up = parent.get(at)) {
      int above = parent.get(up);
      if (above != up) {
        // Halves the path for whoever comes next.
        parent.compareAndSet(at, up, above);
      }
      at = up;
    }
    return at;
  }

  private void union(int p, int q) {
    int one = root(p);
    int other = root(q);
    while (one != other) {
      int lower = Math.min(one, other);
      int upper = Math.max(one, other);
      if (parent.compareAndSet(upper, upper, lower)) {
        return;
      }
      one = root(lower);
      other = root(upper);
    }
  }

  /** What one thread works with. */
  private final class Worker {
    private final float[] rough = new float[KdTree.LEAF];
    private final float[] point = new float[tree.dimensions];
    // Of the leaf at hand: the points still looked at, and what is known of them.
    private final int[] open = new int[KdTree.LEAF];
    private final int[] counts = new int[KdTree.LEAF];
    private int opened;
    private int leaf;
    private int node;
    private int start;
    private int size;

    private void begin(int of) {
      leaf = of;
      node = tree.nodeOf(of);
      start = tree.leafStart[of];
      size = tree.leafStart[of + 1] - start;
      opened = 0;
    }

    private boolean within(float roughly, int other, int inOther) {
      if (roughly < surelyIn) {
        return true;
      }
      return !(roughly > surelyOut) && tree.squaredDistance(point, other, inOther) <= squaredEps;
    }

    // Which of a leaf's points are core.

    void count(int of) {
      begin(of);
      for (int r = 0; r < size; r++) {
        open[opened++] = r;
        counts[r] = 0;
      }
      countNear(0);
    }

    /** Visits the nodes nearest to the leaf first: the sooner a point is done, the better. */
    private void countNear(int at) {
      if (opened == 0) {
        return;
      }
      if (tree.least(at, node) > squaredEps) {
        return;
      }
      if (tree.most(at, node) <= squaredEps) {
        add(tree.to(at) - tree.from(at));
        return;
      }
      if (tree.isLeaf(at)) {
        compare(tree.leafOf(at));
        return;
      }
      int near = KdTree.first(at);
      int far = tree.second(at);
      // The half that holds the leaf, else the nearer one.
      boolean inFar = start >= tree.from(far) && start < tree.to(far);
      boolean inNear = start >= tree.from(near) && start < tree.to(near);
      boolean swap = inFar || (!inNear && tree.least(far, node) < tree.least(near, node));
      countNear(swap ? far : near);
      countNear(swap ? near : far);
    }

    private void add(int neighbours) {
      int kept = 0;
      for (int o = 0; o < opened; o++) {
        int r = open[o];
        counts[r] += neighbours;
        if (counts[r] >= minPoints) {
          core[start + r] = true;
        } else {
          open[kept++] = r;
        }
      }
      opened = kept;
    }

    private void compare(int other) {
      int others = tree.leafStart[other + 1] - tree.leafStart[other];
      int kept = 0;
      for (int o = 0; o < opened; o++) {
        int r = open[o];
        tree.point(leaf, r, point);
        int count = counts[r];
        if (tree.least(tree.nodeOf(other), point) <= squaredEps) {
          tree.roughDistances(point, other, rough);
          for (int q = 0; q < others; q++) {
            if (within(rough[q], other, q)) {
              count++;
            }
          }
        }
        counts[r] = count;
        if (count >= minPoints) {
          core[start + r] = true;
        } else {
          open[kept++] = r;
        }
      }
      opened = kept;
    }

    // Which core points hang together: each leaf with itself and those after it.

    void join(int of) {
      begin(of);
      for (int r = 0; r < size; r++) {
        if (core[start + r]) {
          open[opened++] = r;
        }
      }
      if (opened > 0) {
        joinLeaf(leaf);
        joinAfter(0);
        note();
      }
    }

    private void joinAfter(int at) {
      if (tree.to(at) <= start + size || tree.least(at, node) > squaredEps) {
        return;
      }
      if (tree.isLeaf(at)) {
        joinLeaf(tree.leafOf(at));
        return;
      }
      joinAfter(KdTree.first(at));
      joinAfter(tree.second(at));
    }

    private void joinLeaf(int other) {
      int from = tree.leafStart[other];
      int to = tree.leafStart[other + 1];
      int first = from;
      while (first < to && !core[first]) {
        first++;
      }
      if (first == to) {
        return;
      }
      boolean otherJoined = joined.get(other) == 1;
      if (otherJoined && joined.get(leaf) == 1 && root(first) == root(start + open[0])) {
        return;
      }
      boolean allNear = tree.most(node, tree.nodeOf(other)) <= squaredEps;
      for (int o = 0; o < opened; o++) {
        int p = start + open[o];
        int root = root(p);
        if (otherJoined && root(first) == root) {
          continue;
        }
        if (!allNear) {
          tree.point(leaf, open[o], point);
          if (tree.least(tree.nodeOf(other), point) > squaredEps) {
            continue;
          }
          tree.roughDistances(point, other, rough);
        }
        for (int q = first; q < to; q++) {
          if (core[q] && (allNear || within(rough[q - from], other, q - from)) && root(q) != root) {
            union(q, p);
            root = root(p);
          }
        }
      }
    }

    private void note() {
      int root = root(start + open[0]);
      for (int o = 1; o < opened; o++) {
        if (root(start + open[o]) != root) {
          return;
        }
      }
      joined.set(leaf, 1);
    }

    // The lowest cluster with a core point near a point that is none.

    void border(int of) {
      begin(of);
      for (int r = 0; r < size; r++) {
        if (!core[start + r]) {
          open[opened++] = r;
          counts[r] = Integer.MAX_VALUE;
        }
      }
      if (opened == 0) {
        return;
      }
      lowestNear(0);
      for (int o = 0; o < opened; o++) {
        if (counts[open[o]] < Integer.MAX_VALUE) {
          label[start + open[o]] = counts[open[o]];
        }
      }
    }

    private void lowestNear(int at) {
      if (tree.least(at, node) > squaredEps) {
        return;
      }
      if (!tree.isLeaf(at)) {
        lowestNear(KdTree.first(at));
        lowestNear(tree.second(at));
        return;
      }
      int other = tree.leafOf(at);
      int from = tree.from(at);
      int to = tree.to(at);
      int lowest = Integer.MAX_VALUE;
      for (int q = from; q < to; q++) {
        if (core[q]) {
          lowest = Math.min(lowest, label[q]);
        }
      }
      for (int o = 0; o < opened; o++) {
        int r = open[o];
        if (counts[r] <= lowest) {
          continue;
        }
        tree.point(leaf, r, point);
        if (tree.least(at, point) > squaredEps) {
          continue;
        }
        tree.roughDistances(point, other, rough);
        for (int q = from; q < to; q++) {
          if (core[q] && label[q] < counts[r] && within(rough[q - from], other, q - from)) {
            counts[r] = label[q];
          }
        }
      }
    }
  }
}
