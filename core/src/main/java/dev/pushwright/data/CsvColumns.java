// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import dev.pushwright.data.Lines.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A mapping bound to one file: where each role stands, by position. */
final class CsvColumns {

  /** A role that the file does not have. */
  static final int NONE = -1;

  /**
   * A named fact and where it stands.
   *
   * @param name the tag or the attribute
   */
  record Fact(String name, int column) {}

  /** A rule and where its column stands. */
  record Rule(String name, int column, Condition condition) {}

  private final Path file;
  private final List<String> header;
  private final int fewest;
  private final int exact;
  private final CsvSpec spec;
  private final String delimiter;
  private final Set<Integer> integers = new TreeSet<>();
  private final Set<Integer> decimalCommas = new TreeSet<>();

  final int user;
  final int item;
  final int type;
  final int value;
  final int price;
  final int query;
  final int time;
  final int title;
  final int tags;
  final List<Fact> flags;
  final List<Fact> itemAttributes;
  final List<Fact> userAttributes;
  final List<Rule> rejects;
  final @Nullable Rule cancel;

  /** Reads the header, if there is one, and finds every column that the mapping names. */
  CsvColumns(Path file, CsvSource source, CsvSpec given) {
    this.file = file;
    Line first = source.peek();
    if (first == null) {
      throw new IngestException(
          file + " is empty" + (given.header() ? "; even without rows a header is needed" : ""));
    }
    checkText(first, source, given.header());
    this.delimiter =
        given.delimiter().isEmpty() ? CsvDetection.delimiter(first.text()) : given.delimiter();
    source.format(delimiter, given.quote(), 0);
    if (given.header()) {
      source.next();
      CsvSource.Fault fault = source.fault();
      if (fault != null) {
        throw new IngestException(file + ", header: " + fault.reason());
      }
      List<String> names = new ArrayList<>();
      for (String name : source.fields()) {
        names.add(name.strip());
      }
      this.header = List.copyOf(names);
    } else {
      this.header = List.of();
    }
    try {
      this.spec = given.detect() ? CsvDetection.complete(given, header) : given;
    } catch (IllegalArgumentException e) {
      throw new IngestException(file + ": " + e.getMessage() + hint(first.text()), e);
    }
    Finder finder = new Finder(first.text());
    this.user = finder.role(CsvSpec.USER);
    this.item = finder.role(CsvSpec.ITEM);
    this.type = finder.role(CsvSpec.TYPE);
    this.value = finder.role(CsvSpec.VALUE);
    this.price = finder.role(CsvSpec.PRICE);
    this.query = finder.role(CsvSpec.QUERY);
    this.time = finder.role(CsvSpec.TIME);
    this.title = finder.role(CsvSpec.TITLE);
    this.tags = finder.role(CsvSpec.TAGS);
    this.flags = finder.facts(spec.flags());
    List<Fact> attributes = new ArrayList<>();
    for (String name : CsvSpec.ITEM_FACTS) {
      String column = spec.roles().get(name);
      if (column != null) {
        attributes.add(new Fact(name, finder.find(name, column)));
      }
    }
    attributes.addAll(finder.facts(spec.itemAttributes()));
    this.itemAttributes = List.copyOf(attributes);
    this.userAttributes = finder.facts(spec.userAttributes());
    List<Rule> rules = new ArrayList<>();
    spec.rejects()
        .forEach(
            (name, condition) ->
                rules.add(finder.rule(CsvSpec.REJECT + "." + name, name, condition)));
    this.rejects = List.copyOf(rules);
    Condition cancelling = spec.cancel();
    this.cancel =
        cancelling == null ? null : finder.rule(CsvSpec.CANCEL, CsvSpec.CANCEL, cancelling);
    for (String column : spec.integers()) {
      integers.add(finder.find(CsvSpec.FORMAT + "." + column, column));
    }
    for (String column : spec.decimalCommas()) {
      decimalCommas.add(finder.find(CsvSpec.FORMAT + "." + column, column));
    }
    checkImputed(finder);
    checkRoles();
    this.exact = given.header() ? header.size() : spec.columns();
    this.fewest = exact > 0 ? exact : finder.highest + 1;
    source.format(delimiter, given.quote(), exact);
  }

  private void checkText(Line first, CsvSource source, boolean header) {
    String text = first.text();
    if (text.indexOf('\0') >= 0) {
      throw new IngestException(
          file
              + " is no text in "
              + source.charset()
              + ": its first line holds NUL characters. It is a binary file, or in UTF-16; then set"
              + " the charset");
    }
    if (first.tooLong()) {
      throw new IngestException(
          file + ": the first line is longer than " + Lines.MAX_LENGTH + " characters; is it CSV?");
    }
    // Without a header the line is a row, to be rejected like any other.
    if (header && text.indexOf('\ufffd') >= 0) {
      throw new IngestException(
          file
              + ": the header holds bytes that are no "
              + source.charset()
              + "; set the charset, if it is text at all");
    }
  }

