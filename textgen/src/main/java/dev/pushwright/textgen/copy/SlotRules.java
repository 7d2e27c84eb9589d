// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which slots are copied and which are said in words, and how to tell that a text states one.
 * Immutable.
 *
 * <p>A copied value is found in a text whatever its case, its accents and its spaces; so is one
 * said in words, unless a pattern says how else it may be put. A slot with patterns is also noticed
 * in texts that were not asked for it.
 *
 * <p>{@link #read} takes rules from a text in the form of Java properties:
 *
 * <pre>{@code
 * # How a slot is stated: copy, words or context; * is for all others
 * item = copy
 * family = words
 * * = context
 * # How a value may be said, a regular expression whatever the case; * is for any value
 * family.yes = kids? (are )?welcome|family.friendly
 * family.* = \\bkids?\\b|famil
 * }</pre>
 */
public final class SlotRules {

  private static final String ANY = "*";

  /** How values of a slot are said. */
  private record Saying(Map<String, Pattern> byValue, List<Pattern> any) {}

  private final Map<String, SlotKind> kinds;
  private final SlotKind others;
  private final Map<String, Saying> sayings;
  private final Map<String, String> patterns;

  private SlotRules(Builder builder) {
    this.kinds = new TreeMap<>(builder.kinds);
    this.others = builder.others;
    this.patterns = new TreeMap<>(builder.patterns);
    this.sayings = new TreeMap<>();
    builder.patterns.forEach(
        (key, regex) -> {
          int colon = key.indexOf('\t');
          String slot = colon < 0 ? key : key.substring(0, colon);
          Saying saying =
              sayings.computeIfAbsent(
                  slot, s -> new Saying(new LinkedHashMap<>(), new ArrayList<>()));
          Pattern pattern = compile(key, regex);
          if (colon >= 0) {
            saying.byValue().put(ValueFinder.fold(key.substring(colon + 1)), pattern);
          }
          // One for any value says it all.
          if (colon < 0 || !builder.patterns.containsKey(slot)) {
            saying.any().add(pattern);
          }
        });
  }

  /**
   * Reads rules.
   *
   * @param name what messages call the text
   * @param in the text; stays open
   * @return the rules
   * @throws IllegalArgumentException naming what is wrong and where
   * @throws IOException when it cannot be read
   */
  public static SlotRules read(String name, Reader in) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(in);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
    Builder builder = builder();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      String value = properties.getProperty(key).strip();
      int dot = key.indexOf('.');
      if (dot > 0) {
        String slot = key.substring(0, dot);
        String of = key.substring(dot + 1);
        builder.patterns.put(of.equals(ANY) ? slot : slot + "\t" + of, value);
        continue;
      }
      SlotKind kind =
          switch (value) {
            case "copy" -> SlotKind.COPY;
            case "words" -> SlotKind.WORDS;
            case "context" -> SlotKind.CONTEXT;
            default ->
                throw new IllegalArgumentException(
                    name + ": " + key + " is " + value + "; copy, words or context is needed");
          };
      if (key.equals(ANY)) {
        builder.others(kind);
      } else {
        builder.kind(key, kind);
      }
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * The rules for the eight slots of the E2E task, texts about places to eat [1]: name and near are
   * copied, the others said in words, with patterns for each value.
   *
   * <p>[1] J. Novikova, O. Dušek, V. Rieser, "The E2E dataset: new challenges for end-to-end
   * generation", SIGDIAL 2017.
   *
   * @return the rules
   */
  public static SlotRules e2e() {
    String name = "e2e.properties";
    try (InputStream in =
            Objects.requireNonNull(
                SlotRules.class.getResourceAsStream(name), name + " is missing from the jar");
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return read(name, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rules for push messages: every slot is copied, but {@code language}, {@code occasion} and
   * {@code tone}, which say what a message is for.
   *
   * @return the rules
   */
  public static SlotRules messages() {
    return builder()
        .context(MessageSlots.LANGUAGE)
        .context(MessageSlots.OCCASION)
        .context(MessageSlots.TONE)
        .build();
  }

  private static Pattern compile(String key, String regex) {
    try {
      return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the pattern of "
              + key.replace("\t", " = ")
              + " is no regular expression: "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Starts with every slot copied.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How a slot is stated.
   *
   * @param slot its name
   * @return the kind that was set, or that of the others
   */
  public SlotKind kind(String slot) {
    return kinds.getOrDefault(slot, others);
  }

  /**
   * What was set, to make the same rules again.
   *
   * @return a builder that gives rules equal to these
   */
  public Builder toBuilder() {
    Builder builder = new Builder().others(others);
    builder.kinds.putAll(kinds);
    builder.patterns.putAll(patterns);
    return builder;
  }

  /**
   * The kinds that were set.
   *
   * @return by slot
   */
  public Map<String, SlotKind> kinds() {
    return new TreeMap<>(kinds);
  }

  /**
   * The kind of slots that none was set for.
   *
   * @return the kind
   */
  public SlotKind others() {
    return others;
  }

  /**
   * The patterns that were set.
   *
   * @return by slot, or by slot, tabulator and value
   */
  public Map<String, String> patterns() {
    return new TreeMap<>(patterns);
  }

  /**
   * Whether a text states a value.
   *
   * @param slot the slot
   * @param value its value
   * @param text the text
   * @return whether it does; true for what is not to be stated
   */
  public boolean states(String slot, String value, String text) {
    SlotKind kind = kind(slot);
    if (kind == SlotKind.CONTEXT) {
      return true;
    }
    Saying saying = sayings.get(slot);
    Pattern pattern = saying == null ? null : saying.byValue().get(ValueFinder.fold(value));
    return (pattern != null && pattern.matcher(text).find())
        || ((pattern == null || kind == SlotKind.COPY) && ValueFinder.contains(text, value));
  }

  /**
   * The slots that a text should state and does not.
   *
   * @param attributes values by slot
   * @param text the text
   * @return their names
   */
  public Set<String> unstated(Map<String, String> attributes, String text) {
    Set<String> missing = new LinkedHashSet<>();
    // A name may hold the words of a pattern: "Rainbow Vegetarian Café" says nothing of coffee.
    String words = ValueFinder.without(text, copied(attributes).values());
    attributes.forEach(
        (slot, value) -> {
          if (!states(slot, value, kind(slot) == SlotKind.COPY ? text : words)) {
            missing.add(slot);
          }
        });
    return missing;
  }

  /**
   * The slots that a text states without being asked to, as far as patterns tell.
   *
   * @param attributes values by slot
   * @param text the text; what it copies is not looked at
   * @return their names
   */
  public Set<String> unasked(Map<String, String> attributes, String text) {
    Set<String> found = new TreeSet<>();
    String words = ValueFinder.without(text, copied(attributes).values());
    sayings.forEach(
        (slot, saying) -> {
          if (!attributes.containsKey(slot)
              && saying.any().stream().anyMatch(p -> p.matcher(words).find())) {
            found.add(slot);
          }
        });
    return found;
  }

  /**
   * Puts placeholders for the copied values.
   *
   * @param pair a pair
   * @return what a model is told and shall say; a copied value that the text does not hold is told
   *     nonetheless
   */
  public DelexicalizedPair delexicalize(CopyPair pair) {
    return new DelexicalizedPair(
        delexicalize(pair.attributes()),
        ValueFinder.delexicalize(pair.text(), copied(pair.attributes())));
  }

  private Map<String, String> copied(Map<String, String> attributes) {
    Map<String, String> copied = new LinkedHashMap<>();
    attributes.forEach(
        (slot, value) -> {
          if (kind(slot) == SlotKind.COPY) {
            copied.put(slot, value);
          }
        });
    return copied;
  }

  /**
   * What a model is told of attributes.
   *
   * @param attributes values by slot
   * @return by slot in the order of the names; of a copied slot the empty text, of another its
   *     value
   */
  public Map<String, String> delexicalize(Map<String, String> attributes) {
    Map<String, String> told = new TreeMap<>();
    attributes.forEach((slot, value) -> told.put(slot, kind(slot) == SlotKind.COPY ? "" : value));
    return told;
  }

  /**
   * Holds the texts of a corpus to their attributes.
   *
   * @param pairs the corpus
   * @param way what to do with a pair that fails
   * @return what is left, and what was found
   */
  public Cleaning clean(List<CopyPair> pairs, Cleaning.Way way) {
    List<CopyPair> kept = new ArrayList<>();
    Map<String, Integer> unstated = new TreeMap<>();
    Map<String, Integer> unasked = new TreeMap<>();
    for (CopyPair pair : pairs) {
      Set<String> missing = unstated(pair.attributes(), pair.text());
      Set<String> extra = unasked(pair.attributes(), pair.text());
      missing.forEach(slot -> unstated.merge(slot, 1, Integer::sum));
      extra.forEach(slot -> unasked.merge(slot, 1, Integer::sum));
      if (way == Cleaning.Way.KEEP || (missing.isEmpty() && extra.isEmpty())) {
        kept.add(pair);
      } else if (way == Cleaning.Way.MEND && extra.isEmpty()) {
        Map<String, String> left = new LinkedHashMap<>(pair.attributes());
        left.keySet().removeAll(missing);
        if (!left.isEmpty()) {
          kept.add(new CopyPair(left, pair.text()));
        }
      }
    }
    return new Cleaning(kept, pairs.size(), unstated, unasked);
  }

  /** Builds {@link SlotRules}. */
  public static final class Builder {
    private final Map<String, SlotKind> kinds = new TreeMap<>();
    private final Map<String, String> patterns = new TreeMap<>();
    private SlotKind others = SlotKind.COPY;

    private Builder() {}

    /**
     * Sets that a slot is copied.
     *
     * @param slot its name
     * @return this
     */
    public Builder copy(String slot) {
      return kind(slot, SlotKind.COPY);
    }

    /**
     * Sets that a slot is said in words.
     *
     * @param slot its name
     * @return this
     */
    public Builder words(String slot) {
      return kind(slot, SlotKind.WORDS);
    }

    /**
     * Sets that a slot says how to write.
     *
     * @param slot its name
     * @return this
     */
    public Builder context(String slot) {
      return kind(slot, SlotKind.CONTEXT);
    }

    /**
     * Sets how a slot is stated.
     *
     * @param slot its name
     * @param kind how
     * @return this
     */
    public Builder kind(String slot, SlotKind kind) {
      kinds.put(slot, kind);
      return this;
    }

    /**
     * Sets how slots are stated that nothing is set for; copied where this is not set.
     *
     * @param kind how
     * @return this
     */
    public Builder others(SlotKind kind) {
      this.others = kind;
      return this;
    }

    /**
     * Sets how a value may be said, instead of word by word.
     *
     * @param slot the slot
     * @param value its value
     * @param regex finds it in a text, whatever the case
     * @return this
     */
    public Builder says(String slot, String value, String regex) {
      patterns.put(slot + "\t" + value, regex);
      return this;
    }

    /**
     * Sets how to notice that a text states some value of a slot, instead of by what is set for its
     * values.
     *
     * @param slot the slot
     * @param regex finds it in a text, whatever the case
     * @return this
     */
    public Builder says(String slot, String regex) {
      patterns.put(slot, regex);
      return this;
    }

    /**
     * The rules.
     *
     * @return immutable
     * @throws IllegalArgumentException for a pattern that is no regular expression
     */
    public SlotRules build() {
      return new SlotRules(this);
    }
  }
}
