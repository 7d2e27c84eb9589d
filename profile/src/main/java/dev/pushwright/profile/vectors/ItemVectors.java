// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.vectors;

import dev.pushwright.api.ProfileEnricher;
import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Weighting;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.profile.PartFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Items and their vectors: what is bought or viewed on the same visits points the same way. An item
 * that was in too few visits to have a vector gets one from its title: a word has the mean vector
 * of the items whose titles hold it, each of length 1, and a title that of its words (see {@link
 * VectorSpace#textVector}). Such a vector stands in the same space, so that a new item is at once
 * close to what sells beside the likes of it. A loaded model gives the bits that the saved one
 * gave; the analyzer is not in the file, and has to be the same again. Immutable and thread-safe.
 */
public final class ItemVectors {

  private static final String KIND = "item-vectors";

  private final VectorSpace items;
  private final WordVectors words;

  /**
   * Item vectors.
   *
   * @param items of the items that have one of their own
   * @param words in the same space
   */
  ItemVectors(VectorSpace items, WordVectors words) {
    this.items = items;
    this.words = words;
  }

  /** Words in the space of the items. */
  static WordVectors words(VectorSpace items, List<Item> catalogue, TextAnalyzer analyzer) {
    int dimensions = items.dimensions();
    Map<String, double[]> sums = new TreeMap<>();
    Map<String, Integer> counts = new HashMap<>();
    List<List<TextAnalyzer.Word>> titles =
        catalogue.stream()
            .map(
                item ->
                    item.hasTitle() ? analyzer.words(item.title()) : List.<TextAnalyzer.Word>of())
            .toList();
    for (int i = 0; i < titles.size(); i++) {
      OptionalInt at = items.index().find(catalogue.get(i).id());
      if (at.isEmpty() || !items.hasDirection(at.getAsInt())) {
        continue;
      }
      float[] vector = items.vector(at.getAsInt());
      double length = 0;
      for (float x : vector) {
        length += (double) x * x;
      }
      double scale = 1 / Math.sqrt(length);
      Set<String> keys = new LinkedHashSet<>();
      titles.get(i).forEach(word -> keys.add(word.key()));
      for (String key : keys) {
        double[] sum = sums.computeIfAbsent(key, k -> new double[dimensions]);
        for (int d = 0; d < dimensions; d++) {
          sum[d] += vector[d] * scale;
        }
        counts.merge(key, 1, Integer::sum);
      }
    }
    float[] vectors = new float[sums.size() * dimensions];
    int[] documents = new int[sums.size()];
    int n = 0;
    for (Map.Entry<String, double[]> word : sums.entrySet()) {
      documents[n] = counts.getOrDefault(word.getKey(), 0);
      for (int d = 0; d < dimensions; d++) {
        vectors[n * dimensions + d] = (float) (word.getValue()[d] / documents[n]);
      }
      n++;
    }
    VectorSpace space = new VectorSpace(IdIndex.of(sums.keySet()), dimensions, vectors, documents);
    return new WordVectors(space, WordVectors.labels(space, titles), analyzer);
  }

  /**
   * The items that have a vector of their own, and these vectors.
   *
   * @return a space under the ids of the items
   */
  public VectorSpace items() {
    return items;
  }

  /**
   * The words of titles in the space of the items.
   *
   * @return the words
   */
  public WordVectors words() {
    return words;
  }

  /**
   * The length of a vector.
   *
   * @return at least 0
   */
  public int dimensions() {
    return items.dimensions();
  }

  /**
   * The vector of an item: its own, or that of its title.
   *
   * @param item any item
   * @return {@link #dimensions()} numbers, of length 1; none when nothing is known of it
   */
  public float[] vector(Item item) {
    float[] own = items.mean(Map.of(item.id(), 1.0));
    if (own.length > 0) {
      return own;
    }
    return item.hasTitle() ? words.textVector(item.title()) : new float[0];
  }

  /**
   * The items that are dealt with beside an item, or beside the likes of it when it is new.
   *
   * @param item any item
   * @param n how many at most, at least 0
   * @return the nearest first, under their ids, without the item itself
   */
  public List<VectorSpace.Neighbour> nearest(Item item, int n) {
    if (items.index().contains(item.id())) {
      return items.nearest(item.id(), n);
    }
    float[] vector = vector(item);
    return vector.length == 0 ? List.of() : items.nearest(vector, n);
  }

  /**
   * A user as the mean of the items they dealt with, each weighted by the sum of its events.
   *
   * @param history the user's events, in any order
   * @param weighting what each event weighs; several with one item are added up
   * @param at the instant that ages are counted to
   * @return {@link #dimensions()} numbers, of length 1; none when no item is known
   */
  public float[] userVector(List<? extends Event> history, Weighting weighting, Instant at) {
    Map<String, Double> weights = new TreeMap<>();
    for (Event event : history) {
      if (event instanceof Interaction interaction) {
        weights.merge(interaction.itemId(), weighting.weigh(event, at), Double::sum);
      }
    }
    return items.mean(weights);
  }

  /**
   * Adds the {@link #userVector} to every profile of an engine; a user of no known item gets none.
   *
   * @param name what the vector is called there
   * @param weighting what each event weighs
   * @return to be given to the engine's builder
   */
  public ProfileEnricher enricher(String name, Weighting weighting) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(weighting, "weighting");
    return (profile, history, at) -> {
      float[] vector = userVector(history, weighting, at);
      return vector.length == 0 ? profile : profile.toBuilder().vector(name, vector).build();
    };
  }

  /**
   * Gives each item its vector, its own or that of its title. The {@code content} recommender reads
   * it when its fields name {@code vector.NAME}.
   *
   * @param data the catalogue
   * @param name what the vector is called, such as {@code basket}; one of this name is replaced
   * @return new data; items of which nothing is known are as they were
   */
  public Dataset attachTo(Dataset data, String name) {
    Dataset.Builder out = data.toBuilder();
    for (Item item : data.catalogue()) {
      float[] vector = vector(item);
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
    items.save(out.section("items"));
    words.save(out.section("words"));
  }

  /**
   * Reads what {@link #save(ModelWriter)} wrote.
   *
   * @param in the section
   * @param analyzer the one that the model was fitted with
   * @return the model
   * @throws dev.pushwright.io.ModelFormatException when it is none
   */
  public static ItemVectors read(ModelReader in, TextAnalyzer analyzer) {
    VectorSpace items = VectorSpace.read(in.section("items"));
    WordVectors words = WordVectors.read(in.section("words"), analyzer);
    if (words.space().names().size() > 0 && words.dimensions() != items.dimensions()) {
      throw in.damaged(
          "words have " + words.dimensions() + " dimensions, items " + items.dimensions());
    }
    return new ItemVectors(items, words);
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
  public static ItemVectors load(Path file, TextAnalyzer analyzer) {
    return PartFile.load(KIND, in -> read(in, analyzer), file);
  }
}
