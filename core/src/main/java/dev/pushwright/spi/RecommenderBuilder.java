// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.Recommender;
import dev.pushwright.data.Weighting;

/**
 * What can be set on every recommender that learns from weighted events. To be extended by the
 * builder of an algorithm, which adds a method for each option of its own; what is set is checked
 * when {@link #build} resolves it against the algorithm's {@link OptionSet}, so each default stands
 * there and nowhere else.
 *
 * @param <A> the algorithm
 * @param <B> the builder itself
 */
public abstract class RecommenderBuilder<
    A extends Recommender, B extends RecommenderBuilder<A, B>> {

  private Options options = Options.none();

  /** Starts with every option at its default. */
  protected RecommenderBuilder() {}

  /**
   * This, as what it is.
   *
   * @return this
   */
  protected abstract B self();

  /**
   * The recommender.
   *
   * @return an algorithm, configured for good
   * @throws IllegalArgumentException for an option that is not allowed
   */
  public abstract A build();

  /**
   * Sets an option.
   *
   * @param option which
   * @param value to what
   * @param <T> its type
   * @return this
   */
  protected final <T> B set(OptionSpec<T> option, T value) {
    options = options.with(option.name(), value);
    return self();
  }

  /**
   * What was set.
   *
   * @return the options, to be resolved
   */
  protected final Options options() {
    return options;
  }

  /**
   * Sets what each type of event weighs.
   *
   * @param weighting the weighting; its half-lives come before {@link #halfLifeDays}, and the way
   *     it combines is taken over unless that is the sum, for which there is {@link #combine}
   * @return this
   */
  public final B weighting(Weighting weighting) {
    set(CommonOptions.WEIGHTS, weighting);
    return weighting.combine() == Weighting.Combine.SUM ? self() : combine(weighting.combine());
  }

  /**
   * Sets how several events of one user with one item are joined.
   *
   * @param combine the way
   * @return this
   */
  public final B combine(Weighting.Combine combine) {
    return set(CommonOptions.COMBINE, combine);
  }

  /**
   * Sets after how many days an event weighs half.
   *
   * @param days from 0 to 36 500; 0: events never fade
   * @return this
   */
  public final B halfLifeDays(double days) {
    return set(CommonOptions.HALF_LIFE_DAYS, days);
  }

  /**
   * Segments the popularity that answers for users of whom nothing is known.
   *
   * @param attribute the name of a user attribute, or empty for everybody
   * @return this
   */
  public final B segmentBy(String attribute) {
    return set(CommonOptions.SEGMENT_BY, attribute);
  }

  /**
   * Sets how far popular items are held back, where the algorithm has the option.
   *
   * @param damping from 0 (not at all) to 1, see {@link ScoringModel}
   * @return this
   */
  public final B popularityDamping(double damping) {
    return set(CommonOptions.POPULARITY_DAMPING, damping);
  }
}
