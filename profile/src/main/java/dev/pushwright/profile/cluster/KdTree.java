// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import java.util.Arrays;

/**
 * Points cut in half again and again, at the median of the widest side of their bounding box, down
 * to leaves of few points (J. Bentley: Multidimensional binary search trees used for associative
 * searching. CACM 18(9), 1975). A leaf's points lie together, column by column, so that the
 * distances of all of them from one point are computed side by side.
 *
 * <p>Built in O(n·log n·d), holds a copy of the points and two corners for each of the at most
 * 2n/16 nodes: memory O(n·d). Points are halved by number, so equal points do no harm. Immutable.
 */
final class KdTree {

  /** The most points a leaf has. */
  static final int LEAF = 32;

  final int size;
  final int dimensions;

  /** By position in the tree, the number of the point. */
  final int[] order;

  /** Leaves in the order of their points: where each begins, and at the end the size. */
  final int[] leafStart;

  private final int[] leafNode;
  private final int nodes;
  private final int[] from;
  private final int[] to;
  // The second child, 0 for a leaf; the first child follows its parent.
  private final int[] second;
  private final int[] leafOf;
  private final float[] low;
  private final float[] high;
  private final float[] columns;

  /**
   * Builds a tree.
   *
   * @param points any number of points
   */
  KdTree(Points points) {
    this.size = points.size();
    this.dimensions = points.dimensions();
    this.order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    // Halves of more than 32 have at least 16.
    int most = Math.max(1, 2 * (size / (LEAF / 2)));
    Build build = new Build(points, most);
    if (size > 0) {
      build.node(0, size);
    }
    this.nodes = build.nodes;
    this.from = build.from;
    this.to = build.to;
    this.second = build.second;
    this.low = build.low;
    this.high = build.high;
    this.leafOf = new int[nodes];
    int leaves = 0;
    for (int node = 0; node < nodes; node++) {
      if (second[node] == 0) {
        leafOf[node] = leaves++;
      }
    }
    this.leafStart = new int[leaves + 1];
    this.leafNode = new int[leaves];
    this.columns = new float[points.values().length];
    for (int node = 0; node < nodes; node++) {
      if (second[node] == 0) {
        leafNode[leafOf[node]] = node;
        leafStart[leafOf[node]] = from[node];
        int count = to[node] - from[node];
        for (int r = 0; r < count; r++) {
          for (int j = 0; j < dimensions; j++) {
            columns[from[node] * dimensions + j * count + r] =
                points.values()[order[from[node] + r] * dimensions + j];
          }
        }
      }
    }
    leafStart[leaves] = size;
  }

  private final class Build {
    final float[] values;
    final int d = dimensions;
    final int[] from;
    final int[] to;
    final int[] second;
    final float[] low;
    final float[] high;
    int nodes;

    Build(Points points, int most) {
      this.values = points.values();
      this.from = new int[most];
      this.to = new int[most];
      this.second = new int[most];
      this.low = new float[most * d];
      this.high = new float[most * d];
    }

    void node(int first, int end) {
      int node = nodes++;
      from[node] = first;
      to[node] = end;
      int widest = corners(node, first, end);
      if (end - first > LEAF) {
        int middle = (first + end) >>> 1;
        select(first, end - 1, middle, widest);
        node(first, middle);
        second[node] = nodes;
        node(middle, end);
      }
    }

