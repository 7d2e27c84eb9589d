// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** A test on one column of a row, written {@code Column op [literal]}. */
final class Condition {

  private enum Op {
    BLANK("blank"),
    EQUAL("="),
    UNEQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    STARTS_WITH("startsWith"),
    MATCHES("matches");

    private final String text;

    Op(String text) {
      this.text = text;
    }

    boolean ordered() {
      return this == LESS || this == AT_MOST || this == MORE || this == AT_LEAST;
    }
  }

  private static final Pattern FORM =
      Pattern.compile(
          "(?<column>.+?)\\s+(?<op>blank|!=|=|<=|<|>=|>|startsWith|matches)(\\s+(?<literal>.+))?");

  private final String column;
  private final Op op;
  private final String literal;
  private final OptionalDouble number;
  private final Pattern pattern;

  private Condition(String column, Op op, String literal) {
    this.column = column;
    this.op = op;
    this.literal = literal;
    this.number = Numbers.parse(literal);
    this.pattern = op == Op.MATCHES ? Pattern.compile(literal) : FORM;
  }

  /** A condition from its text; a refusal says how to write one. */
  static Condition parse(String text) {
    Matcher m = FORM.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no condition; write a column, one of "
              + Arrays.stream(Op.values()).map(op -> op.text).collect(Collectors.joining(" "))
              + " and, but for blank, what to compare with, for example: Quantity <= 0");
    }
    Op op =
        Arrays.stream(Op.values())
            .filter(candidate -> candidate.text.equals(m.group("op")))
            .findFirst()
            .orElseThrow();
    String literal = m.group("literal") == null ? "" : m.group("literal").strip();
    if (literal.isEmpty() != (op == Op.BLANK)) {
      throw new IllegalArgumentException(
          "condition \""
              + text
              + "\": "
              + op.text
              + (op == Op.BLANK ? " takes no" : " needs a")
              + " value to compare with");
    }
    try {
      Condition condition = new Condition(m.group("column"), op, literal);
      if (op.ordered() && condition.number.isEmpty()) {
        throw new IllegalArgumentException(
            "condition \"" + text + "\": " + op.text + " needs a number, not \"" + literal + "\"");
      }
      return condition;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("condition \"" + text + "\": " + e.getMessage(), e);
    }
  }

  String column() {
    return column;
  }

  /** Whether it holds of a value; what is no number is neither less nor more than one. */
  boolean holds(String raw) {
    String value = raw.strip();
    return switch (op) {
      case BLANK -> value.isEmpty();
      case EQUAL -> equal(value);
      case UNEQUAL -> !equal(value);
      case STARTS_WITH -> value.startsWith(literal);
      case MATCHES -> pattern.matcher(value).matches();
      case LESS, AT_MOST, MORE, AT_LEAST -> {
        OptionalDouble found = Numbers.parse(value);
        yield found.isPresent() && ordered(Double.compare(found.getAsDouble() + 0.0, limit()));
      }
    };
  }

  private boolean equal(String value) {
    OptionalDouble found = number.isPresent() ? Numbers.parse(value) : OptionalDouble.empty();
    return found.isPresent() ? found.getAsDouble() == limit() : value.equals(literal);
  }

  private boolean ordered(int order) {
    return switch (op) {
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case MORE -> order > 0;
      default -> order >= 0;
    };
  }

  // Adding 0 turns −0 into 0, which compare() holds to be different.
  private double limit() {
    return number.orElseThrow() + 0.0;
  }

  @Override
  public String toString() {
    return (column + " " + op.text + " " + literal).strip();
  }
}
