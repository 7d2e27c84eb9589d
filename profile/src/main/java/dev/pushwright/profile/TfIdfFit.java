// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import com.google.common.base.Splitter;
import com.google.common.collect.Lists;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import dev.pushwright.profile.text.SparseVector;
import dev.pushwright.profile.text.TermMatrix;
import dev.pushwright.profile.text.TfIdf;
import dev.pushwright.profile.text.Vocabulary;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.Spelling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fit of {@link TfIdfProfiler}: the terms of the items, the queries by them, and the users by
 * both.
 *
 * @param settings a value for every option
 * @param words cuts titles and queries
 * @param data what is learned from
 * @param context threads and progress; the result does not depend on them
 */
record TfIdfFit(Settings settings, Words words, Dataset data, FitContext context) {

  // By the name that users of the library know.
  private static final Logger LOG = LoggerFactory.getLogger(TfIdfProfiler.class);

  // So many partial sums of the mean user at most, whatever the number of threads.
  private static final int MAX_BLOCKS = 64;
  private static final int MIN_BLOCK_SIZE = 64;

  ProfileModel model() {
    List<Item> items = data.catalogue();
    List<String> attributes =
        Splitter.on(',')
            .trimResults()
            .omitEmptyStrings()
            .splitToList(settings.get(TfIdfProfiler.ATTRIBUTES));
    warnOfUnknown(
        TfIdfProfiler.ATTRIBUTES,
        "item attribute",
        attributes,
        Lists.transform(items, Item::attributes));
    TermMatrix terms =
        TermMatrix.of(
            items.size(),
            i -> document(items.get(i), attributes, words.analyzer()),
            TfIdf.standard(),
            settings.get(TfIdfProfiler.MIN_DOCUMENTS),
            settings.get(TfIdfProfiler.MAX_DOCUMENT_SHARE),
            context);
    Interests interests =
        new Interests(
            data.items(),
            terms.rows(),
            terms.vocabulary(),
            words.analyzer(),
            Queries.of(List.of()),
            new Fading(CommonOptions.weighting(settings)));
    Map<String, SparseVector> typed = typed(interests);
    return fitUsers(terms.vocabulary(), interests.knowing(Queries.of(typed.values())), typed);
  }

  // Not everybody has category and brand, which are looked at where nothing else is said.
  private static void warnOfUnknown(
      OptionSpec<String> option,
      String what,
      List<String> names,
      List<Map<String, String>> attributes) {
    if (attributes.isEmpty()) {
      return;
    }
    Set<String> known = new TreeSet<>();
    attributes.forEach(of -> known.addAll(of.keySet()));
    for (String name : names) {
      if (!known.contains(name) && !name.equals(Item.CATEGORY) && !name.equals(Item.BRAND)) {
        LOG.warn("option {}: {}", option.name(), Spelling.unknown(what, name, known));
      }
    }
  }

  private static List<Word> document(Item item, List<String> attributes, TextAnalyzer text) {
    List<Word> words = new ArrayList<>();
    if (item.hasTitle()) {
      words.addAll(text.words(item.title()));
    }
    for (String attribute : attributes) {
      String value = item.attributes().get(attribute);
      if (value != null) {
        words.add(text.whole(value));
      }
    }
    for (String tag : item.tags()) {
      words.add(text.whole(tag));
    }
    return words;
  }

