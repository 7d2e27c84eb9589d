// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Search;
import dev.pushwright.data.Weighting;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import dev.pushwright.profile.text.SparseVector;
import dev.pushwright.profile.text.Vocabulary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Adds up what a user's events say. Training and a history at query time both go through here, so
 * that the same events give the same bits. Immutable and thread-safe.
 */
final class Interests {

  private final IdIndex items;
  private final SparseRows itemVectors;
  private final Vocabulary vocabulary;
  private final TextAnalyzer text;
  private final Weighting weighting;

  /**
   * All that interests are made of.
   *
   * @param items the items
   * @param itemVectors items × terms
   * @param vocabulary the terms
   * @param text cuts queries into words
   * @param weighting what each event weighs
   */
  Interests(
      IdIndex items,
      SparseRows itemVectors,
      Vocabulary vocabulary,
      TextAnalyzer text,
      Weighting weighting) {
    this.items = items;
    this.itemVectors = itemVectors;
    this.vocabulary = vocabulary;
    this.text = text;
    this.weighting = weighting;
  }

  /** Writes what is not an option: the items, and items × terms. */
  void save(ModelWriter out) {
    items.save(out, "items");
    itemVectors.save(out.section("itemVectors"));
  }

  /** Reads what {@link #save} wrote. */
  static Interests read(
      ModelReader in, Vocabulary vocabulary, TextAnalyzer text, Weighting weighting) {
    IdIndex items = IdIndex.read(in, "items");
    SparseRows vectors =
        SparseRows.read(in.section("itemVectors"), items.size(), vocabulary.size());
    TfIdfModel.requireShares(in, "itemVectors", vectors);
    return new Interests(items, vectors, vocabulary, text, weighting);
  }

  /**
   * A user's interests.
   *
   * @param history the user's events, in any order
   * @param at the instant that ages are counted to
   * @return shares that add up to 1, or none when the events say nothing
   */
  SparseVector of(List<? extends Event> history, Instant at) {
    List<? extends Event> events =
        history.stream().sorted(Comparator.comparing(Event::at)).toList();
    TreeMap<String, SparseVector> queries = new TreeMap<>();
    for (Event event : events) {
      if (event instanceof Search search) {
        queries.computeIfAbsent(normal(search), this::query);
      }
    }
    List<String> queryTexts = List.copyOf(queries.keySet());
    List<SparseVector> queryVectors = List.copyOf(queries.values());
    int[] about = new int[events.size()];
    for (int e = 0; e < about.length; e++) {
      about[e] =
          events.get(e) instanceof Search search
              ? query(Collections.binarySearch(queryTexts, normal(search)), queryVectors)
              : item((Interaction) events.get(e));
    }
    return sum(EventWeights.of(events, about, weighting, at), queryVectors);
  }

  private static String normal(Search search) {
    return search.query().strip().toLowerCase(Locale.ROOT);
  }

  // What an event is about: an item, or the number of items plus the position of a query; −1 when
  // it has no terms, so that it cannot make the others look old either.

  private int item(Interaction interaction) {
    int item = items.find(interaction.itemId()).orElse(-1);
    return item >= 0 && itemVectors.start(item) < itemVectors.end(item) ? item : -1;
  }

  private int query(int position, List<SparseVector> queryVectors) {
    return queryVectors.get(position).size() > 0 ? items.size() + position : -1;
  }

  private SparseVector sum(EventWeights weights, List<SparseVector> queries) {
    int size = 0;
    for (int w = 0; w < weights.size(); w++) {
      int key = weights.key(w);
      size +=
          key < items.size()
              ? itemVectors.end(key) - itemVectors.start(key)
              : queries.get(key - items.size()).size();
    }
    // What each item or query adds to each term, ordered by term and then as it came.
    long[] order = new long[size];
    double[] parts = new double[size];
    int n = 0;
    for (int w = 0; w < weights.size(); w++) {
      int key = weights.key(w);
      double weight = weights.weight(w);
      if (key < items.size()) {
        int end = itemVectors.end(key);
        for (int p = itemVectors.start(key); p < end; p++) {
          order[n] = ((long) itemVectors.column(p) << 32) | n;
          parts[n++] = weight * itemVectors.value(p);
        }
      } else {
        SparseVector query = queries.get(key - items.size());
        for (int p = 0; p < query.size(); p++) {
          order[n] = ((long) query.term(p) << 32) | n;
          parts[n++] = weight * query.value(p);
        }
      }
    }
    Arrays.sort(order);
    return shares(order, parts);
  }

  private static SparseVector shares(long[] order, double[] parts) {
    int[] terms = new int[order.length];
    double[] values = new double[order.length];
    int out = 0;
    double total = 0;
    for (int from = 0; from < order.length; ) {
      int term = (int) (order[from] >>> 32);
      double sum = 0;
      int to = from;
      for (; to < order.length && (int) (order[to] >>> 32) == term; to++) {
        sum += parts[(int) order[to]];
      }
      if (sum > 0) {
        terms[out] = term;
        values[out++] = sum;
        total += sum;
      }
      from = to;
    }
    for (int p = 0; p < out; p++) {
      values[p] /= total;
    }
    return new SparseVector(terms, values, out);
  }

  /**
   * A query counts as an item of that title would, and as a tag of that name where there is one.
   */
  private SparseVector query(String query) {
    List<Word> words = new ArrayList<>(text.words(query));
    Word whole = text.whole(query);
    if (!words.contains(whole)) {
      words.add(whole);
    }
    return vocabulary.vector(words);
  }
}
