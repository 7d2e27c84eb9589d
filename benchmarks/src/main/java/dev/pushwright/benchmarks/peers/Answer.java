// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a library found, in a form that can be compared: {@link Work} says what the rows are.
 *
 * @param numbers of each row: the numbers of neighbours or items, or none where there are none
 * @param values of each row: similarities, scores, ratings or coordinates
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Answer(int[][] numbers, double[][] values) {

  /** Checks the sizes. */
  public Answer {
    if (numbers.length != values.length) {
      throw new IllegalArgumentException(
          numbers.length + " rows of numbers, " + values.length + " of values");
    }
    for (int r = 0; r < numbers.length; r++) {
      if (numbers[r].length != 0 && numbers[r].length != values[r].length) {
        throw new IllegalArgumentException(
            "row " + r + ": " + numbers[r].length + " numbers, " + values[r].length + " values");
      }
    }
  }

  /**
   * An answer that is nothing but values.
   *
   * @param values of each row
   * @return the answer
   */
  public static Answer ofValues(double[][] values) {
    return new Answer(new int[values.length][0], values);
  }

  /**
   * Writes a file that {@link #read} reads.
   *
   * @param file the file
   * @throws IOException when it cannot be written
   */
  public void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int r = 0; r < numbers.length; r++) {
        StringBuilder line = new StringBuilder();
        for (int p = 0; p < values[r].length; p++) {
          line.append(p == 0 ? "" : " ");
          if (numbers[r].length > 0) {
            line.append(numbers[r][p]).append(':');
          }
          line.append(values[r][p]);
        }
        out.write(line.append('\n').toString());
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param file the file
   * @return the answer
   * @throws IOException when it cannot be read
   */
  public static Answer read(Path file) throws IOException {
    List<int[]> numbers = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] fields = line.isEmpty() ? new String[0] : line.split(" ", -1);
        int[] rowNumbers = new int[line.indexOf(':') < 0 ? 0 : fields.length];
        double[] rowValues = new double[fields.length];
        for (int p = 0; p < fields.length; p++) {
          int colon = fields[p].indexOf(':');
          if (colon >= 0) {
            rowNumbers[p] = Integer.parseInt(fields[p].substring(0, colon));
          }
          rowValues[p] = Double.parseDouble(fields[p].substring(colon + 1));
        }
        numbers.add(rowNumbers);
        values.add(rowValues);
      }
    }
    return new Answer(numbers.toArray(new int[0][]), values.toArray(new double[0][]));
  }
}