    /** Finds the corners of the bounding box; returns its widest side. */
    private int corners(int node, int first, int end) {
      int widest = 0;
      double width = -1;
      for (int j = 0; j < d; j++) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int p = first; p < end; p++) {
          float x = values[order[p] * d + j];
          least = Math.min(least, x);
          most = Math.max(most, x);
        }
        low[node * d + j] = least;
        high[node * d + j] = most;
        if ((double) most - least > width) {
          width = (double) most - least;
          widest = j;
        }
      }
      return widest;
    }

    /** Hoare's selection: nothing before the middle is greater than it, nothing after it less. */
    private void select(int first, int last, int middle, int column) {
      while (first < last) {
        float pivot = values[order[(first + last) >>> 1] * d + column];
        int i = first;
        int j = last;
        while (i <= j) {
          while (values[order[i] * d + column] < pivot) {
            i++;
          }
          while (values[order[j] * d + column] > pivot) {
            j--;
          }
          if (i <= j) {
            int kept = order[i];
            order[i++] = order[j];
            order[j--] = kept;
          }
        }
        if (middle <= j) {
          last = j;
        } else if (middle >= i) {
          first = i;
        } else {
          return;
        }
      }
    }
  }

  int leaves() {
    return leafNode.length;
  }

  boolean isLeaf(int node) {
    return second[node] == 0;
  }

  /** The first child; the root is node 0. */
  static int first(int node) {
    return node + 1;
  }

  int second(int node) {
    return second[node];
  }

  int from(int node) {
    return from[node];
  }

  int to(int node) {
    return to[node];
  }

  int leafOf(int node) {
    return leafOf[node];
  }

  int nodeOf(int leaf) {
    return leafNode[leaf];
  }

  /** Where the coordinate of a leaf's first point in a column lies in {@link #columns}. */
  int column(int leaf, int column) {
    int start = leafStart[leaf];
    return start * dimensions + column * (leafStart[leaf + 1] - start);
  }

  float[] columns() {
    return columns;
  }

  /** Copies the coordinates of a point of a leaf. */
  void point(int leaf, int inLeaf, float[] into) {
    int count = leafStart[leaf + 1] - leafStart[leaf];
    int at = leafStart[leaf] * dimensions + inLeaf;
    for (int j = 0; j < dimensions; j++) {
      into[j] = columns[at + j * count];
    }
  }

  /**
   * At most the squared distance of any points of two nodes. Computed in the order of {@link
   * #squaredDistance}, whose rounding can then not contradict it.
   */
  double least(int node, int other) {
    double sum = 0;
    for (int j = 0; j < dimensions; j++) {
      int a = node * dimensions + j;
      int b = other * dimensions + j;
      double gap = Math.max((double) low[b] - high[a], (double) low[a] - high[b]);
      if (gap > 0) {
        sum += gap * gap;
      }
    }
    return sum;
  }

  /** At least the squared distance of any points of two nodes. */
  double most(int node, int other) {
    double sum = 0;
    for (int j = 0; j < dimensions; j++) {
      int a = node * dimensions + j;
      int b = other * dimensions + j;
      double reach = Math.max((double) high[b] - low[a], (double) high[a] - low[b]);
      sum += reach * reach;
    }
    return sum;
  }

  /** At most the squared distance of a point from any of a node. */
  double least(int node, float[] point) {
    double sum = 0;
    for (int j = 0; j < dimensions; j++) {
      int a = node * dimensions + j;
      double gap = Math.max((double) low[a] - point[j], (double) point[j] - high[a]);
      if (gap > 0) {
        sum += gap * gap;
      }
    }
    return sum;
  }

  /** The squared distance of a point from one of a leaf. */
  double squaredDistance(float[] point, int leaf, int inLeaf) {
    int count = leafStart[leaf + 1] - leafStart[leaf];
    int at = leafStart[leaf] * dimensions + inLeaf;
    double sum = 0;
    for (int j = 0; j < dimensions; j++) {
      double difference = (double) columns[at + j * count] - point[j];
      sum += difference * difference;
    }
    return sum;
  }

  /**
   * The squared distances of a point from all of a leaf, in float32: off by at most (d + 3) · 2⁻²⁴
   * of themselves, barring overflow and underflow.
   *
   * @param into takes one number for each point of the leaf
   */
  void roughDistances(float[] point, int leaf, float[] into) {
    int count = leafStart[leaf + 1] - leafStart[leaf];
    int at = leafStart[leaf] * dimensions;
    int j = dimensions & 3;
    Arrays.fill(into, 0, count, 0);
    for (int l = 0; l < j; l++, at += count) {
      add(into, count, columns, at, point[l]);
    }
    for (; j < dimensions; j += 4, at += 4 * count) {
      add4(into, count, columns, at, point[j], point[j + 1], point[j + 2], point[j + 3]);
    }
  }

  private static void add(float[] sums, int count, float[] columns, int at, float x) {
    for (int r = 0; r < count; r++) {
      float difference = columns[at + r] - x;
      sums[r] += difference * difference;
    }
  }

  private static void add4(
      float[] sums, int count, float[] columns, int at, float x0, float x1, float x2, float x3) {
    int at1 = at + count;
    int at2 = at1 + count;
    int at3 = at2 + count;
    for (int r = 0; r < count; r++) {
      float d0 = columns[at + r] - x0;
      float d1 = columns[at1 + r] - x1;
      float d2 = columns[at2 + r] - x2;
      float d3 = columns[at3 + r] - x3;
      sums[r] += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
    }
  }

  /** The points nearest to one, as a search finds them. */
  final class Nearest {
    private final double[] squared;
    private final int[] position;
    private int found;

    /**
     * A search that can be used again and again, by one thread.
     *
     * @param k how many are wanted, at least 1
     */
    Nearest(int k) {
      this.squared = new double[k];
      this.position = new int[k];
    }

    /**
     * Searches.
     *
     * @param point from where
     * @param within the largest squared distance that counts
     * @return how many were found, at most k
     */
    int search(float[] point, double within) {
      found = 0;
      Arrays.fill(squared, Math.nextUp(within));
      if (size > 0) {
        visit(0, least(0, point), point);
      }
      return found;
    }

    /** The squared distance of the one at a rank, which begins at 0. */
    double squared(int rank) {
      return squared[rank];
    }

    /** The number of the point at a rank. */
    int point(int rank) {
      return order[position[rank]];
    }

    private void visit(int node, double least, float[] point) {
      int k = squared.length;
      if (least >= squared[k - 1]) {
        return;
      }
      if (!isLeaf(node)) {
        int near = first(node);
        int far = second[node];
        double toNear = least(near, point);
        double toFar = least(far, point);
        if (toFar < toNear) {
          visit(far, toFar, point);
          visit(near, toNear, point);
        } else {
          visit(near, toNear, point);
          visit(far, toFar, point);
        }
        return;
      }
      int leaf = leafOf[node];
      for (int r = 0; r < to[node] - from[node]; r++) {
        double distance = squaredDistance(point, leaf, r);
        if (distance < squared[k - 1]) {
          int at = k - 1;
          for (; at > 0 && squared[at - 1] > distance; at--) {
            squared[at] = squared[at - 1];
            position[at] = position[at - 1];
          }
          squared[at] = distance;
          position[at] = from[node] + r;
          found = Math.min(k, found + 1);
        }
      }
    }
  }
}
