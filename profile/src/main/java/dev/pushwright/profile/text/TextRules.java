// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.profile.text.WordFile.Line;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TextAnalyzerProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a shop knows of its own words, on top of any {@link TextAnalyzer}: stop words, synonyms, and
 * a dictionary for an analyzer that takes one. Immutable; a model saves its rules, so that it needs
 * no files when it is loaded.
 *
 * <p><b>Files</b> are UTF-8 with one entry a line. A # at the begin of a line or after a space
 * begins a comment. A line that cannot be used is refused, naming file and line.
 *
 * <ul>
 *   <li><b>Stop words</b>: each word of each line is left out, in any of its forms.
 *   <li><b>Synonyms</b>: {@code tee, tees => t-shirt} makes words count and read as another; {@code
 *       sofa, couch, settee} makes all count and read as the first. Each side may be of several
 *       words: {@code mobile phone, cell phone => handy} joins them into one wherever they stand
 *       side by side, the longest first.
 *   <li><b>Dictionary</b>: a word a line, which a Chinese analyzer keeps whole.
 * </ul>
 *
 * <p>Synonyms come first, so a stop word takes its synonyms with it.
 */
public final class TextRules {

  /** Words that are left out. */
  public static final OptionSpec<String> STOP_WORDS =
      OptionSpec.text(
          "stopWords",
          "",
          "words, separated by commas or spaces; may be empty",
          "Words of titles and queries that are no terms, in any of their forms, such as \"set,"
              + " pack, assorted\"; beside those of the language.");

  /** A file of words that are left out. */
  public static final OptionSpec<String> STOP_WORDS_FILE =
      OptionSpec.text(
          "stopWordsFile",
          "",
          "a text file in UTF-8; may be empty",
          "Further stop words, one a line; # begins a comment.");

  /** A file of words that count as others. */
  public static final OptionSpec<String> SYNONYMS_FILE =
      OptionSpec.text(
          "synonymsFile",
          "",
          "a text file in UTF-8; may be empty",
          "Words that count as others, a rule a line: \"a, b => c\", or \"a, b, c\" where all count"
              + " as the first; # begins a comment.");

  /** Words that are not to be cut. */
  public static final OptionSpec<String> DICTIONARY =
      OptionSpec.text(
          "dictionary",
          "",
          "words, separated by commas or spaces; may be empty",
          "Words that a Chinese text is not to be cut within.");

  /** A file of words that are not to be cut. */
  public static final OptionSpec<String> DICTIONARY_FILE =
      OptionSpec.text(
          "dictionaryFile",
          "",
          "a text file in UTF-8; may be empty",
          "Words that a Chinese text is not to be cut within, one a line; # begins a comment.");

  private static final TextRules NONE = builder().build();
  private static final Splitter WORDS =
      Splitter.on(CharMatcher.whitespace().or(CharMatcher.anyOf(",，"))).omitEmptyStrings();

  /** A rule: what counts as what. */
  record Synonym(String place, List<String> from, String to) {
    Synonym {
      from = List.copyOf(from);
    }
  }

  private final List<String> stopWords;
  private final List<Synonym> synonyms;
  private final List<String> dictionary;

  private TextRules(List<String> stopWords, List<Synonym> synonyms, List<String> dictionary) {
    this.stopWords = List.copyOf(stopWords);
    this.synonyms = List.copyOf(synonyms);
    this.dictionary = List.copyOf(dictionary);
  }

  /**
   * No rules.
   *
   * @return empty rules
   */
  public static TextRules none() {
    return NONE;
  }

  /**
   * Starts without rules.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The rules of a plug-in that has the options {@link #STOP_WORDS}, {@link #STOP_WORDS_FILE},
   * {@link #SYNONYMS_FILE} and {@link #DICTIONARY_FILE}; the files are read now.
   *
   * @param settings the plug-in's settings
   * @return the rules
   * @throws java.io.UncheckedIOException when a file cannot be read
   * @throws IllegalArgumentException for a line that cannot be used, naming file and line
   */
  public static TextRules of(Settings settings) {
    return builder()
        .stopWords(settings.get(STOP_WORDS))
        .stopWordsFile(settings.get(STOP_WORDS_FILE))
        .synonymsFile(settings.get(SYNONYMS_FILE))
        .dictionaryFile(settings.get(DICTIONARY_FILE))
        .build();
  }

  /**
   * Makes an analyzer that keeps to these rules.
   *
   * @param provider makes the analyzer beneath; one that is to take a dictionary has an option
   *     {@code dictionary} of words separated by commas
   * @return the analyzer
   * @throws IllegalArgumentException for a dictionary that the analyzer does not take, and for a
   *     synonym without words or with two meanings, naming file and line
   */
  public TextAnalyzer analyzer(TextAnalyzerProvider provider) {
    Options options = Options.none();
    if (!dictionary.isEmpty()) {
      if (!provider.options().names().contains(DICTIONARY.name())) {
        throw new IllegalArgumentException(
            "the text analyzer "
                + provider.name()
                + " takes no dictionary, and "
                + dictionary.size()
                + " words are given for one (the first is \""
                + dictionary.get(0)
                + "\"); leave the dictionary away, or take a Chinese analyzer");
      }
      options = Options.of(DICTIONARY.name(), String.join(",", dictionary));
    }
    return onTopOf(provider.create(options), provider.name());
  }

