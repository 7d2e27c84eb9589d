// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Search;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import dev.pushwright.profile.text.SparseVector;
import dev.pushwright.profile.text.Vocabulary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Adds up what a user's events say. Training, a history at query time and a state that was carried
 * on all go through here. Immutable and thread-safe.
 */
final class Interests {

  private final IdIndex items;
  private final SparseRows itemVectors;
  private final Vocabulary vocabulary;
  private final TextAnalyzer text;
  private final Queries queries;
  // What was typed, cut already; in training only.
  private final Map<String, SparseVector> typed;
  private final Fading fading;

  /**
   * All that interests are made of.
   *
   * @param items the items
   * @param itemVectors items × terms
   * @param vocabulary the terms
   * @param text cuts queries into words
   * @param queries those the model knows
   * @param fading what each event weighs
   */
  Interests(
      IdIndex items,
      SparseRows itemVectors,
      Vocabulary vocabulary,
      TextAnalyzer text,
      Queries queries,
      Fading fading) {
    this(items, itemVectors, vocabulary, text, queries, Map.of(), fading);
  }

  private Interests(
      IdIndex items,
      SparseRows itemVectors,
      Vocabulary vocabulary,
      TextAnalyzer text,
      Queries queries,
      Map<String, SparseVector> typed,
      Fading fading) {
    this.items = items;
    this.itemVectors = itemVectors;
    this.vocabulary = vocabulary;
    this.text = text;
    this.queries = queries;
    this.typed = typed;
    this.fading = fading;
  }

  /** Writes what is not an option: the items, and items × terms. */
  void save(ModelWriter out) {
    items.save(out, "items");
    itemVectors.save(out.section("itemVectors"));
  }

  /** The same with queries to know. */
  Interests knowing(Queries known) {
    return new Interests(items, itemVectors, vocabulary, text, known, fading);
  }

  /** The same with what was typed at hand, so that it is cut into words once. */
  Interests having(Map<String, SparseVector> cut) {
    return new Interests(items, itemVectors, vocabulary, text, queries, cut, fading);
  }

  /** Reads what {@link #save} wrote. */
  static Interests read(
      ModelReader in, Vocabulary vocabulary, TextAnalyzer text, Queries queries, Fading fading) {
    IdIndex items = IdIndex.read(in, "items");
    SparseRows vectors =
        SparseRows.read(in.section("itemVectors"), items.size(), vocabulary.size());
    TfIdfModel.requireShares(in, "itemVectors", vectors);
    return new Interests(items, vectors, vocabulary, text, queries, fading);
  }

  Queries queries() {
    return queries;
  }

  int items() {
    return items.size();
  }

  /**
   * What an event is about.
   *
   * @param event any event
   * @param more queries beside those the model knows; one that is new is added
   * @return an item, or the number of items plus the position of a query among those the model
   *     knows and then those given; −1 for an item that training did not know and for a query
   *     without terms
   */
  int key(Event event, List<SparseVector> more) {
    if (event instanceof Interaction interaction) {
      return items.find(interaction.itemId()).orElse(-1);
    }
    String text = ((Search) event).query();
    SparseVector cut = typed.get(text);
    SparseVector query = cut == null ? query(text) : cut;
    if (query.size() == 0) {
      return -1;
    }
    int known = queries.find(query);
    if (known >= 0) {
      return items.size() + known;
    }
    int position = more.indexOf(query);
    if (position < 0) {
      position = more.size();
      more.add(query);
    }
    return items.size() + queries.size() + position;
  }

  /** What a key is about, as a person would read it. */
  String about(int key, Behaviour behaviour) {
    if (key < items.size()) {
      return items.id(key);
    }
    SparseVector query = query(key, behaviour);
    return IntStream.range(0, query.size())
        .mapToObj(p -> vocabulary.label(query.term(p)))
        .collect(Collectors.joining(" "));
  }

  private SparseVector query(int key, Behaviour behaviour) {
    int known = key - items.size();
    return known < queries.size()
        ? queries.vector(known)
        : behaviour.queries().get(known - queries.size());
  }

  // An item without terms says nothing, and must not make the others look old either.
  private boolean hasTerms(int key) {
    return key >= items.size() || itemVectors.start(key) < itemVectors.end(key);
  }

  /**
   * A user's interests.
   *
   * @param behaviour what the user did
   * @param at the instant that ages are counted to
   * @return shares of terms that add up to 1, or none when the behaviour says nothing
   */
  SparseVector of(Behaviour behaviour, Instant at) {
    EventWeights weights = EventWeights.of(behaviour.marks(), this::hasTerms, fading, at);
    int parts = 0;
    for (int w = 0; w < weights.size(); w++) {
      parts += terms(weights.key(w), behaviour);
    }
    Sums sums = new Sums(Math.min(parts, vocabulary.size()));
    for (int w = 0; w < weights.size(); w++) {
      int key = weights.key(w);
      double weight = weights.weight(w);
      if (key < items.size()) {
        int end = itemVectors.end(key);
        for (int p = itemVectors.start(key); p < end; p++) {
          sums.add(itemVectors.column(p), weight * itemVectors.value(p));
        }
      } else {
        SparseVector query = query(key, behaviour);
        for (int p = 0; p < query.size(); p++) {
          sums.add(query.term(p), weight * query.value(p));
        }
      }
    }
    return sums.shares();
  }

  private int terms(int key, Behaviour behaviour) {
    return key < items.size()
        ? itemVectors.end(key) - itemVectors.start(key)
        : query(key, behaviour).size();
  }

  /**
   * How a user's interest is spread over groups of items.
   *
   * @param behaviour what the user did
   * @param groups the categories or brands
   * @param at the instant that ages are counted to
   * @return shares of groups that add up to 1, or none when no item has a group
   */
  SparseVector of(Behaviour behaviour, Catalogue.Groups groups, Instant at) {
    if (groups.size() == 0) {
      return SparseVector.NONE;
    }
    EventWeights weights =
        EventWeights.of(behaviour.marks(), key -> groups.of(key) >= 0, fading, at);
    Sums sums = new Sums(Math.min(weights.size(), groups.size()));
    for (int w = 0; w < weights.size(); w++) {
      sums.add(groups.of(weights.key(w)), weights.weight(w));
    }
    return sums.shares();
  }

  /** How much of a tag there is in what a key is about. */
  double value(int key, Behaviour behaviour, String tag) {
    double value = 0;
    if (key < items.size()) {
      for (int p = itemVectors.start(key); p < itemVectors.end(key); p++) {
        value += vocabulary.label(itemVectors.column(p)).equals(tag) ? itemVectors.value(p) : 0;
      }
      return value;
    }
    SparseVector query = query(key, behaviour);
    for (int p = 0; p < query.size(); p++) {
      value += vocabulary.label(query.term(p)).equals(tag) ? query.value(p) : 0;
    }
    return value;
  }

  /**
   * A query counts as an item of that title would, and as a tag of that name where there is one.
   */
  SparseVector query(String query) {
    List<Word> words = new ArrayList<>(text.words(query));
    Word whole = text.whole(query);
    if (!words.contains(whole)) {
      words.add(whole);
    }
    return vocabulary.vector(words);
  }
}
