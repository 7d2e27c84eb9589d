// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.FitContext;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Weighting;
import dev.pushwright.neural.nn.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TrainingTest {

  private static final Plan PLAN = new Plan(8, 4, 5, 100, 50, 0.01, 1);

  private static final Dataset DATA = TwoTastes.data();
  private static final FeatureSpace SPACE = FeatureSpace.fit(DATA, 8, "");
  private static final float[][] VECTORS =
      DATA.catalogue().stream().map(SPACE::item).toArray(float[][]::new);
  private static final Probe PROBE =
      new Probe(
          SPACE, Examples.of(SPACE, DATA, Weighting.standard(), VECTORS), VECTORS, PLAN.noise(), 1);

  /** Generates the same for everybody in the epochs it is told to, else items at random. */
  private static final class Fake implements Trainer {
    private final Parameters parameters;
    private final boolean[] collapsed;
    private int epoch = -1;
    boolean closed;

    Fake(long seed, boolean... collapsed) {
      this.collapsed = collapsed;
      Shape shape = new Shape(SPACE.profileWidth(), SPACE.itemWidth(), 4, 8);
      this.parameters = new Generator(new Parameters(seed), shape).parameters();
    }

    @Override
    public double epoch(int number) {
      epoch = number;
      Arrays.fill(parameters.all().get(0).values(), number);
      return 1;
    }

    @Override
    public Sampler sampler() {
      return (x, z, rows) -> {
        float[] y = new float[rows * SPACE.itemWidth()];
        for (int r = 0; r < rows; r++) {
          int item = collapsed[epoch] ? 0 : (int) (Math.abs(z[4 * r]) * 1000) % VECTORS.length;
          System.arraycopy(VECTORS[item], 0, y, r * SPACE.itemWidth(), SPACE.itemWidth());
        }
        return y;
      };
    }

    @Override
    public Parameters generator() {
      return parameters;
    }

    @Override
    public Map<String, Double> figures() {
      return Map.of();
    }

    @Override
    public int activeUnits(Probe probe) {
      return -1;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static Training training(int restarts, FitContext context) {
    return new Training("fake", PLAN, new Training.Collapse(0.2, restarts), PROBE, context);
  }

  private static float kept(Training.Trained trained) {
    return trained.values().getOrDefault("generator.1.weight", new float[] {-1})[0];
  }

  @Test
  void healthyTrainingGoesToItsEnd() {
    Fake fake = new Fake(1, false, false, true, false, false);
    Training.Trained trained = training(2, FitContext.standard()).run(seed -> fake);
    assertThat(trained.report().epochs()).isEqualTo(5);
    assertThat(trained.report().collapsed()).isFalse();
    assertThat(trained.report().notes()).isEmpty();
    assertThat(kept(trained)).isEqualTo(trained.report().bestEpoch() - 1).isNotEqualTo(2);
    assertThat(fake.closed).isTrue();
  }

  @Test
  void collapseBeginsAnewWithAnotherSeedAndSaysSo() {
    List<Long> seeds = new ArrayList<>();
    Training.Trained trained =
        training(2, FitContext.standard())
            .run(
                seed -> {
                  seeds.add(seed);
                  return seeds.size() == 1
                      ? new Fake(seed, true, true, true, true, true)
                      : new Fake(seed, false, false, false, false, false);
                });
    assertThat(seeds).hasSize(2).doesNotHaveDuplicates().startsWith(1L);
    assertThat(trained.report().restarts()).isEqualTo(1);
    assertThat(trained.report().epochs()).as("two of the first attempt, five").isEqualTo(7);
    assertThat(trained.report().bestEpoch()).isGreaterThan(2);
    assertThat(trained.report().collapsed()).isFalse();
    assertThat(trained.report().notes())
        .anyMatch(note -> note.contains("collapsed in epoch 2 of 5"))
        .anyMatch(note -> note.contains("begins anew"));
  }

  @Test
  void withoutRestartsItStopsAndKeepsWhatWasBefore() {
    Training.Trained trained =
        training(0, FitContext.standard()).run(seed -> new Fake(seed, false, true, true, true));
    assertThat(trained.report().epochs()).isEqualTo(3);
    assertThat(trained.report().bestEpoch()).isEqualTo(1);
    assertThat(kept(trained)).isEqualTo(0);
    assertThat(trained.report().collapsed()).isFalse();
  }

  @Test
  void nothingButCollapsesIsReportedAsOne() {
    Training.Trained trained =
        training(1, FitContext.standard()).run(seed -> new Fake(seed, true, true, true, true));
    assertThat(trained.report().collapsed()).isTrue();
    assertThat(trained.report().restarts()).isEqualTo(1);
    assertThat(trained.report().coverage()).isLessThan(0.2);
    assertThat(trained.report().distance()).isLessThan(0.2);
  }

  @Test
  void interruptStopsBetweenEpochsAndClosesTheTrainer() {
    Fake fake = new Fake(1, false, false, false, false, false);
    FitContext context =
        FitContext.standard()
            .withListener(
                progress -> {
                  if (progress.done() == 2) {
                    Thread.currentThread().interrupt();
                  }
                });
    try {
      assertThatThrownBy(() -> training(0, context).run(seed -> fake))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(fake.epoch).isEqualTo(1);
    assertThat(fake.closed).isTrue();
  }

  // Steps of Adam are too short for the adversarial pair to overflow within a test.
  @Test
  void lossThatIsNoNumberStopsNamingEpochBatchAndLearningRate() {
    float[][] broken = new float[VECTORS.length][SPACE.itemWidth()];
    for (float[] vector : broken) {
      Arrays.fill(vector, Float.NaN);
    }
    Examples examples = Examples.of(SPACE, DATA, Weighting.standard(), VECTORS);
    Shape shape = new Shape(SPACE.profileWidth(), SPACE.itemWidth(), PLAN.noise(), PLAN.hidden());
    for (GanGenerator.Loss kind : GanGenerator.Loss.values()) {
      GanTrainer.Loss loss = new GanTrainer.Loss(kind, 1, 0.1, true, true, 10);
      try (GanTrainer trainer =
          new GanTrainer(
              "gan",
              PLAN,
              loss,
              shape,
              100,
              1,
              1,
              () -> new Draw(SPACE, examples, PROBE.learned(), broken, PLAN.noise()))) {
        assertThatThrownBy(() -> trainer.epoch(3))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "gan diverged: the critic's loss is NaN in epoch 4 of 5, batch 1, at learningRate"
                    + " 0.01; lower learningRate");
      }
    }
  }
}
