// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.neural.nn.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Watches a generator on pairs that it does not learn from. For each of N probes, M draws of noise
 * make items for the profile, and the {@link Decoder} gives each item a probability, among at most
 * {@value #MAX_ITEMS} or so of the catalogue. The mean of its logarithm over the items that were
 * wanted, with the best κ and α of some, says how good a generator is. Whether it still generates
 * many different things is said by how many items are the nearest to the first draw of some probe,
 * and by how far those draws lie from each other, each beside the same of the items wanted.
 */
final class Probe {

  private static final int PROBES = 256;
  private static final int DRAWS = 16;
  private static final int MAX_ITEMS = 2000;
  private static final double HELD_OUT = 0.05;

  private static final float[] CONCENTRATIONS = {2, 4, 8, 16, 32};
  private static final float[] POWERS = {0.25f, 0.5f, 0.75f, 1};

  /**
   * What was seen.
   *
   * @param logLikelihood the mean of ln P of the items wanted
   * @param concentration the best κ
   * @param power the best α
   * @param coverage how many items are generated, beside how many are wanted
   * @param distance how far what is generated lies apart, beside what is wanted
   */
  record Seen(
      double logLikelihood, float concentration, float power, double coverage, double distance) {}

  private final Pairs learned;
  private final int[] probes;
  private final float[] x;
  private final float[] z;
  private final float[] items;
  private final float[] logPrior;
  private final int[] wanted;
  private final int itemCount;
  private final int profile;
  private final int width;
  private final double wantedCoverage;
  private final double wantedDistance;

  Probe(FeatureSpace space, Examples examples, float[][] vectors, int noise, long seed) {
    this.profile = space.profileWidth();
    this.width = space.itemWidth();
    int[] held = choose(examples, true, seed);
    int[] rest = choose(examples, false, seed);
    // Of a handful of pairs all are learned from, and watched too.
    boolean few = held.length == 0 || rest.length == 0;
    int[] all = IntStream.range(0, examples.size()).toArray();
    this.learned = new Pairs(examples, few ? all : rest);
    this.probes = some(examples, few ? all : held, seed);
    this.x = new float[probes.length * DRAWS * profile];
    for (int n = 0; n < probes.length * DRAWS; n++) {
      Draw.input(space, examples.profile(probes[n / DRAWS]), x, n * profile);
    }
    this.z = Draw.noise(new float[0], CounterRandom.key(seed, 77), probes.length * DRAWS, noise);
    int[] targets = Arrays.stream(probes).map(examples::item).toArray();
    int[] candidates = candidates(targets, vectors.length, seed);
    this.itemCount = candidates.length;
    this.items = new float[itemCount * width];
    this.logPrior = new float[itemCount];
    float[] prior = logPrior(examples, learned, vectors.length);
    for (int c = 0; c < itemCount; c++) {
      System.arraycopy(vectors[candidates[c]], 0, items, c * width, width);
      logPrior[c] = prior[candidates[c]];
    }
    this.wanted = Arrays.stream(targets).map(t -> Arrays.binarySearch(candidates, t)).toArray();
    float[] wantedVectors = new float[probes.length * width];
    for (int n = 0; n < probes.length; n++) {
      System.arraycopy(vectors[targets[n]], 0, wantedVectors, n * width, width);
    }
    this.wantedCoverage = Arrays.stream(targets).distinct().count();
    this.wantedDistance = meanDistance(wantedVectors, probes.length, width, 1);
  }

  private static int[] choose(Examples examples, boolean held, long seed) {
    long key = CounterRandom.key(seed, 78);
    return IntStream.range(0, examples.size())
        .filter(n -> CounterRandom.uniform(key, examples.profileOf(n)) < HELD_OUT == held)
        .toArray();
  }

  // Without putting back, each the likelier the more it weighs: those of the largest ln(u)/w
  // (Efraimidis and Spirakis 2006).
  private static int[] some(Examples examples, int[] pairs, long seed) {
    long key = CounterRandom.key(seed, 79);
    List<Integer> order = new ArrayList<>();
    double[] rank = new double[examples.size()];
    for (int pair : pairs) {
      order.add(pair);
      double u = ((CounterRandom.bits(key, pair) >>> 11) + 1) * 0x1p-53;
      rank[pair] = StrictMath.log(u) / examples.weight(pair);
    }
    order.sort((a, b) -> Double.compare(rank[b], rank[a]));
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

  /** ln of the share of each item in what is wanted; each is thought to be wanted once more. */
  static float[] logPrior(Examples examples, Pairs pairs, int items) {
    double[] weights = new double[items];
    double sum = 0;
    for (int n = 0; n < pairs.size(); n++) {
      double weight = examples.weight(pairs.get(n));
      weights[examples.item(pairs.get(n))] += weight;
      sum += weight;
    }
    double once = sum / pairs.size();
    float[] logPrior = new float[items];
    for (int i = 0; i < items; i++) {
      logPrior[i] = (float) StrictMath.log((weights[i] + once) / (sum + once * items));
    }
    return logPrior;
  }

  /** The pairs that may be learned from. */
  Pairs learned() {
    return learned;
  }

  /** Looks at a generator. */
  Seen look(Sampler sampler) {
    int rows = probes.length * DRAWS;
    float[] y = Arrays.copyOf(sampler.generate(x, z, rows), rows * width);
    for (int r = 0; r < rows; r++) {
      FeatureSpace.toUnit(y, r * width, (r + 1) * width);
    }
    double logLikelihood = Double.NEGATIVE_INFINITY;
    float concentration = CONCENTRATIONS[0];
    float power = 1;
    for (float kappa : CONCENTRATIONS) {
      float[][] densities = new float[probes.length][];
      for (int n = 0; n < probes.length; n++) {
        float[] draws = Arrays.copyOfRange(y, n * DRAWS * width, (n + 1) * DRAWS * width);
        densities[n] = Decoder.logDensity(draws, DRAWS, items, width, kappa);
      }
      float[] marginal = marginal(densities);
      for (float alpha : POWERS) {
        double found = logLikelihood(densities, marginal, alpha);
        if (found > logLikelihood) {
          logLikelihood = found;
          concentration = kappa;
          power = alpha;
        }
      }
    }
    double distance = meanDistance(y, probes.length, width, DRAWS);
    return new Seen(
        logLikelihood,
        concentration,
        power,
        generated(y) / wantedCoverage,
        wantedDistance > 0 ? distance / wantedDistance : 1);
  }

  private float[] marginal(float[][] densities) {
    float[] marginal = new float[itemCount];
    for (int i = 0; i < itemCount; i++) {
      double sum = 0;
      for (float[] of : densities) {
        sum += StrictMath.exp(of[i]);
      }
      marginal[i] = (float) StrictMath.log(sum / densities.length);
    }
    return marginal;
  }

  private double logLikelihood(float[][] densities, float[] marginal, float alpha) {
    double mean = 0;
    for (int n = 0; n < densities.length; n++) {
      double sum = 0;
      for (int i = 0; i < itemCount; i++) {
        sum += StrictMath.exp(score(densities[n], marginal, alpha, i));
      }
      mean +=
          (score(densities[n], marginal, alpha, wanted[n]) - StrictMath.log(sum))
              / densities.length;
    }
    return mean;
  }

  private double score(float[] density, float[] marginal, float alpha, int item) {
    return logPrior[item] + (double) alpha * (density[item] - marginal[item]);
  }

  /** How many items are the nearest to some first draw. */
  private int generated(float[] y) {
    Set<Integer> generated = new HashSet<>();
    for (int n = 0; n < probes.length; n++) {
      float[] first = Arrays.copyOfRange(y, n * DRAWS * width, (n * DRAWS + 1) * width);
      float[] near = Decoder.logDensity(first, 1, items, width, 1);
      int largest = 0;
      for (int i = 1; i < itemCount; i++) {
        largest = near[i] > near[largest] ? i : largest;
      }
      generated.add(largest);
    }
    return generated.size();
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
