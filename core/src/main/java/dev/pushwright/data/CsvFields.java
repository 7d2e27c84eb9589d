// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import dev.pushwright.data.CsvColumns.Fact;
import dev.pushwright.data.CsvColumns.Rule;
import dev.pushwright.data.Tally.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The fields of the row in hand as ids, numbers and times. What is wrong with one is noted, and
 * something harmless returned in its place, so that every problem of a row is found.
 */
final class CsvFields {

  private static final int NONE = CsvColumns.NONE;

  private final CsvColumns columns;
  private final CsvSpec spec;
  private final TimeFormat times;
  private final Instant latest;
  private final EventType usualType;
  private final Map<String, String> checkedAttributes = new HashMap<>();

  private String[] fields = {};
  private final List<Problem> problems = new ArrayList<>();
  private final List<Integer> rewritten = new ArrayList<>();
  private final List<Integer> filled = new ArrayList<>();
  private boolean valueMissing;
  private boolean priceMissing;

  CsvFields(CsvColumns columns, Instant latest) {
    this.columns = columns;
    this.spec = columns.spec();
    this.times = new TimeFormat(spec.timeFormat(), spec.zone(), spec.timeLocale());
    Instant told = spec.latest();
    this.latest = told == null ? latest : told;
    EventType event = spec.event();
    this.usualType =
        event != null
            ? event
            : columns.price != NONE
                ? EventType.PURCHASE
                : columns.value != NONE ? EventType.RATING : EventType.VIEW;
  }

  /** Takes the row that the source stands at in hand, and checks it as a whole. */
  void take(CsvSource source) {
    problems.clear();
    rewritten.clear();
    filled.clear();
    valueMissing = false;
    priceMissing = false;
    fields = source.fields();
    CsvSource.Fault fault = source.fault();
    if (fault == null) {
      fault = columns.fault(fields.length, source.text());
    }
    if (fault != null) {
      problems.add(new Problem(fault.kind(), "", source.text(), fault.reason()));
    } else if (!clean(source.text())) {
      checkText(source);
    } else {
      for (int column : columns.decimalCommas()) {
        fields[column] = Numbers.withPoint(fields[column]);
      }
    }
  }

