// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Item;
import dev.pushwright.eval.ItemSimilarity;
import dev.pushwright.math.TopN;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.textgen.features.FeatureModel;
import dev.pushwright.textgen.features.FeatureSpace;
import dev.pushwright.textgen.features.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;

/**
 * The customers of a {@link FeatureShop} who went on to buy something new, and its items, in the
 * space of a model; what is generated for each of them, and whether it can be told from what they
 * bought.
 */
final class FeatureCustomers implements ItemSimilarity {

  private static final int DRAWS = 5;

  /**
   * Single draws for customers, {@value #DRAWS} each.
   *
   * @param vectors as generated, by customer
   * @param nearest those of the nearest item
   * @param covered different items, divided by those among purchases
   * @param distance mean distance of different customers' first, divided likewise
   */
  record Draws(
      List<List<float[]>> vectors, List<List<float[]>> nearest, double covered, double distance) {}

  private final FeatureShop shop;
  private final FeatureSpace space;
  private final List<String> users;
  private final List<List<String>> wanted = new ArrayList<>();
  private final float[][] items;

  FeatureCustomers(FeatureShop shop, FeatureSpace space) {
    this.shop = shop;
    this.space = space;
    this.users = shop.profiles().keySet().stream().filter(u -> !shop.wanted(u).isEmpty()).toList();
    for (int u = 0; u < users.size(); u++) {
      List<String> all = shop.wanted(users.get(u));
      List<String> some = new ArrayList<>();
      for (int n = 0; n < DRAWS; n++) {
        some.add(all.get(CounterRandom.below(CounterRandom.key(3, u), n, all.size())));
      }
      wanted.add(some);
    }
    List<Item> catalogue = shop.train().catalogue();
    this.items = catalogue.stream().map(space::item).toArray(float[][]::new);
  }

  UserProfile profile(String user) {
    UserProfile known = shop.profiles().get(user);
    return known == null ? UserProfile.empty(user) : known;
  }

  float[] point(String user) {
    return space.profile(profile(user), shop.record(user));
  }

  float[] item(String id) {
    return items[shop.train().items().find(id).orElseThrow()];
  }

  @Override
  public double similarity(String a, String b) {
    return Math.min(1, Math.max(0, cosine(item(a), item(b))));
  }

