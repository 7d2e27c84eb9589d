// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.vectors;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.profile.PartFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Words and their vectors. A word is looked up as the analyzer cuts it, so that "Candles" finds
 * "candle"; it is shown the way most texts wrote it. A loaded model gives the bits that the saved
 * one gave; the analyzer is not in the file, and has to be the same again. Immutable and
 * thread-safe.
 */
public final class WordVectors {

  private static final String KIND = "word-vectors";

  private final VectorSpace space;
  private final List<String> labels;
  private final TextAnalyzer analyzer;

  /**
   * Word vectors.
   *
   * @param space the keys of the words and their vectors
   * @param labels how each word is shown, in the order of the keys
   * @param analyzer cuts text into words
   */
  WordVectors(VectorSpace space, List<String> labels, TextAnalyzer analyzer) {
    this.space = space;
    this.labels = List.copyOf(labels);
    this.analyzer = analyzer;
  }

  /** The way of writing that is met most; of equally many the shortest, then the first. */
  static List<String> labels(VectorSpace space, List<? extends List<TextAnalyzer.Word>> documents) {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    for (List<TextAnalyzer.Word> document : documents) {
      for (TextAnalyzer.Word word : document) {
        counts
            .computeIfAbsent(word.key(), key -> new TreeMap<>())
            .merge(word.label(), 1, Integer::sum);
      }
    }
    List<String> labels = new ArrayList<>();
    for (String key : space.names()) {
      labels.add(
          counts.getOrDefault(key, Map.of()).entrySet().stream()
              .min(
                  Comparator.<Map.Entry<String, Integer>>comparingInt(e -> -e.getValue())
                      .thenComparingInt(e -> e.getKey().length())
                      .thenComparing(Map.Entry::getKey))
              .map(Map.Entry::getKey)
              .orElse(key));
    }
    return labels;
  }

  /**
   * All words as they are shown, in the order of their keys.
   *
   * @return the words
   */
  public List<String> words() {
    return labels;
  }

  /**
   * The length of a vector.
   *
   * @return at least 0
   */
  public int dimensions() {
    return space.dimensions();
  }

  /**
   * The vectors under the keys of the words.
   *
   * @return the space that this shows with words
   */
  public VectorSpace space() {
    return space;
  }

  private List<String> keys(String text) {
    return analyzer.words(text).stream().map(TextAnalyzer.Word::key).toList();
  }

  /** The key of a word: what the analyzer makes of it, or itself where that is not one word. */
  private String key(String word) {
    List<String> keys = keys(word);
    return keys.size() == 1 ? keys.get(0) : word;
  }

  /**
   * The vector of a word.
   *
   * @param word any text
   * @return a copy, or empty when the word is not known
   */
  public Optional<float[]> vector(String word) {
    return space.vector(key(word));
  }

  /**
   * The cosine of two words' vectors.
   *
   * @param one any text
   * @param other any text
   * @return from −1 to 1; 0 when either is not known or has the zero vector
   */
  public double similarity(String one, String other) {
    return space.similarity(key(one), key(other));
  }

  /**
   * The words whose vectors point the same way.
   *
   * @param word any text; one that is not known has no neighbours
   * @param n how many at most, at least 0
   * @return the nearest first, without the word itself
   */
  public List<VectorSpace.Neighbour> nearest(String word, int n) {
    return shown(space.nearest(key(word), n));
  }

  /**
   * The words whose vectors point the same way as a given one, such as that of a text.
   *
   * @param vector of {@link #dimensions()} finite numbers
   * @param n how many at most, at least 0
   * @return the nearest first
   */
  public List<VectorSpace.Neighbour> nearest(float[] vector, int n) {
    return shown(space.nearest(vector, n));
  }

  private List<VectorSpace.Neighbour> shown(List<VectorSpace.Neighbour> neighbours) {
    return neighbours.stream()
        .map(
            neighbour ->
                new VectorSpace.Neighbour(
                    labels.get(space.index().find(neighbour.name()).orElseThrow()),
                    neighbour.similarity()))
        .toList();
  }

  /**
   * The vector of a text, of length 1, see {@link VectorSpace#textVector}.
   *
   * @param text such as a title or a query
   * @return {@link #dimensions()} numbers, or none when no word is known
   */
  public float[] textVector(String text) {
    return space.textVector(keys(text));
  }

  /**
   * The vector of words, of length 1, see {@link VectorSpace#textVector}.
   *
   * @param words any texts, each one word
   * @return {@link #dimensions()} numbers, or none when no word is known
   */
  public float[] textVector(List<String> words) {
    return space.textVector(words.stream().map(this::key).toList());
  }

  /**
   * Gives each item the vector of its title. The {@code content} recommender reads it when its
   * fields name {@code vector.NAME}.
   *
   * @param data the catalogue
   * @param name what the vector is called, such as {@code words}; one of this name is replaced
   * @return new data; items of whose title no word is known are as they were
   */
  public Dataset attachTo(Dataset data, String name) {
    Dataset.Builder out = data.toBuilder();
    for (Item item : data.catalogue()) {
      float[] vector = item.hasTitle() ? textVector(item.title()) : new float[0];
      if (vector.length > 0) {
        out.replace(item.toBuilder().vector(name, vector).build());
      }
    }
    return out.build();
  }

  /**
   * Writes the model into a section of another's file.
   *
   * @param out a section of its own
   */
  public void save(ModelWriter out) {
    space.save(out);
    out.texts("labels", labels);
  }

  /**
   * Reads what {@link #save(ModelWriter)} wrote.
   *
   * @param in the section
   * @param analyzer the one that the model was fitted with
   * @return the model
   * @throws dev.pushwright.io.ModelFormatException when it is none
   */
  public static WordVectors read(ModelReader in, TextAnalyzer analyzer) {
    VectorSpace space = VectorSpace.read(in);
    return new WordVectors(space, in.texts("labels", space.names().size()), analyzer);
  }

  /**
   * Saves the model to a file of its own.
   *
   * @param file where to; an existing file is replaced
   * @throws java.io.UncheckedIOException when it cannot be written
   */
  public void save(Path file) {
    PartFile.save(KIND, this::save, file);
  }

  /**
   * Loads what {@link #save(Path)} wrote.
   *
   * @param file the file
   * @param analyzer the one that the model was fitted with
   * @return the model
   * @throws dev.pushwright.io.ModelFormatException when it is damaged or something else
   * @throws java.io.UncheckedIOException when it cannot be read
   */
  public static WordVectors load(Path file, TextAnalyzer analyzer) {
    return PartFile.load(KIND, in -> read(in, analyzer), file);
  }
}
