// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.Provenance;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** All options of a plug-in. Immutable. */
public final class OptionSet {

  private final Map<String, OptionSpec<?>> specs;

  private OptionSet(Map<String, OptionSpec<?>> specs) {
    this.specs = Collections.unmodifiableMap(specs);
  }

  /**
   * The options of a plug-in.
   *
   * @param specs the options, in the order they are to be listed in
   * @return the set
   * @throws IllegalArgumentException when two have one name
   */
  public static OptionSet of(OptionSpec<?>... specs) {
    Map<String, OptionSpec<?>> byName = new LinkedHashMap<>();
    for (OptionSpec<?> spec : Arrays.asList(specs)) {
      if (byName.put(spec.name(), spec) != null) {
        throw new IllegalArgumentException("two options are named " + spec.name());
      }
    }
    return new OptionSet(byName);
  }

  /**
   * The options.
   *
   * @return an unmodifiable collection in the order of declaration
   */
  public Collection<OptionSpec<?>> specs() {
    return specs.values();
  }

  /**
   * The names.
   *
   * @return an unmodifiable collection in the order of declaration
   */
  public Collection<String> names() {
    return specs.keySet();
  }

  /**
   * Checks what a user gave and fills in the defaults.
   *
   * @param options what the user gave
   * @return a value for every option
   * @throws IllegalArgumentException for an unknown name, with the nearest spelling and all names,
   *     or a value that is not allowed, with the range
   */
  public Settings resolve(Options options) {
    return resolve(options.values());
  }

  /**
   * The options of a model that was saved.
   *
   * @param provenance where it comes from
   * @return a value for every option; one that was not known then has its default
   * @throws IllegalArgumentException for a name or a value that is no longer allowed
   */
  public Settings resolve(Provenance provenance) {
    return resolve(provenance.options());
  }

  private Settings resolve(Map<String, ?> options) {
    Map<String, Object> resolved = new LinkedHashMap<>();
    specs.forEach((name, spec) -> resolved.put(name, spec.defaultValue()));
    options.forEach(
        (name, value) -> {
          OptionSpec<?> spec = specs.get(name);
          if (spec == null) {
            throw new IllegalArgumentException(Spelling.unknown("option", name, names()));
          }
          resolved.put(name, spec.read(value));
        });
    return new Settings(resolved);
  }
}
