// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.spi.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The recommenders that a {@link Hybrid} is made of. As text, parts separated by commas, each
 * {@code name(option=value; option=value):weight}, where the options and the weight, 1 unless
 * given, may be left out: {@code "ease(lambda=300), als(factors=192; iterations=12):0.5"}.
 *
 * @param parts at least one
 */
record HybridParts(List<Part> parts) {

  /**
   * One recommender.
   *
   * @param name the name of its plug-in
   * @param options what is set of its options
   * @param weight how much it counts, finite and at least 0
   */
  record Part(String name, Options options, double weight) {
    Part {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(options, "options");
      if (!(weight >= 0 && weight <= 1e9)) {
        throw new IllegalArgumentException(
            "the weight of " + name + " is " + weight + "; a number from 0 to 1e9 is needed");
      }
    }

    @Override
    public String toString() {
      String set =
          options.values().entrySet().stream()
              .map(option -> option.getKey() + "=" + option.getValue())
              .collect(Collectors.joining("; "));
      return name
          + (set.isEmpty() ? "" : "(" + set + ")")
          + (weight == 1 ? "" : ":" + String.format(Locale.ROOT, "%s", weight));
    }
  }

  HybridParts {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a hybrid has no parts; name at least one recommender");
    }
    if (parts.stream().mapToDouble(Part::weight).sum() == 0) {
      throw new IllegalArgumentException("every part weighs 0; give one of them a weight above 0");
    }
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException for a part that cannot be read, naming it
   */
  static HybridParts parse(String text) {
    List<Part> parts = new ArrayList<>();
    for (String part : split(text, ',', text)) {
      parts.add(part(part.strip()));
    }
    return new HybridParts(parts);
  }

  private static Part part(String text) {
    List<String> pieces = split(text, ':', text);
    if (pieces.size() > 2) {
      throw malformed(text, "it has two weights");
    }
    double weight = 1;
    if (pieces.size() == 2) {
      try {
        weight = Double.parseDouble(pieces.get(1).strip());
      } catch (NumberFormatException e) {
        throw malformed(text, "\"" + pieces.get(1).strip() + "\" is no weight");
      }
    }
    String called = pieces.get(0).strip();
    int open = called.indexOf('(');
    String name = open < 0 ? called : called.substring(0, open).strip();
    if (name.isEmpty()) {
      throw malformed(text, "it has no name");
    }
    Options options = Options.none();
    if (open >= 0) {
      if (!called.endsWith(")")) {
        throw malformed(text, "something stands after its options");
      }
      for (String option : split(called.substring(open + 1, called.length() - 1), ';', text)) {
        int equals = option.indexOf('=');
        if (option.isBlank() && called.substring(open + 1, called.length() - 1).isBlank()) {
          continue;
        }
        if (equals < 1) {
          throw malformed(text, "\"" + option.strip() + "\" is not option=value");
        }
        options =
            options.with(option.substring(0, equals).strip(), option.substring(equals + 1).strip());
      }
    }
    return new Part(name, options, weight);
  }

  /** At the separators that stand outside of brackets. */
  private static List<String> split(String text, char separator, String whole) {
    List<String> pieces = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == separator && depth == 0) {
        pieces.add(text.substring(from, i));
        from = i + 1;
      }
      if (depth < 0) {
        break;
      }
    }
    if (depth != 0) {
      throw malformed(whole, "its brackets do not match");
    }
    pieces.add(text.substring(from));
    return pieces;
  }

  private static IllegalArgumentException malformed(String part, String why) {
    return new IllegalArgumentException(
        "\""
            + part
            + "\" is no part of a hybrid: "
            + why
            + "; write name(option=value; option=value):weight, for example"
            + " als(factors=64):0.5");
  }

  @Override
  public String toString() {
    return parts.stream().map(Part::toString).collect(Collectors.joining(", "));
  }
}
