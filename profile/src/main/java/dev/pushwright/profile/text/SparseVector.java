// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.TopN;
import java.util.Arrays;

/** Weights on a few terms of a {@link Vocabulary}. Immutable. */
public final class SparseVector {

  /** The vector without entries. */
  public static final SparseVector NONE = new SparseVector(new int[0], new double[0], 0);

  private final int[] terms;
  private final double[] values;

  /**
   * A vector of the first entries of two arrays.
   *
   * @param terms ascending, each once
   * @param values one for each term, finite and above 0
   * @param size how many entries count
   */
  public SparseVector(int[] terms, double[] values, int size) {
    this.terms = Arrays.copyOf(terms, size);
    this.values = Arrays.copyOf(values, size);
  }

  /**
   * The number of entries.
   *
   * @return at least 0
   */
  public int size() {
    return terms.length;
  }

  /**
   * The term of an entry.
   *
   * @param position from 0 to size − 1
   * @return the term; terms ascend
   */
  public int term(int position) {
    return terms[position];
  }

  /**
   * The weight of an entry.
   *
   * @param position from 0 to size − 1
   * @return the weight, finite and above 0
   */
  public double value(int position) {
    return values[position];
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SparseVector other
        && Arrays.equals(terms, other.terms)
        && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(terms) + Arrays.hashCode(values);
  }

  /**
   * Writes {@code terms} and {@code values}.
   *
   * @param out a section of its own
   */
  public void save(ModelWriter out) {
    out.ints("terms", terms).doubles("values", values);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in the section
   * @param vocabulary how many terms there are
   * @return the vector
   * @throws dev.pushwright.io.ModelFormatException when it is no such vector
   */
  public static SparseVector read(ModelReader in, int vocabulary) {
    int[] terms = in.ints("terms");
    double[] values = in.doubles("values", terms.length);
    for (int p = 0; p < terms.length; p++) {
      if (terms[p] < 0 || terms[p] >= vocabulary || (p > 0 && terms[p] <= terms[p - 1])) {
        throw in.damaged("term " + p + " is " + terms[p] + " of " + vocabulary);
      }
      if (!(values[p] > 0 && values[p] <= Integer.MAX_VALUE)) {
        throw in.damaged(
            "value "
                + p
                + " is "
                + values[p]
                + "; a number above 0, and not above that of users, is needed");
      }
    }
    return new SparseVector(terms, values, terms.length);
  }

  /**
   * The heaviest, as float32, ties by the smaller term: what a profile lists and a model keeps.
   *
   * @param n how many at most
   * @return at most n, terms ascending
   */
  public SparseVector heaviest(int n) {
    TopN best = new TopN(Math.min(n, terms.length));
    for (int p = 0; p < terms.length; p++) {
      best.offer(p, (float) values[p]);
    }
    int[] positions = new int[best.size()];
    best.drain(positions, new double[positions.length]);
    Arrays.sort(positions);
    int[] outTerms = new int[positions.length];
    double[] outValues = new double[positions.length];
    int out = 0;
    for (int position : positions) {
      float value = (float) values[position];
      if (value > 0) {
        outTerms[out] = terms[position];
        outValues[out++] = value;
      }
    }
    return new SparseVector(outTerms, outValues, out);
  }
}
