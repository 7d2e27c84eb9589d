// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.textgen.copy.Vocabulary;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class Seq2SeqNetTest {

  private static final Seq2SeqShape SHAPE = new Seq2SeqShape(4, 6, 9, 5, 7, 5, 6);

  private static final List<EncodedPair> PAIRS =
      List.of(
          new EncodedPair(
              new AttributeSet(new int[] {1, 2, 3}, new int[] {1, 3, 5}),
              new int[] {3, 4, 5, 8, Vocabulary.END}),
          new EncodedPair(
              new AttributeSet(new int[] {2}, new int[] {4}),
              new int[] {6, Vocabulary.UNKNOWN, Vocabulary.END}));

  private static Seq2SeqChunk chunk() {
    return Seq2SeqChunk.of(PAIRS);
  }

  private static Seq2SeqChunk text(int pair) {
    return Seq2SeqChunk.of(PAIRS.subList(pair, pair + 1));
  }

  // Every parameter of the network against central differences of its own loss.
  @Test
  void theGradientIsTheSlopeOfTheLoss() {
    Parameters parameters = new Parameters(1);
    Seq2SeqNet net = new Seq2SeqNet(parameters, SHAPE, 0);
    // Away from 0, where most of the biases begin.
    for (Parameter parameter : parameters.all()) {
      for (int i = 0; i < parameter.values().length; i++) {
        parameter.values()[i] +=
            (float) (0.3 * CounterRandom.gaussian(parameter.name().hashCode(), i));
      }
    }
    Seq2SeqChunk chunk = chunk();
    checkSlope(parameters, () -> net.learn(chunk, 1, 1), () -> net.loss(chunk));
    // The first text is to be written less, the second more.
    checkSlope(
        parameters,
        () -> net.learn(chunk, new float[] {-0.5f, 2}),
        () -> 2 * net.loss(text(1)) - 0.5 * net.loss(text(0)));
  }

  private static void checkSlope(Parameters parameters, Runnable learn, DoubleSupplier loss) {
    float[][] before = parameters.copyValues();
    parameters.clearGradients();
    learn.run();
    Optimizer.sgd(1).build(parameters).step();
    float[][] after = parameters.copyValues();
    parameters.setValues(before);
    float h = 1e-2f;
    List<Parameter> all = parameters.all();
    for (int p = 0; p < all.size(); p++) {
      float[] values = all.get(p).values();
      for (int i = 0; i < values.length; i++) {
        float was = values[i];
        values[i] = was + h;
        double up = loss.getAsDouble();
        values[i] = was - h;
        double down = loss.getAsDouble();
        values[i] = was;
        double slope = (up - down) / (2 * h);
        assertThat((double) before[p][i] - after[p][i])
            .as("%s [%s]", all.get(p), i)
            .isCloseTo(slope, within(4e-3 * Math.max(1, Math.abs(slope))));
      }
    }
  }

  @Test
  void stepByStepGivesTheProbabilitiesOfTraining() {
    Parameters parameters = new Parameters(2);
    Seq2SeqNet net = new Seq2SeqNet(parameters, SHAPE, 0.5);
    EncodedPair pair =
        new EncodedPair(
            new AttributeSet(new int[] {1, 3}, new int[] {2, 5}),
            new int[] {3, 7, 4, Vocabulary.END});
    double loss = net.loss(Seq2SeqChunk.of(List.of(pair)));
    AttributeBatch set = AttributeSet.batch(List.of(pair.attributes()));
    float[] begun = net.begin(set);
    // Two texts at once, to see that they do not mix.
    float[] states = new float[2 * SHAPE.hidden()];
    System.arraycopy(begun, 0, states, SHAPE.hidden(), SHAPE.hidden());
    System.arraycopy(begun, 0, states, 0, SHAPE.hidden());
    int[] last = {Vocabulary.START, Vocabulary.START};
    double sum = 0;
    for (int token : pair.tokens()) {
      float[] logits = net.next(set, begun, last, states, 2);
      int v = SHAPE.vocabulary();
      double total = 0;
      for (int i = v; i < 2 * v; i++) {
        total += Math.exp(logits[i]);
      }
      sum += Math.log(total) - logits[v + token];
      last = new int[] {8, token};
    }
    assertThat(sum).isCloseTo(loss, within(1e-4));
  }

  @Test
  void theOrderOfTheAttributesAndPaddingChangeNothing() {
    Seq2SeqNet net = new Seq2SeqNet(new Parameters(3), SHAPE, 0);
    int[] tokens = {3, 4, Vocabulary.END};
    AttributeSet set = new AttributeSet(new int[] {1, 2, 3}, new int[] {1, 3, 5});
    AttributeSet turned = new AttributeSet(new int[] {3, 1, 2}, new int[] {5, 1, 3});
    EncodedPair other =
        new EncodedPair(new AttributeSet(new int[] {1}, new int[] {2}), new int[] {5, 5, 5, 5, 5});
    double one = net.loss(Seq2SeqChunk.of(List.of(new EncodedPair(set, tokens))));
    assertThat(net.loss(Seq2SeqChunk.of(List.of(new EncodedPair(turned, tokens)))))
        .isCloseTo(one, within(1e-5));
    double alone = net.loss(Seq2SeqChunk.of(List.of(other)));
    assertThat(net.loss(Seq2SeqChunk.of(List.of(new EncodedPair(set, tokens), other))))
        .isCloseTo(one + alone, within(1e-4));
  }

  @Test
  void searchFindsTheLikeliestTextsOfAll() {
    searchFindsTheLikeliest(new int[] {});
  }

  @Test
  void searchFindsTheLikeliestTextsThatHaveWhatIsRequired() {
    searchFindsTheLikeliest(new int[] {7});
    searchFindsTheLikeliest(new int[] {4, 8});
  }

  // The probability of a text, step by step; the end's goes to the likeliest token that is missing.
  private static double logProbability(
      Seq2SeqNet net, AttributeSet attributes, int[] ended, int[] required) {
    AttributeBatch set = AttributeSet.batch(List.of(attributes));
    float[] begun = net.begin(set);
    float[] state = Arrays.copyOf(begun, SHAPE.hidden());
    int[] last = {Vocabulary.START};
    double sum = 0;
    for (int t = 0; t < ended.length; t++) {
      float[] logits = net.next(set, begun, last, state, 1);
      double[] p = new double[SHAPE.vocabulary()];
      double total = 0;
      for (int v = 0; v < p.length; v++) {
        p[v] = Math.exp(logits[v]);
        total += p[v];
      }
      int before = t;
      int missing =
          Arrays.stream(required)
              .filter(r -> Arrays.stream(ended, 0, before).noneMatch(token -> token == r))
              .boxed()
              .max(Comparator.comparingDouble(r -> p[r]))
              .orElse(-1);
      if (missing >= 0) {
        p[missing] += p[Vocabulary.END];
        p[Vocabulary.END] = 0;
      }
      sum += Math.log(p[ended[t]] / total);
      last = new int[] {ended[t]};
    }
    return sum;
  }

  private static void searchFindsTheLikeliest(int[] required) {
    Seq2SeqNet net = new Seq2SeqNet(new Parameters(4), SHAPE, 0);
    AttributeSet attributes = new AttributeSet(new int[] {1, 2}, new int[] {1, 3});
    AttributeBatch set = AttributeSet.batch(List.of(attributes));
    boolean[] forbidden = new boolean[SHAPE.vocabulary()];
    forbidden[Vocabulary.START] = true;
    forbidden[Vocabulary.UNKNOWN] = true;
    forbidden[5] = true;
    // Wide enough to hold every text of up to two tokens; each is then scored by brute force.
    BeamSearch search = new BeamSearch(60, 0, 3, SHAPE.vocabulary());
    List<BeamSearch.Found> found = search.search(net, set, forbidden, new Required(required));
    double best = Double.NEGATIVE_INFINITY;
    int[] bestText = {};
    for (int a = -1; a < SHAPE.vocabulary(); a++) {
      for (int b = -1; b < SHAPE.vocabulary(); b++) {
        if ((a < 0 && b >= 0) || isOut(a, forbidden) || isOut(b, forbidden)) {
          continue;
        }
        int[] text = a < 0 ? new int[0] : b < 0 ? new int[] {a} : new int[] {a, b};
        if (!Arrays.stream(required).allMatch(r -> Arrays.stream(text).anyMatch(t -> t == r))) {
          continue;
        }
        int[] ended = Arrays.copyOf(text, text.length + 1);
        ended[text.length] = Vocabulary.END;
        double p = logProbability(net, attributes, ended, required);
        if (p > best) {
          best = p;
          bestText = text;
        }
      }
    }
    assertThat(found.get(0).tokens()).isEqualTo(bestText);
    assertThat(found.get(0).logProbability()).isCloseTo(best, within(1e-4));
    if (required.length == 0) {
      int[] ended = Arrays.copyOf(bestText, bestText.length + 1);
      ended[bestText.length] = Vocabulary.END;
      EncodedPair pair = new EncodedPair(attributes, ended);
      assertThat(best).isCloseTo(-net.loss(Seq2SeqChunk.of(List.of(pair))), within(1e-4));
    }
    for (int token : required) {
      assertThat(found).allMatch(f -> Arrays.stream(f.tokens()).anyMatch(t -> t == token));
    }
    assertThat(found).allMatch(f -> Arrays.stream(f.tokens()).noneMatch(t -> t == 5 || t < 3));
    assertThat(found).extracting(f -> Arrays.toString(f.tokens())).doesNotHaveDuplicates();
  }

  private static boolean isOut(int token, boolean[] forbidden) {
    return token >= 0 && (forbidden[token] || token == Vocabulary.END);
  }

  @Test
  void severalNetworksWriteByTheMeanOfTheirLogits() {
    Seq2SeqNet one = new Seq2SeqNet(new Parameters(5), SHAPE, 0);
    Seq2SeqNet other = new Seq2SeqNet(new Parameters(6), SHAPE, 0);
    Ensemble both = new Ensemble(List.of(one, other), SHAPE.vocabulary());
    assertThat(both.width()).isEqualTo(2 * SHAPE.hidden());
    AttributeBatch set =
        AttributeSet.batch(List.of(new AttributeSet(new int[] {1, 2}, new int[] {1, 3})));
    int[][] texts = {{Vocabulary.START, 4, 7}, {Vocabulary.START, 8, 3}};
    float[] begun = both.begin(set);
    float[] states = new float[2 * both.width()];
    System.arraycopy(begun, 0, states, 0, both.width());
    System.arraycopy(begun, 0, states, both.width(), both.width());
    int v = SHAPE.vocabulary();
    double[][] mean = new double[3][2 * v];
    for (Seq2SeqNet net : List.of(one, other)) {
      // Each text alone.
      for (int b = 0; b < 2; b++) {
        float[] its = net.begin(set);
        float[] state = Arrays.copyOf(its, SHAPE.hidden());
        for (int step = 0; step < 3; step++) {
          float[] logits = net.next(set, its, new int[] {texts[b][step]}, state, 1);
          for (int i = 0; i < v; i++) {
            mean[step][b * v + i] += logits[i] / 2.0;
          }
        }
      }
    }
    both.begin(set);
    for (int step = 0; step < 3; step++) {
      float[] logits = both.next(set, begun, new int[] {texts[0][step], texts[1][step]}, states, 2);
      for (int i = 0; i < 2 * v; i++) {
        assertThat((double) logits[i]).isCloseTo(mean[step][i], within(1e-5));
      }
    }
  }

  @Test
  void consensusPrefersWhatTheOthersSay() {
    List<BeamSearch.Found> found =
        List.of(
            new BeamSearch.Found(new int[] {9, 9, 9, 9, 9}, -1, -1),
            new BeamSearch.Found(new int[] {3, 4, 5, 6, 7}, -1, -1),
            new BeamSearch.Found(new int[] {3, 4, 5, 6, 8}, -1, -1));
    double[] gains = Consensus.gains(found, 1);
    assertThat(gains[1]).isGreaterThan(gains[0]).isGreaterThan(1 / 3.0);
    assertThat(gains[0]).isCloseTo(1 / 3.0, within(1e-9));
    // 4 of 5 words; 4 of 5 (one added), 3 of 4, 2 of 3 n-grams.
    double similarity = Math.pow(0.8 * 0.8 * 0.75 * (2 / 3.0), 0.25);
    assertThat(gains[1]).isCloseTo((1 + similarity) / 3, within(1e-9));
  }

  @Test
  void bleuIsOfTheNearestLengthAndOfTheMostThatOneTextHas() {
    NGramCounts people =
        NGramCounts.most(List.of(new int[] {3, 4, 5, 6}, new int[] {3, 3, 4}, new int[] {9}));
    assertThat(NGramCounts.of(new int[] {3, 4, 5, 6}).bleu(people)).isCloseTo(1, within(1e-12));
    // 3 3 4 5: all words, as one text has 3 twice; all runs of two and three; none of 1 of four.
    assertThat(NGramCounts.of(new int[] {3, 3, 4, 5}).bleu(people))
        .isCloseTo(Math.pow((0 + 1) / (1 + 1.0), 0.25), within(1e-12));
    // Of two tokens the nearest lengths are 1 and 3: no penalty.
    assertThat(NGramCounts.of(new int[] {3, 4}).bleu(people)).isCloseTo(1, within(1e-12));
    assertThat(NGramCounts.of(new int[] {3, 4}).bleu(NGramCounts.of(new int[] {3, 4, 5})))
        .isCloseTo(Math.exp(1 - 3 / 2.0), within(1e-12));
    assertThat(NGramCounts.of(new int[] {7}).bleu(people)).isZero();
    assertThat(NGramCounts.of(new int[0]).bleu(people)).isZero();
  }
}
