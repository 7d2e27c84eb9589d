// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.util.Arrays;
import java.util.function.Supplier;

/** Numbers whose mean or median stands for those that are missing. Not thread-safe. */
final class Averages {

  private double[] numbers = new double[4];
  int size;
  private double mean = Double.NaN;
  private double median = Double.NaN;

  void add(double number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    numbers[size++] = number;
  }

  /** The mean or the median; refused when there is no number to take it from. */
  double get(String how, Supplier<String> what) {
    if (size == 0) {
      throw new IngestException(
          "no row has a number for "
              + what.get()
              + ", so there is no "
              + how
              + " to impute; use drop or a constant");
    }
    if (Double.isNaN(mean)) {
      double[] sorted = Arrays.copyOf(numbers, size);
      // In ascending order, so that the sum does not depend on the order of the rows.
      Arrays.sort(sorted);
      mean = Arrays.stream(sorted).sum() / size;
      median = (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
    }
    return how.equals(CsvSpec.MEAN) ? mean : median;
  }
}
