// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.Profiler;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.data.Weighting;
import dev.pushwright.profile.text.Language;
import dev.pushwright.profile.text.TextAnalyzers;
import dev.pushwright.profile.text.TextRules;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TextAnalyzerProvider;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A user is what the items they dealt with are about, and the queries they typed:
 *
 * <pre>
 *   idf(t)  = ln((1 + N) / (1 + df(t))) + 1
 *   x_i(t)  = tf(t, i) · idf(t) / ‖tf(·, i) · idf‖₂
 *   user(t) = Σ_i weight(i) · x_i(t) + Σ_q weight(q) · x_q(t),   scaled so that Σ_t user(t) = 1
 * </pre>
 *
 * with N the number of items, df(t) how many of them have the term t, and tf(t, i) how often item i
 * has it. The raw count for tf, the smooth idf and the length of 1 are the defaults of
 * scikit-learn's {@code TfidfTransformer} [1]; the scheme is Salton and Buckley's [2]. The length
 * of 1 makes an event count the same whether the title is long or short. A query q is a text like
 * an item. The weights come from a {@link Weighting}: by type of event, fading by half-life, and
 * joined when there are several events with one item, or several searches for one query.
 *
 * <p><b>Terms</b> are the words of the titles, and whole: the tags and the values of the attributes
 * named by {@link Builder#attributes}. A profile shows a term the way most items write it, in lower
 * case. An item without a title has no words; its id says nothing. Words of a query that no item
 * has are passed over: there is nothing to show for them, and what people type may be private.
 *
 * <p><b>A profile</b> lists the {@link Builder#maxTags} heaviest terms, scaled again so that they
 * add up to 1, and as many categories and brands, by the same weights. Beside them it has, of the
 * user's own: purchases (all {@link dev.pushwright.data.EventType#PURCHASE}s, of any item); where
 * the prices paid lie among those of each category and of the catalogue; dwell time, from the views
 * that say how long they were; visits, which are runs of events without a pause of more than {@link
 * Builder#visitGapMinutes}; the hours at which visits begin, by the clock of the user's zone; the
 * best of these to send something at; and the shares of the types of events.
 *
 * <p>A user of whom nothing is known, or whose events say nothing about any term, gets the tags,
 * categories and brands of {@link dev.pushwright.api.Basis#SEGMENT}, where {@link
 * Builder#segmentBy} says one, or else of {@link dev.pushwright.api.Basis#EVERYBODY}: the mean over
 * the users who have tags of their own. The basis speaks of these three; what else is known is the
 * user's own on any basis. Where nobody has tags there are none.
 *
 * <p><b>Queries</b> are known by their terms: two of the same terms are one, and what was typed is
 * not kept.
 *
 * <p><b>Time.</b> Ages are counted to the last event of the training data, or to the instant of the
 * query; of a trained user, to the user's own last event where that is later. Only what events
 * weigh beside each other matters, so a history that is ten half-lives old gives the profile it
 * gave when it was new, not an empty one. For the same reason the instant of a query changes tags
 * only where types have half-lives of their own.
 *
 * <p><b>One event more.</b> The model keeps of each user not the events but what they add up to: of
 * each item and type of event the joined weight as of the last one, which can be aged and added to,
 * since events of one type fade alike; every visit and every instant of purchase, since one that
 * comes late may fall between or upon them. So {@link ProfileModel#state} takes in an event at the
 * cost of a copy of these, and equals a fit to all events to 1e-6 in all that is about this user.
 * What a fit would learn beside stays as it was: other users, the mean of all tags, and items that
 * are new, which have no terms until then.
 *
 * <p><b>Cost.</b> The fit is O(words of all items + terms of all events · log). The model keeps the
 * terms of each item (8 bytes each), 24 bytes an item beside, and of each user 33 bytes for each
 * different item and type of event, 16 for each visit, 12 for each instant of purchase, 36 for each
 * category bought from, and some 400 more: about as much as the events themselves where nothing is
 * repeated. While the fit runs it holds up to 64 numbers for each term beside. The result has the
 * same bits with any number of threads. A profile is O(terms of the user's items · log).
 *
 * <ol>
 *   <li>scikit-learn user guide, "Text feature extraction: Tf-idf term weighting"
 *   <li>G. Salton, C. Buckley: Term-weighting approaches in automatic text retrieval. Information
 *       Processing &amp; Management 24(5), 1988
 * </ol>
 */
public final class TfIdfProfiler implements Profiler {

  static final OptionSpec<AnalyzerName> LANGUAGE =
      OptionSpec.of(
          "language",
          AnalyzerName.class,
          new AnalyzerName(Language.ENGLISH.analyzer()),
          Arrays.stream(Language.values()).map(Language::analyzer).collect(Collectors.joining(", "))
              + ", or a text analyzer that is plugged in",
          "How titles and queries are cut into words: english drops stop words and joins plurals"
              + " with singulars, latin takes every word as it is, chinese takes HanLP where it is"
              + " there.",
          AnalyzerName::new);

  static final OptionSpec<String> ATTRIBUTES =
      OptionSpec.text(
          "attributes",
          Item.CATEGORY + "," + Item.BRAND,
          "names of item attributes, separated by commas; may be empty",
          "The attributes whose values are terms, each as a whole.");

  static final OptionSpec<Integer> MAX_TAGS =
      OptionSpec.integer("maxTags", 20, 1, 10_000, "How many tags a profile lists at most.");

  static final OptionSpec<Integer> MIN_DOCUMENTS =
      OptionSpec.integer(
          "minDocuments",
          1,
          1,
          Integer.MAX_VALUE,
          "A word that fewer items have is no term; 2 leaves out slips of the pen.");

  static final OptionSpec<Double> MAX_DOCUMENT_SHARE =
      OptionSpec.number(
          "maxDocumentShare",
          1,
          0,
          1,
          "A word that a larger share of the items has is no term: it tells users apart poorly.");

  static final OptionSpec<Integer> VISIT_GAP_MINUTES =
      OptionSpec.integer(
          "visitGapMinutes", 30, 1, 10_080, "After a longer pause, an event begins another visit.");

  static final OptionSpec<ZoneId> ZONE =
      OptionSpec.of(
          "zone",
          ZoneId.class,
          ZoneId.of("UTC"),
          "an id such as Europe/London",
          "The time zone of users whose own is not known, for the hours of the day.",
          TfIdfProfiler::parseZone);

  static final OptionSpec<String> SEGMENT_BY =
      OptionSpec.text(
          CommonOptions.SEGMENT_BY.name(),
          "",
          CommonOptions.SEGMENT_BY.range(),
          "A user of whom nothing is known gets the profile of those who share this attribute;"
              + " empty: that of everybody.");

  static final OptionSet OPTIONS =
      OptionSet.of(
          CommonOptions.WEIGHTS,
          CommonOptions.HALF_LIFE_DAYS,
          CommonOptions.COMBINE,
          LANGUAGE,
          TextRules.STOP_WORDS,
          TextRules.STOP_WORDS_FILE,
          TextRules.SYNONYMS_FILE,
          TextRules.DICTIONARY_FILE,
          ATTRIBUTES,
          MAX_TAGS,
          MIN_DOCUMENTS,
          MAX_DOCUMENT_SHARE,
          VISIT_GAP_MINUTES,
          ZONE,
          SEGMENT_BY);

  private final Settings settings;
  private final List<TextAnalyzerProvider> analyzers;

  TfIdfProfiler(Settings settings, List<TextAnalyzerProvider> analyzers) {
    this.settings = settings;
    this.analyzers = analyzers;
    // A name that is not there is told now, not at the end of a night's loading.
    TextAnalyzers.provider(settings.get(LANGUAGE).name(), analyzers);
  }

  private static ZoneId parseZone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How this is configured.
   *
   * @return a value for every option
   */
  public Settings settings() {
    return settings;
  }

  @Override
  public ProfileModel fit(Dataset data, FitContext context) {
    return new TfIdfFit(settings, Words.of(settings, analyzers), data, context).model();
  }

  /** Builds a {@link TfIdfProfiler}; what is not set has the default of its option. */
  public static final class Builder {
    private Options options = Options.none();

    private Builder() {}

    private Builder set(OptionSpec<?> option, Object value) {
      options = options.with(option.name(), value);
      return this;
    }

    /**
     * Sets what each event weighs and how several are joined.
     *
     * @param weighting the weighting
     * @return this
     */
    public Builder weighting(Weighting weighting) {
      // The way to join is an option of its own, and not part of a weighting's text.
      return set(CommonOptions.WEIGHTS, weighting.withCombine(Weighting.Combine.SUM))
          .combine(weighting.combine());
    }

    /**
     * Sets after how many days an event weighs half; 0, where it is not set: events never fade. A
     * half-life within the weighting comes first.
     *
     * @param halfLifeDays from 0 to 36,500
     * @return this
     */
    public Builder halfLifeDays(double halfLifeDays) {
      return set(CommonOptions.HALF_LIFE_DAYS, halfLifeDays);
    }

    /**
     * Sets how several events with one item, or searches for one query, are joined.
     *
     * @param combine the way
     * @return this
     */
    public Builder combine(Weighting.Combine combine) {
      return set(CommonOptions.COMBINE, combine);
    }

    /**
     * Sets the language of titles and queries.
     *
     * @param language the language
     * @return this
     */
    public Builder language(Language language) {
      return language(language.analyzer());
    }

    /**
     * Sets the text analyzer of titles and queries by its name.
     *
     * @param analyzer the name of a language or of a plug-in
     * @return this
     */
    public Builder language(String analyzer) {
      return set(LANGUAGE, new AnalyzerName(analyzer));
    }

    /**
     * Leaves out the words of a file, see {@link TextRules}. It is read by each fit, and its words
     * are saved with the model.
     *
     * @param file a file of UTF-8
     * @return this
     */
    public Builder stopWordsFile(Path file) {
      return set(TextRules.STOP_WORDS_FILE, file.toString());
    }

    /**
     * Makes words count as others by the rules of a file, see {@link TextRules}. It is read by each
     * fit, and its rules are saved with the model.
     *
     * @param file a file of UTF-8
     * @return this
     */
    public Builder synonymsFile(Path file) {
      return set(TextRules.SYNONYMS_FILE, file.toString());
    }

    /**
     * Keeps the words of a file whole in Chinese texts, see {@link TextRules}. It is read by each
     * fit, and its words are saved with the model.
     *
     * @param file a file of UTF-8
     * @return this
     */
    public Builder dictionaryFile(Path file) {
      return set(TextRules.DICTIONARY_FILE, file.toString());
    }

    /**
     * Leaves out words of titles and queries that say little in this catalogue, such as "set" or
     * "pack".
     *
     * @param words the words, each in any of its forms
     * @return this
     */
    public Builder stopWords(String... words) {
      return set(TextRules.STOP_WORDS, String.join(",", words));
    }

    /**
     * Sets the item attributes whose values are terms, each as a whole. One that no item has is
     * warned of in the log.
     *
     * @param names the names, without commas
     * @return this
     */
    public Builder attributes(String... names) {
      return set(ATTRIBUTES, String.join(",", names));
    }

    /**
     * Sets how many tags a profile lists at most.
     *
     * @param maxTags from 1 to 10,000
     * @return this
     */
    public Builder maxTags(int maxTags) {
      return set(MAX_TAGS, maxTags);
    }

    /**
     * Leaves out words that few items have.
     *
     * @param minDocuments how many items a word needs, at least 1
     * @return this
     */
    public Builder minDocuments(int minDocuments) {
      return set(MIN_DOCUMENTS, minDocuments);
    }

    /**
     * Leaves out words that many items have.
     *
     * @param maxDocumentShare the share of the items that may have a word, from 0 to 1
     * @return this
     */
    public Builder maxDocumentShare(double maxDocumentShare) {
      return set(MAX_DOCUMENT_SHARE, maxDocumentShare);
    }

    /**
     * Sets after how long a pause an event begins another visit.
     *
     * @param minutes from 1 to 10,080, which is a week
     * @return this
     */
    public Builder visitGapMinutes(int minutes) {
      return set(VISIT_GAP_MINUTES, minutes);
    }

    /**
     * Sets the time zone of users whose own is not known, for the hours of the day.
     *
     * @param zone the zone
     * @return this
     */
    public Builder zone(ZoneId zone) {
      return set(ZONE, zone);
    }

    /**
     * Sets the user attribute by which a user of whom nothing is known is counted to a segment, and
     * gets its profile.
     *
     * @param attribute its name, or empty for no segments
     * @return this
     */
    public Builder segmentBy(String attribute) {
      return set(SEGMENT_BY, attribute);
    }

    /**
     * The profiler.
     *
     * @return an immutable profiler
     * @throws IllegalArgumentException for a value that is not allowed, naming the option and its
     *     range
     */
    public TfIdfProfiler build() {
      return new TfIdfProfiler(OPTIONS.resolve(options), List.of());
    }
  }
}
