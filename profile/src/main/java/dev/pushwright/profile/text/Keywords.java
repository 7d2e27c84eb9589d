// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.data.Dataset;
import dev.pushwright.profile.text.KeywordText.Field;
import dev.pushwright.profile.text.KeywordText.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Names the words that tell what a text is about, by {@link TfIdf}: those that the text has often
 * and the collection has seldom. A word of a field counts as much as the field weighs, so that
 * {@code tf(t) = Σ_f weight(f) · tf_f(t)}; a tag is a word as a whole. Words that no text of the
 * collection has are passed over. {@link TextRank} needs no collection.
 *
 * <p>Immutable and thread-safe.
 */
public final class Keywords {

  private final TextAnalyzer analyzer;
  private final TfIdf weighting;
  private final Map<Field, Double> fieldWeights;
  private final Vocabulary vocabulary;

  private Keywords(Builder builder, Vocabulary vocabulary) {
    this.analyzer = builder.analyzer;
    this.weighting = builder.weighting;
    this.fieldWeights = new EnumMap<>(builder.fieldWeights);
    this.vocabulary = vocabulary;
  }

  /**
   * Starts with the {@link TfIdf#standard()} weighting, L1-normalised so that the weights of a text
   * add up to 1, and every field weighing 1.
   *
   * @param analyzer cuts text into words
   * @return a builder
   */
  public static Builder builder(TextAnalyzer analyzer) {
    return new Builder(analyzer);
  }

  /**
   * The terms of the collection.
   *
   * @return the vocabulary
   */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * The keywords of a text.
   *
   * @param text the text; it need not be one of the collection
   * @param limit how many at most, at least 0
   * @return the heaviest, in order, ties by label; empty when no word is known. Their weights are
   *     scaled over all words of the text, of which these are some
   */
  public List<Keyword> of(KeywordText text, int limit) {
    TreeMap<Integer, Double> counts = new TreeMap<>();
    for (Part part : text.parts()) {
      double weight = Objects.requireNonNull(fieldWeights.get(part.field()));
      if (weight > 0) {
        for (Word word : words(analyzer, part)) {
          int term = vocabulary.term(word.key());
          if (term >= 0) {
            counts.merge(term, weight, Double::sum);
          }
        }
      }
    }
    int[] terms = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
    double[] values = counts.values().stream().mapToDouble(Double::doubleValue).toArray();
    weighting.weigh(terms, values, 0, terms.length, vocabulary.idf());
    List<Keyword> all = new ArrayList<>();
    for (int p = 0; p < terms.length; p++) {
      all.add(new Keyword(vocabulary.label(terms[p]), values[p]));
    }
    return Keyword.heaviest(all, limit);
  }

  /**
   * The keywords of a title.
   *
   * @param title the title
   * @param limit how many at most, at least 0
   * @return as for any text
   */
  public List<Keyword> of(String title, int limit) {
    return of(KeywordText.of(Field.TITLE, title), limit);
  }

  static List<Word> words(TextAnalyzer analyzer, Part part) {
    if (part.field() != Field.TAG) {
      return analyzer.words(part.text());
    }
    Word whole = analyzer.whole(part.text());
    return whole.label().isBlank() ? List.of() : List.of(whole);
  }

  /** Builds {@link Keywords} from a collection. */
  public static final class Builder {
    private final TextAnalyzer analyzer;
    private final Map<Field, Double> fieldWeights = new EnumMap<>(Field.class);
    private TfIdf weighting = TfIdf.standard().withNorm(TfIdf.Norm.L1);
    private FitContext context = FitContext.standard();

    private Builder(TextAnalyzer analyzer) {
      this.analyzer = Objects.requireNonNull(analyzer, "analyzer");
      for (Field field : Field.values()) {
        fieldWeights.put(field, 1.0);
      }
    }

    /**
     * Sets what words weigh.
     *
     * @param weighting the weighting
     * @return this
     */
    public Builder weighting(TfIdf weighting) {
      this.weighting = Objects.requireNonNull(weighting, "weighting");
      return this;
    }

    /**
     * Sets how much a word of a field counts.
     *
     * @param field the field
     * @param weight from 0, which leaves the field out, to 1,000
     * @return this
     * @throws IllegalArgumentException for a weight out of range
     */
    public Builder fieldWeight(Field field, double weight) {
      if (!(weight >= 0 && weight <= 1_000)) {
        throw new IllegalArgumentException(
            "weight of " + field + " is " + weight + "; from 0 to 1000 is needed");
      }
      fieldWeights.put(field, weight);
      return this;
    }

    /**
     * Sets threads and progress.
     *
     * @param context the circumstances
     * @return this
     */
    public Builder context(FitContext context) {
      this.context = context;
      return this;
    }

    /**
     * Counts in how many texts of a collection each word is.
     *
     * @param collection the texts
     * @return what names the keywords of these texts, and of others like them
     */
    public Keywords fit(List<KeywordText> collection) {
      TermMatrix terms =
          TermMatrix.of(collection.size(), i -> words(collection.get(i)), weighting, 1, 1, context);
      return new Keywords(this, terms.vocabulary());
    }

    private List<Word> words(KeywordText text) {
      List<Word> words = new ArrayList<>();
      for (Part part : text.parts()) {
        if (Objects.requireNonNull(fieldWeights.get(part.field())) > 0) {
          words.addAll(Keywords.words(analyzer, part));
        }
      }
      return words;
    }

    /**
     * Counts in how many items of a catalogue each word is.
     *
     * @param data the data
     * @return what names the keywords of the items, and of queries and reviews
     */
    public Keywords fit(Dataset data) {
      return fit(data.catalogue().stream().map(KeywordText::of).toList());
    }
  }
}
