// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Event;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/** Scores and predicts by the factors and biases that {@link ExplicitAls} found. */
final class ExplicitAlsModel extends ScoringModel {

  private static final String USERS = "users.factors";
  private static final String ITEMS = "items.factors";

  // The largest rating that an event can hold; a product of two such still is a float.
  private static final float MAX = (float) 1e15;

  private final ExplicitAlsTrainer fitted;
  private final Ratings ratings;
  private final float[][] features;

  ExplicitAlsModel(Provenance provenance, TrainedUsers trained, ExplicitAlsTrainer fitted) {
    super(provenance, ExplicitAls.CAPABILITIES, trained);
    this.fitted = fitted;
    this.ratings = Ratings.of(trained.matrix().byUser());
    this.features = ExplicitAlsTrainer.features(fitted.items());
  }

  /** Reads what {@link #save} wrote. */
  static ExplicitAlsModel read(ModelReader in, Provenance provenance) {
    TrainedUsers trained = TrainedUsers.read(in);
    double[] numbers = in.doubles("numbers", 2);
    int width = in.ints("width", 1)[0];
    if (!(numbers[0] >= ExplicitAls.MIN_REGULARIZATION
            && numbers[0] <= ExplicitAls.MAX_REGULARIZATION)
        || !(Math.abs(numbers[1]) <= MAX)
        || width < 2) {
      throw in.damaged(
          "regularization is " + numbers[0] + ", the mean " + numbers[1] + ", width " + width);
    }
    return new ExplicitAlsModel(
        provenance,
        trained,
        new ExplicitAlsTrainer(
            trained.matrix().byUser(),
            trained.matrix().byItem(),
            numbers[0],
            numbers[1],
            Factors.read(in, USERS, trained.users().size(), width, MAX),
            Factors.read(in, ITEMS, trained.items().size(), width, MAX),
            width));
  }

  @Override
  public void save(ModelWriter out) {
    super.save(out);
    out.doubles("numbers", new double[] {fitted.regularization(), fitted.mean()});
    out.ints("width", new int[] {fitted.width()});
    Factors.save(out, USERS, fitted.users(), fitted.width());
    Factors.save(out, ITEMS, fitted.items(), fitted.width());
  }

  @Override
  public double predictRating(String userId, String itemId) {
    OptionalInt user = trained().users().find(userId);
    OptionalInt item = trained().items().find(itemId);
    double rating = fitted.mean();
    int last = fitted.width() - 1;
    if (user.isPresent() && item.isPresent()) {
      rating += DenseRows.dot(fitted.users()[user.getAsInt()], features[item.getAsInt()]);
    } else if (user.isPresent()) {
      rating += fitted.users()[user.getAsInt()][last];
    }
    if (item.isPresent()) {
      rating += fitted.items()[item.getAsInt()][last];
    }
    return ratings.clamp(rating);
  }

  @Override
  protected boolean score(OptionalInt user, UserItems own, float[] scores) {
    if (own.size() == 0) {
      return false;
    }
    float[] x = user.isPresent() ? fitted.users()[user.getAsInt()] : foldIn(own);
    for (float factor : x) {
      // Ratings that overflow, which no event can hold, but a file that was tampered with.
      if (!Float.isFinite(factor)) {
        return false;
      }
    }
    DenseRows.dots(x, features, scores.length, scores);
    SparseRows byItem = trained().matrix().byItem();
    for (int i = 0; i < scores.length; i++) {
      float bias = fitted.items()[i][fitted.width() - 1];
      scores[i] =
          byItem.start(i) == byItem.end(i)
              ? NO_EVIDENCE
              : (float) (fitted.mean() + bias + scores[i]);
    }
    return true;
  }

  /** Items × (factors and bias), not to be changed. */
  float[][] itemRows() {
    return fitted.items();
  }

  private float[] foldIn(UserItems own) {
    float[] x = new float[fitted.width()];
    new CholeskySolver(fitted.width()).solve(system(own), x);
    return x;
  }

  private RidgeSystem system(UserItems own) {
    int[] columns = new int[own.size()];
    float[] values = new float[own.size()];
    for (int p = 0; p < columns.length; p++) {
      columns[p] = own.item(p);
      values[p] = own.weight(p);
    }
    RidgeSystem system = new RidgeSystem(fitted.width());
    fitted.fill(columns, values, fitted.items(), features, system);
    return system;
  }

  @Override
  protected List<Reason> reasons(OptionalInt user, UserItems own, int item) {
    RidgeSystem system = system(own);
    float[] seen = new float[fitted.width()];
    new CholeskySolver(fitted.width()).solve(system, features[item].clone(), seen);
    List<Reason> reasons =
        ownItems(own, p -> system.linear(p) * (double) DenseRows.dot(seen, features[own.item(p)]));
    return reasons.isEmpty() ? List.of(new Reason.Popular("", 1)) : reasons;
  }

  @Override
  public RecommenderModel update(Collection<? extends Event> events) {
    if (events.isEmpty()) {
      return this;
    }
    TrainedUsers joined = trained().plus(events);
    ExplicitAlsTrainer trainer =
        new ExplicitAlsTrainer(
            joined.matrix().byUser(),
            joined.matrix().byItem(),
            fitted.regularization(),
            ratings.byUser().size() == 0
                ? Ratings.of(joined.matrix().byUser()).mean()
                : fitted.mean(),
            Factors.moved(
                fitted.users(),
                trained().users().positionsIn(joined.users()),
                joined.users().size(),
                fitted.width()),
            Factors.moved(
                fitted.items(),
                trained().items().positionsIn(joined.items()),
                joined.items().size(),
                fitted.width()),
            fitted.width());
    trainer.update(events, joined);
    return new ExplicitAlsModel(provenance().updated(events.size()), joined, trainer);
  }
}
