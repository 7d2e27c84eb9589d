// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.api.Capability;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.Matmul;
import dev.pushwright.math.TopN;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.TemplateGenerator;
import dev.pushwright.textgen.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The model of a {@link VaeGenerator} or a {@link GanGenerator}: generates the features of items
 * that a user would want, finds the items of the catalogue that come nearest, says in words what
 * they are, and writes messages by that.
 *
 * <p><b>Messages</b> speak of the request's main item. Each of a few wishes that are generated for
 * the user says which of the item's own words and tags are wanted; those stand in the text, and the
 * wish that comes nearest to the item is preferred. Where nothing of the item is wanted, for other
 * occasions than a recommendation or a promotion, and for other languages than English and Chinese,
 * the built-in templates write.
 *
 * <p>Keeps the features of the whole catalogue, 4 bytes for each of items × D. Immutable and
 * thread-safe.
 */
public final class FeatureModel implements ContentModel {

  static final Set<Capability> CAPABILITIES = Set.of();

  /** How many wishes a score is made from. */
  static final int DRAWS = 64;

  private static final int NEAREST = 5;
  private static final int TAGS = 5;

  private final Provenance provenance;
  private final FeatureSpace space;
  private final IdIndex items;
  private final float[] catalogue;
  private final Shape shape;
  private final Parameters parameters;
  private final Decoder decoder;
  private final TrainingReport report;
  private final Pipeline pipeline;

  FeatureModel(
      Provenance provenance,
      FeatureSpace space,
      IdIndex items,
      float[] catalogue,
      Shape shape,
      Parameters parameters,
      Decoder decoder,
      TrainingReport report,
      Pipeline pipeline) {
    this.provenance = provenance;
    this.space = space;
    this.items = items;
    this.catalogue = catalogue;
    this.shape = shape;
    this.parameters = parameters;
    this.decoder = decoder;
    this.report = report;
    this.pipeline =
        pipeline.withFallback(TemplateGenerator.builder().build().fit(Dataset.builder().build()));
  }

