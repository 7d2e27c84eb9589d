// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.math.SparseRows;
import dev.pushwright.neural.FeatureFields.Kind;
import dev.pushwright.neural.nn.CounterRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes numbers of fields, see {@link FeatureMlp}. What there is a column for, and what a number is
 * measured against, depends on those things alone that something is learned of.
 *
 * @param <E> users or items
 */
final class FeatureEncoder<E> {

  private static final Logger LOG = LoggerFactory.getLogger(FeatureEncoder.class);

  // What one thing alone has tells of no other.
  private static final int LEAST_SHARED = 2;

  private final FeatureSource<E> source;
  private final List<E> things;
  private final IntPredicate learned;
  private final Map<String, Kind> fields;
  private final int buckets;
  private final List<String> columns = new ArrayList<>();
  private final Map<String, Integer> columnOf = new LinkedHashMap<>();
  private final Map<String, Scale> scales = new LinkedHashMap<>();

  /** What a number is measured against, and the column it is put in. */
  private record Scale(double mean, double deviation, int column) {}

  private FeatureEncoder(
      FeatureSource<E> source,
      List<E> things,
      IntPredicate learned,
      FeatureFields fields,
      int most,
      int buckets) {
    this.source = source;
    this.things = things;
    this.learned = learned;
    this.fields = resolve(fields);
    this.buckets = buckets;
    this.fields.forEach(
        (field, kind) -> {
          if (kind == Kind.NUMBER) {
            scale(field);
          }
        });
    labels(most);
    for (int b = 0; b < buckets; b++) {
      columns.add("bucket " + b);
    }
  }

  /**
   * Makes numbers.
   *
   * @param source where the fields are found
   * @param things users or items
   * @param learned whether anything is learned of one
   * @param fields which fields count
   * @param most how many labels may have a column of their own
   * @param buckets how many columns the other labels share
   * @return a row for each thing
   * @throws IllegalArgumentException when a field is named that none of the things has
   */
  static <E> FeatureRows encode(
      FeatureSource<E> source,
      List<E> things,
      IntPredicate learned,
      FeatureFields fields,
      int most,
      int buckets) {
    return new FeatureEncoder<>(source, things, learned, fields, most, buckets).rows();
  }

  private Map<String, Kind> resolve(FeatureFields asked) {
    TreeSet<String> found = new TreeSet<>();
    things.forEach(thing -> found.addAll(source.names(thing)));
    Map<String, Kind> kinds = new LinkedHashMap<>();
    if (asked.hasAll()) {
      found.forEach(name -> kinds.put(name, Kind.LABEL));
    }
    asked
        .kinds()
        .forEach(
            (name, kind) -> {
              if (name.equals(FeatureFields.ALL)) {
                return;
              }
              if (!things.isEmpty()
                  && things.stream().allMatch(thing -> source.texts(thing, name).isEmpty())) {
                throw new IllegalArgumentException(
                    "option "
                        + source.kind()
                        + "Features names "
                        + name
                        + ", which no "
                        + source.kind()
                        + " has; there are "
                        + found);
              }
              kinds.put(name, kind);
            });
    kinds.replace(FeatureSource.PRICE, Kind.NUMBER);
    return kinds;
  }

  private void scale(String field) {
    double sum = 0;
    double squares = 0;
    int n = 0;
    int strange = 0;
    for (int e = 0; e < things.size(); e++) {
      Collection<String> texts = source.texts(things.get(e), field);
      Optional<Double> value = number(texts);
      strange += value.isEmpty() && !texts.isEmpty() ? 1 : 0;
      if (value.isPresent() && learned.test(e)) {
        // By the method of Welford: prices may lie far from 0 and near each other.
        double before = value.get() - sum;
        sum += before / ++n;
        squares += before * (value.get() - sum);
      }
    }
    if (strange > 0) {
      LOG.warn("feature-mlp: {} {}s have no number in {}", strange, source.kind(), field);
    }
    double deviation = Math.sqrt(squares / Math.max(1, n));
    if (deviation > 1e-9 * Math.max(1, Math.abs(sum))) {
      scales.put(field, new Scale(sum, deviation, columns.size()));
      columns.add(field);
    }
  }

  private static Optional<Double> number(Collection<String> texts) {
    for (String text : texts) {
      try {
        double value = Double.parseDouble(text);
        // Squares of what is larger would not be finite.
        return Math.abs(value) <= 1e100 ? Optional.of(value) : Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private void labels(int most) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int e = 0; e < things.size(); e++) {
      if (learned.test(e)) {
        forLabels(things.get(e), (label, share) -> counts.merge(label, 1, Integer::sum));
      }
    }
    // The sort is stable: labels of one count stay in the order of the alphabet.
    counts.entrySet().stream()
        .filter(count -> count.getValue() >= LEAST_SHARED)
        .sorted(Comparator.comparing(count -> -count.getValue()))
        .limit(most)
        .forEach(
            count -> {
              columnOf.put(count.getKey(), columns.size());
              columns.add(count.getKey());
            });
  }

  /** Takes a label and its share. */
  private interface LabelTask {
    void take(String label, double share);
  }

  private void forLabels(E thing, LabelTask task) {
    fields.forEach(
        (field, kind) -> {
          if (kind == Kind.LABEL) {
            Collection<String> texts = source.texts(thing, field);
            // A field counts alike, however much stands in it.
            double share = 1 / Math.sqrt(texts.size());
            texts.forEach(text -> task.take(field + "=" + text, share));
          }
        });
  }

  private FeatureRows rows() {
    SparseRows.Builder rows = SparseRows.builder(columns.size());
    for (E thing : things) {
      TreeMap<Integer, Double> row = new TreeMap<>();
      scales.forEach(
          (field, scale) ->
              number(source.texts(thing, field))
                  .ifPresent(
                      value ->
                          row.put(scale.column(), (value - scale.mean()) / scale.deviation())));
      forLabels(
          thing,
          (label, share) -> {
            Integer column = columnOf.get(label);
            if (column != null) {
              row.merge(column, share, Double::sum);
            } else if (buckets > 0) {
              row.merge(bucket(label), share, Double::sum);
            }
          });
      row.forEach(
          (column, value) -> {
            float bounded =
                (float) Math.max(-FeatureRows.BOUND, Math.min(FeatureRows.BOUND, value));
            if (bounded != 0) {
              rows.add(column, bounded);
            }
          });
      rows.endRow();
    }
    return new FeatureRows(rows.build(), columns);
  }

  private int bucket(String label) {
    long hash = 0;
    for (int c = 0; c < label.length(); c++) {
      hash = 31 * hash + label.charAt(c);
    }
    return columns.size() - buckets + CounterRandom.below(hash, 0, buckets);
  }
}
