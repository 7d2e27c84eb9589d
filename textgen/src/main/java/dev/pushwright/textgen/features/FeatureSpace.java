// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.api.PriceAffinity;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Items and users as numbers, learned from a catalogue.
 *
 * <p>An <b>item</b> is D numbers of length 1, made of blocks:
 *
 * <ul>
 *   <li>its words, tags, category and brand, as a direction of a small space in which like items
 *       lie close (latent semantic indexing);
 *   <li>each of the {@linkplain Item#vectorNames() named vectors} that at least half of the
 *       catalogue has, at length 1;
 *   <li>its price, as the angle from 0° for the lowest of the catalogue to 90° for the highest,
 *       which weighs {@value #PRICE_WEIGHT} of the others.
 * </ul>
 *
 * <p>A <b>user</b> is P numbers: D that lie in the space of the items — where tags, categories and
 * brands point to, the user's named vectors, the level of the prices paid — and after them, for
 * each block, 1 where it is known; whether the spend is known, and its percentile; and a 1 in the
 * place of the user's segment. What is not known is 0.
 *
 * <p>Immutable and thread-safe.
 */
public final class FeatureSpace {

  static final double PRICE_WEIGHT = 0.1;

  private static final int MAX_TERMS = 5000;
  private static final int PRICE = 2;
  private static final int SPEND = 2;

  private final TermSpace terms;
  private final List<String> vectorNames;
  private final int[] vectorWidths;
  private final Quantiles prices;
  private final Quantiles spends;
  private final Segments segments;
  private final int itemWidth;

  private FeatureSpace(
      TermSpace terms,
      Map<String, Integer> vectors,
      Quantiles prices,
      Quantiles spends,
      Segments segments) {
    this.terms = terms;
    this.vectorNames = List.copyOf(vectors.keySet());
    this.vectorWidths = vectors.values().stream().mapToInt(width -> width).toArray();
    this.prices = prices;
    this.spends = spends;
    this.segments = segments;
    this.itemWidth =
        terms.dimensions()
            + vectors.values().stream().mapToInt(width -> width).sum()
            + (prices.isKnown() ? PRICE : 0);
  }

  /**
   * Learns a space.
   *
   * @param data its catalogue, what users spent, and their segments
   * @param textDimensions how many numbers describe words and tags, at least 1
   * @param segmentBy the user attribute that holds the segment where a profile has none; empty for
   *     none. The {@value Segments#MOST} most frequent values count
   * @return a space
   * @throws IllegalArgumentException when two items have vectors of one name and different length,
   *     or nothing describes any item
   */
  public static FeatureSpace fit(Dataset data, int textDimensions, String segmentBy) {
    TermSpace terms =
        TermSpace.fit(data.catalogue().stream().map(Terms::of).toList(), textDimensions, MAX_TERMS);
    double[] prices =
        data.catalogue().stream()
            .filter(item -> item.price().isPresent())
            .mapToDouble(item -> item.price().getAsDouble())
            .toArray();
    FeatureSpace space =
        new FeatureSpace(
            terms,
            VectorWidths.of(data.catalogue()),
            Quantiles.of(prices),
            Quantiles.of(Examples.spends(data)),
            Segments.fit(data, segmentBy));
    if (space.itemWidth == 0) {
      throw new IllegalArgumentException(
          "nothing describes any of the "
              + data.catalogue().size()
              + " items; titles, tags, categories, prices or vectors are needed");
    }
    return space;
  }

  /**
   * D.
   *
   * @return at least 1
   */
  public int itemWidth() {
    return itemWidth;
  }

  /**
   * P.
   *
   * @return above D
   */
  public int profileWidth() {
    return itemWidth + blocks() + SPEND + segments.size();
  }

  /** How many blocks an item has. */
  int blocks() {
    return 1 + vectorNames.size() + (prices.isKnown() ? 1 : 0);
  }

  /** Where a block begins; for the number of the last block and 1, where it ends. */
  int blockStart(int block) {
    int at = 0;
    for (int b = 0; b < block; b++) {
      at += b == 0 ? terms.dimensions() : b <= vectorWidths.length ? vectorWidths[b - 1] : PRICE;
    }
    return at;
  }

  /** Where a user's numbers say whether a block is known. */
  int knownAt(int block) {
    return itemWidth + block;
  }

  int spendAt() {
    return itemWidth + blocks();
  }

  /**
   * Where an item lies.
   *
   * @param item any item
   * @return D numbers of length 1; only zeros where nothing the space knows describes it
   */
  public float[] item(Item item) {
    float[] to = new float[itemWidth];
    terms.add(Terms.of(item), to, 0);
    for (int v = 0; v < vectorWidths.length; v++) {
      String name = vectorNames.get(v);
      if (item.vectorNames().contains(name)) {
        addUnit(item.vector(name), to, blockStart(1 + v), vectorWidths[v]);
      }
    }
    if (prices.isKnown() && item.price().isPresent()) {
      putPrice(prices.percentile(item.price().getAsDouble()), to);
    }
    toUnit(to, itemWidth);
    return to;
  }

  /**
   * Where a user lies.
   *
   * @param profile what behaviour tells
   * @param user what the records tell
   * @return P numbers
   */
  public float[] profile(UserProfile profile, User user) {
    float[] to = new float[profileWidth()];
    Map<String, Double> tags = new LinkedHashMap<>();
    for (List<UserProfile.Tag> kind :
        List.of(profile.tags(), profile.categories(), profile.brands())) {
      kind.forEach(tag -> tags.merge(tag.name(), tag.weight(), Double::sum));
    }
    terms.addTags(tags, to, 0);
    for (int v = 0; v < vectorWidths.length; v++) {
      addUnit(profile.vector(vectorNames.get(v)), to, blockStart(1 + v), vectorWidths[v]);
    }
    if (prices.isKnown()) {
      profile.prices().stream()
          .filter(price -> price.category().equals(PriceAffinity.ALL))
          .findFirst()
          .ifPresent(price -> putPrice(price.percentile(), to));
    }
    profile
        .rfm()
        .filter(rfm -> rfm.monetary() > 0)
        .ifPresent(rfm -> putSpend(rfm.spendPercentile(), to));
    putSegment(profile.segment().or(() -> segmentOf(user)).orElse(""), to);
    return finish(to);
  }

  /**
   * Where a user lies of whom this is known.
   *
   * @param sums of the items' vectors, D numbers
   * @param pricePercentile the mean of what was paid, below 0 where it is not known
   * @param spend what was paid in all
   * @param segment the segment, empty for none
   */
  float[] profile(double[] sums, double pricePercentile, double spend, String segment) {
    float[] to = new float[profileWidth()];
    int items = blockStart(1 + vectorWidths.length);
    for (int d = 0; d < items; d++) {
      to[d] = (float) sums[d];
    }
    for (int b = 0; b <= vectorWidths.length; b++) {
      toUnit(to, blockStart(b), blockStart(b + 1));
    }
    if (prices.isKnown() && pricePercentile >= 0) {
      putPrice(pricePercentile, to);
    }
    if (spend > 0) {
      putSpend(spends.percentile(spend), to);
    }
    putSegment(segment, to);
    return finish(to);
  }

  /** The segment of a user in the records. */
  Optional<String> segmentOf(User user) {
    return segments.of(user);
  }

  /** Where a price stands in the catalogue; below 0 where that is not known. */
  double pricePercentile(Item item) {
    return prices.isKnown() && item.price().isPresent()
        ? prices.percentile(item.price().getAsDouble())
        : -1;
  }

  // Items' blocks are shares of a length of 1, users' are brought to the length that they have with
  // all of them.
  private float[] finish(float[] to) {
    for (int b = 0; b < blocks(); b++) {
      double squares = 0;
      for (int d = blockStart(b); d < blockStart(b + 1); d++) {
        squares += (double) to[d] * to[d];
      }
      to[knownAt(b)] = squares > 0 ? 1 : 0;
    }
    double whole = 1 + vectorWidths.length + (prices.isKnown() ? PRICE_WEIGHT : 0);
    for (int d = 0; d < itemWidth; d++) {
      to[d] = (float) (to[d] / Math.sqrt(whole));
    }
    return to;
  }

  private void putPrice(double percentile, float[] to) {
    double scale = Math.sqrt(PRICE_WEIGHT);
    to[itemWidth - 2] = (float) (scale * StrictMath.cos(Math.PI / 2 * percentile));
    to[itemWidth - 1] = (float) (scale * StrictMath.sin(Math.PI / 2 * percentile));
  }

  private void putSpend(double percentile, float[] to) {
    to[spendAt()] = 1;
    to[spendAt() + 1] = (float) percentile;
  }

  private void putSegment(String segment, float[] to) {
    OptionalInt at = segments.find(segment);
    if (at.isPresent()) {
      to[spendAt() + SPEND + at.getAsInt()] = 1;
    }
  }

  // A vector of another length belongs to another space, and counts as none.
  private static void addUnit(float[] vector, float[] to, int off, int width) {
    if (vector.length == width) {
      System.arraycopy(vector, 0, to, off, width);
      toUnit(to, off, off + width);
    }
  }

  static void toUnit(float[] vector, int width) {
    toUnit(vector, 0, width);
  }

  static void toUnit(float[] vector, int from, int to) {
    double squares = 0;
    for (int d = from; d < to; d++) {
      squares += (double) vector[d] * vector[d];
    }
    if (squares > 0) {
      double scale = 1 / Math.sqrt(squares);
      for (int d = from; d < to; d++) {
        vector[d] = (float) (vector[d] * scale);
      }
    }
  }

  /**
   * Reads a vector as tags.
   *
   * @param vector D numbers
   * @param n how many tags at most, at least 0
   * @return in lower case, the one that tells most first; none for a vector without any words
   */
  public List<String> tags(float[] vector, int n) {
    return terms.nearest(vector, 0, term -> true, n);
  }

  /**
   * What of an item lies in the direction of a vector: true of the item, and wanted.
   *
   * @param vector D numbers
   * @param item the item
   * @param n how many tags at most, at least 0
   * @return of the item's own words and tags, the one that tells most first
   */
  public List<String> tags(float[] vector, Item item, int n) {
    Set<String> own = new TreeSet<>(Terms.of(item).keySet());
    return terms.nearest(vector, 0, own::contains, n);
  }

  void save(ModelWriter out) {
    terms.save(out.section("text"));
    VectorWidths.save(vectorNames, vectorWidths, out);
    prices.save(out, "prices");
    spends.save(out, "spends");
    segments.save(out);
  }

  static FeatureSpace read(ModelReader in, String segmentBy) {
    TermSpace terms = TermSpace.read(in.section("text"));
    FeatureSpace space =
        new FeatureSpace(
            terms,
            VectorWidths.read(in),
            Quantiles.read(in, "prices"),
            Quantiles.read(in, "spends"),
            Segments.read(in, segmentBy));
    if (space.itemWidth == 0) {
      throw in.damaged("describes no item");
    }
    return space;
  }
}
