// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Recommendations.Cause;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.api.Rescorer;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.Parallel;
import dev.pushwright.math.SparseRows;
import dev.pushwright.math.TopN;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The whole query contract of {@link RecommenderModel} around one method to write: {@link
 * #score(OptionalInt, UserItems, float[])}. Filters, limit, order, ties, fallbacks, shortfall and
 * the batch are done here, once, for every model that scores items.
 *
 * <p>A model whose options include {@link CommonOptions#POPULARITY_DAMPING} has its scores damped
 * here, since the same few items for everybody are rarely what was wanted: with p<sub>i</sub> the
 * {@linkplain Popularity#everybody popularity} of item i over the mean of all items, and d the
 * damping, a score of s becomes s / (1 + p<sub>i</sub>)<sup>d</sup>, and s · (1 +
 * p<sub>i</sub>)<sup>d</sup> where s is below 0. The fallback is popularity itself and stays as it
 * is.
 */
public abstract class ScoringModel implements RecommenderModel {

  /**
   * Stands in a score array for "nothing speaks for this item"; such an item is not recommended.
   */
  public static final float NO_EVIDENCE = Float.NEGATIVE_INFINITY;

  private static final Cause[] CAUSES = Cause.values();

  // Queries that one thread takes at a time; fewer are not worth a thread.
  private static final int BATCH_BLOCK = 32;

  private final Provenance provenance;
  private final Set<Capability> capabilities;
  private final TrainedUsers trained;
  private final Reused<Scratch> scratches = new Reused<>(Scratch::new);
  // By item: what a score above 0 is multiplied by. Empty: nothing is damped.
  private final float[] damping;

  /**
   * A model.
   *
   * @param provenance where it comes from
   * @param capabilities what it can do; with {@link Capability#EXPLAIN}, {@link #reasons} is to be
   *     overridden
   * @param trained what it keeps of the training data
   */
  protected ScoringModel(
      Provenance provenance, Set<Capability> capabilities, TrainedUsers trained) {
    this.provenance = Objects.requireNonNull(provenance, "provenance");
    this.capabilities = Set.copyOf(capabilities);
    this.trained = Objects.requireNonNull(trained, "trained");
    this.damping = damping(provenance, trained.popularity(), trained.items().size());
  }

  private static float[] damping(Provenance provenance, Popularity popularity, int items) {
    // Files from before the option say nothing of it.
    String text = provenance.options().get(CommonOptions.POPULARITY_DAMPING.name());
    double power = text == null ? 0 : CommonOptions.POPULARITY_DAMPING.read(text);
    double total = 0;
    for (int i = 0; i < items; i++) {
      total += popularity.everybody(i);
    }
    if (power == 0 || total == 0) {
      return new float[0];
    }
    float[] damping = new float[items];
    for (int i = 0; i < items; i++) {
      damping[i] = (float) Math.pow(1 + popularity.everybody(i) / (total / items), -power);
    }
    return damping;
  }

  /**
   * Scores every item for a user. Called from many threads at once.
   *
   * @param user the user's dense index when the answer is to come from training, empty when {@code
   *     items} is a history given with the query
   * @param items the user's weighted items
   * @param scores one for each item, {@link #NO_EVIDENCE} at first; set to any finite number where
   *     something speaks for or against the item; not to be kept, since other queries use it again
   * @return false when nothing can be said about this user, and the fallback shall answer
   */
  protected abstract boolean score(OptionalInt user, UserItems items, float[] scores);

  /**
   * Scores every item for a query. To be overridden by a model made of other models, which hands
   * the query on to them; any other overrides {@link #score(OptionalInt, UserItems, float[])}.
   *
   * @param query the query; its filters are not to be heeded here
   * @param user as for {@link #score(OptionalInt, UserItems, float[])}
   * @param items as for {@link #score(OptionalInt, UserItems, float[])}
   * @param scores as for {@link #score(OptionalInt, UserItems, float[])}
   * @return as of {@link #score(OptionalInt, UserItems, float[])}
   */
  protected boolean score(
      RecommendationQuery query, OptionalInt user, UserItems items, float[] scores) {
    return score(user, items, scores);
  }

  /**
   * Why an item got its score for a query. To be overridden by a model made of other models; any
   * other overrides {@link #reasons(OptionalInt, UserItems, int)}.
   *
   * @param query the query
   * @param user as given to {@link #score(OptionalInt, UserItems, float[])}
   * @param items as given to {@link #score(OptionalInt, UserItems, float[])}
   * @param item the dense index of a recommended item
   * @return the reasons; shares add up to 1
   */
  protected List<Reason> reasons(
      RecommendationQuery query, OptionalInt user, UserItems items, int item) {
    return reasons(user, items, item);
  }

  /**
   * Why an item got its score from {@link #score(OptionalInt, UserItems, float[])}. To be
   * overridden by a model that can {@link Capability#EXPLAIN}.
   *
   * @param user as given to {@link #score(OptionalInt, UserItems, float[])}
   * @param items as given to {@link #score(OptionalInt, UserItems, float[])}
   * @param item the dense index of a recommended item
   * @return the reasons; shares add up to 1
   */
  protected List<Reason> reasons(OptionalInt user, UserItems items, int item) {
    throw new UnsupportedOperationException(provenance.algorithm() + " gives no reasons");
  }

  /**
   * Reasons that name the user's own items.
   *
   * @param items the user's items
   * @param contribution what the item at a position contributed to the score; what is not above 0
   *     gives no reason
   * @return the reasons, weightiest first, ties by item id; shares add up to 1
   */
  protected final List<Reason> ownItems(UserItems items, IntToDoubleFunction contribution) {
    double[] parts = new double[items.size()];
    double sum = 0;
    for (int p = 0; p < parts.length; p++) {
      parts[p] = Math.max(0, contribution.applyAsDouble(p));
      sum += parts[p];
    }
    List<Reason> reasons = new ArrayList<>();
    for (int p = 0; p < parts.length; p++) {
      if (parts[p] > 0) {
        reasons.add(
            new Reason.OwnItem(trained.items().id(items.item(p)), items.type(p), parts[p] / sum));
      }
    }
    // The sort is stable and the items ascend, so ties stay in the order of ids.
    reasons.sort(Comparator.comparingDouble(Reason::share).reversed());
    return reasons;
  }

  /**
   * Ends a sum of positive shares: a sum of 0 has no summand, and becomes {@link #NO_EVIDENCE}.
   *
   * @param scores at least 0; modified
   */
  protected static void noEvidenceWhereZero(float[] scores) {
    // By bits and without a branch, which zeros in no order would make slow.
    int nothing = Float.floatToRawIntBits(NO_EVIDENCE);
    for (int i = 0; i < scores.length; i++) {
      int bits = Float.floatToRawIntBits(scores[i]);
      scores[i] = Float.intBitsToFloat(bits | (((bits - 1) >> 31) & nothing));
    }
  }

  /**
   * Writes what the model keeps of its training data, for {@link TrainedUsers#read}. A model that
   * has more than that and its options overrides this, calls it first, and adds the rest.
   */
  @Override
  public void save(ModelWriter out) {
    trained.save(out);
  }

  @Override
  public final Provenance provenance() {
    return provenance;
  }

  @Override
  public final Set<Capability> capabilities() {
    return capabilities;
  }

  /**
   * What the model keeps of its training data.
   *
   * @return ids, weighted items, seen items and popularity
   */
  protected final TrainedUsers trained() {
    return trained;
  }

  @Override
  public final Recommendations recommend(RecommendationQuery query) {
    if (query.explain() && !capabilities.contains(Capability.EXPLAIN)) {
      throw new UnsupportedOperationException(
          provenance.algorithm()
              + " gives no reasons: ask without explain, or choose a recommender that declares "
              + Capability.EXPLAIN);
    }
    Scratch scratch = scratches.take();
    Recommendations answer = recommend(query, scratch);
    // Not given back when something was thrown: what was half done is not used again.
    scratches.give(scratch);
    return answer;
  }

  /** As many at once as there are processors. */
  @Override
  public List<Recommendations> recommendAll(List<RecommendationQuery> queries) {
    Recommendations[] answers = new Recommendations[queries.size()];
    Parallel.forBlocks(
        answers.length,
        BATCH_BLOCK,
        Runtime.getRuntime().availableProcessors(),
        (from, to) -> {
          for (int q = from; q < to; q++) {
            answers[q] = recommend(queries.get(q));
          }
        });
    return List.of(answers);
  }

  private Recommendations recommend(RecommendationQuery query, Scratch scratch) {
    OptionalInt known = known(query);
    OptionalInt user = query.history().isPresent() ? OptionalInt.empty() : known;
    UserItems items = userItems(query, user);
    Answer answer = answer(query, known, user, items, scratch.scores);
    scratch.open(query, user);
    TopN best = scratch.select(query);
    int size = best.drain(scratch.chosen, scratch.chosenScores);
    Recommendation[] recommendations = scratch.recommendations;
    for (int k = 0; k < size; k++) {
      int item = scratch.chosen[k];
      List<Reason> reasons = List.of();
      if (query.explain()) {
        reasons =
            answer.basis().isFallback()
                ? List.of(new Reason.Popular(answer.segment(), 1))
                : reasons(query, user, items, item);
      }
      recommendations[k] =
          new Recommendation(trained.items().id(item), scratch.chosenScores[k], reasons);
    }
    // Both copy, so that the scratch space can be used again.
    List<Recommendation> chosen =
        List.of(
            size == recommendations.length
                ? recommendations
                : Arrays.copyOf(recommendations, size));
    Arrays.fill(recommendations, null);
    return new Recommendations(chosen, answer.basis(), query.limit(), scratch.left());
  }

  /**
   * What {@link #recommend} chooses from: the scores of all items before any filter, the fallback's
   * where it answers. For models that are made of others.
   *
   * @param query to whom; its filters are not heeded
   * @param scores receives one for each item of {@link #items}, {@link #NO_EVIDENCE} where nothing
   *     speaks for or against the item
   * @return what the scores rest on
   */
  public final Basis scores(RecommendationQuery query, float[] scores) {
    OptionalInt known = known(query);
    OptionalInt user = query.history().isPresent() ? OptionalInt.empty() : known;
    return answer(query, known, user, userItems(query, user), scores).basis();
  }

  /**
   * The items the model knows.
   *
   * @return the index that {@link #scores} are in the order of
   */
  public final IdIndex items() {
    return trained.items();
  }

  private OptionalInt known(RecommendationQuery query) {
    Optional<String> id = query.userId();
    return id.isPresent() ? trained.users().find(id.get()) : OptionalInt.empty();
  }

  private record Answer(Basis basis, String segment) {
    static final Answer TRAINED = new Answer(Basis.TRAINED, "");
    static final Answer HISTORY = new Answer(Basis.HISTORY, "");
    static final Answer EVERYBODY = new Answer(Basis.EVERYBODY, "");
  }

  private UserItems userItems(RecommendationQuery query, OptionalInt user) {
    return user.isPresent()
        ? trained.matrix().row(user.getAsInt())
        : UserItems.of(
            query.history().orElse(List.of()),
            trained.items(),
            trained.weighting(),
            query.at().orElse(trained.at()));
  }

  private Answer answer(
      RecommendationQuery query,
      OptionalInt known,
      OptionalInt user,
      UserItems items,
      float[] scores) {
    boolean mayAsk =
        user.isPresent() || (items.size() > 0 && capabilities.contains(Capability.FOLD_IN));
    if (mayAsk) {
      Arrays.fill(scores, NO_EVIDENCE);
      if (score(query, user, items, scores)) {
        damp(scores);
        return user.isPresent() ? Answer.TRAINED : Answer.HISTORY;
      }
    }
    Popularity popularity = trained.popularity();
    Optional<String> segment =
        query
            .segment()
            .or(() -> known.isPresent() ? popularity.segmentOf(known.getAsInt()) : Optional.empty())
            .filter(popularity::hasSegment);
    if (segment.isPresent()) {
      popularity.copySegment(segment.get(), scores);
      return new Answer(Basis.SEGMENT, segment.get());
    }
    popularity.copyEverybody(scores);
    return Answer.EVERYBODY;
  }

  private void damp(float[] scores) {
    for (int i = 0; i < damping.length; i++) {
      scores[i] = scores[i] < 0 ? scores[i] / damping[i] : scores[i] * damping[i];
    }
  }

  /** What one query needs to be answered, used again by the next. */
  private final class Scratch {
    private final float[] scores = new float[trained.items().size()];
    private final boolean[] open = new boolean[scores.length];
    private final int[] left = new int[CAUSES.length];
    // Of the items that were open, and closed by a filter, how many have no evidence.
    private int closedNoEvidence;
    private final EnumMap<Cause, Integer> counts = new EnumMap<>(Cause.class);
    private TopN best = new TopN(0);
    private int[] chosen = {};
    private double[] chosenScores = {};
    private @Nullable Recommendation[] recommendations = {};

    /** Opens the items that no filter takes out, and counts those that one does. */
    void open(RecommendationQuery query, OptionalInt user) {
      IdIndex index = trained.items();
      Arrays.fill(left, 0);
      Arrays.fill(open, query.candidates().isEmpty());
      closedNoEvidence = 0;
      if (query.candidates().isPresent()) {
        int opened = 0;
        for (String id : query.candidates().get()) {
          OptionalInt item = index.find(id);
          if (item.isPresent()) {
            open[item.getAsInt()] = true;
            opened++;
          }
        }
        left[Cause.NO_CANDIDATE.ordinal()] = scores.length - opened;
      }
      if (!query.exclude().isEmpty()) {
        for (String id : query.exclude()) {
          close(index.find(id), Cause.EXCLUDED);
        }
      }
      if (query.excludeSeen()) {
        closeSeen(query, user);
      }
    }

    private void close(OptionalInt item, Cause cause) {
      if (item.isPresent()) {
        close(item.getAsInt(), cause);
      }
    }

    private void close(int item, Cause cause) {
      if (open[item]) {
        open[item] = false;
        left[cause.ordinal()]++;
        closedNoEvidence += scores[item] == NO_EVIDENCE ? 1 : 0;
      }
    }

    private void closeSeen(RecommendationQuery query, OptionalInt user) {
      if (user.isPresent()) {
        SparseRows rows = trained.seen();
        for (int p = rows.start(user.getAsInt()); p < rows.end(user.getAsInt()); p++) {
          close(rows.column(p), Cause.SEEN);
        }
      }
      if (query.history().isPresent()) {
        for (Event event : query.history().get()) {
          if (event instanceof Interaction interaction && interaction.type().marksSeen()) {
            close(trained.items().find(interaction.itemId()), Cause.SEEN);
          }
        }
      }
    }

    /** The best of what is open. */
    TopN select(RecommendationQuery query) {
      int limit = Math.min(query.limit(), scores.length);
      if (chosen.length != limit) {
        best = new TopN(limit);
        chosen = new int[limit];
        chosenScores = new double[limit];
        recommendations = new Recommendation[limit];
      }
      if (query.rescorer().isEmpty() && query.minScore().isEmpty()) {
        int noEvidence = selectByScore();
        left[Cause.NO_EVIDENCE.ordinal()] =
            query.candidates().isEmpty() ? noEvidence - closedNoEvidence : openNoEvidence();
        return best;
      }
      Rescorer rescorer = query.rescorer().orElse(null);
      double minScore = query.minScore().orElse(Double.NEGATIVE_INFINITY);
      int noEvidence = 0;
      for (int item = 0; item < scores.length; item++) {
        if (!open[item]) {
          continue;
        }
        double score = scores[item];
        if (score == NO_EVIDENCE) {
          noEvidence++;
          continue;
        }
        checkFinite(item, score);
        if (rescorer != null) {
          score = rescorer.rescore(trained.items().id(item), score);
          if (!Double.isFinite(score)) {
            left[Cause.RESCORED_OUT.ordinal()]++;
            continue;
          }
        }
        if (score < minScore) {
          left[Cause.BELOW_MIN_SCORE.ordinal()]++;
          continue;
        }
        best.offer(item, score);
      }
      left[Cause.NO_EVIDENCE.ordinal()] = noEvidence;
      return best;
    }

    /**
     * The usual query, in which most items end at one comparison.
     *
     * @return how many of all items have no evidence
     */
    private int selectByScore() {
      // Exactly: what was offered are floats.
      float floor = (float) best.floor();
      int nothing = Float.floatToRawIntBits(NO_EVIDENCE);
      int others = 0;
      for (int item = 0; item < scores.length; item++) {
        float score = scores[item];
        // By bits and without a branch, which scores in no order would make slow.
        int difference = Float.floatToRawIntBits(score) ^ nothing;
        others += (difference | -difference) >>> 31;
        // Items ascend, so one that has just the floor's score comes after those that are kept.
        if (!(score <= floor) && open[item]) {
          checkFinite(item, score);
          best.offer(item, score);
          floor = (float) best.floor();
        }
      }
      return scores.length - others;
    }

    private int openNoEvidence() {
      int noEvidence = 0;
      for (int item = 0; item < scores.length; item++) {
        noEvidence += open[item] && scores[item] == NO_EVIDENCE ? 1 : 0;
      }
      return noEvidence;
    }

    private void checkFinite(int item, double score) {
      if (!Double.isFinite(score)) {
        throw new IllegalStateException(
            provenance.algorithm() + " scored item " + trained.items().id(item) + " " + score);
      }
    }

    Map<Cause, Integer> left() {
      counts.clear();
      for (Cause cause : CAUSES) {
        if (left[cause.ordinal()] > 0) {
          counts.put(cause, left[cause.ordinal()]);
        }
      }
      return counts;
    }
  }
}
