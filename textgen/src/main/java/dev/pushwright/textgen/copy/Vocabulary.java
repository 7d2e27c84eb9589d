// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens that a model knows, each with a number from 0 to V − 1. Immutable. The first three are
 * no tokens of a text: {@link #START}, {@link #END} and {@link #UNKNOWN}.
 */
public final class Vocabulary {

  /** What a text begins after. */
  public static final int START = 0;

  /** What a text ends with. */
  public static final int END = 1;

  /** What stands for a token that is not known. */
  public static final int UNKNOWN = 2;

  private static final List<String> SPECIAL = List.of("<start>", "<end>", "<unknown>");

  private final List<String> tokens;
  private final Map<String, Integer> ids = new HashMap<>();

  private Vocabulary(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    for (int id = SPECIAL.size(); id < this.tokens.size(); id++) {
      ids.put(this.tokens.get(id), id);
    }
  }

  /**
   * The tokens of some texts, the most frequent first, those of one frequency in their order.
   *
   * @param texts the texts
   * @param minCount how often a token has to occur, at least 1; placeholders are known in any case
   * @return the vocabulary
   */
  public static Vocabulary of(Iterable<List<String>> texts, int minCount) {
    if (minCount < 1) {
      throw new IllegalArgumentException("minCount is " + minCount + "; at least 1 is needed");
    }
    Map<String, Integer> counts = new HashMap<>();
    texts.forEach(text -> text.forEach(token -> counts.merge(token, 1, Integer::sum)));
    List<String> tokens = new ArrayList<>(SPECIAL);
    counts.entrySet().stream()
        .filter(e -> e.getValue() >= minCount || TextTokens.isPlaceholder(e.getKey()))
        .sorted(
            Comparator.comparingInt((Map.Entry<String, Integer> e) -> -e.getValue())
                .thenComparing(Map.Entry::getKey))
        .forEach(e -> tokens.add(e.getKey()));
    return new Vocabulary(tokens);
  }

  /**
   * How many there are.
   *
   * @return V, at least 3
   */
  public int size() {
    return tokens.size();
  }

  /**
   * The number of a token.
   *
   * @param token a token
   * @return from 3 to V − 1, or {@link #UNKNOWN}
   */
  public int id(String token) {
    return ids.getOrDefault(token, UNKNOWN);
  }

  /**
   * The token of a number.
   *
   * @param id from 0 to V − 1
   * @return the token
   */
  public String token(int id) {
    return tokens.get(id);
  }

  /**
   * The numbers of tokens.
   *
   * @param text the tokens
   * @return their numbers and {@link #END}
   */
  public int[] encode(List<String> text) {
    int[] encoded = new int[text.size() + 1];
    for (int t = 0; t < text.size(); t++) {
      encoded[t] = id(text.get(t));
    }
    encoded[text.size()] = END;
    return encoded;
  }

  /**
   * The tokens of numbers.
   *
   * @param encoded holds the numbers
   * @param from where to begin
   * @param to where to end at the latest; the first {@link #END} ends it too
   * @return the tokens
   */
  public List<String> decode(int[] encoded, int from, int to) {
    List<String> text = new ArrayList<>();
    for (int t = from; t < to && encoded[t] != END; t++) {
      text.add(tokens.get(encoded[t]));
    }
    return text;
  }

  /**
   * Writes the tokens.
   *
   * @param out where to
   * @param name a name that is not taken
   */
  public void save(ModelWriter out, String name) {
    out.texts(name, tokens);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in where from
   * @param name the name
   * @return the vocabulary
   * @throws dev.pushwright.io.ModelFormatException when a token stands twice, or the first three
   *     are not what they should be
   */
  public static Vocabulary read(ModelReader in, String name) {
    List<String> tokens = in.texts(name);
    if (tokens.size() < SPECIAL.size() || !tokens.subList(0, SPECIAL.size()).equals(SPECIAL)) {
      throw in.damaged(name + " does not begin with " + SPECIAL);
    }
    Vocabulary vocabulary = new Vocabulary(tokens);
    if (vocabulary.ids.size() != tokens.size() - SPECIAL.size()) {
      throw in.damaged(name + " holds a token twice");
    }
    return vocabulary;
  }
}