  private double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < space.itemWidth(); d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }

  float[] centroid(String user) {
    float[] point = point(user);
    float[] scores = new float[items.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) cosine(point, items[i]);
    }
    return scores;
  }

  Draws generated(FeatureModel model) {
    List<List<float[]>> vectors = new ArrayList<>();
    List<List<String>> nearest = new ArrayList<>();
    for (String user : users) {
      Set<String> had = shop.before(user);
      List<float[]> own = new ArrayList<>();
      List<String> near = new ArrayList<>();
      for (Wish wish : model.wishes(profile(user), shop.record(user), 2, DRAWS)) {
        own.add(wish.vector());
        near.add(nearest(wish.vector(), had));
      }
      vectors.add(own);
      nearest.add(near);
    }
    return draws(vectors, nearest);
  }

  private String nearest(float[] vector, Set<String> without) {
    return best(i -> cosine(vector, items[i]), without);
  }

  private String best(IntToDoubleFunction score, Set<String> without) {
    double best = Double.NEGATIVE_INFINITY;
    String found = shop.train().items().id(0);
    for (int i = 0; i < items.length; i++) {
      double of = score.applyAsDouble(i);
      if (of > best && !without.contains(shop.train().items().id(i))) {
        best = of;
        found = shop.train().items().id(i);
      }
    }
    return found;
  }

  /** Items drawn by their probabilities, each to the power 1/τ. */
  Draws drawn(Function<String, float[]> scores, double temperature) {
    List<List<String>> drawn = new ArrayList<>();
    for (int u = 0; u < users.size(); u++) {
      float[] of = scores.apply(users.get(u));
      Set<String> had = shop.before(users.get(u));
      List<String> own = new ArrayList<>();
      for (int n = 0; n < DRAWS; n++) {
        float[] noisy = noisy(of, temperature, CounterRandom.key(CounterRandom.key(6, u), n));
        own.add(best(i -> noisy[i], had));
      }
      drawn.add(own);
    }
    return draws(vectors(drawn), drawn);
  }

  /**
   * Scores of which the n largest are n items drawn one after the other, without putting back, each
   * by its probability to the power 1/τ (the Gumbel-max trick).
   */
  static float[] noisy(float[] scores, double temperature, long key) {
    float[] noisy = new float[scores.length];
    for (int i = 0; i < noisy.length; i++) {
      double u = ((CounterRandom.bits(key, i) >>> 12) + 0.5) * 0x1p-52;
      noisy[i] = (float) (scores[i] / temperature - StrictMath.log(-StrictMath.log(u)));
    }
    return noisy;
  }

  /** What somebody else went on to buy: true items, of the wrong customers. */
  Draws exchanged() {
    List<List<String>> others = new ArrayList<>();
    for (int u = 0; u < users.size(); u++) {
      others.add(wanted.get((u + users.size() / 2) % users.size()));
    }
    return draws(vectors(others), others);
  }

  /** One of the best of a list at random. */
  Draws listed(Function<String, float[]> scores) {
    List<List<String>> drawn = new ArrayList<>();
    for (int u = 0; u < users.size(); u++) {
      float[] of = scores.apply(users.get(u));
      Set<String> had = shop.before(users.get(u));
      TopN top = new TopN(FeatureQuality.DEPTH);
      for (int i = 0; i < of.length; i++) {
        if (!had.contains(shop.train().items().id(i))) {
          top.offer(i, of[i]);
        }
      }
      int[] best = new int[FeatureQuality.DEPTH];
      int count = top.drain(best, new double[FeatureQuality.DEPTH]);
      List<String> some = new ArrayList<>();
      for (int n = 0; n < DRAWS; n++) {
        some.add(
            shop.train().items().id(best[CounterRandom.below(CounterRandom.key(4, u), n, count)]));
      }
      drawn.add(some);
    }
    return draws(vectors(drawn), drawn);
  }

  private Draws draws(List<List<float[]>> vectors, List<List<String>> nearest) {
    return new Draws(
        vectors,
        vectors(nearest),
        distinct(nearest) / distinct(wanted),
        distance(vectors) / distance(vectors(wanted)));
  }

  private List<List<float[]>> vectors(List<List<String>> ids) {
    return ids.stream().map(own -> own.stream().map(this::item).toList()).toList();
  }

  private static double distinct(List<List<String>> ids) {
    return ids.stream().flatMap(List::stream).distinct().count();
  }

  /** The mean of 1 − cosine of the first draws of two customers. */
  private double distance(List<List<float[]>> vectors) {
    double sum = 0;
    long pairs = 0;
    for (int a = 0; a < vectors.size(); a++) {
      for (int b = 0; b < a; b++) {
        sum += 1 - cosine(vectors.get(a).get(0), vectors.get(b).get(0));
        pairs++;
      }
    }
    return sum / pairs;
  }

  double auc(List<List<float[]>> generated) {
    List<TwoSample.Row> rows = new ArrayList<>();
    for (int u = 0; u < users.size(); u++) {
      float[] x = point(users.get(u));
      for (int n = 0; n < DRAWS; n++) {
        rows.add(new TwoSample.Row(together(x, item(wanted.get(u).get(n))), true, u));
        rows.add(new TwoSample.Row(together(x, generated.get(u).get(n)), false, u));
      }
    }
    return TwoSample.auc(rows, 5);
  }

  private float[] together(float[] x, float[] y) {
    int d = space.itemWidth();
    float[] row = new float[x.length + 2 * d];
    float scale = (float) Math.sqrt(d);
    for (int i = 0; i < d; i++) {
      row[i] = scale * x[i];
      row[x.length + i] = scale * y[i];
      row[x.length + d + i] = scale * scale * x[i] * y[i];
    }
    System.arraycopy(x, d, row, d, x.length - d);
    return row;
  }
}
