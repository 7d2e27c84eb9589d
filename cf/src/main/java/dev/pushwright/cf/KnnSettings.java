// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.data.Weighting;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;

/**
 * The options that both neighbourhood recommenders have, in the form in which they are used.
 *
 * @param measure how similar two rows are
 * @param neighbours how many each keeps at most
 * @param normalization the scale on which ratings are averaged
 * @param rankBy what a recommendation is chosen by
 */
record KnnSettings(Measure measure, int neighbours, Normalization normalization, RankBy rankBy) {

  static final OptionSpec<Similarity> SIMILARITY =
      OptionSpec.choice("similarity", Similarity.COSINE, "How alike two rows of weights are.");

  static final OptionSpec<Means> MEANS =
      OptionSpec.choice(
          "means",
          Means.ALL,
          "What pearson and adjusted-cosine take their means and norms over: all weights of a row,"
              + " those that two rows share, or these after a baseline is subtracted.");

  static final OptionSpec<Double> ALPHA =
      OptionSpec.number(
          "alpha", 0.5, 0, 1, "Of asymmetric-cosine: how far it is divided by the own size.");

  static final OptionSpec<Integer> MIN_OVERLAP =
      OptionSpec.integer(
          "minOverlap", 1, 1, 1_000_000, "How many two rows have to share to be neighbours.");

  static final OptionSpec<Double> SHRINKAGE =
      OptionSpec.number(
          "shrinkage",
          10,
          0,
          1e9,
          "Pulls a similarity that rests on n shared down to n / (n + shrinkage) of itself.");

  static final OptionSpec<Double> AMPLIFICATION =
      OptionSpec.number(
          "amplification",
          1,
          0.1,
          10,
          "Similarities are raised to this power; above 1 the nearest count for more.");

  static final OptionSpec<Normalization> NORMALIZATION =
      OptionSpec.choice(
          "normalization",
          Normalization.BASELINE,
          "The scale on which neighbours' ratings are averaged to predict one.");

  static final OptionSpec<RankBy> RANK_BY =
      OptionSpec.choice(
          "rankBy",
          RankBy.SUM,
          "What a recommendation is chosen by: the sum of what points to it, or its predicted"
              + " rating, which takes weights that do not fade.");

  static KnnSettings of(Settings settings, OptionSpec<Integer> neighbours) {
    RankBy rankBy = settings.get(RANK_BY);
    if (rankBy == RankBy.RATING) {
      Weighting weighting = CommonOptions.weighting(settings);
      if (weighting.rules().values().stream().anyMatch(r -> r.halfLifeDays() < 1e300)) {
        throw new IllegalArgumentException(
            "option rankBy is rating, and ratings do not fade, but the weights are \""
                + weighting
                + "\"; set halfLifeDays to 0 and weights to what a rating is, such as"
                + " RATING:1*value, or leave rankBy at sum");
      }
    }
    return new KnnSettings(
        new Measure(
            settings.get(SIMILARITY),
            settings.get(MEANS),
            settings.get(ALPHA),
            settings.get(MIN_OVERLAP),
            settings.get(SHRINKAGE),
            settings.get(AMPLIFICATION)),
        settings.get(neighbours),
        settings.get(NORMALIZATION),
        rankBy);
  }
}
