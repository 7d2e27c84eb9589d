// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every option of a plug-in with a value that is allowed: what an algorithm is made from.
 * Immutable.
 */
public final class Settings {

  private final Map<String, Object> values;

  Settings(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The value of an option.
   *
   * @param spec one of the plug-in's options
   * @param <T> its type
   * @return its value
   * @throws IllegalArgumentException when the option belongs to another plug-in
   */
  public <T> T get(OptionSpec<T> spec) {
    Object value = values.get(spec.name());
    if (!spec.type().isInstance(value)) {
      throw new IllegalArgumentException(
          "option "
              + spec.name()
              + " of type "
              + spec.type().getSimpleName()
              + " is not among "
              + values.keySet());
    }
    return spec.type().cast(value);
  }

  /**
   * All values as text, which an {@link OptionSet} reads back to the same values.
   *
   * @return text by option name, in the order of declaration
   */
  public Map<String, String> asText() {
    Map<String, String> text = new LinkedHashMap<>();
    values.forEach((name, value) -> text.put(name, OptionSpec.text(value)));
    return text;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Settings other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(values);
  }

  @Override
  public String toString() {
    return asText().toString();
  }
}
