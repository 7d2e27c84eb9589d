// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import dev.pushwright.data.Tally.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Cleans what was read, in this order: missing numbers are imputed, duplicates merged,
 * cancellations carried out.
 */
final class Cleaning {

  // What is left of a quantity by rounding alone is nothing.
  private static final double NOTHING = 1e-9;

  private final Staged staged;
  private final List<CsvColumns> files;
  private final List<Tally> tallies;

  Cleaning(Staged staged, List<CsvColumns> files, List<Tally> tallies) {
    this.staged = staged;
    this.files = files;
    this.tallies = tallies;
  }

  void run() {
    imputeValues();
    imputePrices();
    checkAmounts();
    Integer[] order =
        IntStream.range(0, staged.size)
            .filter(row -> !staged.is(row, Staged.PRICE_ONLY) && !staged.is(row, Staged.GONE))
            .boxed()
            .toArray(Integer[]::new);
    Arrays.sort(order, this::compare);
    mergeDuplicates(order);
    cancel(order);
  }

  private Tally tally(int row) {
    return tallies.get(staged.file[row]);
  }

  private void imputeValues() {
    Map<EventType, Averages> averages = new EnumMap<>(EventType.class);
    for (int row = 0; row < staged.size; row++) {
      if (!staged.is(row, Staged.VALUE_MISSING)) {
        continue;
      }
      EventType type = staged.type[row];
      CsvColumns columns = files.get(staged.file[row]);
      String how = columns.imputed(columns.value);
      Averages average = averages.computeIfAbsent(type, this::valuesOf);
      staged.value[row] =
          average.get(how, () -> columns.name(columns.value) + " of events of type " + type);
      tally(row).impute(columns.name(columns.value), how);
    }
  }

  private Averages valuesOf(EventType type) {
    Averages averages = new Averages();
    for (int row = 0; row < staged.size; row++) {
      if (staged.type[row] == type
          && !staged.is(row, Staged.VALUE_MISSING)
          && !staged.is(row, Staged.CANCELS)
          && !staged.is(row, Staged.PRICE_ONLY)) {
        averages.add(staged.value[row]);
      }
    }
    return averages;
  }

  private void imputePrices() {
    Map<Integer, Averages> ofItem = new HashMap<>();
    for (int row = 0; row < staged.size; row++) {
      if (staged.is(row, Staged.PRICE_MISSING)) {
        ofItem.putIfAbsent(staged.item[row], new Averages());
      }
    }
    if (ofItem.isEmpty()) {
      return;
    }
    Averages all = new Averages();
    for (int row = 0; row < staged.size; row++) {
      if (!Double.isNaN(staged.price[row]) && !staged.is(row, Staged.PRICE_IMPUTED)) {
        all.add(staged.price[row]);
        Averages own = ofItem.get(staged.item[row]);
        if (own != null) {
          own.add(staged.price[row]);
        }
      }
    }
    for (int row = 0; row < staged.size; row++) {
      if (staged.is(row, Staged.PRICE_MISSING)) {
        CsvColumns columns = files.get(staged.file[row]);
        String how = columns.imputed(columns.price);
        Averages own = ofItem.getOrDefault(staged.item[row], all);
        staged.price[row] = (own.size == 0 ? all : own).get(how, () -> columns.name(columns.price));
        staged.set(row, Staged.PRICE_IMPUTED);
        tally(row).impute(columns.name(columns.price), how);
      }
    }
  }

  // What was read was checked then; what was filled in since is checked now.
  private void checkAmounts() {
    for (int row = 0; row < staged.size; row++) {
      if ((staged.is(row, Staged.VALUE_MISSING) || staged.is(row, Staged.PRICE_MISSING))
          && !staged.is(row, Staged.PRICE_ONLY)
          && staged.amount(row) > Interaction.MAX_VALUE) {
        CsvColumns columns = files.get(staged.file[row]);
        reject(
            row,
            new Problem(
                "out of range",
                columns.name(columns.price),
                String.valueOf(staged.price[row]),
                "the amount, price x quantity after imputing, is above " + Interaction.MAX_VALUE));
      }
    }
  }

