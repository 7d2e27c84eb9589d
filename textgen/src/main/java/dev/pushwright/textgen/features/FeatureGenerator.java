// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.api.ContentGenerator;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Weighting;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.pipeline.Pipeline;
import java.time.Duration;
import java.util.function.Supplier;

/** Learns to generate the features of items that a user would want; what differs is the loss. */
abstract class FeatureGenerator implements ContentGenerator {

  private static final int MARGINAL_DRAWS = 2048;

  private final String name;
  private final Settings settings;

  FeatureGenerator(String name, Settings settings) {
    this.name = name;
    this.settings = settings;
  }

  final String name() {
    return name;
  }

  final Settings settings() {
    return settings;
  }

  /** When it has collapsed. */
  abstract Training.Collapse collapse();

  /** A trainer that has not begun. */
  abstract Trainer trainer(
      Plan plan, Shape shape, int samples, long seed, int threads, Supplier<Draw> draws);

  /**
   * Learns from what users went on to want.
   *
   * @throws IllegalArgumentException when nobody wanted anything, or nothing describes the items
   * @throws IllegalStateException when the training diverges, naming epoch, batch and learning rate
   */
  @Override
  public final FeatureModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    Pipeline pipeline = Pipeline.of(name, settings, data);
    FeatureSpace space =
        FeatureSpace.fit(
            data, settings.get(Plan.TEXT_DIMENSIONS), settings.get(CommonOptions.SEGMENT_BY));
    Plan plan = Plan.of(settings);
    float[][] vectors = vectors(space, data, context);
    Examples examples = Examples.of(space, data, weighting(), vectors);
    if (examples.size() == 0) {
      throw new IllegalArgumentException(
          name
              + " learns from what users went on to want, but none of the "
              + data.eventCount()
              + " events is with an item that the catalogue describes and weighs above 0 by option "
              + CommonOptions.WEIGHTS.name());
    }
    Shape shape = new Shape(space.profileWidth(), space.itemWidth(), plan.noise(), plan.hidden());
    Probe probe = new Probe(space, examples, vectors, plan.noise(), plan.seed());
    int samples = Math.min(plan.samples(), probe.learned().size());
    Supplier<Draw> draws = () -> new Draw(space, examples, probe.learned(), vectors, plan.noise());
    Training.Trained trained =
        new Training(name, plan, collapse(), probe, context)
            .run(seed -> trainer(plan, shape, samples, seed, context.threads(), draws));
    Parameters parameters = new Generator(new Parameters(0), shape).parameters();
    for (Parameter parameter : parameters.all()) {
      float[] values = trained.values().getOrDefault(parameter.name(), new float[0]);
      System.arraycopy(values, 0, parameter.values(), 0, parameter.values().length);
    }
    int d = shape.item();
    float[] catalogue = new float[vectors.length * d];
    for (int i = 0; i < vectors.length; i++) {
      System.arraycopy(vectors[i], 0, catalogue, i * d, d);
    }
    float concentration = trained.seen().concentration();
    Decoder decoder =
        new Decoder(
            catalogue,
            d,
            Probe.logPrior(examples, probe.learned(), vectors.length),
            logMarginal(draws.get(), parameters, shape, catalogue, concentration),
            concentration,
            trained.seen().power());
    return new FeatureModel(
        Provenance.of(name, settings.asText(), data.fingerprint()),
        space,
        data.items(),
        catalogue,
        shape,
        parameters,
        decoder,
        trained.report(),
        pipeline);
  }

  // Of what is generated for users as they come.
  private float[] logMarginal(
      Draw draw, Parameters parameters, Shape shape, float[] catalogue, float concentration) {
    draw.rows(CounterRandom.key(settings.get(Plan.SEED), -2), 0, MARGINAL_DRAWS);
    float[] y =
        VaeTrainer.frozen(parameters, shape).generate(draw.x, draw.z, MARGINAL_DRAWS).clone();
    for (int n = 0; n < MARGINAL_DRAWS; n++) {
      FeatureSpace.toUnit(y, n * shape.item(), (n + 1) * shape.item());
    }
    return Decoder.logDensity(y, MARGINAL_DRAWS, catalogue, shape.item(), concentration);
  }

  private Weighting weighting() {
    double days = settings.get(Plan.HALF_LIFE_DAYS);
    Weighting weights = settings.get(CommonOptions.WEIGHTS);
    return days == 0
        ? weights
        : weights.withHalfLife(Duration.ofMillis((long) Math.ceil(days * 86_400_000)));
  }

  private static float[][] vectors(FeatureSpace space, Dataset data, FitContext context) {
    float[][] vectors = new float[data.catalogue().size()][];
    context.forBlocks(
        "item features",
        vectors.length,
        1024,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            vectors[i] = space.item(data.catalogue().get(i));
          }
        });
    return vectors;
  }

  @Override
  public final String toString() {
    return name + " " + settings;
  }
}
