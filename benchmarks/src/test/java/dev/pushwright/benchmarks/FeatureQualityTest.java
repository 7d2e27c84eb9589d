// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.eval.Splits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FeatureQualityTest {

  private static final String SMALL = "vae:hidden=32,epochs=25,batchSize=32";

  private static final Instant START = Instant.parse("2025-03-03T09:00:00Z");

  private static TwoSample.Row row(SplittableRandom random, double mean, boolean real, int group) {
    float[] features = new float[4];
    for (int d = 0; d < features.length; d++) {
      features[d] = (float) (mean + random.nextGaussian());
    }
    return new TwoSample.Row(features, real, group);
  }

  private static double auc(double apart) {
    SplittableRandom random = new SplittableRandom(1);
    List<TwoSample.Row> rows = new ArrayList<>();
    for (int n = 0; n < 4000; n++) {
      rows.add(row(random, 0, true, n));
      rows.add(row(random, apart, false, n));
    }
    return TwoSample.auc(rows, 1);
  }

  // Normal samples whose means lie δ apart have the area Φ(δ/√2); δ is 0.5·√4.
  @Test
  void classifierTellsSamplesApartAsWellAsCanBe() {
    assertThat(auc(0)).isCloseTo(0.5, within(0.03));
    assertThat(auc(0.5)).isCloseTo(0.7602, within(0.02));
    assertThat(auc(5)).isGreaterThan(0.999);
  }

  /** Everybody buys of one of four kinds, one item a day. */
  private static Dataset shop() {
    SplittableRandom random = new SplittableRandom(2);
    String[] kinds = {"lantern", "teacup", "ribbon", "doormat"};
    Dataset.Builder data = Dataset.builder();
    for (String kind : kinds) {
      for (int i = 0; i < 15; i++) {
        data.add(Item.builder(kind + i).title(kind + " style" + i).price(1 + i).build());
      }
    }
    for (int u = 0; u < 60; u++) {
      for (int day = 0; day < 15; day++) {
        String item = kinds[u % 4] + random.nextInt(15);
        data.add(
            Interaction.purchase("u" + u, item, 1, 5, START.plusSeconds(86_400L * day + 60L * u)));
      }
    }
    return data.build();
  }

  @Test
  void generatorsAndBaselinesAreJudgedAlike() {
    FitContext context = FitContext.standard().withThreads(1);
    FeatureShop shop = FeatureShop.of(Splits.byTime(shop(), 0.3), 4, context);
    StringWriter notes = new StringWriter();
    Map<String, FeatureRow> rows =
        FeatureQuality.run(shop, List.of(SMALL), List.of(1.0), context, new PrintWriter(notes));
    assertThat(rows)
        .containsOnlyKeys(
            "popular in the segment",
            "nearest to the profile",
            SMALL,
            SMALL + ", density alone",
            SMALL + ", drawn at 1.0",
            "bought by others");
    FeatureRow vae = Objects.requireNonNull(rows.get(SMALL));
    assertThat(vae.recall()).as("all of the right kind fit into 20 places").isGreaterThan(0.9);
    assertThat(vae.aucFeatures()).isBetween(0.4, 1.0);
    assertThat(vae.aucItems()).isBetween(0.4, 0.9);
    assertThat(notes.toString()).contains("TrainingReport");
    FeatureRow drawn = Objects.requireNonNull(rows.get(SMALL + ", drawn at 1.0"));
    assertThat(drawn.recall()).as("what is drawn is not always of the right kind").isPositive();
    assertThat(drawn.recall()).isLessThanOrEqualTo(vae.recall());
    FeatureRow others = Objects.requireNonNull(rows.get("bought by others"));
    assertThat(others.drawn()).as("the same purchases, exchanged").isEqualTo(1);
    assertThat(others.aucItems()).as("three of four are of another kind").isGreaterThan(0.55);
    assertThat(FeatureQuality.table(rows).lines()).hasSize(8);
  }

  @Test
  void itemsAreDrawnByTheirProbabilitiesAndTheTemperature() {
    float[] scores = {(float) Math.log(0.5), (float) Math.log(0.3), (float) Math.log(0.2)};
    for (double temperature : new double[] {1, 0.5}) {
      int[] largest = new int[3];
      for (int n = 0; n < 20_000; n++) {
        float[] noisy = FeatureCustomers.noisy(scores, temperature, 1_000_003L * n);
        int best = noisy[1] > noisy[0] ? 1 : 0;
        largest[noisy[2] > noisy[best] ? 2 : best]++;
      }
      // Shares to the power 1/τ; five standard deviations of 20,000 draws.
      double[] powers = {
        Math.pow(0.5, 1 / temperature),
        Math.pow(0.3, 1 / temperature),
        Math.pow(0.2, 1 / temperature)
      };
      double sum = powers[0] + powers[1] + powers[2];
      for (int i = 0; i < 3; i++) {
        assertThat(largest[i] / 20_000.0).isCloseTo(powers[i] / sum, within(0.018));
      }
    }
  }

  @Test
  @Tag("accuracy")
  void generatorsReachWhatWasMeasuredOnOnlineRetail() {
    Path file =
        Path.of(System.getProperty("pushwright.data", "../../shared/data"))
            .resolve("online-retail/online_retail.csv.gz");
    Assumptions.assumeTrue(
        Files.isReadable(file),
        () -> "skipped: there is no " + file + "; -Dpushwright.data names the folder");
    FitContext context = FitContext.standard();
    FeatureShop shop = FeatureShop.read(file, 48, false, context);
    StringWriter notes = new StringWriter();
    Map<String, FeatureRow> rows =
        FeatureQuality.run(shop, List.of("vae", "gan"), List.of(), context, new PrintWriter(notes));
    FeatureRow vae = Objects.requireNonNull(rows.get("vae"));
    FeatureRow popular = Objects.requireNonNull(rows.get("popular in the segment"));
    assertThat(popular.recall()).isBetween(0.060, 0.073);
    assertThat(vae.recall()).isGreaterThan(popular.recall());
    assertThat(vae.aucItems()).isLessThan(0.85);
    assertThat(notes.toString()).doesNotContain("collapsed=true");
  }
}
