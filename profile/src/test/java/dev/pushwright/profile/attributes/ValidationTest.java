// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationTest {

  @Test
  void foldsAreEvenByClassAndFollowTheSeed() {
    int[] classOf = new int[103];
    for (int u = 0; u < classOf.length; u++) {
      classOf[u] = u % 10 == 0 ? 2 : u % 3 == 0 ? 1 : 0;
    }
    int[] foldOf = Validation.folds(classOf, 5, 7);
    for (int c = 0; c < 3; c++) {
      int[] sizes = new int[5];
      int of = 0;
      for (int u = 0; u < classOf.length; u++) {
        if (classOf[u] == c) {
          sizes[foldOf[u]]++;
          of++;
        }
      }
      for (int size : sizes) {
        assertThat(size).isBetween(of / 5, of / 5 + 1);
      }
    }
    assertThat(Validation.folds(classOf, 5, 7)).isEqualTo(foldOf);
    assertThat(Validation.folds(classOf, 5, 8)).isNotEqualTo(foldOf);
    assertThat(Validation.users(foldOf, 1, true).length + Validation.users(foldOf, 1, false).length)
        .isEqualTo(103);
  }

  /** Four users, by hand. */
  @Test
  void reportIsThatWorkedOutByHand() {
    AttributeReport report =
        Validation.report(
            "colour",
            List.of("blue", "red"),
            new int[] {0, 0, 1, 1},
            new int[] {0, 0, 0, 0},
            1,
            new double[][] {{0.95, 0.05}, {0.35, 0.65}, {0.25, 0.75}, {0.45, 0.55}},
            0.7);
    assertThat(report.accuracy()).isEqualTo(0.75);
    assertThat(report.majorityShare()).isEqualTo(0.5);
    assertThat(report.auc()).isEqualTo(0.75);
    assertThat(report.coverage()).isEqualTo(0.5);
    assertThat(report.accuracyWhenTold()).isEqualTo(1);
    assertThat(report.classes().get(0))
        .isEqualTo(new AttributeReport.ClassReport("blue", 2, 1, 0.5));
    assertThat(report.classes().get(1).precision()).isEqualTo(2.0 / 3);
    assertThat(report.classes().get(1).recall()).isEqualTo(1);
    assertThat(report.reliability()).hasSize(4);
    assertThat(report.reliability().get(1).share()).as("0.65, and wrong").isZero();
    assertThat(report.calibrationError()).isEqualTo((0.05 + 0.65 + 0.25 + 0.45) / 4, within(1e-12));
    assertThat(report.toMarkdown()).contains("| blue | 2 | 1.000 | 0.500 |", "AUC 0.750");
  }
}
