// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.UserItems;
import dev.pushwright.data.Weighting;
import dev.pushwright.eval.RatingMetrics;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.Splits;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the weights of a {@link Hybrid} on a part of the data that its parts have not seen. */
final class HybridValidation {

  private static final Logger LOG = LoggerFactory.getLogger(HybridValidation.class);

  private static final int MAX_USERS = 10_000;
  private static final double RATINGS_HELD_OUT = 0.1;

  private final List<Recommender> recommenders;
  private final Settings settings;
  private final FitContext context;

  HybridValidation(List<Recommender> recommenders, Settings settings, FitContext context) {
    this.recommenders = recommenders;
    this.settings = settings;
    this.context = context;
  }

  /**
   * The weights that do best.
   *
   * @param given the weights to begin with
   * @param data all data
   * @return the best weights, or those given where the data cannot spare a validation part
   */
  double[] weights(double[] given, Dataset data) {
    if (settings.get(Hybrid.LEARN_WEIGHTS) == Hybrid.Learning.RATINGS) {
      return byRatings(given, data);
    }
    Split split = Splits.leaveLastOut(data, CommonOptions.weighting(settings));
    if (split.test().isEmpty()) {
      LOG.warn(
          "hybrid: no user has two items, so there is nothing to learn weights from; the given"
              + " ones are kept");
      return given;
    }
    return byRanks(given, split, fit(split.train()));
  }

  private List<RecommenderModel> fit(Dataset train) {
    List<RecommenderModel> models = new ArrayList<>();
    for (Recommender recommender : recommenders) {
      models.add(recommender.fit(train, context));
    }
    return models;
  }

