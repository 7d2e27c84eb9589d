// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import dev.pushwright.data.CsvColumns.Fact;
import dev.pushwright.data.CsvColumns.Rule;
import dev.pushwright.data.Tally.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Turns the rows of one file into staged rows, or says what is wrong with them. */
final class CsvRows {

  private static final int NONE = CsvColumns.NONE;

  private final int file;
  private final CsvColumns columns;
  private final CsvSpec spec;
  private final Staged staged;
  private final Tally tally;
  private final TimeFormat times;
  private final Instant latest;
  private final Splitter tagSplitter;
  private final EventType usualType;
  private final Map<String, String> checkedAttributes = new HashMap<>();

  // The row in hand.
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> rewritten = new ArrayList<>();
  private final List<Integer> constants = new ArrayList<>();
  private String[] fields = {};
  private boolean valueMissing;
  private boolean priceMissing;

  CsvRows(int file, CsvColumns columns, Instant latest, Staged staged, Tally tally) {
    this.file = file;
    this.columns = columns;
    this.spec = columns.spec();
    this.staged = staged;
    this.tally = tally;
    this.times = new TimeFormat(spec.timeFormat(), spec.zone());
    Instant told = spec.latest();
    this.latest = told == null ? latest : told;
    this.tagSplitter =
        spec.tagSeparator().equals("any")
            ? Splitter.on(CharMatcher.anyOf("|;,"))
            : Splitter.on(spec.tagSeparator());
    EventType event = spec.event();
    this.usualType =
        event != null
            ? event
            : columns.price != NONE
                ? EventType.PURCHASE
                : columns.value != NONE ? EventType.RATING : EventType.VIEW;
  }

