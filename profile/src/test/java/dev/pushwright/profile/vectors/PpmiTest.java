// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.SparseRows;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts and mutual information against matrices worked out by hand. */
class PpmiTest {

  // a and b stand together twice, a and c once: #(a) = 3, #(b) = 2, #(c) = 1, 6 in all.
  private static final List<List<String>> DOCUMENTS =
      List.of(List.of("b", "a"), List.of("a", "b"), List.of("c", "a"), List.of("a"));

  private static Cooccurrence count(List<List<String>> documents, int window, int minCount) {
    return Cooccurrence.of(documents, window, minCount, FitContext.standard());
  }

  private static double[][] dense(SparseRows rows) {
    double[][] dense = new double[rows.rows()][rows.columns()];
    for (int r = 0; r < dense.length; r++) {
      for (int c = 0; c < rows.columns(); c++) {
        dense[r][c] = rows.get(r, c);
      }
    }
    return dense;
  }

  @Test
  void countsAreSymmetricAndLeaveOutANamesOwnCompany() {
    Cooccurrence counts = count(DOCUMENTS, 0, 1);
    assertThat(counts.names()).containsExactly("a", "b", "c");
    assertThat(counts.documents()).containsExactly(4, 2, 1);
    assertThat(dense(counts.counts()))
        .isDeepEqualTo(new double[][] {{0, 2, 1}, {2, 0, 0}, {1, 0, 0}});
    assertThat(dense(count(List.of(List.of("a", "a", "b")), 0, 1).counts()))
        .as("each pair of places counts")
        .isDeepEqualTo(new double[][] {{0, 2}, {2, 0}});
  }

  @Test
  void windowCountsOnlyWhatIsNear() {
    List<List<String>> text = List.of(List.of("a", "b", "c", "d"));
    assertThat(dense(count(text, 1, 1).counts()))
        .isDeepEqualTo(new double[][] {{0, 1, 0, 0}, {1, 0, 1, 0}, {0, 1, 0, 1}, {0, 0, 1, 0}});
    assertThat(dense(count(text, 3, 1).counts())).isDeepEqualTo(dense(count(text, 0, 1).counts()));
    assertThat(dense(count(text, Integer.MAX_VALUE, 1).counts()))
        .isDeepEqualTo(dense(count(text, 0, 1).counts()));
  }

  @Test
  void rareNamesAreTakenOutBeforePlacesAreCounted() {
    List<List<String>> texts =
        List.of(List.of("a", "rare", "b"), List.of("a", "b"), List.of("a", "odd", "odd"));
    Cooccurrence counts = count(texts, 1, 2);
    assertThat(counts.names()).containsExactly("a", "b");
    assertThat(dense(counts.counts())).isDeepEqualTo(new double[][] {{0, 2}, {2, 0}});
  }

  @Test
  void plainMutualInformationIsThatWorkedOutByHand() {
    // PMI(a, b) = ln(2 · 6 / (3 · 2)), PMI(a, c) = ln(1 · 6 / (3 · 1)).
    double[][] ppmi = dense(Ppmi.of(count(DOCUMENTS, 0, 1).counts(), 1, 1));
    double ln2 = Math.log(2);
    assertThat(ppmi[0]).containsExactly(new double[] {0, ln2, ln2}, within(1e-7));
    assertThat(ppmi[1]).containsExactly(new double[] {ln2, 0, 0}, within(1e-7));
    assertThat(ppmi[2]).containsExactly(new double[] {ln2, 0, 0}, within(1e-7));
  }

  @Test
  void smoothingAndShiftAreThoseOfTheFormula() {
    SparseRows counts = count(DOCUMENTS, 0, 1).counts();
    double total = Math.sqrt(3) + Math.sqrt(2) + 1;
    double[][] smoothed = dense(Ppmi.of(counts, 0.5, 1));
    assertThat(smoothed[0])
        .containsExactly(
            new double[] {0, Math.log(2.0 / 3 * total / Math.sqrt(2)), Math.log(1.0 / 3 * total)},
            within(1e-7));
    assertThat(smoothed[1])
        .containsExactly(new double[] {Math.log(total / Math.sqrt(3)), 0, 0}, within(1e-7));
    assertThat(dense(Ppmi.of(counts, 1, 1.5))[0])
        .containsExactly(new double[] {0, Math.log(2 / 1.5), Math.log(2 / 1.5)}, within(1e-7));
    assertThat(Ppmi.of(counts, 1, 2.001).size()).as("nothing is left above 0").isZero();
  }
}