  /** Stop words and synonyms on top of an analyzer. */
  TextAnalyzer onTopOf(TextAnalyzer analyzer, String name) {
    return stopWords.isEmpty() && synonyms.isEmpty()
        ? analyzer
        : new RuleAnalyzer(analyzer, name, stopWords, synonyms);
  }

  List<String> dictionary() {
    return dictionary;
  }

  /**
   * Writes the rules.
   *
   * @param out a section of its own
   */
  public void save(ModelWriter out) {
    out.texts("stopWords", stopWords)
        .textLists("synonyms", synonyms.stream().map(Synonym::from).toList())
        .texts("synonymsOf", synonyms.stream().map(Synonym::to).toList())
        .texts("dictionary", dictionary);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in the section
   * @return the rules
   */
  public static TextRules read(ModelReader in) {
    List<String> to = in.texts("synonymsOf");
    List<List<String>> from = in.textLists("synonyms", to.size());
    List<Synonym> synonyms = new ArrayList<>();
    for (int s = 0; s < to.size(); s++) {
      synonyms.add(new Synonym("synonym " + (s + 1), from.get(s), to.get(s)));
    }
    return new TextRules(in.texts("stopWords"), synonyms, in.texts("dictionary"));
  }

  /** Collects rules; what is given several times adds up. */
  public static final class Builder {
    private final List<String> stopWords = new ArrayList<>();
    private final List<Synonym> synonyms = new ArrayList<>();
    private final List<String> dictionary = new ArrayList<>();

    private Builder() {}

    /**
     * Leaves out words.
     *
     * @param words texts of one or more words, each in any of its forms
     * @return this
     */
    public Builder stopWords(String... words) {
      Arrays.stream(words).filter(text -> !text.isBlank()).forEach(stopWords::add);
      return this;
    }

    /**
     * Leaves out the words of a file.
     *
     * @param file a file of UTF-8, or an empty text for none
     * @return this
     * @throws java.io.UncheckedIOException when it cannot be read
     * @throws IllegalArgumentException for a line that cannot be used, naming file and line
     */
    public Builder stopWordsFile(String file) {
      for (Line line : lines(file)) {
        if (line.text().contains("=>")) {
          throw line.wrong("a stop word is needed; this looks like a file of synonyms");
        }
        stopWords.add(line.text());
      }
      return this;
    }

    /**
     * Makes words count and read as another.
     *
     * @param from the words
     * @param to what they count as
     * @return this
     */
    public Builder synonyms(List<String> from, String to) {
      synonyms.add(new Synonym("synonyms of \"" + to + "\"", from, to));
      return this;
    }

    /**
     * Makes words count as others by the rules of a file.
     *
     * @param file a file of UTF-8, or an empty text for none
     * @return this
     * @throws java.io.UncheckedIOException when it cannot be read
     * @throws IllegalArgumentException for a line that cannot be used, naming file and line
     */
    public Builder synonymsFile(String file) {
      lines(file).forEach(line -> synonyms.add(synonym(line)));
      return this;
    }

    private static Synonym synonym(Line line) {
      List<String> sides = Splitter.on("=>").trimResults().splitToList(line.text());
      List<String> first =
          Splitter.on(CharMatcher.anyOf(",，")).trimResults().splitToList(sides.get(0));
      if (sides.size() > 2 || sides.contains("") || first.contains("")) {
        throw line.wrong("\"a, b => c\" or \"a, b, c\" is needed, without gaps");
      }
      if (sides.size() == 2) {
        String to = sides.get(1);
        if (CharMatcher.anyOf(",，").matchesAnyOf(to)) {
          throw line.wrong("words count as one other; write one word or phrase after =>");
        }
        return new Synonym(line.place(), first, to);
      }
      if (first.size() < 2) {
        throw line.wrong("one word alone has no synonym; \"a, b => c\" or \"a, b, c\" is needed");
      }
      return new Synonym(line.place(), first.subList(1, first.size()), first.get(0));
    }

    /**
     * Keeps words whole where the analyzer takes a dictionary.
     *
     * @param words texts of words, separated by commas or spaces
     * @return this
     */
    public Builder dictionary(String... words) {
      for (String text : words) {
        WORDS.split(text).forEach(dictionary::add);
      }
      return this;
    }

    /**
     * Keeps the words of a file whole where the analyzer takes a dictionary.
     *
     * @param file a file of UTF-8, or an empty text for none
     * @return this
     * @throws java.io.UncheckedIOException when it cannot be read
     * @throws IllegalArgumentException for a line that cannot be used, naming file and line
     */
    public Builder dictionaryFile(String file) {
      for (Line line : lines(file)) {
        if (WORDS.splitToList(line.text()).size() != 1 || line.text().contains("=>")) {
          throw line.wrong("one word a line is needed, without part of speech or frequency");
        }
        dictionary.addAll(WORDS.splitToList(line.text()));
      }
      return this;
    }

    private static List<Line> lines(String file) {
      return file.isBlank() ? List.of() : WordFile.lines(Path.of(file.strip()));
    }

    /**
     * The rules.
     *
     * @return immutable rules
     */
    public TextRules build() {
      return new TextRules(stopWords, synonyms, dictionary);
    }
  }
}
