// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatmulTiersTest {

  /** Multiplies as Java does, unless it is to fail. */
  private static final class Tier implements MatmulProvider {
    private final MatmulProvider java = new JavaKernel();
    private final String name;
    private final int rank;
    private final Throwable failure;
    private final boolean wrong;
    private int started;

    Tier(String name, int rank, Throwable failure, boolean wrong) {
      this.name = name;
      this.rank = rank;
      this.failure = failure;
      this.wrong = wrong;
    }

    static Tier good(String name, int rank) {
      return new Tier(name, rank, new Throwable(), false);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int rank() {
      return rank;
    }

    @Override
    public String start() {
      started++;
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      return "9 bits";
    }

    @Override
    public void sgemm(
        boolean transA,
        boolean transB,
        int m,
        int n,
        int k,
        float alpha,
        float[] a,
        int aOff,
        int lda,
        float[] b,
        int bOff,
        int ldb,
        float beta,
        float[] c,
        int cOff,
        int ldc) {
      java.sgemm(transA, transB, m, n, k, alpha, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc);
      if (wrong && k > 40) {
        c[cOff] += 0.125f;
      }
    }
  }

  private static MatmulTiers.Found found(MatmulProvider... tiers) {
    return MatmulTiers.found(List.of(tiers), Map.of("vector", "no module"));
  }

  @Test
  void theFirstByRankThatWorksIsTakenAndTheOthersAreNotTried() {
    Tier slow = Tier.good("slow", 1);
    Tier quick = Tier.good("quick", 9);
    MatmulTiers.Choice choice = MatmulTiers.choose(found(slow, quick), "");
    assertThat(choice.provider()).isSameAs(quick);
    assertThat(choice.told())
        .isEqualTo("matrix products: quick (9 bits); skipped vector: no module");
    assertThat(slow.started).isZero();
  }

  @Test
  void whatDoesNotStartOrMultipliesWronglyIsSkippedWithItsReason() {
    Tier noLibrary = new Tier("one", 9, new UnsatisfiedLinkError("no one in:\n/usr/lib"), false);
    Tier noFolder = new Tier("two", 8, new IllegalStateException("no folder"), false);
    Tier wrong = new Tier("three", 7, new Throwable(), true);
    MatmulTiers.Choice choice =
        MatmulTiers.choose(found(noLibrary, noFolder, wrong, Tier.good("four", 1)), "");
    assertThat(choice.provider().name()).isEqualTo("four");
    assertThat(choice.told())
        .isEqualTo(
            "matrix products: four (9 bits); skipped vector: no module, one:"
                + " UnsatisfiedLinkError, no one in:, two: no folder, three: a product of 67×50"
                + " and 50×33 came out wrong");
  }

  @Test
  void aForcedTierIsTakenWhateverItsRank() {
    MatmulTiers.Choice choice =
        MatmulTiers.choose(found(Tier.good("slow", 1), Tier.good("quick", 9)), "slow");
    assertThat(choice.provider().name()).isEqualTo("slow");
    assertThat(choice.told()).isEqualTo("matrix products: slow, forced by -Dpushwright.matmul");
  }

  @Test
  void aForcedTierThatIsNotThereOrDoesNotWorkIsAnErrorThatListsWhatIs() {
    Tier broken = new Tier("broken", 9, new IllegalStateException("no folder"), false);
    MatmulTiers.Found found = found(Tier.good("slow", 1), broken);
    assertThatIllegalStateException()
        .isThrownBy(() -> MatmulTiers.choose(found, "fast"))
        .withMessage(
            "-Dpushwright.matmul=fast: no such tier; found are broken, slow; vector is not: no"
                + " module");
    assertThatIllegalStateException()
        .isThrownBy(() -> MatmulTiers.choose(found, "broken"))
        .withMessage(
            "-Dpushwright.matmul=broken: this tier does not work here: no folder; found are"
                + " broken, slow; vector is not: no module");
  }
}
