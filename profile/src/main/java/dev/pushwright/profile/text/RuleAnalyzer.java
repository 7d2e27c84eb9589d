// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.profile.text.TextRules.Synonym;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Synonyms and stop words on top of another analyzer, see {@link TextRules}. Thread-safe. */
final class RuleAnalyzer implements TextAnalyzer {

  /** Words side by side, by their keys, that count as one. */
  private record Phrase(String place, List<String> keys, Word to) {
    boolean isAt(List<Word> words, int position) {
      if (position + keys.size() > words.size()) {
        return false;
      }
      for (int k = 0; k < keys.size(); k++) {
        if (!words.get(position + k).key().equals(keys.get(k))) {
          return false;
        }
      }
      return true;
    }
  }

  private final TextAnalyzer analyzer;
  private final String name;
  // By their first key; of one first key the longest come first.
  private final Map<String, List<Phrase>> phrases = new HashMap<>();
  private final Map<String, Word> wholes = new HashMap<>();
  private final Set<String> stopKeys;

  RuleAnalyzer(TextAnalyzer analyzer, String name, List<String> stopWords, List<Synonym> synonyms) {
    this.analyzer = analyzer;
    this.name = name;
    for (Synonym synonym : synonyms) {
      Word to = analyzer.whole(synonym.to());
      add(synonym, synonym.to(), to);
      synonym.from().forEach(from -> add(synonym, from, to));
    }
    for (List<Phrase> sameFirst : phrases.values()) {
      for (Phrase phrase : sameFirst) {
        requireFinal(phrase);
      }
    }
    this.stopKeys =
        stopWords.stream()
            .flatMap(text -> replaced(analyzer.words(text)).stream())
            .map(Word::key)
            .collect(Collectors.toUnmodifiableSet());
  }

  private void add(Synonym synonym, String text, Word to) {
    List<String> keys = analyzer.words(text).stream().map(Word::key).toList();
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          synonym.place() + ": \"" + text + "\" has no words for the text analyzer " + name);
    }
    List<Phrase> sameFirst = phrases.computeIfAbsent(keys.get(0), key -> new ArrayList<>());
    for (Phrase other : sameFirst) {
      if (other.keys().equals(keys)) {
        if (!other.to().key().equals(to.key())) {
          throw twice(synonym.place(), text, to, other);
        }
        return;
      }
    }
    wholes.put(normal(text), to);
    sameFirst.add(new Phrase(synonym.place(), keys, to));
    sameFirst.sort(Comparator.comparingInt((Phrase phrase) -> -phrase.keys().size()));
  }

  // What a word becomes must not become something else in turn.
  private void requireFinal(Phrase phrase) {
    List<Word> to = List.of(phrase.to());
    for (Phrase other : phrases.getOrDefault(phrase.to().key(), List.of())) {
      if (other.isAt(to, 0) && !other.to().key().equals(phrase.to().key())) {
        throw twice(phrase.place(), phrase.to().label(), phrase.to(), other);
      }
    }
  }

  private static IllegalArgumentException twice(String place, String text, Word to, Phrase other) {
    return new IllegalArgumentException(
        place
            + ": \""
            + text
            + "\" is to be \""
            + to.label()
            + "\", but by "
            + other.place()
            + " it is \""
            + other.to().label()
            + "\"; a word can count as one other only");
  }

  @Override
  public List<Word> words(String text) {
    List<Word> words = new ArrayList<>(replaced(analyzer.words(text)));
    if (!stopKeys.isEmpty()) {
      words.removeIf(word -> stopKeys.contains(word.key()));
    }
    return words;
  }

  private List<Word> replaced(List<Word> words) {
    if (phrases.isEmpty()) {
      return words;
    }
    List<Word> replaced = new ArrayList<>(words.size());
    for (int w = 0; w < words.size(); ) {
      Word word = words.get(w);
      int length = 1;
      for (Phrase phrase : phrases.getOrDefault(word.key(), List.of())) {
        if (phrase.isAt(words, w)) {
          word = phrase.to();
          length = phrase.keys().size();
          break;
        }
      }
      replaced.add(word);
      w += length;
    }
    return replaced;
  }

  @Override
  public Word whole(String value) {
    String text = normal(value);
    Word exact = wholes.get(text);
    if (exact != null) {
      return exact;
    }
    List<Word> words = analyzer.words(value);
    if (words.size() == 1 && words.get(0).label().equals(text)) {
      for (Phrase phrase : phrases.getOrDefault(words.get(0).key(), List.of())) {
        if (phrase.keys().size() == 1) {
          return phrase.to();
        }
      }
    }
    return TextAnalyzer.super.whole(value);
  }

  // As a whole value reads when nothing in it is a word.
  private static String normal(String value) {
    TextAnalyzer nothing = text -> List.of();
    return nothing.whole(value).label();
  }
}
