// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.data.Item;
import dev.pushwright.math.SparseRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A catalogue as vectors of length 1, see {@link ContentRecommender}: first a column for each term,
 * in the order of the terms, then those of the named vectors, in the order of the fields. An item
 * of which nothing is known has the zero vector.
 *
 * @param rows items × columns
 * @param columns what each column stands for: a term, or a place in a named vector
 */
record ItemVectors(SparseRows rows, List<String> columns) {

  /**
   * The vectors.
   *
   * @param items the catalogue
   * @param fields what of an item counts
   * @param words cuts text into terms
   * @param context threads and progress; the result does not depend on them
   * @return the vectors
   * @throws IllegalArgumentException when a field names a vector that no item has, or that has not
   *     the same length with every item
   */
  static ItemVectors of(List<Item> items, ItemFields fields, ItemWords words, FitContext context) {
    return new Maker(items, fields.fields(), words).make(context);
  }

  private record Maker(List<Item> items, List<ItemFields.Field> fields, ItemWords words) {

    private static final int BLOCK = 256;

    ItemVectors make(FitContext context) {
      List<Map<String, Double>> documents = documents(context);
      Map<String, Integer> frequency = new TreeMap<>();
      for (Map<String, Double> document : documents) {
        document.keySet().forEach(term -> frequency.merge(term, 1, Integer::sum));
      }
      Map<String, Integer> column = new HashMap<>();
      double[] idf = new double[frequency.size()];
      frequency.forEach(
          (term, df) -> {
            idf[column.size()] = StrictMath.log((1.0 + items.size()) / (1.0 + df)) + 1;
            column.put(term, column.size());
          });
      List<String> columns = new ArrayList<>(frequency.keySet());
      int[] vectorStart = new int[fields.size()];
      for (int f = 0; f < fields.size(); f++) {
        vectorStart[f] = columns.size();
        int dimension = fields.get(f).isVector() ? dimension(fields.get(f)) : 0;
        for (int d = 0; d < dimension; d++) {
          columns.add(fields.get(f).name() + " " + d);
        }
      }
      SparseRows.Builder rows = SparseRows.builder(columns.size());
      for (int i = 0; i < items.size(); i++) {
        TreeMap<Integer, Double> row = new TreeMap<>();
        documents
            .get(i)
            .forEach(
                (term, tf) -> {
                  int c = Objects.requireNonNull(column.get(term));
                  row.put(c, tf * idf[c]);
                });
        scale(row, 1);
        for (int f = 0; f < fields.size(); f++) {
          if (fields.get(f).isVector()) {
            row.putAll(vector(items.get(i), fields.get(f), vectorStart[f]));
          }
        }
        scale(row, 1);
        row.forEach(
            (c, value) -> {
              // What is nothing in float32 is left out.
              if (value.floatValue() != 0) {
                rows.add(c, value.floatValue());
              }
            });
        rows.endRow();
      }
      return new ItemVectors(rows.build(), List.copyOf(columns));
    }

    /** By item: how often each term occurs, each time counted by the weight of its field. */
    private List<Map<String, Double>> documents(FitContext context) {
      List<Map<String, Double>> documents = new ArrayList<>();
      items.forEach(item -> documents.add(new HashMap<>()));
      context.forBlocks(
          "items",
          items.size(),
          BLOCK,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              for (ItemFields.Field field : fields) {
                for (String term : terms(items.get(i), field)) {
                  documents.get(i).merge(term, field.weight(), Double::sum);
                }
              }
            }
          });
      return documents;
    }

    private List<String> terms(Item item, ItemFields.Field field) {
      if (field.isVector()) {
        return List.of();
      }
      if (field.name().equals(ItemFields.TAGS)) {
        return item.tags().stream().map(words::whole).toList();
      }
      String text =
          field.name().equals(ItemFields.TITLE)
              // The id that stands for a missing title says nothing.
              ? (item.hasTitle() ? item.title() : "")
              : item.attributes().getOrDefault(field.name(), "");
      if (text.isBlank()) {
        return List.of();
      }
      return field.isProse() ? words.words(text) : List.of(words.whole(text));
    }

    private int dimension(ItemFields.Field field) {
      int dimension = 0;
      for (Item item : items) {
        if (item.vectorNames().contains(field.vectorName())) {
          int length = item.vector(field.vectorName()).length;
          if (dimension != 0 && dimension != length) {
            throw new IllegalArgumentException(
                "vector \""
                    + field.vectorName()
                    + "\" of item "
                    + item.id()
                    + " has "
                    + length
                    + " numbers, that of an item before has "
                    + dimension
                    + "; give all of them the same length");
          }
          dimension = length;
        }
      }
      if (dimension == 0 && !items.isEmpty()) {
        throw new IllegalArgumentException(
            "option fields names "
                + field.name()
                + ", but no item has a vector \""
                + field.vectorName()
                + "\"; add it to the items or leave the field out");
      }
      return dimension;
    }

    /** A named vector, of the length that its field weighs. */
    private static TreeMap<Integer, Double> vector(Item item, ItemFields.Field field, int start) {
      TreeMap<Integer, Double> row = new TreeMap<>();
      if (item.vectorNames().contains(field.vectorName())) {
        float[] vector = item.vector(field.vectorName());
        for (int d = 0; d < vector.length; d++) {
          if (vector[d] != 0) {
            row.put(start + d, (double) vector[d]);
          }
        }
      }
      scale(row, field.weight());
      return row;
    }

    private static void scale(TreeMap<Integer, Double> row, double length) {
      double squares = 0;
      for (double value : row.values()) {
        squares += value * value;
      }
      if (squares > 0) {
        double by = length / Math.sqrt(squares);
        row.replaceAll((column, value) -> value * by);
      }
    }
  }
}
