// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many times faster than its rival a benchmark has to be.
 *
 * @param benchmark the class, such as {@code MatmulBenchmark}
 * @param shape its shape
 * @param guarded the value of {@code rival} that is guarded
 * @param reference the value of {@code rival} that it is compared with in the same run
 * @param floor the least ratio of the reference's time to the guarded one's
 */
record GuardRule(String benchmark, String shape, String guarded, String reference, double floor) {

  private static final Pattern NAME = Pattern.compile("(\\w+) ([\\w]+) ([\\w-]+)/([\\w-]+)");

  /**
   * Reads rules.
   *
   * @param file one JSON object: {@code {"MatmulBenchmark 512x512x512 java/ijk": 3}}
   */
  static List<GuardRule> read(Path file) throws IOException {
    List<GuardRule> rules = new ArrayList<>();
    try (JsonParser json =
        new JsonFactory()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .createParser(file.toFile())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException(file + " is no JSON object of names and floors");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        Matcher parts = NAME.matcher(name);
        if (!parts.matches() || !json.nextToken().isNumeric() || !(json.getDoubleValue() > 0)) {
          throw new IllegalArgumentException(
              file
                  + ": \""
                  + name
                  + "\" is no rule; write \"MatmulBenchmark 512x512x512 java/ijk\": 3, the number"
                  + " being above 0");
        }
        rules.add(
            new GuardRule(
                parts.group(1),
                parts.group(2),
                parts.group(3),
                parts.group(4),
                json.getDoubleValue()));
      }
    }
    if (rules.isEmpty()) {
      throw new IllegalArgumentException(file + " has no rule: nothing would be guarded");
    }
    return List.copyOf(rules);
  }

  /** The name it goes by in the file. */
  String name() {
    return benchmark + " " + shape + " " + guarded + "/" + reference;
  }

  /** Whether a ratio is high enough. */
  boolean holds(double ratio) {
    return ratio >= floor;
  }

  /** What was found, in one line. */
  String describe(double ratio) {
    return String.format(
        Locale.ROOT,
        "%s %s is %.2f times as fast; the floor is %s",
        holds(ratio) ? "ok  " : "SLOW",
        name(),
        ratio,
        floor);
  }
}
