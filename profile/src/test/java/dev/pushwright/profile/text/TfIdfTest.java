// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.profile.text.TfIdf.Idf;
import dev.pushwright.profile.text.TfIdf.Norm;
import dev.pushwright.profile.text.TfIdf.Tf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TfIdfTest {

  /** What scikit-learn answers; the file says by which call. */
  private static Map<String, List<double[]>> scikitLearn() throws IOException {
    Map<String, List<double[]>> tables = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(TfIdfTest.class.getResourceAsStream("/sklearn/tfidf.csv"))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isEmpty() && !line.startsWith("#")) {
          String[] fields = line.split(",", -1);
          tables
              .computeIfAbsent(fields[0], name -> new ArrayList<>())
              .add(Arrays.stream(fields).skip(1).mapToDouble(Double::parseDouble).toArray());
        }
      }
    }
    return tables;
  }

  private static double[] idf(TfIdf weighting, List<double[]> counts) {
    double[] idf = new double[counts.get(0).length];
    for (int t = 0; t < idf.length; t++) {
      int term = t;
      int df = (int) counts.stream().filter(row -> row[term] > 0).count();
      idf[t] = weighting.idf(counts.size(), df);
    }
    return idf;
  }

  @Test
  void everyVariantThatScikitLearnHasEqualsIt() throws IOException {
    Map<String, List<double[]>> tables = scikitLearn();
    List<double[]> counts = Objects.requireNonNull(tables.remove("counts"));
    assertThat(tables).hasSize(12);
    tables.forEach(
        (name, expected) -> {
          String[] parts = name.toUpperCase(Locale.ROOT).split(" ", -1);
          TfIdf weighting =
              new TfIdf(Tf.valueOf(parts[0]), Idf.valueOf(parts[1]), Norm.valueOf(parts[2]));
          double[] idf = idf(weighting, counts);
          for (int d = 0; d < counts.size(); d++) {
            assertThat(weighting.weights(counts.get(d), idf))
                .as("%s, text %s", name, d)
                .containsExactly(expected.get(d), within(1e-9));
          }
        });
  }

  /** By hand: counts 4, 2, 1 give 1, 0.75 and 0.625 times idf 1, 2, 4. */
  @Test
  void augmentedFrequencyIsThatOfSaltonAndBuckley() {
    TfIdf weighting = new TfIdf(Tf.AUGMENTED, Idf.PLAIN, Norm.NONE);
    assertThat(weighting.weights(new double[] {4, 2, 0, 1}, new double[] {1, 2, 3, 4}))
        .containsExactly(new double[] {1, 1.5, 0, 2.5}, within(1e-15));
    assertThat(
            weighting
                .withNorm(Norm.L1)
                .weights(new double[] {4, 2, 0, 1}, new double[] {1, 2, 3, 4}))
        .containsExactly(new double[] {0.2, 0.3, 0, 0.5}, within(1e-15));
  }

  @Test
  void logarithmMeetsTheCountAtOneAndNeverFallsBelowNothing() {
    TfIdf weighting = new TfIdf(Tf.LOG, Idf.PLAIN, Norm.NONE);
    assertThat(weighting.weights(new double[] {0.1, 1, Math.E}, new double[] {1, 1, 1}))
        .containsExactly(new double[] {0.1, 1, 2}, within(1e-15));
  }

  @Test
  void textWithoutTermsIsTheZeroVectorInEveryVariant() {
    for (Tf tf : Tf.values()) {
      for (Norm norm : Norm.values()) {
        assertThat(new TfIdf(tf, Idf.SMOOTH, norm).weights(new double[2], new double[] {1, 2}))
            .containsExactly(0, 0);
      }
    }
  }

  @Test
  void whatIsNoCountIsRefusedNamingIt() {
    TfIdf weighting = TfIdf.standard();
    assertThatThrownBy(() -> weighting.weights(new double[] {1, Double.NaN}, new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count 1 is NaN");
    assertThatThrownBy(() -> weighting.weights(new double[] {-1}, new double[1]))
        .hasMessageContaining("count 0 is -1");
    assertThatThrownBy(() -> weighting.weights(new double[1], new double[2]))
        .hasMessageContaining("1 counts and 2 idf");
    assertThatThrownBy(() -> weighting.idf(3, 4)).hasMessageContaining("4 of 3 documents");
    assertThatThrownBy(() -> weighting.idf(3, 0)).hasMessageContaining("0 of 3 documents");
  }

  @Test
  void variantsAreMadeFromTheStandardOne() {
    assertThat(TfIdf.standard().withTf(Tf.LOG).withIdf(Idf.PLAIN).withNorm(Norm.L1))
        .isEqualTo(new TfIdf(Tf.LOG, Idf.PLAIN, Norm.L1));
    assertThat(TfIdf.standard()).isEqualTo(new TfIdf(Tf.RAW, Idf.SMOOTH, Norm.L2));
  }
}