  /** Takes in the row that the source stands at. */
  void take(CsvSource source) {
    tally.read();
    problems.clear();
    rewritten.clear();
    constants.clear();
    valueMissing = false;
    priceMissing = false;
    CsvSource.Fault fault = source.fault();
    if (fault == null) {
      fields = source.fields();
      fault = columns.fault(fields.length, source.text());
    }
    if (fault != null) {
      problems.add(new Problem(fault.kind(), "", source.text(), fault.reason()));
    } else if (!clean(source.text())) {
      checkText(source);
    }
    if (problems.isEmpty()) {
      for (Rule rule : columns.rejects) {
        if (rule.condition().holds(fields[rule.column()])) {
          tally.filter(
              source.line(),
              columns.name(rule.column()),
              fields[rule.column()],
              "rejected by the rule " + rule.name() + ": " + rule.condition(),
              rule.name());
          return;
        }
      }
      takeFields(source.line());
    }
    if (!problems.isEmpty()) {
      tally.reject(source.line(), problems);
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

  private void problem(String kind, int column, String reason) {
    problems.add(new Problem(kind, columns.name(column), fields[column], reason));
  }

  private void takeFields(long line) {
    if (columns.events()) {
      takeEvent(line);
    } else {
      String item = columns.item == NONE ? "" : id(columns.item, "item");
      String user = columns.user == NONE ? "" : id(columns.user, "user");
      double price = columns.price == NONE || columns.item == NONE ? Double.NaN : price(false);
      Instant at = time(columns.item != NONE);
      if (acceptable(line)) {
        takeFacts(item, user, line, price, at);
      }
    }
  }

  // Checks what facts have a form of their own, and drops the row when a rule asks for it.
  private boolean acceptable(long line) {
    for (Fact flag : columns.flags) {
      flag(flag);
    }
    for (Fact attribute : columns.userAttributes) {
      checkAttribute(attribute);
    }
    if (!problems.isEmpty()) {
      return false;
    }
    for (int column : new int[] {columns.value, columns.price}) {
      if (column != NONE
          && (column == columns.value ? valueMissing : priceMissing)
          && columns.imputed(column).equals(CsvSpec.DROP)) {
        tally.filter(
            line,
            columns.name(column),
            fields[column],
            "a missing number, dropped as the mapping asks",
            CsvSpec.DROP + " missing " + columns.name(column));
        return false;
      }
    }
    rewritten.forEach(column -> tally.rewrite(column, "integer"));
    constants.forEach(column -> tally.impute(columns.name(column), columns.imputed(column)));
    return true;
  }

  private void takeEvent(long line) {
    String user = id(columns.user, "user");
    String query = columns.query == NONE ? "" : fields[columns.query].strip();
    boolean itemGiven = columns.item != NONE && !fields[columns.item].isBlank();
    boolean cancels = columns.cancel != null && holds(columns.cancel);
    EventType type = cancels ? EventType.PURCHASE : type(query, itemGiven);
    String item = "";
    if (type == EventType.SEARCH) {
      if (query.isEmpty()) {
        missing(columns.query == NONE ? columns.item : columns.query, "a search needs its query");
      }
    } else if (columns.item == NONE) {
      missing(columns.query, "a query is needed, for there is no item column");
    } else {
      item = id(columns.item, "item");
    }
    double value = type == EventType.SEARCH ? 1 : value(type, cancels);
    double price =
        type == EventType.SEARCH || cancels || columns.price == NONE
            ? Double.NaN
            : price(type == EventType.PURCHASE);
    Instant at = time(true);
    if (problems.isEmpty()
        && type == EventType.PURCHASE
        && !valueMissing
        && price * value > Interaction.MAX_VALUE) {
      problem(
          "out of range",
          columns.price,
          "the amount, price x quantity, is above " + Interaction.MAX_VALUE);
    }
    if (!acceptable(line)) {
      return;
    }
    int row = row(line, at);
    staged.user[row] = staged.users.number(user);
    staged.type[row] = type;
    staged.value[row] = value;
    staged.price[row] = price;
    if (type == EventType.SEARCH) {
      staged.query[row] = staged.queries.number(query);
    } else {
      staged.item[row] = staged.items.number(item);
    }
    mark(row);
    if (cancels) {
      staged.set(row, Staged.CANCELS);
      return;
    }
    if (staged.item[row] != Staged.NONE) {
      addItemFacts(staged.item[row]);
    }
    addUserFacts(staged.user[row]);
  }

  private int row(long line, Instant at) {
    int row = staged.add();
    staged.file[row] = file;
    staged.line[row] = line;
    staged.second[row] = at.getEpochSecond();
    staged.nano[row] = at.getNano();
    return row;
  }

  // Missing numbers that a constant stands for are filled in at once, the others when all is read.
  private void mark(int row) {
    if (valueMissing) {
      staged.set(row, Staged.VALUE_MISSING);
    }
    if (priceMissing) {
      staged.set(row, Staged.PRICE_MISSING);
    }
    if (constants.contains(columns.price)) {
      staged.set(row, Staged.PRICE_IMPUTED);
    }
  }

  private void takeFacts(String itemId, String userId, long line, double price, Instant at) {
    if (columns.item != NONE) {
      int item = staged.items.number(itemId);
      addItemFacts(item);
      account(staged.declaredItems.add(item), "repeated item facts");
      if (priceMissing || !Double.isNaN(price)) {
        // Without times a price list is of today.
        int row = row(line, columns.time == NONE ? Instant.MAX : at);
        staged.item[row] = item;
        staged.price[row] = price;
        staged.set(row, Staged.PRICE_ONLY);
        mark(row);
      }
    } else {
      int user = staged.users.number(userId);
      addUserFacts(user);
      account(staged.declaredUsers.add(user), "repeated user facts");
    }
  }

  private void account(boolean first, String otherwise) {
    if (first) {
      tally.accept();
    } else {
      tally.merge(otherwise);
    }
  }

  private void addItemFacts(int item) {
    if (columns.title != NONE) {
      staged.itemFacts.add(item, Staged.TITLE, fields[columns.title]);
    }
    for (Fact attribute : columns.itemAttributes) {
      staged.itemFacts.add(item, attribute.name(), fields[attribute.column()]);
    }
    if (columns.tags != NONE && !fields[columns.tags].isBlank()) {
      for (String tag : tagSplitter.split(fields[columns.tags])) {
        addTag(item, tag);
      }
    }
    for (Fact flag : columns.flags) {
      if (flag(flag)) {
        addTag(item, flag.name());
      }
    }
  }

  private void addTag(int item, String tag) {
    if (!tag.isBlank()) {
      staged.tags.computeIfAbsent(item, key -> new LinkedHashSet<>()).add(tag.strip());
    }
  }

  private void addUserFacts(int user) {
    for (Fact attribute : columns.userAttributes) {
      staged.userFacts.add(user, attribute.name(), fields[attribute.column()]);
    }
  }

  private boolean holds(@Nullable Rule rule) {
    return rule != null && rule.condition().holds(fields[rule.column()]);
  }

  private void missing(int column, String reason) {
    problem("missing", column, reason);
  }

  private String id(int column, String what) {
    String id = fields[column].strip();
    if (id.isEmpty()) {
      missing(column, "the " + what + " id is missing");
    } else if (columns.integer(column)) {
      String integer = Numbers.integer(id);
      if (integer.isEmpty()) {
        problem("not a whole number", column, "a whole number is needed");
      } else if (!integer.equals(id)) {
        rewritten.add(columns.name(column));
        return integer;
      }
    }
    return id;
  }

  private EventType type(String query, boolean itemGiven) {
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

  private double value(EventType type, boolean cancels) {
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
      return filled(columns.value, imputed, quantity);
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

  private double price(boolean needed) {
    String text = fields[columns.price].strip();
    String imputed = columns.imputed(columns.price);
    if (text.isEmpty() || (!imputed.isEmpty() && Numbers.missing(text))) {
      if (!imputed.isEmpty()) {
        return filled(columns.price, imputed, false);
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
  private double filled(int column, String how, boolean quantity) {
    OptionalDouble constant = Numbers.parse(how);
    if (constant.isPresent()) {
      if (constant.getAsDouble() < (column == columns.price ? 0 : Double.NEGATIVE_INFINITY)
          || (quantity && constant.getAsDouble() <= 0)) {
        problem("out of range", column, how + " cannot stand for a missing number here");
      }
      constants.add(column);
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
      String decimal = text.indexOf(',') >= 0 ? ", with a decimal point and no comma" : "";
      problem("not a number", column, "a number is needed" + decimal);
      return 1;
    }
    if (!(Math.abs(number.getAsDouble()) <= Interaction.MAX_VALUE)) {
      problem("out of range", column, "a number of at most 1e12 in size is needed");
      return 1;
    }
    return number.getAsDouble();
  }

  private Instant time(boolean wanted) {
    if (columns.time == NONE || !wanted) {
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

  private boolean flag(Fact flag) {
    return switch (CsvSpec.lower(fields[flag.column()].strip())) {
      case "1", "true", "yes" -> true;
      case "0", "false", "no", "" -> false;
      default -> {
        problem("not a flag", flag.column(), "1 or 0 is needed");
        yield false;
      }
    };
  }

  // Attributes with a meaning must have one; what was found out about a text is remembered.
  private void checkAttribute(Fact attribute) {
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
