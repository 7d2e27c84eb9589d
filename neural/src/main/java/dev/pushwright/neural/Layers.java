// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import com.google.common.base.Splitter;
import dev.pushwright.spi.OptionSpec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The widths of a tower of layers, such as {@code 64, 32, 16, 8}: the first is that of a user and
 * an item side by side, half of it each; every other is that of a fully connected layer.
 *
 * @param widths at least one, each from 1 to 8192, the first of them even
 */
public record Layers(List<Integer> widths) {

  private static final int MAX = 8192;

  static final OptionSpec<Layers> OPTION =
      OptionSpec.of(
          "layers",
          Layers.class,
          of(256, 128, 64),
          "widths from 1 to " + MAX + ", the first even, such as \"64, 32, 16, 8\"",
          "The widths of the layers: the first is that of a user and an item side by side.",
          Layers::parse);

  /** Checks the widths. */
  public Layers {
    widths = List.copyOf(widths);
    if (widths.isEmpty() || widths.get(0) % 2 != 0) {
      throw new IllegalArgumentException("the first width has to be even: " + widths);
    }
    for (int width : widths) {
      if (width < 1 || width > MAX) {
        throw new IllegalArgumentException(
            "a width is " + width + "; 1 to " + MAX + " is possible");
      }
    }
  }

  /**
   * Layers of given widths.
   *
   * @param widths at least one, each from 1 to 8192, the first of them even
   * @return the layers
   */
  public static Layers of(Integer... widths) {
    return new Layers(List.of(widths));
  }

  /**
   * Reads what {@link #toString} gives.
   *
   * @param text widths with commas between them
   * @return the layers
   * @throws IllegalArgumentException when it is none of that
   */
  public static Layers parse(String text) {
    return new Layers(
        Splitter.on(',').trimResults().splitToList(text).stream().map(Integer::valueOf).toList());
  }

  @Override
  public String toString() {
    return widths.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
