// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import dev.pushwright.data.CsvColumns.Fact;
import dev.pushwright.data.CsvColumns.Rule;
import java.time.Instant;
import java.util.LinkedHashSet;

/** Turns the rows of one file into staged rows, or says what is wrong with them. */
final class CsvRows {

  private static final int NONE = CsvColumns.NONE;

  private final int file;
  private final CsvColumns columns;
  private final Staged staged;
  private final Tally tally;
  private final Splitter tagSplitter;
  private final CsvFields fields;

  CsvRows(int file, CsvColumns columns, Instant latest, Staged staged, Tally tally) {
    this.file = file;
    this.columns = columns;
    this.staged = staged;
    this.tally = tally;
    this.fields = new CsvFields(columns, latest);
    String separator = columns.spec().tagSeparator();
    this.tagSplitter =
        separator.equals("any") ? Splitter.on(CharMatcher.anyOf("|;,")) : Splitter.on(separator);
  }

  /** Takes in the row that the source stands at. */
  void take(CsvSource source) {
    tally.read();
    fields.take(source);
    if (fields.problems().isEmpty()) {
      for (Rule rule : columns.rejects) {
        if (fields.holds(rule)) {
          tally.filter(
              source.line(),
              columns.name(rule.column()),
              fields.text(rule.column()),
              "rejected by the rule " + rule.name() + ": " + rule.condition(),
              rule.name());
          return;
        }
      }
      takeFields(source.line());
    }
    if (!fields.problems().isEmpty()) {
      tally.reject(source.line(), fields.problems());
    }
  }

  private void takeFields(long line) {
    if (columns.events()) {
      takeEvent(line);
    } else {
      String item = columns.item == NONE ? "" : fields.id(columns.item, "item");
      String user = columns.user == NONE ? "" : fields.id(columns.user, "user");
      double price =
          columns.price == NONE || columns.item == NONE ? Double.NaN : fields.price(false);
      Instant at = fields.time();
      if (acceptable(line)) {
        takeFacts(item, user, line, price, at);
      }
    }
  }

  // Checks what facts have a form of their own, and drops the row when a rule asks for it.
  private boolean acceptable(long line) {
    for (Fact flag : columns.flags) {
      fields.flag(flag);
    }
    for (Fact attribute : columns.userAttributes) {
      fields.checkAttribute(attribute);
    }
    if (!fields.problems().isEmpty()) {
      return false;
    }
    for (int column : new int[] {columns.value, columns.price}) {
      if (column != NONE
          && (column == columns.value ? fields.valueMissing() : fields.priceMissing())
          && columns.imputed(column).equals(CsvSpec.DROP)) {
        tally.filter(
            line,
            columns.name(column),
            fields.text(column),
            "a missing number, dropped as the mapping asks",
            CsvSpec.DROP + " missing " + columns.name(column));
        return false;
      }
    }
    fields.rewritten().forEach(column -> tally.rewrite(columns.name(column), "integer"));
    fields.filled().forEach(column -> tally.impute(columns.name(column), columns.imputed(column)));
    return true;
  }

  private void takeEvent(long line) {
    String user = fields.id(columns.user, "user");
    String query = fields.text(columns.query).strip();
    boolean itemGiven = !fields.text(columns.item).isBlank();
    boolean cancels = columns.cancel != null && fields.holds(columns.cancel);
    EventType type = cancels ? EventType.PURCHASE : fields.type(query, itemGiven);
    String item = "";
    if (type == EventType.SEARCH) {
      if (query.isEmpty()) {
        fields.missing(
            columns.query == NONE ? columns.item : columns.query, "a search needs its query");
      }
    } else if (columns.item == NONE) {
      fields.missing(columns.query, "a query is needed, for there is no item column");
    } else {
      item = fields.id(columns.item, "item");
    }
    double value = type == EventType.SEARCH ? 1 : fields.value(type, cancels);
    double price =
        type == EventType.SEARCH || cancels || columns.price == NONE
            ? Double.NaN
            : fields.price(type == EventType.PURCHASE);
    Instant at = fields.time();
    if (fields.problems().isEmpty()
        && type == EventType.PURCHASE
        && !fields.valueMissing()
        && price * value > Interaction.MAX_VALUE) {
      fields.problem(
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
    if (fields.valueMissing()) {
      staged.set(row, Staged.VALUE_MISSING);
    }
    if (fields.priceMissing()) {
      staged.set(row, Staged.PRICE_MISSING);
    }
    if (fields.filled().contains(columns.price)) {
      staged.set(row, Staged.PRICE_IMPUTED);
    }
  }

  private void takeFacts(String itemId, String userId, long line, double price, Instant at) {
    if (columns.item != NONE) {
      int item = staged.items.number(itemId);
      addItemFacts(item);
      account(staged.declaredItems.add(item), "repeated item facts");
      if (fields.priceMissing() || !Double.isNaN(price)) {
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
      staged.itemFacts.add(item, Staged.TITLE, fields.text(columns.title));
    }
    for (Fact attribute : columns.itemAttributes) {
      staged.itemFacts.add(item, attribute.name(), fields.text(attribute.column()));
    }
    if (!fields.text(columns.tags).isBlank()) {
      for (String tag : tagSplitter.split(fields.text(columns.tags))) {
        addTag(item, tag);
      }
    }
    for (Fact flag : columns.flags) {
      if (fields.flag(flag)) {
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
      staged.userFacts.add(user, attribute.name(), fields.text(attribute.column()));
    }
  }
}