  private ProfileModel fitUsers(
      Vocabulary vocabulary, Interests interests, Map<String, SparseVector> typed) {
    int users = data.users().size();
    int maxTags = settings.get(TfIdfProfiler.MAX_TAGS);
    Catalogue catalogue = Catalogue.of(data.catalogue());
    Folding folding = TfIdfModel.folding(settings, interests.having(typed), catalogue);
    Behaviour[] behaviours = new Behaviour[users];
    int blockSize = Math.max(MIN_BLOCK_SIZE, (users + MAX_BLOCKS - 1) / MAX_BLOCKS);
    Crowd.Builder[] parts = new Crowd.Builder[(users + blockSize - 1) / blockSize];
    context.forBlocks(
        "profiles",
        users,
        blockSize,
        (from, to) -> {
          Crowd.Builder part = crowd(vocabulary, catalogue);
          for (int u = from; u < to; u++) {
            context.checkCancelled();
            behaviours[u] = folding.of(data.eventsOf(data.users().id(u)), data.latest());
            add(part, interests, catalogue, behaviours[u], data.latest());
          }
          parts[from / blockSize] = part;
        });
    // An interrupt that came while the last block was worked passes forBlocks by.
    context.checkCancelled();
    Crowd.Builder everybody = crowd(vocabulary, catalogue);
    for (Crowd.Builder part : parts) {
      everybody.add(part);
    }
    String segmentBy = settings.get(TfIdfProfiler.SEGMENT_BY);
    if (!segmentBy.isEmpty()) {
      warnOfUnknown(
          TfIdfProfiler.SEGMENT_BY,
          "user attribute",
          List.of(segmentBy),
          Lists.transform(data.userRecords(), User::attributes));
    }
    People people = People.of(data, behaviours, segmentBy);
    return new TfIdfModel(
        Provenance.of(TfIdfProfilerProvider.NAME, settings.asText(), data.fingerprint()),
        settings,
        new TfIdfModel.Knowledge(words, vocabulary, interests, catalogue, interests.queries()),
        data.latest(),
        people,
        TfIdfModel.population(
            settings,
            everybody.build(maxTags),
            segments(vocabulary, interests, catalogue, people),
            people),
        null);
  }

  private static Crowd.Builder crowd(Vocabulary vocabulary, Catalogue catalogue) {
    return new Crowd.Builder(
        vocabulary.size(), catalogue.categories().size(), catalogue.brands().size());
  }

  private static void add(
      Crowd.Builder crowd,
      Interests interests,
      Catalogue catalogue,
      Behaviour behaviour,
      Instant at) {
    crowd.add(
        interests.of(behaviour, at),
        interests.of(behaviour, catalogue.categories(), at),
        interests.of(behaviour, catalogue.brands(), at));
  }

  private Map<String, Crowd> segments(
      Vocabulary vocabulary, Interests interests, Catalogue catalogue, People people) {
    Map<String, List<Integer>> members = new TreeMap<>();
    for (int u = 0; u < people.size(); u++) {
      int user = u;
      people
          .segment(u)
          .ifPresent(name -> members.computeIfAbsent(name, n -> new ArrayList<>()).add(user));
    }
    if (members.isEmpty()) {
      return Map.of();
    }
    List<String> names = List.copyOf(members.keySet());
    Crowd[] crowds = new Crowd[names.size()];
    // One at a time, since a sum over the whole vocabulary for each of many segments would not fit.
    context.forBlocks(
        "segments",
        crowds.length,
        1,
        (from, to) -> {
          for (int s = from; s < to; s++) {
            Crowd.Builder crowd = crowd(vocabulary, catalogue);
            for (int u : members.getOrDefault(names.get(s), List.of())) {
              context.checkCancelled();
              add(crowd, interests, catalogue, people.behaviour(u), data.latest());
            }
            crowds[s] = crowd.build(settings.get(TfIdfProfiler.MAX_TAGS));
          }
        });
    Map<String, Crowd> segments = new HashMap<>();
    for (int s = 0; s < crowds.length; s++) {
      segments.put(names.get(s), crowds[s]);
    }
    return segments;
  }

  /** The queries of the data, each cut into words once however often it was typed. */
  private Map<String, SparseVector> typed(Interests interests) {
    Set<String> texts = new HashSet<>();
    for (Event event : data.events()) {
      if (event instanceof Search search) {
        texts.add(search.query());
      }
    }
    if (texts.isEmpty()) {
      return Map.of();
    }
    List<String> list = List.copyOf(texts);
    ConcurrentMap<String, SparseVector> typed = new ConcurrentHashMap<>();
    context.forBlocks(
        "queries",
        list.size(),
        256,
        (from, to) -> {
          for (String text : list.subList(from, to)) {
            typed.put(text, interests.query(text));
          }
        });
    return typed;
  }
}
