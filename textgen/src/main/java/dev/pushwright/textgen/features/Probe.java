// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.math.Matmul;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.FloatMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Watches a generator on pairs that it does not learn from: for each of N probes, M draws of noise
 * make items for the profile. With κ a concentration and y<sub>m</sub> what was generated, an item
 * i has the probability
 *
 * <pre>
 * P(i) ∝ Σ_m exp(κ·cos(y_m, i))
 * </pre>
 *
 * <p>among the items that are looked at, at most {@value #MAX_ITEMS} of the catalogue. The mean of
 * ln P over the items that were wanted, at the best κ of some, says how good a generator is;
 * whether it still generates many different things is said by how many items are the nearest to the
 * first draw of some probe, and by how far those draws lie from each other, each beside the same of
 * the items wanted.
 */
final class Probe {

  private static final int PROBES = 128;
  private static final int DRAWS = 16;
  private static final int MAX_ITEMS = 2000;
  private static final double HELD_OUT = 0.05;

  /** What κ is chosen from. */
  private static final float[] CONCENTRATIONS = {2, 4, 8, 16, 32, 64};

  /**
   * What was seen.
   *
   * @param logLikelihood the mean of ln P of the items wanted
   * @param concentration the best κ
   * @param coverage how many items are generated, beside how many are wanted
   * @param distance how far what is generated lies apart, beside what is wanted
   */
  record Seen(double logLikelihood, float concentration, double coverage, double distance) {}

  private final int[] learned;
  private final int[] probes;
  private final float[] x;
  private final float[] z;
  private final float[] items;
  private final int[] wanted;
  private final int itemCount;
  private final int profile;
  private final int width;
  private final int noise;
  private final double wantedCoverage;
  private final double wantedDistance;

  Probe(FeatureSpace space, Examples examples, float[][] vectors, int noise, long seed) {
    this.profile = space.profileWidth();
    this.width = space.itemWidth();
    this.noise = noise;
    int[] held = choose(examples, true, seed);
    int[] rest = choose(examples, false, seed);
    // Of a handful of pairs all are learned from, and watched too.
    boolean few = held.length == 0 || rest.length == 0;
    this.learned = few ? all(examples) : rest;
    this.probes = few ? first(all(examples), seed) : first(held, seed);
    this.x = new float[probes.length * DRAWS * profile];
    for (int n = 0; n < probes.length * DRAWS; n++) {
      Draw.input(space, examples.profile(probes[n / DRAWS]), x, n * profile);
    }
    this.z = Draw.noise(new float[0], CounterRandom.key(seed, 77), probes.length * DRAWS, noise);
    int[] targets = Arrays.stream(probes).map(examples::item).toArray();
    int[] candidates = candidates(targets, vectors.length, seed);
    this.itemCount = candidates.length;
    this.items = new float[itemCount * width];
    for (int c = 0; c < itemCount; c++) {
      System.arraycopy(vectors[candidates[c]], 0, items, c * width, width);
    }
    this.wanted = Arrays.stream(targets).map(t -> Arrays.binarySearch(candidates, t)).toArray();
    float[] wantedVectors = new float[probes.length * width];
    for (int n = 0; n < probes.length; n++) {
      System.arraycopy(vectors[targets[n]], 0, wantedVectors, n * width, width);
    }
    this.wantedCoverage = Arrays.stream(targets).distinct().count();
    this.wantedDistance = meanDistance(wantedVectors, probes.length, width, 1);
  }

  private static int[] all(Examples examples) {
    return IntStream.range(0, examples.size()).toArray();
  }

  private static int[] choose(Examples examples, boolean held, long seed) {
    long key = CounterRandom.key(seed, 78);
    return IntStream.range(0, examples.size())
        .filter(n -> CounterRandom.uniform(key, examples.profileOf(n)) < HELD_OUT == held)
        .toArray();
  }

  private static int[] first(int[] pairs, long seed) {
    long key = CounterRandom.key(seed, 79);
    List<Integer> order = new ArrayList<>();
    Arrays.stream(pairs).forEach(order::add);
    order.sort((a, b) -> Long.compare(CounterRandom.bits(key, a), CounterRandom.bits(key, b)));
    return order.stream().limit(PROBES).mapToInt(n -> n).toArray();
  }

  private static int[] candidates(int[] targets, int items, long seed) {
    Set<Integer> chosen = new TreeSet<>();
    Arrays.stream(targets).forEach(chosen::add);
    long key = CounterRandom.key(seed, 80);
    for (int i = 0; i < items; i++) {
      if (CounterRandom.uniform(key, i) * items < MAX_ITEMS) {
        chosen.add(i);
      }
    }
    return chosen.stream().mapToInt(i -> i).toArray();
  }

  /** The pairs that may be learned from. */
  int[] learned() {
    return learned;
  }

  /** Looks at a generator. */
  Seen look(Sampler sampler) {
    int rows = probes.length * DRAWS;
    float[] y = Arrays.copyOf(sampler.generate(x, z, rows), rows * width);
    for (int r = 0; r < rows; r++) {
      FeatureSpace.toUnit(y, r * width, (r + 1) * width);
    }
    double[] logLikelihood = new double[CONCENTRATIONS.length];
    Set<Integer> generated = new HashSet<>();
    float[] cosines = new float[DRAWS * itemCount];
    for (int n = 0; n < probes.length; n++) {
      Matmul.sgemm(
          false,
          true,
          DRAWS,
          itemCount,
          width,
          1,
          y,
          n * DRAWS * width,
          width,
          items,
          0,
          width,
          0,
          cosines,
          0,
          itemCount);
      generated.add(largest(cosines));
      for (int k = 0; k < CONCENTRATIONS.length; k++) {
        logLikelihood[k] += logProbability(cosines, wanted[n], CONCENTRATIONS[k]) / probes.length;
      }
    }
    int best = 0;
    for (int k = 1; k < CONCENTRATIONS.length; k++) {
      best = logLikelihood[k] > logLikelihood[best] ? k : best;
    }
    double distance = meanDistance(y, probes.length, width, DRAWS);
    return new Seen(
        logLikelihood[best],
        CONCENTRATIONS[best],
        generated.size() / wantedCoverage,
        wantedDistance > 0 ? distance / wantedDistance : 1);
  }

  private int largest(float[] cosines) {
    int largest = 0;
    for (int i = 1; i < itemCount; i++) {
      largest = cosines[i] > cosines[largest] ? i : largest;
    }
    return largest;
  }

  private double logProbability(float[] cosines, int item, float concentration) {
    double all = 0;
    double one = 0;
    for (int m = 0; m < DRAWS; m++) {
      for (int i = 0; i < itemCount; i++) {
        float p = FloatMath.exp(concentration * (cosines[m * itemCount + i] - 1));
        all += p;
        one += i == item ? p : 0;
      }
    }
    return StrictMath.log(one / all);
  }

  /** The mean of 1 − cosine over all pairs of every so manieth row, each of length 1. */
  private static double meanDistance(float[] y, int rows, int width, int stride) {
    if (rows < 2) {
      return 0;
    }
    double squares = 0;
    for (int d = 0; d < width; d++) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += y[r * stride * width + d];
      }
      squares += sum * sum;
    }
    return 1 - (squares - rows) / ((double) rows * (rows - 1));
  }

  /** Profiles of the probes, each once, as networks take them: N×P. */
  float[] profiles() {
    float[] once = new float[probes.length * profile];
    for (int n = 0; n < probes.length; n++) {
      System.arraycopy(x, n * DRAWS * profile, once, n * profile, profile);
    }
    return once;
  }

  /** The items that the probes wanted, as networks take them: N×D. */
  float[] wantedItems() {
    float[] y = new float[probes.length * width];
    float scale = (float) Math.sqrt(width);
    for (int n = 0; n < probes.length; n++) {
      for (int d = 0; d < width; d++) {
        y[n * width + d] = scale * items[wanted[n] * width + d];
      }
    }
    return y;
  }

  /** N. */
  int size() {
    return probes.length;
  }
}
