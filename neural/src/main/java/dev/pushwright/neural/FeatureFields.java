// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import com.google.common.base.Splitter;
import dev.pushwright.spi.OptionSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What of a user or an item a network is told.
 *
 * @param kinds how each field is read, in the order in which they were named; {@link #ALL} stands
 *     for those that are not named
 */
record FeatureFields(Map<String, Kind> kinds) {

  /** Stands for every field that is not named beside it. */
  static final String ALL = "*";

  private static final String RANGE =
      "name or name:number, …; * for all that are not named; or empty";

  /** How a field is read. */
  enum Kind {
    /** Each value is a thing of its own. */
    LABEL,
    /** The value is a quantity. */
    NUMBER
  }

  FeatureFields {
    kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
  }

  static OptionSpec<FeatureFields> option(String name, String doc) {
    return OptionSpec.of(name, FeatureFields.class, parse(ALL), RANGE, doc, FeatureFields::parse);
  }

  /** Reads what {@link #toString} gives. */
  static FeatureFields parse(String text) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    for (String part : Splitter.on(',').trimResults().omitEmptyStrings().split(text)) {
      List<String> words = Splitter.on(':').trimResults().splitToList(part);
      boolean number = words.size() == 2 && words.get(1).equals("number");
      if (words.get(0).isEmpty()
          || (words.size() > 1 && !number)
          || (number && words.get(0).equals(ALL))) {
        throw new IllegalArgumentException("\"" + part + "\" is no field");
      }
      if (kinds.put(words.get(0), number ? Kind.NUMBER : Kind.LABEL) != null) {
        throw new IllegalArgumentException(words.get(0) + " is named twice");
      }
    }
    return new FeatureFields(kinds);
  }

  boolean hasAll() {
    return kinds.containsKey(ALL);
  }

  @Override
  public String toString() {
    return kinds.entrySet().stream()
        .map(field -> field.getKey() + (field.getValue() == Kind.NUMBER ? ":number" : ""))
        .collect(Collectors.joining(", "));
  }
}
