// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Model;
import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelReader;
import java.util.Set;

/**
 * Makes the algorithms of one plug-in. Implement one of the four sub-interfaces, which say the
 * role; an implementation is public and has a public constructor without arguments, cheap and free
 * of side effects.
 *
 * @param <A> the role's algorithm
 */
public sealed interface Provider<A>
    permits ProfilerProvider, RecommenderProvider, ContentGeneratorProvider, TextAnalyzerProvider {

  /**
   * The name users ask for, unique within the role.
   *
   * @return lower-case letters, digits, hyphens and plus signs, beginning with a letter, such as
   *     {@code item-knn} or {@code svd++}
   */
  String name();

  /**
   * What the plug-in is.
   *
   * @return one sentence
   */
  String description();

  /**
   * What can be set.
   *
   * @return the options, may be none
   */
  OptionSet options();

  /**
   * What the models can do beyond their role's duty, with options at their defaults. Where options
   * change it, {@link Model#capabilities()} says what one model can do.
   *
   * @return the declared capabilities
   */
  Set<Capability> capabilities();

  /**
   * Makes an algorithm.
   *
   * @param options what the user set; to be checked by {@link OptionSet#resolve}
   * @return an algorithm, configured for good
   * @throws IllegalArgumentException for an option that is unknown or not allowed
   */
  A create(Options options);

  /**
   * Makes a model again from what {@link Model#save} wrote; called by {@link Models}. Nothing that
   * is read is to be trusted: what makes no sense is reported by {@link ModelReader#damaged}, so
   * that a model that was read never fails later. A provider that is to pass the conformance kit
   * overrides this.
   *
   * @param in the parts
   * @param provenance what the saved model's provenance was; {@link OptionSet#resolve(Provenance)}
   *     gives its options, which were checked
   * @return a model that answers as the saved one did, with this provenance
   * @throws dev.pushwright.io.ModelFormatException when the content makes no sense
   * @throws UnsupportedOperationException when this provider's models cannot be saved
   */
  Model read(ModelReader in, Provenance provenance);
}
