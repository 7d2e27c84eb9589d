// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PcaTest {

  private static Points sixty() {
    double[][] rows = new double[60][];
    for (int i = 0; i < 60; i++) {
      rows[i] =
          new double[] {
            (i * 7) % 13 / 4.0 + (i % 3 == 1 ? 10 : 0),
            (i * 5) % 11 / 3.0 + (i % 3 == 2 ? 8 : 0),
            (i * 3) % 7 / 2.0
          };
    }
    return Points.of(rows);
  }

  @Test
  void componentsAreThoseOfScikitLearn() {
    // sklearn.decomposition.PCA(2).fit(X): components_ and explained_variance_ratio_.
    Pca pca = Pca.fit(sixty(), 2);
    assertThat(pca.direction(0))
        .contains(
            new double[] {0.8291193039225784, -0.5590045857824036, 0.00866330982839632},
            within(1e-9));
    assertThat(pca.direction(1))
        .contains(
            new double[] {0.5588289835609789, 0.8291163961255528, 0.016618327472372144},
            within(1e-9));
    assertThat(pca.varianceShares())
        .contains(new double[] {0.7350124646226173, 0.23927574910305366}, within(1e-12));
  }

  @Test
  void pointsAreTurnedAndMovedOnly() {
    Points turned = Pca.fit(sixty(), 3).transform(sixty());
    for (int i = 0; i < 60; i++) {
      assertThat(turned.squaredDistance(i, (i * 7 + 3) % 60))
          .isCloseTo(sixty().squaredDistance(i, (i * 7 + 3) % 60), within(1e-4));
    }
    double sum = 0;
    for (int i = 0; i < 60; i++) {
      sum += turned.value(i, 0);
    }
    assertThat(sum).isCloseTo(0, within(1e-4));
  }

  @Test
  void edgesHaveAnswers() {
    Pca one = Pca.fit(Clouds.of(3, 4), 2);
    assertThat(one.varianceShares()).containsExactly(0, 0);
    assertThat(one.transform(Clouds.of(3, 4)).row(0)).containsExactly(0, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> Pca.fit(Points.of(new float[0], 2), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pca.fit(sixty(), 4))
        .withMessageContaining("components is 4");
    assertThatIllegalArgumentException().isThrownBy(() -> one.transform(sixty()));
  }
}
