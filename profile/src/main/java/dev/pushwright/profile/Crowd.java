// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.profile.text.SparseVector;

/**
 * Many users as one, everybody or a segment: what a profile falls back to where it knows nothing of
 * the user.
 *
 * @param tags the heaviest of the sum of the users' tags
 * @param categories the heaviest of the sum of their categories
 * @param brands the heaviest of the sum of their brands
 */
record Crowd(SparseVector tags, SparseVector categories, SparseVector brands) {

  static final Crowd NOBODY = new Crowd(SparseVector.NONE, SparseVector.NONE, SparseVector.NONE);

  /** Adds up users' shares, which gives their mean but for a factor that shares do not feel. */
  static final class Builder {
    private final double[] tags;
    private final double[] categories;
    private final double[] brands;

    Builder(int terms, int categories, int brands) {
      this.tags = new double[terms];
      this.categories = new double[categories];
      this.brands = new double[brands];
    }

    void add(SparseVector ofTags, SparseVector ofCategories, SparseVector ofBrands) {
      add(tags, ofTags);
      add(categories, ofCategories);
      add(brands, ofBrands);
    }

    private static void add(double[] sum, SparseVector shares) {
      for (int p = 0; p < shares.size(); p++) {
        sum[shares.term(p)] += shares.value(p);
      }
    }

    void add(Builder other) {
      add(tags, other.tags);
      add(categories, other.categories);
      add(brands, other.brands);
    }

    private static void add(double[] sum, double[] other) {
      for (int t = 0; t < sum.length; t++) {
        sum[t] += other[t];
      }
    }

    /** The heaviest of each kind. */
    Crowd build(int most) {
      return new Crowd(
          vector(tags).heaviest(most),
          vector(categories).heaviest(most),
          vector(brands).heaviest(most));
    }

    private static SparseVector vector(double[] sum) {
      int[] terms = new int[sum.length];
      double[] values = new double[sum.length];
      int size = 0;
      for (int t = 0; t < sum.length; t++) {
        if (sum[t] > 0) {
          terms[size] = t;
          values[size++] = sum[t];
        }
      }
      return new SparseVector(terms, values, size);
    }
  }

  void save(ModelWriter out) {
    tags.save(out);
    categories.save(out.section("categories"));
    brands.save(out.section("brands"));
  }

  /** Reads what {@link #save} wrote. */
  static Crowd read(ModelReader in, int terms, int categories, int brands) {
    return new Crowd(
        SparseVector.read(in, terms),
        SparseVector.read(in.section("categories"), categories),
        SparseVector.read(in.section("brands"), brands));
  }

  /** What an earlier version wrote: tags only. */
  static Crowd readTags(ModelReader in, int terms) {
    return new Crowd(SparseVector.read(in, terms), SparseVector.NONE, SparseVector.NONE);
  }
}
