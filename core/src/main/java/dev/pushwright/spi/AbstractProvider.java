// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Model;
import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelReader;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A provider that is told all in its constructor. What extends it names its role, and nothing else
 * is left to write:
 *
 * <pre>{@code
 * public final class EaseProvider extends AbstractProvider<Recommender, RecommenderModel>
 *     implements RecommenderProvider {
 *   public EaseProvider() {
 *     super("ease", "…", Ease.OPTIONS, Ease.CAPABILITIES, Ease::new, EaseModel::read);
 *   }
 * }
 * }</pre>
 *
 * @param <A> the role's algorithm
 * @param <M> the role's model
 */
public abstract class AbstractProvider<A, M extends Model> {

  private final String name;
  private final String description;
  private final OptionSet options;
  private final Set<Capability> capabilities;
  private final Function<Settings, ? extends A> create;
  private final BiFunction<ModelReader, Provenance, ? extends M> read;

  /**
   * Takes what the methods give.
   *
   * @param name see {@link Provider#name()}
   * @param description see {@link Provider#description()}
   * @param options see {@link Provider#options()}
   * @param capabilities see {@link Provider#capabilities()}
   * @param create makes an algorithm of options that were checked
   * @param read see {@link Provider#read}
   */
  protected AbstractProvider(
      String name,
      String description,
      OptionSet options,
      Set<Capability> capabilities,
      Function<Settings, ? extends A> create,
      BiFunction<ModelReader, Provenance, ? extends M> read) {
    this.name = Objects.requireNonNull(name, "name");
    this.description = Objects.requireNonNull(description, "description");
    this.options = Objects.requireNonNull(options, "options");
    this.capabilities = Set.copyOf(capabilities);
    this.create = Objects.requireNonNull(create, "create");
    this.read = Objects.requireNonNull(read, "read");
  }

  /**
   * The name that the constructor was given.
   *
   * @return see {@link Provider#name()}
   */
  public final String name() {
    return name;
  }

  /**
   * The sentence that the constructor was given.
   *
   * @return see {@link Provider#description()}
   */
  public final String description() {
    return description;
  }

  /**
   * The options that the constructor was given.
   *
   * @return see {@link Provider#options()}
   */
  public final OptionSet options() {
    return options;
  }

  /**
   * What the constructor was told that models can do.
   *
   * @return see {@link Provider#capabilities()}
   */
  public final Set<Capability> capabilities() {
    return capabilities;
  }

  /**
   * Checks options and makes an algorithm.
   *
   * @param chosen what the user set
   * @return an algorithm, configured for good
   * @throws IllegalArgumentException for an option that is unknown or not allowed
   */
  public final A create(Options chosen) {
    return create.apply(options.resolve(chosen));
  }

  /**
   * Makes a model again.
   *
   * @param in the parts
   * @param provenance what the saved model's provenance was
   * @return see {@link Provider#read}
   */
  public final M read(ModelReader in, Provenance provenance) {
    return read.apply(in, provenance);
  }
}
