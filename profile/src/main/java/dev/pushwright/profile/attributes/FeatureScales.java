// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Arrays;
import java.util.List;

/**
 * What is learnt about the features from the training users, and from them alone: the idf of each
 * item and the spread of each label's share.
 *
 * <pre>
 *   x(item)  = tf · idf, scaled to length 1,     idf = ln((1 + N) / (1 + df)) + 1
 *   x(label) = b · share(label) / deviation,     share = Σ tf of the items with it, of all labels
 * </pre>
 *
 * <p>Columns are first the items, then the labels. An item that no training user had to do with has
 * no column.
 */
final class FeatureScales {

  // How much labels count beside items, of 0.02, 0.05 and 0.1 on gender and age of MovieLens 1M.
  private static final double LABELS = 0.05;

  private final Behaviour behaviour;
  private final double[] idf;
  private final double[] scale;

  private FeatureScales(Behaviour behaviour, double[] idf, double[] scale) {
    this.behaviour = behaviour;
    this.idf = idf;
    this.scale = scale;
  }

  /** Learns from the behaviour of the training users. */
  static FeatureScales of(Behaviour behaviour, List<Features> users) {
    double[] idf = new double[behaviour.items()];
    double[] sum = new double[behaviour.labels()];
    double[] squares = new double[behaviour.labels()];
    for (Features user : users) {
      for (int item : user.columns) {
        idf[item]++;
      }
      double[] shares = shares(behaviour, user);
      for (int l = 0; l < shares.length; l++) {
        sum[l] += shares[l];
        squares[l] += shares[l] * shares[l];
      }
    }
    int n = users.size();
    for (int i = 0; i < idf.length; i++) {
      idf[i] = idf[i] == 0 ? 0 : StrictMath.log((1.0 + n) / (1.0 + idf[i])) + 1;
    }
    double[] scale = new double[sum.length];
    for (int l = 0; l < scale.length; l++) {
      double mean = sum[l] / n;
      double variance = squares[l] / n - mean * mean;
      // A share that all users have alike tells nothing; rounding must not make it loud.
      scale[l] = variance > 1e-9 ? LABELS / Math.sqrt(variance) : 0;
    }
    return new FeatureScales(behaviour, idf, scale);
  }

  private static double[] shares(Behaviour behaviour, Features user) {
    double[] shares = new double[behaviour.labels()];
    double total = 0;
    for (int p = 0; p < user.size(); p++) {
      for (int label : behaviour.labelsOf(user.columns[p])) {
        shares[label] += user.values[p];
        total += user.values[p];
      }
    }
    for (int l = 0; l < shares.length && total > 0; l++) {
      shares[l] /= total;
    }
    return shares;
  }

  int columns() {
    return idf.length + scale.length;
  }

  /** The features of a user; none when no training user had to do with any of the items. */
  Features of(Features user) {
    double[] shares = shares(behaviour, user);
    int[] columns = new int[user.size() + shares.length];
    double[] values = new double[columns.length];
    int n = 0;
    double squares = 0;
    for (int p = 0; p < user.size(); p++) {
      double value = user.values[p] * idf[user.columns[p]];
      if (value > 0) {
        columns[n] = user.columns[p];
        values[n++] = value;
        squares += value * value;
      }
    }
    if (n == 0) {
      return new Features(new int[0], new double[0]);
    }
    double length = Math.sqrt(squares);
    for (int p = 0; p < n; p++) {
      values[p] /= length;
    }
    for (int l = 0; l < shares.length; l++) {
      double value = shares[l] * scale[l];
      if (value > 0) {
        columns[n] = idf.length + l;
        values[n++] = value;
      }
    }
    return new Features(Arrays.copyOf(columns, n), Arrays.copyOf(values, n));
  }

  void save(ModelWriter out) {
    out.doubles("idf", idf).doubles("scale", scale);
  }

  static FeatureScales read(ModelReader in, Behaviour behaviour) {
    double[] idf = in.doubles("idf", behaviour.items());
    double[] scale = in.doubles("scale", behaviour.labels());
    for (double x : idf) {
      if (!(x == 0 || (x >= 1 && x < 64))) {
        throw in.damaged("idf holds " + x);
      }
    }
    for (double x : scale) {
      if (!(x >= 0 && x <= 1e6)) {
        throw in.damaged("scale holds " + x);
      }
    }
    return new FeatureScales(behaviour, idf, scale);
  }
}
