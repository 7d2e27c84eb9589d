// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Principal components: the directions along which points differ most, for drawing them in two
 * dimensions. They are the eigenvectors of the covariance matrix (K. Pearson: On lines and planes
 * of closest fit to systems of points in space. Philosophical Magazine 2(11), 1901), each so turned
 * that its largest coordinate is positive. Columns all count alike: bring them to one scale first.
 *
 * <p>O(n·d² + d³). Immutable.
 */
public final class Pca {

  private final double[] mean;
  private final double[][] directions;
  private final double[] shares;

  private Pca(double[] mean, double[][] directions, double[] shares) {
    this.mean = mean;
    this.directions = directions;
    this.shares = shares;
  }

  /**
   * Finds the first components.
   *
   * @param points at least one
   * @param components how many, from 1 to the dimensions
   * @return the components
   * @throws IllegalArgumentException when there are no points, or too many components are asked for
   */
  public static Pca fit(Points points, int components) {
    int d = points.dimensions();
    int n = points.size();
    if (n == 0) {
      throw new IllegalArgumentException("there are no points to find components of");
    }
    if (components < 1 || components > d) {
      throw new IllegalArgumentException(
          "components is "
              + components
              + "; a number from 1 to the dimensions, "
              + d
              + ", is needed");
    }
    double[] mean = new double[d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        mean[j] += points.value(i, j);
      }
    }
    for (int j = 0; j < d; j++) {
      mean[j] /= n;
    }
    DMatrixRMaj covariance = new DMatrixRMaj(d, d);
    double[] centred = new double[d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        centred[j] = points.value(i, j) - mean[j];
      }
      for (int j = 0; j < d; j++) {
        for (int l = 0; l <= j; l++) {
          covariance.data[j * d + l] += centred[j] * centred[l] / n;
        }
      }
    }
    for (int j = 0; j < d; j++) {
      for (int l = 0; l < j; l++) {
        covariance.data[l * d + j] = covariance.data[j * d + l];
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    if (!eigen.decompose(covariance)) {
      throw new ArithmeticException("the eigenvalues of the covariance of " + points + " diverge");
    }
    double[] variances = new double[d];
    for (int c = 0; c < d; c++) {
      variances[c] = Math.max(0, eigen.getEigenvalue(c).getReal());
    }
    int[] order =
        IntStream.range(0, d)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer c) -> -variances[c]))
            .mapToInt(Integer::intValue)
            .toArray();
    double total = Arrays.stream(variances).sum();
    double[][] directions = new double[components][];
    double[] shares = new double[components];
    for (int c = 0; c < components; c++) {
      directions[c] = turned(eigen.getEigenVector(order[c]).data.clone());
      shares[c] = total == 0 ? 0 : variances[order[c]] / total;
    }
    return new Pca(mean, directions, shares);
  }

  private static double[] turned(double[] direction) {
    int largest = 0;
    for (int j = 1; j < direction.length; j++) {
      if (Math.abs(direction[j]) > Math.abs(direction[largest])) {
        largest = j;
      }
    }
    if (direction[largest] < 0) {
      for (int j = 0; j < direction.length; j++) {
        direction[j] = -direction[j];
      }
    }
    return direction;
  }

  /**
   * Where points lie along the components.
   *
   * @param points of the dimensions of those the components were found of
   * @return as many points, of as many dimensions as there are components
   */
  public Points transform(Points points) {
    if (points.dimensions() != mean.length) {
      throw new IllegalArgumentException(
          "the points have " + points.dimensions() + " dimensions; the components " + mean.length);
    }
    int c = directions.length;
    float[] along = new float[points.size() * c];
    for (int i = 0; i < points.size(); i++) {
      for (int a = 0; a < c; a++) {
        double sum = 0;
        for (int j = 0; j < mean.length; j++) {
          sum += directions[a][j] * (points.value(i, j) - mean[j]);
        }
        along[i * c + a] = (float) sum;
      }
    }
    return Points.of(along, c);
  }

  /**
   * A component.
   *
   * @param component from 0, the one along which the points differ most
   * @return a vector of length 1; yours
   */
  public double[] direction(int component) {
    return directions[component].clone();
  }

  /**
   * The share of the variance that lies along each component.
   *
   * @return from 0 to 1, falling; yours
   */
  public double[] varianceShares() {
    return shares.clone();
  }
}
