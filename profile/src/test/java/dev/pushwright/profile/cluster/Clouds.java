// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/** Made-up points, and what tests do with models. */
final class Clouds {

  private Clouds() {}

  /** Gaussian clouds of deviation 1 around centres within ±range, and a share of even noise. */
  static Points of(int n, int dimensions, int clouds, double range, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] centres = new double[clouds][dimensions];
    for (double[] centre : centres) {
      for (int j = 0; j < dimensions; j++) {
        centre[j] = random.nextDouble(-range, range);
      }
    }
    double[][] rows = new double[n][dimensions];
    for (double[] row : rows) {
      boolean odd = random.nextDouble() < noise;
      double[] centre = centres[random.nextInt(clouds)];
      for (int j = 0; j < dimensions; j++) {
        row[j] =
            odd ? random.nextDouble(-1.5 * range, 1.5 * range) : centre[j] + random.nextGaussian();
      }
    }
    return Points.of(rows);
  }

  /** Points moved and scaled. */
  static Points moved(Points points, double factor, double by) {
    double[][] rows = BruteForce.rows(points);
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = row[j] * factor + by;
      }
    }
    return Points.of(rows);
  }

  static Points of(double... rowsOfTwo) {
    float[] values = new float[rowsOfTwo.length];
    for (int p = 0; p < values.length; p++) {
      values[p] = (float) rowsOfTwo[p];
    }
    return Points.of(values, 2);
  }

  static int[] first(int k) {
    int[] rows = new int[k];
    for (int c = 0; c < k; c++) {
      rows[c] = c;
    }
    return rows;
  }

  /** Writes a model to a file and reads it again. */
  static <M> M copy(Path file, Consumer<ModelWriter> save, Function<ModelReader, M> read) {
    TensorFileWriter out = new TensorFileWriter();
    save.accept(new ModelWriter(out).section("part"));
    out.write(file);
    try (TensorFile in = TensorFile.open(file)) {
      return read.apply(new ModelReader(in).section("part"));
    }
  }
}