  private double[] byRatings(double[] given, Dataset data) {
    if (!data.hasEvent(EventType.RATING)) {
      LOG.warn("hybrid: there are no ratings to learn weights from; the given ones are kept");
      return given;
    }
    Split split = Splits.random(data, RATINGS_HELD_OUT, settings.get(Hybrid.SEED));
    List<RecommenderModel> models = fit(split.train());
    for (RecommenderModel model : models) {
      if (!model.capabilities().contains(Capability.PREDICT_RATINGS)) {
        throw new IllegalArgumentException(
            "learnWeights is ratings, and "
                + model.provenance().algorithm()
                + " predicts none; leave it out, or learn for the ranking");
      }
    }
    List<Interaction> ratings = new ArrayList<>();
    for (List<Event> events : split.test().values()) {
      for (Event event : events) {
        if (event instanceof Interaction rating && rating.type() == EventType.RATING) {
          ratings.add(rating);
        }
      }
    }
    double[] actual = ratings.stream().mapToDouble(Interaction::value).toArray();
    double[][] predicted = new double[models.size()][actual.length];
    context.forBlocks(
        "predicting held-out ratings",
        actual.length,
        256,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            Interaction rating = ratings.get(r);
            for (int k = 0; k < predicted.length; k++) {
              predicted[k][r] = models.get(k).predictRating(rating.userId(), rating.itemId());
            }
          }
        });
    double[] blended = new double[actual.length];
    return BlendWeights.search(
        given,
        weights -> {
          double sum = Arrays.stream(weights).sum();
          for (int r = 0; r < blended.length; r++) {
            double rating = 0;
            for (int k = 0; k < weights.length; k++) {
              rating += weights[k] * predicted[k][r];
            }
            blended[r] = rating / sum;
          }
          return -RatingMetrics.rmse(actual, blended);
        });
  }

  /** The scores of all parts for one user's held-out item, first, and for others. */
  private static final class Contest {
    private final float[][] scores;

    Contest(float[][] scores) {
      this.scores = scores;
    }

    /** 1 / log2(1 + rank) of the held-out item, which loses every tie. */
    double gain(double[] weights) {
      int rank = 1;
      double held = Double.NaN;
      int others = 0;
      for (float[] part : scores) {
        others = Math.max(others, part.length);
      }
      for (int i = 0; i < others; i++) {
        double score = 0;
        for (int k = 0; k < weights.length; k++) {
          float[] part = scores[k];
          if (part.length > 0) {
            score += weights[k] * part[i];
          }
        }
        if (i == 0) {
          held = score;
        } else if (score >= held) {
          rank++;
        }
      }
      return 1 / (Math.log1p(rank) / Math.log(2));
    }
  }

  private double[] byRanks(double[] given, Split split, List<RecommenderModel> models) {
    List<String> users = new ArrayList<>(split.test().keySet());
    SplittableRandom random = new SplittableRandom(settings.get(Hybrid.SEED));
    for (int u = users.size() - 1; u > 0; u--) {
      users.set(u, users.set(random.nextInt(u + 1), users.get(u)));
    }
    List<String> asked = users.subList(0, Math.min(MAX_USERS, users.size()));
    SplittableRandom[] randoms = new SplittableRandom[asked.size()];
    Arrays.setAll(randoms, u -> random.split());
    @Nullable Contest[] contests = new @Nullable Contest[asked.size()];
    Weighting weighting = CommonOptions.weighting(settings);
    Map<String, List<Event>> held = split.test();
    context.forBlocks(
        "scoring held-out items",
        contests.length,
        8,
        (from, to) -> {
          for (int u = from; u < to; u++) {
            String user = asked.get(u);
            contests[u] =
                contest(
                    user,
                    held.getOrDefault(user, List.of()),
                    split.train(),
                    models,
                    weighting,
                    randoms[u]);
          }
        });
    return BlendWeights.search(
        given,
        weights -> {
          double gain = 0;
          for (Contest contest : contests) {
            gain += contest == null ? 0 : contest.gain(weights);
          }
          return gain / contests.length;
        });
  }

  private @Nullable Contest contest(
      String user,
      List<Event> heldOut,
      Dataset train,
      List<RecommenderModel> models,
      Weighting weighting,
      SplittableRandom random) {
    IdIndex items = train.items();
    OptionalInt held = OptionalInt.empty();
    for (Event event : heldOut) {
      if (held.isEmpty()
          && event instanceof Interaction interaction
          && weighting.weigh(event, event.at()) > 0) {
        held = items.find(interaction.itemId());
      }
    }
    UserItems own = UserItems.of(train.eventsOf(user), items, weighting, train.latest());
    boolean[] asked = new boolean[models.size()];
    Arrays.fill(asked, true);
    float[][] scores =
        HybridModel.partScores(models, RecommendationQuery.forUser(user).build(), items, asked);
    if (held.isEmpty() || scores.length == 0) {
      return null;
    }
    HybridModel.comparable(scores, settings.get(Hybrid.BLEND), own);
    int[] chosen = chosen(held.getAsInt(), own, items.size(), random);
    for (int k = 0; k < scores.length; k++) {
      float[] part = scores[k];
      if (part.length > 0) {
        float[] few = new float[chosen.length];
        for (int i = 0; i < few.length; i++) {
          few[i] = part[chosen[i]];
        }
        scores[k] = few;
      }
    }
    return new Contest(scores);
  }

  /** The held-out item, and others that are neither it nor the user's own. */
  private int[] chosen(int held, UserItems own, int items, SplittableRandom random) {
    boolean[] taken = new boolean[items];
    taken[held] = true;
    for (int p = 0; p < own.size(); p++) {
      taken[own.item(p)] = true;
    }
    int[] open = new int[items];
    int size = 0;
    for (int i = 0; i < items; i++) {
      if (!taken[i]) {
        open[size++] = i;
      }
    }
    int others = Math.min(settings.get(Hybrid.LEARN_AMONG), size);
    int[] chosen = new int[1 + others];
    chosen[0] = held;
    for (int n = 0; n < others; n++) {
      int at = n + random.nextInt(size - n);
      chosen[1 + n] = open[at];
      open[at] = open[n];
    }
    return chosen;
  }
}
