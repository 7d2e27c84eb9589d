// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import dev.pushwright.api.ProfileEnricher;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Event;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.profile.PartFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link AttributeInference} has learnt about one attribute. Answers from a history, of any
 * user, known or not; needs no Tribuo. A loaded model gives the bits that the saved one gave; the
 * report is not in the file. Added to the profiles of an engine it says what it knows of each user,
 * and nothing where it does not know. Immutable and thread-safe.
 *
 * <p>See the package's note on sensitive attributes before you use this.
 */
public final class InferredAttribute implements ProfileEnricher {

  private static final String KIND = "inferred-attribute";

  private final String attribute;
  private final List<String> values;
  private final double minProbability;
  private final double[] priors;
  private final Behaviour behaviour;
  private final FeatureScales scales;
  private final Scorer scorer;
  private final Calibrators calibrators;

  InferredAttribute(
      String attribute,
      List<String> values,
      double minProbability,
      double[] priors,
      Behaviour behaviour,
      FeatureScales scales,
      Scorer scorer,
      Calibrators calibrators) {
    this.attribute = attribute;
    this.values = List.copyOf(values);
    this.minProbability = minProbability;
    this.priors = priors;
    this.behaviour = behaviour;
    this.scales = scales;
    this.scorer = scorer;
    this.calibrators = calibrators;
  }

  /**
   * The attribute.
   *
   * @return its name
   */
  public String attribute() {
    return attribute;
  }

  /**
   * The values it may have.
   *
   * @return at least two, sorted
   */
  public List<String> values() {
    return values;
  }

  /**
   * What a user's events say.
   *
   * @param history the user's events, in any order
   * @return the likeliest value; unknown when it is not likely enough, or when no event is with an
   *     item that training users had to do with
   */
  public Inference infer(List<? extends Event> history) {
    Features user = scales.of(behaviour.of(history));
    double[] probabilities = probabilities(user);
    int best = Validation.best(probabilities);
    return new Inference(
        attribute,
        values.get(best),
        probabilities[best],
        user.size() > 0 && probabilities[best] >= minProbability);
  }

  /**
   * How likely each value is.
   *
   * @param history the user's events, in any order
   * @return a probability for each of {@link #values()}, in their order; they add up to 1. Of a
   *     history that says nothing: how frequent the values were among the training users
   */
  public Map<String, Double> probabilities(List<? extends Event> history) {
    double[] probabilities = probabilities(scales.of(behaviour.of(history)));
    Map<String, Double> byValue = new LinkedHashMap<>();
    for (int c = 0; c < probabilities.length; c++) {
      byValue.put(values.get(c), probabilities[c]);
    }
    return Collections.unmodifiableMap(byValue);
  }

  @Override
  public UserProfile enrich(UserProfile profile, List<Event> history, Instant at) {
    Inference inference = infer(history);
    return inference
        .value()
        .map(value -> profile.toBuilder().inferred(attribute, value, inference.probability()))
        .map(UserProfile.Builder::build)
        .orElse(profile);
  }

  private double[] probabilities(Features user) {
    return user.size() == 0 ? priors.clone() : calibrators.probabilities(scorer.scores(user));
  }

  /**
   * Writes the model into a section of another's file.
   *
   * @param out a section of its own
   */
  public void save(ModelWriter out) {
    out.text("attribute", attribute)
        .texts("values", values)
        .doubles("minProbability", new double[] {minProbability})
        .doubles("priors", priors);
    behaviour.save(out.section("behaviour"));
    scales.save(out.section("scales"));
    scorer.save(out.section("scorer"));
    calibrators.save(out.section("calibration"));
  }

  /**
   * Reads what {@link #save(ModelWriter)} wrote.
   *
   * @param in the section
   * @return the model
   * @throws dev.pushwright.io.ModelFormatException when it is none
   */
  public static InferredAttribute read(ModelReader in) {
    List<String> values = in.texts("values");
    double[] priors = in.doubles("priors", values.size());
    double minProbability = in.doubles("minProbability", 1)[0];
    if (values.size() < 2
        || !(minProbability >= 0 && minProbability <= 1)
        || Arrays.stream(priors).anyMatch(p -> !(p >= 0 && p <= 1))) {
      throw in.damaged(
          "values are "
              + values
              + ", priors "
              + Arrays.toString(priors)
              + ", the least"
              + " probability "
              + minProbability);
    }
    Behaviour behaviour = Behaviour.read(in.section("behaviour"));
    FeatureScales scales = FeatureScales.read(in.section("scales"), behaviour);
    Scorer scorer = Scorer.read(in.section("scorer"), values.size(), scales.columns());
    return new InferredAttribute(
        in.text("attribute"),
        values,
        minProbability,
        priors,
        behaviour,
        scales,
        scorer,
        Calibrators.read(in.section("calibration"), values.size()));
  }

  /**
   * Saves the model to a file of its own.
   *
   * @param file where to; an existing file is replaced
   * @throws java.io.UncheckedIOException when it cannot be written
   */
  public void save(Path file) {
    PartFile.save(KIND, this::save, file);
  }

  /**
   * Loads what {@link #save(Path)} wrote.
   *
   * @param file the file
   * @return the model
   * @throws dev.pushwright.io.ModelFormatException when it is damaged or something else
   * @throws java.io.UncheckedIOException when it cannot be read
   */
  public static InferredAttribute load(Path file) {
    return PartFile.load(KIND, InferredAttribute::read, file);
  }
}