  /**
   * Generates the features of items that somebody would want.
   *
   * @param profile to whom, as far as behaviour tells
   * @param user to whom, as far as the records tell
   * @param seed the same seed, the same wishes
   * @param count how many, at least 0
   * @return the wishes, each with its {@value #NEAREST} nearest items and at most {@value #TAGS}
   *     tags
   */
  public List<Wish> wishes(UserProfile profile, User user, long seed, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count is " + count + "; at least 0 is needed");
    }
    float[] vectors = vectors(profile, user, seed, count);
    float[] cosines = new float[items.size()];
    List<Wish> wishes = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      float[] vector = new float[shape.item()];
      System.arraycopy(vectors, n * shape.item(), vector, 0, shape.item());
      Matmul.sgemv(
          false,
          items.size(),
          shape.item(),
          1,
          catalogue,
          0,
          shape.item(),
          vector,
          0,
          0,
          cosines,
          0);
      wishes.add(new Wish(vector, nearest(cosines), space.tags(vector, TAGS)));
    }
    return wishes;
  }

  private List<Wish.Match> nearest(float[] cosines) {
    TopN top = new TopN(NEAREST);
    for (int i = 0; i < cosines.length; i++) {
      top.offer(i, cosines[i]);
    }
    int[] found = new int[NEAREST];
    double[] scores = new double[NEAREST];
    int count = top.drain(found, scores);
    List<Wish.Match> matches = new ArrayList<>();
    for (int m = 0; m < count; m++) {
      matches.add(new Wish.Match(items.id(found[m]), scores[m]));
    }
    return matches;
  }

  /** What is generated: count×D, each row of length 1. */
  private float[] vectors(UserProfile profile, User user, long seed, int count) {
    float[] one = new float[shape.profile()];
    Draw.input(space, space.profile(profile, user), one, 0);
    float[] x = new float[count * shape.profile()];
    for (int n = 0; n < count; n++) {
      System.arraycopy(one, 0, x, n * shape.profile(), shape.profile());
    }
    long key = CounterRandom.key(seed, profile.userId().hashCode());
    float[] z = Draw.noise(new float[0], key, count, shape.noise());
    float[] y = VaeTrainer.frozen(parameters, shape).generate(x, z, count);
    float[] unit = new float[count * shape.item()];
    System.arraycopy(y, 0, unit, 0, unit.length);
    for (int n = 0; n < count; n++) {
      FeatureSpace.toUnit(unit, n * shape.item(), (n + 1) * shape.item());
    }
    return unit;
  }

  /**
   * How likely somebody is to want each item of the catalogue: ln P(i | x), but for what is the
   * same for all items, with
   *
   * <pre>
   * P(i | x) ∝ P(i) · (p(i | x) / p(i))^α      p(i | x) = 1/M · Σ_m exp(κ·(cos(y_m, i) − 1))
   * </pre>
   *
   * <p>p(i | x) is the density, at the item, of M = {@value #DRAWS} wishes y, p(i) the mean of that
   * over all users, and P(i) the share of the item in what was wanted, recent events counting most;
   * each item is taken for wanted once more than it was. κ and α are those that fitted best in
   * training.
   *
   * @param profile to whom, as far as behaviour tells
   * @param user to whom, as far as the records tell
   * @param seed the same seed, the same wishes
   * @return a finite score for each of {@link #items()}, higher is better
   */
  public float[] scores(UserProfile profile, User user, long seed) {
    return decoder.scores(vectors(profile, user, seed, DRAWS), DRAWS);
  }

  /**
   * How near what is generated comes to each item of the catalogue, whether it sells or not.
   *
   * @param profile to whom, as far as behaviour tells
   * @param user to whom, as far as the records tell
   * @param seed the same seed, the same wishes
   * @return ln p(i | x) of {@link #scores} for each of {@link #items()}, at most 0
   */
  public float[] densities(UserProfile profile, User user, long seed) {
    return decoder.logDensity(vectors(profile, user, seed, DRAWS), DRAWS);
  }

  /** How near a wish comes to an item, as a logarithm: at most 0. */
  double logDensity(Wish wish, Item item) {
    float[] y = wish.vector();
    float[] other = space.item(item);
    double cosine = 0;
    for (int d = 0; d < y.length; d++) {
      cosine += (double) y[d] * other[d];
    }
    return Math.min(0, decoder.concentration() * (cosine - 1));
  }

  /**
   * The space in which items and users lie.
   *
   * @return the space
   */
  public FeatureSpace space() {
    return space;
  }

  /**
   * The catalogue.
   *
   * @return its ids, in the order of {@link #scores}
   */
  public IdIndex items() {
    return items;
  }

  /**
   * How the training went.
   *
   * @return the report
   */
  public TrainingReport report() {
    return report;
  }

  @Override
  public ContentResult generate(ContentRequest request) {
    return pipeline.choose(request, new WishTexts(this)::propose);
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void save(ModelWriter out) {
    space.save(out.section("space"));
    items.save(out, "items");
    out.floats("catalogue", catalogue, items.size(), shape.item());
    decoder.save(out.section("decoder"));
    parameters.save(out.section("net"));
    report.save(out.section("report"));
    pipeline.save(out.section("pipeline"));
  }

  /** Reads what {@link #save} wrote. */
  static FeatureModel read(ModelReader in, Provenance provenance, Settings settings) {
    FeatureSpace space =
        FeatureSpace.read(in.section("space"), settings.get(CommonOptions.SEGMENT_BY));
    IdIndex items = IdIndex.read(in, "items");
    if (items.size() == 0) {
      throw in.damaged("items are none");
    }
    float[] catalogue = in.floats("catalogue", items.size(), space.itemWidth());
    for (float x : catalogue) {
      if (!(Math.abs(x) <= 1.01f)) {
        throw in.damaged("catalogue holds " + x + "; its rows have length 1");
      }
    }
    Shape shape =
        new Shape(
            space.profileWidth(),
            space.itemWidth(),
            settings.get(Plan.NOISE),
            settings.get(Plan.HIDDEN));
    requireWidths(in.section("net"), shape);
    Parameters parameters = new Generator(new Parameters(0), shape).parameters();
    parameters.read(in.section("net"));
    return new FeatureModel(
        provenance,
        space,
        items,
        catalogue,
        shape,
        parameters,
        Decoder.read(in.section("decoder"), catalogue, space.itemWidth()),
        TrainingReport.read(in.section("report")),
        Pipeline.read(provenance.algorithm(), settings, in.section("pipeline")));
  }

  // Before anything is made of the size that the options in the file say.
  private static void requireWidths(ModelReader net, Shape shape) {
    net.floats(Generator.PREFIX + "1.weight", shape.profile() + shape.noise(), shape.hidden());
    net.floats(Generator.PREFIX + "3.weight", shape.hidden(), shape.item());
  }

  @Override
  public String toString() {
    return provenance.algorithm() + " of " + items.size() + " items, " + report;
  }
}
