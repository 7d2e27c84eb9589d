// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.data.Weighting;
import java.time.Duration;

/** Options that mean the same in every plug-in that has them. */
public final class CommonOptions {

  /** What each type of event weighs, in the text form of {@link Weighting}. */
  public static final OptionSpec<Weighting> WEIGHTS =
      OptionSpec.of(
          "weights",
          Weighting.class,
          Weighting.standard(),
          "TYPE[>=threshold]:weight[*value|*log][@halfLifeDays], …",
          "What each type of event weighs, such as \"VIEW:1, PURCHASE:5, RATING>=4:1\".",
          Weighting::parse);

  /** After how many days an event weighs half. */
  public static final OptionSpec<Double> HALF_LIFE_DAYS =
      OptionSpec.number(
          "halfLifeDays",
          0,
          0,
          36_500,
          "After how many days an event weighs half; 0: events never fade. A half-life within"
              + " weights comes first.");

  /** How several events of one user with one item are joined. */
  public static final OptionSpec<Weighting.Combine> COMBINE =
      OptionSpec.choice(
          "combine",
          Weighting.Combine.SUM,
          "How several events of one user with one item are joined.");

  /** By which user attribute the fallback is segmented. */
  public static final OptionSpec<String> SEGMENT_BY =
      OptionSpec.text(
          "segmentBy",
          "",
          "the name of a user attribute, or empty",
          "Popularity is counted within the users who share this attribute; empty: over everybody.");

  /** How far what is popular anyway is held back, see {@link ScoringModel}. */
  public static final OptionSpec<Double> POPULARITY_DAMPING =
      OptionSpec.number(
          "popularityDamping",
          0,
          0,
          1,
          "How far popular items are held back: scores are divided by popularity to this power; 0:"
              + " not at all.");

  private CommonOptions() {}

  /**
   * The weighting that {@link #WEIGHTS}, {@link #HALF_LIFE_DAYS} and {@link #COMBINE} describe.
   *
   * @param settings the settings of a plug-in that has the three
   * @return the weighting
   * @throws IllegalArgumentException when the weights were given as an object that combines in
   *     another way than {@link #COMBINE} says
   */
  public static Weighting weighting(Settings settings) {
    Weighting weights = settings.get(WEIGHTS);
    Weighting.Combine combine = settings.get(COMBINE);
    // Text says nothing of combining and is read as SUM; any other way was chosen by somebody.
    if (weights.combine() != Weighting.Combine.SUM && weights.combine() != combine) {
      throw new IllegalArgumentException(
          "option weights combines by "
              + OptionSpec.text(weights.combine())
              + ", option combine is "
              + OptionSpec.text(combine)
              + "; set combine to the one you mean");
    }
    Weighting weighting = weights.withCombine(combine);
    double days = settings.get(HALF_LIFE_DAYS);
    return days == 0
        ? weighting
        : weighting.withHalfLife(Duration.ofMillis((long) Math.ceil(days * 86_400_000)));
  }
}
