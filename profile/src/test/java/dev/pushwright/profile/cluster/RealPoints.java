// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/**
 * A public point set with known clusters, an ARFF file whose last column is the class. The files
 * live beside the project; a test that asks for one that is absent is skipped, and says which
 * folder it looked in.
 */
record RealPoints(String name, Points points, List<String> classes) {

  private static final String PROPERTY = "pushwright.data";

  static RealPoints of(String name) throws IOException {
    Path file =
        Path.of(System.getProperty(PROPERTY, "../../shared/data"), "clustering", name + ".arff");
    Assumptions.assumeTrue(
        Files.isReadable(file),
        () -> "skipped: there is no " + file + "; -D" + PROPERTY + " names the folder");
    List<double[]> rows = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    boolean data = false;
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      String text = line.strip();
      if (text.toLowerCase(Locale.ROOT).startsWith("@data")) {
        data = true;
      } else if (data && !text.isEmpty() && !text.startsWith("%")) {
        String[] cells = text.split(",", -1);
        double[] row = new double[cells.length - 1];
        for (int j = 0; j < row.length; j++) {
          row[j] = Double.parseDouble(cells[j].strip());
        }
        rows.add(row);
        classes.add(cells[row.length].strip());
      }
    }
    return new RealPoints(name, Points.of(rows.toArray(double[][]::new)), classes);
  }

  int clusters() {
    return (int) classes.stream().filter(label -> !isNoise(label)).distinct().count();
  }

  private static boolean isNoise(String label) {
    return label.equalsIgnoreCase("noise");
  }

  /** The index of labels beside the classes; points whose class is noise are left out. */
  double adjustedRand(int[] labels) {
    int[] kept = IntStream.range(0, labels.length).filter(i -> !isNoise(classes.get(i))).toArray();
    List<String> distinct = classes.stream().distinct().toList();
    return ClusterMetrics.adjustedRand(
        IntStream.of(kept).map(i -> distinct.indexOf(classes.get(i))).toArray(),
        IntStream.of(kept).map(i -> labels[i]).toArray());
  }
}
