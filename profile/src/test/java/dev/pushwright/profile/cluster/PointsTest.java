// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PointsTest {

  @Test
  void whatIsNoNumberIsRefusedByRowAndColumn() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Points.of(new float[] {1, 2, 3, 4, 5, bad}, 2))
          .withMessageContaining("row 2, column 1 is " + bad);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Points.of(new double[][] {{1, 2}, {1e300, 2}}))
        .withMessageContaining("row 1, column 0");
  }

  @Test
  void whatIsNoTableIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Points.of(new float[5], 2))
        .withMessageContaining("5 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Points.of(new float[0], 0))
        .withMessageContaining("dimensions is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Points.of(new double[][] {{1, 2}, {3}}))
        .withMessageContaining("row 1 has 1 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Points.of(new double[0][]))
        .withMessageContaining("new float[0]");
  }

  @Test
  void theCallersArraysAreNotKept() {
    float[] values = {1, 2, 3, 4};
    Points points = Points.of(values, 2);
    values[0] = 9;
    points.row(1)[0] = 9;
    assertThat(points).isEqualTo(Points.of(new double[][] {{1, 2}, {3, 4}}));
    assertThat(points.size()).isEqualTo(2);
    assertThat(points.rows(1, 1, 0)).isEqualTo(Points.of(new double[][] {{3, 4}, {3, 4}, {1, 2}}));
    assertThat(points.value(1, 1)).isEqualTo(4);
  }
}
