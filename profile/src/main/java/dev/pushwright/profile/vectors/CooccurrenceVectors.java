// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.vectors;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Weighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/**
 * Vectors from company: what stands in the same documents as often points the same way. With #(w,
 * c) how often w and c stand in one document,
 *
 * <pre>
 *   PMI(w, c) = ln( #(w, c) · Σ_c' #(c')^a  /  (#(w) · #(c)^a) ),   #(w) = Σ_c #(w, c)
 *   M(w, c)   = max(0, PMI(w, c) − ln k)
 *   M         ≈ U Σ Vᵀ,  the largest singular values
 *   vector(w) = row w of U Σ^e
 * </pre>
 *
 * <p>Skip-gram with k negative samples factors the same matrix of shifted mutual information, and
 * factoring it outright does as well [1]. The power a = 0.75 keeps rare company from looking
 * meaningful, and the power e = 0.5 on the singular values suits likeness better than 1 [2]. The
 * factors come from a randomized decomposition [3].
 *
 * <p>The result depends on the documents and on the seed, and has the same bits on any number of
 * threads. Counting takes O(Σ length²) over the documents, or O(length · window) each with a
 * window; memory is O(distinct pairs + names · dimensions).
 *
 * <ol>
 *   <li>O. Levy, Y. Goldberg: Neural word embedding as implicit matrix factorization. NIPS 2014
 *   <li>O. Levy, Y. Goldberg, I. Dagan: Improving distributional similarity with lessons learned
 *       from word embeddings. TACL 3, 2015
 *   <li>N. Halko, P. G. Martinsson, J. A. Tropp: Finding structure with randomness. SIAM Review
 *       53(2), 2011
 * </ol>
 */
public final class CooccurrenceVectors {

  private static final int OVERSAMPLING = 10;
  private static final int ROUNDS = 4;

  private final Builder settings;

  private CooccurrenceVectors(Builder settings) {
    this.settings = settings;
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
   * Learns a vector for each name of the documents.
   *
   * @param documents names in their order; none blank
   * @return the vectors
   */
  public VectorSpace fit(List<? extends List<String>> documents) {
    return fit(documents, FitContext.standard());
  }

  /**
   * Learns a vector for each name of the documents.
   *
   * @param documents names in their order; none blank
   * @param context threads and progress; the result does not depend on them
   * @return the vectors; none when no two names ever stand together
   * @throws IllegalArgumentException when a name is blank
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public VectorSpace fit(List<? extends List<String>> documents, FitContext context) {
    for (int d = 0; d < documents.size(); d++) {
      if (documents.get(d).stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException(
            "document " + d + " holds a blank name: " + documents.get(d));
      }
    }
    Cooccurrence company = Cooccurrence.of(documents, settings.window, settings.minCount, context);
    RandomizedSvd svd =
        RandomizedSvd.of(
            Ppmi.of(company.counts(), settings.smoothing, settings.shift),
            settings.dimensions,
            OVERSAMPLING,
            ROUNDS,
            settings.seed,
            context);
    DMatrixRMaj left = svd.left();
    double[] values = svd.values();
    float[] vectors = new float[left.numRows * left.numCols];
    for (int c = 0; c < values.length; c++) {
      // What is left of a value of zero is rounding, and has no direction.
      double factor =
          values[c] > 1e-12 * values[0] ? StrictMath.pow(values[c], settings.exponent) : 0;
      for (int r = 0; r < left.numRows; r++) {
        vectors[r * left.numCols + c] = (float) (left.unsafe_get(r, c) * factor);
      }
    }
    clearWithoutCompany(company, vectors, left.numCols);
    return new VectorSpace(IdIndex.of(company.names()), left.numCols, vectors, company.documents());
  }

  /** A name without any company has a zero row in M; rounding must not give it a direction. */
  private static void clearWithoutCompany(Cooccurrence company, float[] vectors, int dimensions) {
    for (int n = 0; n < company.names().size(); n++) {
      if (company.counts().start(n) == company.counts().end(n)) {
        Arrays.fill(vectors, n * dimensions, (n + 1) * dimensions, 0);
      }
    }
  }

  /**
   * Learns the words of a catalogue's titles: each title is a document.
   *
   * @param data the catalogue; items without a title are passed over
   * @param analyzer cuts titles into words
   * @return the vectors
   */
  public WordVectors fitWords(Dataset data, TextAnalyzer analyzer) {
    return fitWords(data, analyzer, FitContext.standard());
  }

  /**
   * Learns the words of a catalogue's titles: each title is a document.
   *
   * @param data the catalogue; items without a title are passed over
   * @param analyzer cuts titles into words
   * @param context threads and progress; the result does not depend on them
   * @return the vectors
   */
  public WordVectors fitWords(Dataset data, TextAnalyzer analyzer, FitContext context) {
    return fitWords(
        data.catalogue().stream().filter(Item::hasTitle).map(Item::title).toList(),
        analyzer,
        context);
  }

  /**
   * Learns the words of texts: each text is a document.
   *
   * @param texts such as titles, descriptions or queries
   * @param analyzer cuts texts into words
   * @param context threads and progress; the result does not depend on them
   * @return the vectors
   */
  public WordVectors fitWords(List<String> texts, TextAnalyzer analyzer, FitContext context) {
    List<List<TextAnalyzer.Word>> cut = texts.stream().map(analyzer::words).toList();
    VectorSpace space =
        fit(
            cut.stream().map(words -> words.stream().map(TextAnalyzer.Word::key).toList()).toList(),
            context);
    return new WordVectors(space, WordVectors.labels(space, cut), analyzer);
  }

  /**
   * Learns the items from what was dealt with together: each visit of a user is a document, in
   * which an item counts once.
   *
   * @param data the events; which count is what {@link Weighting#standard()} says
   * @param analyzer cuts titles into words, for items without events
   * @return the vectors
   */
  public ItemVectors fitItems(Dataset data, TextAnalyzer analyzer) {
    return fitItems(data, analyzer, FitContext.standard());
  }

  /**
   * Learns the items from what was dealt with together: each visit of a user is a document, in
   * which an item counts once.
   *
   * @param data the events; which count is what {@link Weighting#standard()} says
   * @param analyzer cuts titles into words, for items without events
   * @param context threads and progress; the result does not depend on them
   * @return the vectors
   */
  public ItemVectors fitItems(Dataset data, TextAnalyzer analyzer, FitContext context) {
    VectorSpace space = fit(visits(data), context);
    return new ItemVectors(space, ItemVectors.words(space, data.catalogue(), analyzer));
  }

  private List<List<String>> visits(Dataset data) {
    Weighting weighting = Weighting.standard();
    List<List<String>> visits = new ArrayList<>();
    for (String user : data.users().ids()) {
      Set<String> visit = new LinkedHashSet<>();
      Instant last = Instant.MIN;
      for (Event event : data.eventsOf(user)) {
        if (!(event instanceof Interaction interaction)
            || !(weighting.weigh(event, event.at()) > 0)) {
          continue;
        }
        if (!visit.isEmpty() && Duration.between(last, event.at()).compareTo(settings.gap) > 0) {
          visits.add(List.copyOf(visit));
          visit.clear();
        }
        visit.add(interaction.itemId());
        last = event.at();
      }
      visits.add(List.copyOf(visit));
    }
    return visits;
  }

  /** Builds a {@link CooccurrenceVectors}. */
  public static final class Builder {
    private int dimensions = 64;
    private int window;
    private int minCount = 2;
    private double shift = 1;
    private double smoothing = 0.75;
    private double exponent = 0.5;
    private long seed = 42;
    private Duration gap = Duration.ofHours(12);

    private Builder() {}

    /**
     * Sets the length of the vectors; 64 where it is not set.
     *
     * @param dimensions from 1 to 4,096; with fewer names the vectors are shorter
     * @return this
     */
    public Builder dimensions(int dimensions) {
      requireRange("dimensions", dimensions, 1, 4096);
      this.dimensions = dimensions;
      return this;
    }

    /**
     * Sets how many places apart two names of a document count as together; 0, where it is not set:
     * any. The items of a visit stand in the order of their first events.
     *
     * @param window at least 0
     * @return this
     */
    public Builder window(int window) {
      requireRange("window", window, 0, Integer.MAX_VALUE);
      this.window = window;
      return this;
    }

    /**
     * Leaves out names of few documents, of which little can be learnt; 2 where it is not set.
     *
     * @param minCount how many documents a name needs, at least 1
     * @return this
     */
    public Builder minCount(int minCount) {
      requireRange("minCount", minCount, 1, Integer.MAX_VALUE);
      this.minCount = minCount;
      return this;
    }

    /**
     * Sets the shift k, the number of negative samples that skip-gram would take; 1, where it is
     * not set, shifts nothing. A larger one keeps only the stronger company, and suits much text.
     *
     * @param shift from 1 to 1,000
     * @return this
     */
    public Builder shift(double shift) {
      requireRange("shift", shift, 1, 1000);
      this.shift = shift;
      return this;
    }

    /**
     * Sets the power a on how often the company stands anywhere; 0.75 where it is not set.
     *
     * @param smoothing from 0 to 1; 1 smooths nothing
     * @return this
     */
    public Builder smoothing(double smoothing) {
      requireRange("smoothing", smoothing, 0, 1);
      this.smoothing = smoothing;
      return this;
    }

    /**
     * Sets the power e on the singular values; 0.5 where it is not set.
     *
     * @param exponent from 0, all directions alike, to 1, the factors as they are
     * @return this
     */
    public Builder exponent(double exponent) {
      requireRange("exponent", exponent, 0, 1);
      this.exponent = exponent;
      return this;
    }

    /**
     * Sets the seed of the decomposition; 42 where it is not set.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Sets how long nothing has to happen for a user's visit to be over; 12 hours where it is not
     * set, which makes a day in the shop one visit.
     *
     * @param gap at least zero
     * @return this
     */
    public Builder visitGap(Duration gap) {
      if (gap.isNegative()) {
        throw new IllegalArgumentException("visitGap is " + gap + "; zero or more is needed");
      }
      this.gap = gap;
      return this;
    }

    private static void requireRange(String name, double value, double least, double most) {
      // Written so that NaN fails it.
      if (!(value >= least && value <= most)) {
        throw new IllegalArgumentException(
            name + " is " + value + "; a number from " + least + " to " + most + " is needed");
      }
    }

    /**
     * The algorithm.
     *
     * @return an immutable algorithm
     */
    public CooccurrenceVectors build() {
      Builder copy = new Builder();
      copy.dimensions = dimensions;
      copy.window = window;
      copy.minCount = minCount;
      copy.shift = shift;
      copy.smoothing = smoothing;
      copy.exponent = exponent;
      copy.seed = seed;
      copy.gap = gap;
      return new CooccurrenceVectors(copy);
    }
  }
}
