// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * Reads the rules of {@link Guard}: a JSON array of objects of two kinds.
 *
 * <pre>
 * {"benchmark": "MatmulBenchmark.multiply", "params": {"shape": "512x512x512", "tier": "java"},
 *  "reference": {"tier": "ijk"}, "floor": 7}
 * {"benchmark": "TopNBenchmark.best", "params": {"size": "1000", "n": "10", "rival": "reused"},
 *  "allocatedBytes": 0}
 * </pre>
 *
 * <p>A rule that would measure something else than it says is refused: JMH itself passes over a
 * parameter that does not exist, and runs all values of one that is not given.
 */
final class GuardFile {

  private static final Set<String> FIELDS =
      Set.of("benchmark", "params", "reference", "floor", "allocatedBytes");

  private final Path file;
  private final JsonParser json;

  private GuardFile(Path file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Reads rules.
   *
   * @param file where they stand
   * @return at least one rule
   * @throws IOException when it cannot be read, or is no JSON
   * @throws IllegalArgumentException when what it says is no rule
   */
  static List<GuardRule> read(Path file) throws IOException {
    try (JsonParser json =
        new JsonFactory()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .createParser(file.toFile())) {
      return new GuardFile(file, json).rules();
    }
  }

  private List<GuardRule> rules() throws IOException {
    if (json.nextToken() != JsonToken.START_ARRAY) {
      throw bad("no JSON array of rules");
    }
    List<GuardRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      GuardRule rule = rule();
      if (!names.add(rule.getClass().getSimpleName() + " " + rule.name())) {
        throw bad("a second rule for " + rule.name());
      }
      rules.add(rule);
    }
    if (json.currentToken() != JsonToken.END_ARRAY) {
      throw bad(json.getText() + " where a rule is needed: {\"benchmark\": …}");
    }
    if (rules.isEmpty()) {
      throw bad("no rule: nothing would be guarded");
    }
    return List.copyOf(rules);
  }

  private GuardRule rule() throws IOException {
    @Nullable String benchmark = null;
    @Nullable SortedMap<String, String> params = null;
    @Nullable SortedMap<String, String> reference = null;
    @Nullable Double floor = null;
    @Nullable Long allocatedBytes = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "benchmark" -> benchmark = text(field);
        case "params" -> params = texts(field);
        case "reference" -> reference = texts(field);
        case "floor" -> floor = floor();
        case "allocatedBytes" -> allocatedBytes = allocatedBytes();
        default -> throw bad("a field \"" + field + "\"; a rule has " + new TreeSet<>(FIELDS));
      }
    }
    if (benchmark == null || params == null) {
      throw bad("a rule without " + (benchmark == null ? "benchmark" : "params"));
    }
    NavigableSet<String> known = paramsOf(benchmark);
    if (!params.keySet().equals(known)) {
      throw bad("params " + params.keySet() + " for " + benchmark + ", whose params are " + known);
    }
    if (allocatedBytes != null && floor == null && reference == null) {
      return new GuardRule.Allocation(benchmark, params, allocatedBytes);
    }
    if (allocatedBytes == null && floor != null && reference != null) {
      checkReference(benchmark, params, reference);
      return new GuardRule.Ratio(benchmark, params, reference, floor);
    }
    throw bad(
        "the rule for "
            + benchmark
            + " is of no kind: give either reference and floor, or allocatedBytes");
  }

  private String text(String field) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw bad(field + " " + json.getText() + "; a text is needed");
    }
    return json.getText();
  }

  private SortedMap<String, String> texts(String field) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw bad(field + " " + json.getText() + "; an object is needed, {\"shape\": \"8x8x8\"}");
    }
    SortedMap<String, String> texts = new TreeMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      texts.put(name, text(field + "." + name));
    }
    return texts;
  }

  private double floor() throws IOException {
    if (!json.currentToken().isNumeric() || !(json.getDoubleValue() > 0)) {
      throw bad("floor " + json.getText() + "; a number above 0 is needed");
    }
    return json.getDoubleValue();
  }

  private long allocatedBytes() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getLongValue() < 0) {
      throw bad("allocatedBytes " + json.getText() + "; a whole number from 0 is needed");
    }
    return json.getLongValue();
  }

  private void checkReference(
      String benchmark, SortedMap<String, String> params, SortedMap<String, String> reference) {
    if (!params.keySet().containsAll(reference.keySet())) {
      throw bad(
          "reference " + reference + " for " + benchmark + ", whose params are " + params.keySet());
    }
    if (params.entrySet().containsAll(reference.entrySet())) {
      throw bad("reference " + reference + " for " + benchmark + ": it would be its own rival");
    }
  }

  private NavigableSet<String> paramsOf(String benchmark) {
    int dot = benchmark.lastIndexOf('.');
    Class<?> type;
    try {
      type =
          Class.forName(
              GuardFile.class.getPackageName() + "." + benchmark.substring(0, Math.max(0, dot)));
    } catch (ClassNotFoundException e) {
      throw bad("benchmark \"" + benchmark + "\"; write Class.method, of a class of this package");
    }
    NavigableSet<String> methods = new TreeSet<>();
    for (Method method : type.getMethods()) {
      if (method.isAnnotationPresent(Benchmark.class)) {
        methods.add(method.getName());
      }
    }
    if (!methods.contains(benchmark.substring(dot + 1))) {
      throw bad("benchmark \"" + benchmark + "\"; the benchmarks of its class are " + methods);
    }
    NavigableSet<String> params = new TreeSet<>();
    Arrays.stream(type.getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(Param.class))
        .map(Field::getName)
        .forEach(params::add);
    return params;
  }

  private IllegalArgumentException bad(String what) {
    JsonLocation place = json.currentTokenLocation();
    return new IllegalArgumentException(
        file + ", line " + place.getLineNr() + ": there is " + what);
  }
}
