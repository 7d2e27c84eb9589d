// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.textgen.copy.Vocabulary;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The gradients of whole networks against central differences of their own loss. */
class NetsTest {

  private static final int WORDS = 9;
  private static final float H = 4e-3f;

  private static final Sentence[] TEXTS = {
    new Sentence(new int[] {3, 4}, new int[] {3, 5, 4, 8, Vocabulary.END}),
    new Sentence(new int[] {5}, new int[] {7, 6, Vocabulary.END}),
    new Sentence(new int[] {}, new int[] {4, 4, 3, Vocabulary.END}),
  };

  private static NetShape shape(int latent, double dropout) {
    return new NetShape(WORDS, 6, 4, 5, 3, latent, dropout);
  }

  private static Batch batch() {
    Batch batch = new Batch();
    batch.take(TEXTS, new int[] {0, 1, 2}, 0, 3);
    return batch;
  }

  private static void shake(Parameters parameters) {
    for (Parameter parameter : parameters.all()) {
      for (int i = 0; i < parameter.values().length; i++) {
        parameter.values()[i] += 0.3f * (CounterRandom.uniform(5 + parameter.rows(), i) - 0.5f);
      }
    }
  }

  /** Holds what a network learned, at a rate of 1, to the slope of the loss it gives. */
  private static void check(Parameters parameters, ToDoubleFunction<Batch> learn) {
    parameters.clearGradients();
    float[][] at = parameters.copyValues();
    assertThat(learn.applyAsDouble(batch())).isFinite();
    Optimizer.sgd(1).build(parameters).step();
    float[][] moved = parameters.copyValues();
    parameters.setValues(at);
    double steepest = 0;
    for (int p = 0; p < at.length; p++) {
      Parameter parameter = parameters.all().get(p);
      for (int i = 0; i < at[p].length; i++) {
        parameter.values()[i] = at[p][i] + H;
        double up = learn.applyAsDouble(batch());
        parameter.values()[i] = at[p][i] - H;
        double down = learn.applyAsDouble(batch());
        parameter.values()[i] = at[p][i];
        double slope = (up - down) / (2 * H);
        steepest = Math.max(steepest, Math.abs(slope));
        assertThat((double) at[p][i] - moved[p][i])
            .as("%s, element %s", parameter.name(), i)
            .isCloseTo(slope, within(3e-3 + 0.01 * Math.abs(slope)));
      }
    }
    parameters.clearGradients();
    assertThat(steepest).isGreaterThan(0.5);
  }

  @Test
  void aLanguageModelLearnsAlongTheSlopeOfItsLoss() {
    Parameters parameters = new Parameters(1);
    LanguageNet net = new LanguageNet(parameters, shape(0, 0.3));
    shake(parameters);
    check(parameters, batch -> net.learn(batch, 1, 0, 42));
  }

  @Test
  void weightedWordsCountAsMuchAsTheyAreWorth() {
    Parameters parameters = new Parameters(1);
    LanguageNet net = new LanguageNet(parameters, shape(0, 0));
    shake(parameters);
    Batch batch = batch();
    float[] plain = new float[15];
    float[] twice = new float[15];
    Arrays.fill(plain, 1);
    Arrays.fill(twice, -2);
    float[][] at = parameters.copyValues();
    net.learn(batch, 1, 0, 42);
    Optimizer.sgd(1).build(parameters).step();
    float[][] once = parameters.copyValues();
    parameters.setValues(at);
    net.learnWeighted(batch, twice, 1, 42);
    Optimizer.sgd(1).build(parameters).step();
    for (int p = 0; p < at.length; p++) {
      for (int i = 0; i < at[p].length; i++) {
        float moved = parameters.all().get(p).values()[i] - at[p][i];
        assertThat(moved).isCloseTo(-2 * (once[p][i] - at[p][i]), within(1e-4f));
      }
    }
  }

  // Annealing at half its height; the divergence of every dimension above what is free.
  @Test
  void anAutoencoderLearnsAlongTheSlopeOfItsBound() {
    Parameters parameters = new Parameters(1);
    VariationalNet net = new VariationalNet(parameters, shape(2, 0.2), 0.5, 1e-4, 0.4);
    shake(parameters);
    check(parameters, batch -> net.learn(batch, 1, 0.25, 42));
  }

  @Test
  void whatIsFreeHasNoSlope() {
    Parameters parameters = new Parameters(1);
    VariationalNet net = new VariationalNet(parameters, shape(2, 0), 0, 5, 0);
    shake(parameters);
    check(parameters, batch -> net.learn(batch, 1, 0, 42));
    // 5 nats for each of two dimensions and three texts, whatever the encoder does.
    double charged = net.learn(batch(), 0, 0, 42);
    double told = net.loss(batch(), 42);
    assertThat(charged - (told - net.divergence())).isCloseTo(30, within(1e-3));
    assertThat(net.divergence()).isBetween(0.0, 30.0);
  }

  @Test
  void shortTextsAreWorthTheSameAloneAndPadded() {
    LanguageNet net = new LanguageNet(new Parameters(1), shape(0, 0));
    double together = net.loss(batch(), 0);
    double alone = 0;
    for (int b = 0; b < 3; b++) {
      Batch one = new Batch();
      one.take(TEXTS, new int[] {b}, 0, 1);
      alone += net.loss(one, 0);
    }
    assertThat(together).isCloseTo(alone, within(1e-5));
  }

  // Writing is a step at a time, learning all at once: both go by the same probabilities.
  @Test
  void whatIsWrittenIsAsLikelyAsItIsToldToBe() {
    LanguageNet net = new LanguageNet(new Parameters(1), shape(0, 0));
    Batch batch = new Batch();
    batch.begin(3);
    for (Sentence text : TEXTS) {
      batch.add(text.conditions());
    }
    TextDrawer drawer = new TextDrawer(Sampling.PLAIN, WORDS, 12);
    drawer.write(net, batch, new int[3][0], 9, 1);
    double sum = 0;
    int words = 0;
    for (int b = 0; b < 3; b++) {
      sum += drawer.logProbability(b) * drawer.length(b);
      words += drawer.length(b);
      assertThat(drawer.length(b)).isBetween(2, 12);
      assertThat(drawer.isComplete(b))
          .isEqualTo(drawer.words(b)[drawer.length(b) - 1] == Vocabulary.END);
    }
    // Beginnings, unknown words and an end at once are never drawn; that is no small share here.
    double free = -net.loss(batch, 0);
    assertThat(batch.words()).isEqualTo(words);
    assertThat(sum).isGreaterThan(free);
    for (int b = 0; b < 3; b++) {
      for (int t = 0; t < drawer.length(b); t++) {
        assertThat(drawer.words(b)[t]).isNotIn(Vocabulary.START, Vocabulary.UNKNOWN);
      }
    }
  }

  @Test
  void hiddenWordsAreThoseBeforeNotThoseToLearn() {
    Batch batch = batch();
    int[] targets = batch.targets().clone();
    batch.dropWords(1, 3);
    assertThat(batch.targets()).isEqualTo(targets);
    assertThat(batch.inputs()).startsWith(Vocabulary.START, Vocabulary.START, Vocabulary.START);
    for (int r = 3; r < 15; r++) {
      assertThat(batch.inputs()[r]).isEqualTo(Vocabulary.UNKNOWN);
    }
  }
}