  private void checkImputed(Finder finder) {
    for (String column : spec.imputes().keySet()) {
      int at = finder.find(CsvSpec.IMPUTE + "." + column, column);
      if (at != value && at != price) {
        throw new IngestException(
            file
                + ": impute."
                + column
                + " asks to fill in a column that is neither the value nor the price");
      }
    }
  }

  private void checkRoles() {
    if (user != NONE && item == NONE && query == NONE && (time != NONE || value != NONE)) {
      throw new IngestException(
          file + ": the mapping has a user and a time or a value but no item; set item or query");
    }
    if (user == NONE && !userAttributes.isEmpty()) {
      throw new IngestException(file + ": the mapping has user attributes but no user; set user");
    }
    if (item == NONE
        && (title != NONE || tags != NONE || !flags.isEmpty() || !itemAttributes.isEmpty())) {
      throw new IngestException(file + ": the mapping has facts on items but no item; set item");
    }
  }

  // When another delimiter would cut the line into more fields, says so.
  private String hint(String line) {
    String other = CsvDetection.delimiter(line);
    boolean single = !line.contains(delimiter);
    return single && line.contains(other) && !other.equals(delimiter)
        ? ". The line holds no \""
            + CsvDetection.spelt(delimiter)
            + "\" but \""
            + CsvDetection.spelt(other)
            + "\": set delimiter = "
            + CsvDetection.spelt(other)
        : "";
  }

  /** The mapping with what was detected. */
  CsvSpec spec() {
    return spec;
  }

  /** Whether a row tells what a user did. */
  boolean events() {
    return user != NONE && (item != NONE || query != NONE);
  }

  /** Whether a column is to be read as whole numbers. */
  boolean integer(int column) {
    return integers.contains(column);
  }

  /** The columns in which numbers are written with a comma. */
  Set<Integer> decimalCommas() {
    return decimalCommas;
  }

  /** How a missing number in a column is imputed; empty text when it is not. */
  String imputed(int column) {
    return column == NONE ? "" : spec.imputes().getOrDefault(name(column), "");
  }

  /** What a column is called, for messages and in the mapping. */
  String name(int column) {
    return header.isEmpty()
        ? Integer.toString(column + 1)
        : column < header.size() ? header.get(column) : "column " + (column + 1);
  }

  /** What is wrong with the number of fields of a row, or null. */
  CsvSource.@Nullable Fault fault(int fields, String line) {
    if (fields >= fewest && (exact == 0 || fields == exact)) {
      return null;
    }
    String reason =
        fields
            + (fields == 1 ? " column" : " columns")
            + ", "
            + (exact > 0 ? "" : "at least ")
            + fewest
            + (fewest == 1 ? " is" : " are")
            + " needed"
            + hint(line);
    return new CsvSource.Fault(fields < fewest ? "too few columns" : "too many columns", reason);
  }

  private final class Finder {
    private final String line;
    private int highest;

    Finder(String line) {
      this.line = line;
    }

    int role(String role) {
      String column = spec.roles().get(role);
      return column == null ? NONE : find(role, column);
    }

    List<Fact> facts(Map<String, String> columns) {
      List<Fact> facts = new ArrayList<>();
      columns.forEach((name, column) -> facts.add(new Fact(name, find(name, column))));
      return List.copyOf(facts);
    }

    Rule rule(String entry, String name, Condition condition) {
      return new Rule(name, find(entry, condition.column()), condition);
    }

    int find(String entry, String column) {
      int found = spec.header() ? named(entry, column) : numbered(entry, column);
      highest = Math.max(highest, found);
      return found;
    }

    private int named(String entry, String column) {
      int found = header.indexOf(column);
      if (found < 0) {
        String same = CsvDetection.normalised(column);
        String near =
            header.stream()
                .filter(name -> CsvDetection.normalised(name).equals(same))
                .findFirst()
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse(".");
        throw new IngestException(
            file
                + " has no column \""
                + column
                + "\", which the mapping gives for "
                + entry
                + near
                + " Its columns are "
                + header
                + hint(line));
      }
      if (header.lastIndexOf(column) != found) {
        throw new IngestException(
            file
                + " has two columns \""
                + column
                + "\", which the mapping gives for "
                + entry
                + "; rename one, or skip the header and give columns by number");
      }
      return found;
    }

    private int numbered(String entry, String column) {
      OptionalDouble number = Numbers.parse(column);
      int most = spec.columns() > 0 ? spec.columns() : CsvSource.MAX_COLUMNS;
      if (number.isEmpty()
          || number.getAsDouble() != Math.rint(number.getAsDouble())
          || number.getAsDouble() < 1
          || number.getAsDouble() > most) {
        throw new IngestException(
            file
                + ": the mapping gives \""
                + column
                + "\" for "
                + entry
                + "; in a file without header a column is a number from 1 to "
                + most);
      }
      return (int) number.getAsDouble() - 1;
    }
  }
}
