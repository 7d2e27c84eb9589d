// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import com.google.common.base.Suppliers;
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
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Scores by the similarities that {@link ItemKnn} found. */
final class ItemKnnModel extends ScoringModel {

  private final KnnSettings knn;

  // Row j: the items i that have j among their neighbours, with sim(i, j). Scoring walks the user's
  // few rows.
  private final SparseRows neighbourOf;

  private final Explicit explicit;
  private final Supplier<RatingAverage> average;

  ItemKnnModel(
      Provenance provenance, TrainedUsers trained, SparseRows neighbourOf, Explicit explicit) {
    super(provenance, ItemKnn.CAPABILITIES, trained);
    this.knn = ItemKnn.knn(ItemKnn.OPTIONS.resolve(provenance));
    this.neighbourOf = neighbourOf;
    this.explicit = explicit;
    this.average =
        Suppliers.memoize(() -> new RatingAverage(knn.normalization(), explicit.byUser(), true));
  }

  /** Reads what {@link #save} wrote. */
  static ItemKnnModel read(ModelReader in, Provenance provenance) {
    TrainedUsers trained = TrainedUsers.read(in);
    return new ItemKnnModel(
        provenance,
        trained,
        Knn.readNeighbours(in, trained.items().size()).transpose(),
        Knn.readExplicit(in, provenance, trained));
  }

  @Override
  public void save(ModelWriter out) {
    super.save(out);
    neighbourOf.transpose().save(out.section("neighbours"));
    explicit.save(out);
  }

  @Override
  protected boolean score(OptionalInt user, UserItems items, float[] scores) {
    return knn.rankBy() == RankBy.SUM ? sums(items, scores) : ratings(items, scores);
  }

  private boolean sums(UserItems items, float[] scores) {
    Arrays.fill(scores, 0);
    boolean any = false;
    for (int p = 0; p < items.size(); p++) {
      int own = items.item(p);
      any |= neighbourOf.start(own) < neighbourOf.end(own);
      neighbourOf.addTo(own, items.weight(p), scores);
    }
    noEvidenceWhereZero(scores);
    return any;
  }

  private boolean ratings(UserItems items, float[] scores) {
    RatingAverage by = average.get();
    double[] sums = new double[scores.length];
    double[] similarities = new double[scores.length];
    double base = by.user(Knn.items(items), Knn.weights(items));
    for (int p = 0; p < items.size(); p++) {
      int j = items.item(p);
      double normal = by.scale(j).normal(items.weight(p), base + by.item(j));
      for (int q = neighbourOf.start(j); q < neighbourOf.end(j); q++) {
        sums[neighbourOf.column(q)] += neighbourOf.value(q) * normal;
        similarities[neighbourOf.column(q)] += neighbourOf.value(q);
      }
    }
    boolean any = false;
    for (int i = 0; i < scores.length; i++) {
      if (similarities[i] > 0) {
        any = true;
        scores[i] = (float) by.scale(i).rating(sums[i] / similarities[i], base + by.item(i));
      }
    }
    return any;
  }

  // Of a sum, what the user's item added to it; of a rating, how much of the average it is.
  @Override
  protected List<Reason> reasons(OptionalInt user, UserItems items, int item) {
    return ownItems(
        items,
        p ->
            (knn.rankBy() == RankBy.SUM ? items.weight(p) : 1)
                * (double) neighbourOf.get(items.item(p), item));
  }

  @Override
  public double predictRating(String userId, String itemId) {
    RatingAverage by = average.get();
    Ratings all = by.ratings();
    OptionalInt user = trained().users().find(userId);
    OptionalInt item = trained().items().find(itemId);
    double base = user.isPresent() ? by.user(user.getAsInt()) : all.mean();
    if (item.isEmpty()) {
      return all.clamp(base);
    }
    int i = item.getAsInt();
    double sum = 0;
    double similarities = 0;
    if (user.isPresent()) {
      SparseRows rows = all.byUser();
      for (int p = rows.start(user.getAsInt()); p < rows.end(user.getAsInt()); p++) {
        int j = rows.column(p);
        double similarity = neighbourOf.get(j, i);
        if (similarity > 0) {
          sum += similarity * by.scale(j).normal(rows.value(p), base + by.item(j));
          similarities += similarity;
        }
      }
    }
    double baseline = base + by.item(i);
    return all.clamp(
        similarities > 0 ? by.scale(i).rating(sum / similarities, baseline) : baseline);
  }

  @Override
  public RecommenderModel update(Collection<? extends Event> events) {
    TrainedUsers before = trained();
    TrainedUsers after = before.plus(events);
    SparseRows neighbours =
        Knn.update(
            ItemKnn.neighbours(after.matrix(), knn),
            knn,
            neighbourOf.transpose(),
            before.items().positionsIn(after.items()),
            Knn.items(events, after.items()),
            Knn.users(events, after.users()),
            Knn.populated(after.matrix().byUser()) > Knn.populated(before.matrix().byUser()));
    return new ItemKnnModel(
        provenance().updated(events.size()),
        after,
        neighbours.transpose(),
        explicit.plus(events, knn.rankBy(), before, after));
  }
}
