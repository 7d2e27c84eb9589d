// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class GradientCheckTest {

  private static double squares(double[] x) {
    return GradientCheck.dot(x, new float[] {3, 3}) + x[0] * x[0] + 2 * x[1] * x[1];
  }

  @Test
  void slopesPassAndAnythingElseFails() {
    float[] at = {0.5f, -1};
    float[] slope = {3 + 1, 3 - 4};
    assertThatCode(() -> GradientCheck.check("f", GradientCheckTest::squares, at, slope))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                GradientCheck.check("f", GradientCheckTest::squares, at, new float[] {4, -1.0001f}))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("f, element 1");
    assertThatThrownBy(
            () -> GradientCheck.check("f", GradientCheckTest::squares, at, new float[] {4}))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aSeedGivesItsNumbers() {
    float[] numbers = GradientCheck.random(50, 3);
    assertThat(numbers).isEqualTo(GradientCheck.random(50, 3)).hasSize(50);
    assertThat(DoubleStream.of(GradientCheck.doubles(numbers))).allMatch(x -> x >= -1 && x < 1);
  }
}
