// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Event;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.RecommenderProvider;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Every capability in the plainest way, with the parts open to a fault: items are alike when they
 * share users, and ratings are predicted from how the user's others deviate.
 */
class ReferenceRecommender implements RecommenderProvider {

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String description() {
    return "Recommends what shares users with the user's own items.";
  }

  @Override
  public OptionSet options() {
    return OptionSet.of(
        CommonOptions.WEIGHTS,
        CommonOptions.HALF_LIFE_DAYS,
        CommonOptions.COMBINE,
        CommonOptions.SEGMENT_BY,
        CommonOptions.POPULARITY_DAMPING);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.values());
  }

  @Override
  public Recommender create(Options options) {
    Settings settings = options().resolve(options);
    return (data, context) -> {
      context.forBlocks("reading", 1, 1, (from, to) -> {});
      return new Model(
          Provenance.of(name(), settings.asText(), data.fingerprint()),
          TrainedUsers.of(data, settings),
          this);
    };
  }

  @Override
  public RecommenderModel read(ModelReader in, Provenance provenance) {
    return new Model(provenance, TrainedUsers.read(in), this);
  }

  RecommenderModel update(Model model, Collection<? extends Event> events) {
    return new Model(
        model.provenance().updated(events.size()), model.trainedUsers().plus(events), this);
  }

  double predict(Model model, String user, String item) {
    return model.clamped(model.predicted(user, item));
  }

  static class Model extends ScoringModel {
    private final ReferenceRecommender provider;
    private final float[][] shared;

    Model(Provenance provenance, TrainedUsers trained, ReferenceRecommender provider) {
      super(provenance, provider.capabilities(), trained);
      this.provider = provider;
      int n = trained.items().size();
      this.shared = new float[n][n];
      SparseRows rows = trained.matrix().byUser();
      for (int u = 0; u < rows.rows(); u++) {
        for (int p = rows.start(u); p < rows.end(u); p++) {
          for (int q = rows.start(u); q < rows.end(u); q++) {
            shared[rows.column(p)][rows.column(q)]++;
          }
        }
      }
    }

    TrainedUsers trainedUsers() {
      return trained();
    }

    @Override
    protected boolean score(OptionalInt user, UserItems items, float[] scores) {
      boolean any = false;
      for (int i = 0; i < scores.length; i++) {
        float sum = 0;
        for (int p = 0; p < items.size(); p++) {
          sum += contribution(items, p, i);
        }
        if (sum > 0) {
          scores[i] = sum;
          any = true;
        }
      }
      return any;
    }

    private float contribution(UserItems items, int p, int item) {
      return items.item(p) == item ? 0 : items.weight(p) * shared[items.item(p)][item];
    }

    @Override
    protected List<Reason> reasons(OptionalInt user, UserItems items, int item) {
      return ownItems(items, p -> contribution(items, p, item));
    }

    @Override
    public RecommenderModel update(Collection<? extends Event> events) {
      return provider.update(this, events);
    }

    @Override
    public double predictRating(String userId, String itemId) {
      return provider.predict(this, userId, itemId);
    }

    double clamped(double rating) {
      SparseRows rows = trained().matrix().byUser();
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int p = 0; p < rows.size(); p++) {
        least = Math.min(least, rows.value(p));
        most = Math.max(most, rows.value(p));
      }
      return Math.max(least, Math.min(most, rating));
    }

    private double mean(int user) {
      SparseRows rows = trained().matrix().byUser();
      double sum = 0;
      for (int p = rows.start(user); p < rows.end(user); p++) {
        sum += rows.value(p);
      }
      return sum / (rows.end(user) - rows.start(user));
    }

    double predicted(String userId, String itemId) {
      OptionalInt user = trained().users().find(userId);
      OptionalInt item = trained().items().find(itemId);
      SparseRows rows = trained().matrix().byUser();
      if (user.isEmpty()) {
        double sum = 0;
        for (int p = 0; p < rows.size(); p++) {
          sum += rows.value(p);
        }
        return sum / rows.size();
      }
      double mean = mean(user.getAsInt());
      double above = 0;
      double below = 0;
      for (int p = rows.start(user.getAsInt());
          item.isPresent() && p < rows.end(user.getAsInt());
          p++) {
        double alike = 0;
        for (int v = 0; v < rows.rows(); v++) {
          float one = rows.get(v, item.getAsInt());
          float other = rows.get(v, rows.column(p));
          if (one > 0 && other > 0) {
            alike += (one - mean(v)) * (other - mean(v));
          }
        }
        above += alike * (rows.value(p) - mean);
        below += Math.abs(alike);
      }
      return below == 0 ? mean : mean + above / below;
    }
  }
}