  private void reject(int row, Problem problem) {
    tally(row).reject(staged.line[row], List.of(problem));
    staged.set(row, Staged.GONE);
  }

  private void merge(int row, String cause) {
    tally(row).merge(cause);
    staged.set(row, Staged.GONE);
  }

  private int compare(int a, int b) {
    int order = compareContent(a, b);
    return order != 0 ? order : Integer.compare(a, b);
  }

  private int compareContent(int a, int b) {
    int order = Integer.compare(staged.user[a], staged.user[b]);
    order = order != 0 ? order : Integer.compare(staged.item[a], staged.item[b]);
    order = order != 0 ? order : Integer.compare(staged.query[a], staged.query[b]);
    order = order != 0 ? order : Long.compare(staged.second[a], staged.second[b]);
    order = order != 0 ? order : Integer.compare(staged.nano[a], staged.nano[b]);
    order = order != 0 ? order : staged.type[a].compareTo(staged.type[b]);
    order =
        order != 0
            ? order
            : Boolean.compare(staged.is(a, Staged.CANCELS), staged.is(b, Staged.CANCELS));
    order = order != 0 ? order : Double.compare(staged.value[a], staged.value[b]);
    return order != 0 ? order : Double.compare(staged.amount(a), staged.amount(b));
  }

  private void mergeDuplicates(Integer[] order) {
    for (int i = 1; i < order.length; i++) {
      int row = order[i];
      if (compareContent(order[i - 1], row) == 0
          && files.get(staged.file[row]).spec().mergeDuplicates()) {
        merge(row, "duplicate");
      }
    }
  }

  private void cancel(Integer[] order) {
    for (int from = 0; from < order.length; ) {
      int to = from;
      boolean any = false;
      while (to < order.length
          && staged.user[order[to]] == staged.user[order[from]]
          && staged.item[order[to]] == staged.item[order[from]]) {
        any |= staged.is(order[to], Staged.CANCELS);
        to++;
      }
      if (any) {
        List<Integer> rows = new ArrayList<>(Arrays.asList(order).subList(from, to));
        rows.sort(Comparator.<Integer>naturalOrder());
        rows.sort(staged::compareTime);
        cancelWithin(rows);
      }
      from = to;
    }
  }

  // One user's rows on one item, by time.
  private void cancelWithin(List<Integer> rows) {
    // The purchases so far that have something left, the most recent last.
    List<Integer> open = new ArrayList<>();
    for (int row : rows) {
      if (staged.is(row, Staged.GONE)) {
        continue;
      }
      if (!staged.is(row, Staged.CANCELS)) {
        if (staged.type[row] == EventType.PURCHASE) {
          open.add(row);
        }
      } else if (open.isEmpty()) {
        CsvColumns columns = files.get(staged.file[row]);
        tally(row)
            .filter(
                staged.line[row],
                columns.name(columns.item),
                staged.items.text(staged.item[row]),
                "no earlier purchase of this item by user "
                    + Rejection.shown(staged.users.text(staged.user[row]))
                    + " is left to cancel",
                CsvMapping.NOTHING_TO_CANCEL);
        staged.set(row, Staged.GONE);
      } else {
        undo(open, staged.value[row]);
        merge(row, "cancellation");
      }
    }
  }

  private void undo(List<Integer> open, double quantity) {
    double left = quantity;
    while (left > 0 && !open.isEmpty()) {
      int purchase = open.get(open.size() - 1);
      double bought = staged.value[purchase];
      if (left >= bought * (1 - NOTHING)) {
        open.remove(open.size() - 1);
        merge(purchase, "cancelled purchase");
      } else {
        staged.value[purchase] = bought - left;
      }
      left -= bought;
    }
  }
}