  private static boolean clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t' && c != '\n') || c == 0x7f || c == 0xfffd) {
        return false;
      }
    }
    return true;
  }

  private void checkText(CsvSource source) {
    for (int c = 0; c < fields.length; c++) {
      if (fields[c].indexOf('\ufffd') >= 0) {
        problem(
            "undecodable bytes", c, "bytes that are no " + source.charset() + "; set the charset");
      } else if (!clean(fields[c])) {
        problem("control character", c, "control characters do not belong in text");
      }
    }
  }

  /** What was found wrong so far, in the order in which it was. */
  List<Problem> problems() {
    return problems;
  }

  /** Columns whose value was brought into another form. */
  List<Integer> rewritten() {
    return rewritten;
  }

  /** Columns where a constant was put in the place of a missing number. */
  List<Integer> filled() {
    return filled;
  }

  /** Whether the value is missing and to be imputed. */
  boolean valueMissing() {
    return valueMissing;
  }

  /** Whether the price is missing and to be imputed. */
  boolean priceMissing() {
    return priceMissing;
  }

  /** A field as it came; empty when there is no such column. */
  String text(int column) {
    return column == NONE ? "" : fields[column];
  }

  /** Whether a rule holds of the row. */
  boolean holds(Rule rule) {
    return rule.condition().holds(fields[rule.column()]);
  }

  /** Notes a problem. */
  void problem(String kind, int column, String reason) {
    problems.add(new Problem(kind, columns.name(column), fields[column], reason));
  }

  /** Notes that something is not there. */
  void missing(int column, String reason) {
    problem("missing", column, reason);
  }

  /** An id. */
  String id(int column, String what) {
    String id = fields[column].strip();
    if (id.isEmpty()) {
      missing(column, "the " + what + " id is missing");
    } else if (columns.integer(column)) {
      String integer = Numbers.integer(id);
      if (integer.isEmpty()) {
        problem("not a whole number", column, "a whole number is needed");
      } else if (!integer.equals(id)) {
        rewritten.add(column);
        return integer;
      }
    }
    return id;
  }

  /** The type of the event, given its query and whether it has an item. */
  EventType type(String query, boolean itemGiven) {
    boolean search = !query.isEmpty() && !itemGiven;
    if (columns.type == NONE) {
      return search ? EventType.SEARCH : usualType;
    }
    String word = fields[columns.type].strip();
    if (word.isEmpty()) {
      if (search) {
        return EventType.SEARCH;
      }
      missing(columns.type, "the type of the event is missing");
      return usualType;
    }
    Optional<EventType> type = spec.typeOf(word);
    if (type.isEmpty()) {
      problem(
          "unknown event type",
          columns.type,
          "is no event type; say what it means by type." + word + " = VIEW or the like");
    }
    return type.orElse(usualType);
  }

  /** The value of an event; of one that cancels without its sign. */
  double value(EventType type, boolean cancels) {
    if (columns.value == NONE) {
      return 1;
    }
    boolean quantity = type == EventType.PURCHASE || type == EventType.CART;
    String text = fields[columns.value].strip();
    String imputed = columns.imputed(columns.value);
    if (text.isEmpty() || (!imputed.isEmpty() && Numbers.missing(text))) {
      boolean needed = quantity || type == EventType.RATING;
      if (!needed) {
        return 1;
      }
      if (cancels || imputed.isEmpty()) {
        missing(columns.value, "a number is needed; to fill in or drop such rows, impute it");
        return 1;
      }
      return fill(columns.value, imputed, quantity);
    }
    double value = number(columns.value, text);
    double taken = cancels ? Math.abs(value) : value;
    if (quantity && taken <= 0) {
      problem(
          "quantity not above 0",
          columns.value,
          "a quantity is above 0; to filter such rows, name a rule: reject.<name> = "
              + columns.name(columns.value)
              + " <= 0; for returns there is cancel");
    }
    return taken;
  }

  /** The price; NaN when there is none. */
  double price(boolean needed) {
    String text = fields[columns.price].strip();
    String imputed = columns.imputed(columns.price);
    if (text.isEmpty() || (!imputed.isEmpty() && Numbers.missing(text))) {
      if (!imputed.isEmpty()) {
        return fill(columns.price, imputed, false);
      }
      if (needed) {
        missing(columns.price, "a price is needed; to fill in or drop such rows, impute it");
      }
      return Double.NaN;
    }
    double price = number(columns.price, text);
    if (price < 0) {
      problem("out of range", columns.price, "a price is at least 0");
    }
    return price;
  }

  // A constant is put in at once; what depends on the other rows is only marked.
  private double fill(int column, String how, boolean quantity) {
    OptionalDouble constant = Numbers.parse(how);
    if (constant.isPresent()) {
      if (constant.getAsDouble() < (column == columns.price ? 0 : Double.NEGATIVE_INFINITY)
          || (quantity && constant.getAsDouble() <= 0)) {
        problem("out of range", column, how + " cannot stand for a missing number here");
      }
      filled.add(column);
      return constant.getAsDouble();
    }
    if (column == columns.price) {
      priceMissing = true;
    } else {
      valueMissing = true;
    }
    return column == columns.price ? Double.NaN : 1;
  }

  private double number(int column, String text) {
    OptionalDouble number = Numbers.parse(text);
    if (number.isEmpty()) {
      boolean told = columns.decimalCommas().contains(column);
      String decimal =
          told
              ? " such as 1.299,00"
              : text.indexOf(',') >= 0
                  ? ", with a decimal point and no comma; if 1.299,00 is how the file writes 1299,"
                      + " set format."
                      + columns.name(column)
                      + " = "
                      + CsvSpec.DECIMAL_COMMA
                  : "";
      problem("not a number", column, "a number is needed" + decimal);
      return 1;
    }
    if (!(Math.abs(number.getAsDouble()) <= Interaction.MAX_VALUE)) {
      problem("out of range", column, "a number of at most 1e12 in size is needed");
      return 1;
    }
    return number.getAsDouble();
  }

  /** The time; 1970 in a file without times. */
  Instant time() {
    if (columns.time == NONE) {
      return Instant.EPOCH;
    }
    String text = fields[columns.time].strip();
    if (text.isEmpty()) {
      missing(columns.time, "the time is missing");
      return Instant.EPOCH;
    }
    Instant at;
    try {
      at = times.parse(text);
    } catch (DateTimeException e) {
      problem("not a time", columns.time, times.expected() + " is needed");
      return Instant.EPOCH;
    }
    if (at.isBefore(spec.earliest())) {
      problem(
          "time outside the window",
          columns.time,
          at + " is before " + spec.earliest() + "; if it is right, set time.earliest");
    } else if (at.isAfter(latest)) {
      problem(
          "time outside the window",
          columns.time,
          at + " is after " + latest + "; if it is right, set time.latest");
    }
    return at;
  }

  /** Whether a flag is set. */
  boolean flag(Fact flag) {
    return switch (CsvSpec.lower(fields[flag.column()].strip())) {
      case "1", "true", "yes" -> true;
      case "0", "false", "no", "" -> false;
      default -> {
        problem("not a flag", flag.column(), "1 or 0 is needed");
        yield false;
      }
    };
  }

  /** Checks that an attribute with a meaning has one; what was found out is remembered. */
  void checkAttribute(Fact attribute) {
    String text = fields[attribute.column()].strip();
    String name = attribute.name();
    if (text.isEmpty()
        || !(name.equals(User.LOCALE) || name.equals(User.ZONE) || name.equals(User.CONSENT))) {
      return;
    }
    String reason =
        checkedAttributes.computeIfAbsent(
            name + "=" + text,
            key -> {
              try {
                new User("of this row", Map.of(name, text));
                return "";
              } catch (IllegalArgumentException e) {
                return String.valueOf(e.getMessage());
              }
            });
    if (!reason.isEmpty()) {
      problem("bad user attribute", attribute.column(), reason);
    }
  }
}
