// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.textgen.copy.Vocabulary;
import dev.pushwright.textgen.metrics.Bleu;
import dev.pushwright.textgen.metrics.Diversity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Draws the {@link QualityCurve} of a network over temperatures: BLEU against the watched texts of
 * the same conditions, and 1 − Self-BLEU of one text for each set of conditions. Values stay
 * placeholders.
 */
final class Exam {

  private static final double[] TEMPERATURES = {0.4, 0.6, 0.8, 1.0, 1.2};
  // More tell little more, and cost time.
  private static final int MAX_ASKED = 400;
  private static final int SIDE_BY_SIDE = 64;

  private final Vocabulary vocabulary;
  private final int longest;
  private final List<int[]> asked = new ArrayList<>();
  private final List<List<String>> references = new ArrayList<>();

  Exam(Lessons lessons, int longest) {
    this.vocabulary = lessons.vocabulary();
    this.longest = longest;
    Map<List<Integer>, List<String>> byConditions = new LinkedHashMap<>();
    for (Sentence text : lessons.watched()) {
      List<Integer> key = Arrays.stream(text.conditions()).boxed().collect(Collectors.toList());
      byConditions
          .computeIfAbsent(key, k -> new ArrayList<>())
          .add(text(text.words(), text.words().length));
    }
    int stride = Math.max(1, (byConditions.size() + MAX_ASKED - 1) / MAX_ASKED);
    int at = 0;
    for (Map.Entry<List<Integer>, List<String>> entry : byConditions.entrySet()) {
      if (at++ % stride == 0) {
        asked.add(entry.getKey().stream().mapToInt(i -> i).toArray());
        references.add(entry.getValue());
      }
    }
  }

  private String text(int[] words, int length) {
    return String.join(" ", vocabulary.decode(words, 0, length));
  }

  /** How many texts it takes; 0 where nothing is watched. */
  int size() {
    return asked.size();
  }

  /** The curve of a network as its parameters are now. */
  QualityCurve take(TextNet.Architecture architecture, Parameters parameters, long key) {
    Parameters frozen = new Parameters(0);
    for (Parameter parameter : parameters.all()) {
      frozen.adopt(parameter, true);
    }
    TextNet net = architecture.make(frozen);
    List<QualityCurve.Point> points = new ArrayList<>();
    for (int t = 0; t < TEMPERATURES.length; t++) {
      List<String> texts = write(net, TEMPERATURES[t], CounterRandom.key(key, t));
      points.add(
          new QualityCurve.Point(
              1 - Diversity.of(texts).selfBleu(), Bleu.of(texts, references).bleu()));
    }
    return new QualityCurve(points);
  }

  private List<String> write(TextNet net, double temperature, long key) {
    TextDrawer drawer = new TextDrawer(new Sampling(temperature, 0, 1), vocabulary.size(), longest);
    int[][] banned = new int[SIDE_BY_SIDE][0];
    Batch batch = new Batch();
    List<String> texts = new ArrayList<>();
    for (int from = 0; from < asked.size(); from += SIDE_BY_SIDE) {
      int n = Math.min(SIDE_BY_SIDE, asked.size() - from);
      batch.begin(n);
      for (int b = 0; b < n; b++) {
        batch.add(asked.get(from + b));
      }
      drawer.write(net, batch, banned, CounterRandom.key(key, from), 1);
      for (int b = 0; b < n; b++) {
        texts.add(text(drawer.words(b), drawer.length(b)));
      }
    }
    return texts;
  }
}
