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
import java.util.stream.IntStream;

/** Scores by the neighbours that {@link UserKnn} found. */
final class UserKnnModel extends ScoringModel {

  private final KnnSettings knn;

  // Row u: the users v nearest to u, with sim(u, v).
  private final SparseRows neighbours;

  // Whether sums are over those who have u among their nearest; ratings never are.
  private final boolean reverse;
  private final Supplier<SparseRows> reversed;
  // By user: how similar whoever is to be among their nearest has to be.
  private final Supplier<float[]> farthest;
  private final Explicit explicit;
  // What histories need, and what ratings need: most models are never asked for either.
  private final Supplier<Neighbours> kernel;
  private final Supplier<RatingAverage> average;

  UserKnnModel(
      Provenance provenance, TrainedUsers trained, SparseRows neighbours, Explicit explicit) {
    super(provenance, UserKnn.CAPABILITIES, trained);
    this.knn = UserKnn.knn(UserKnn.OPTIONS.resolve(provenance));
    this.neighbours = neighbours;
    this.reverse = reverse(provenance, knn);
    this.reversed = Suppliers.memoize(neighbours::transpose);
    this.farthest = Suppliers.memoize(this::farthest);
    this.explicit = explicit;
    this.kernel = Suppliers.memoize(() -> UserKnn.neighbours(trained.matrix(), knn));
    this.average =
        Suppliers.memoize(() -> new RatingAverage(knn.normalization(), explicit.byUser(), false));
  }

  private static boolean reverse(Provenance provenance, KnnSettings knn) {
    // Models from before there was a choice go by their own neighbours.
    return provenance.options().containsKey(UserKnn.REVERSE_NEIGHBOURS.name())
        && UserKnn.OPTIONS.resolve(provenance).get(UserKnn.REVERSE_NEIGHBOURS)
        && knn.rankBy() == RankBy.SUM;
  }

  /** Reads what {@link #save} wrote. */
  static UserKnnModel read(ModelReader in, Provenance provenance) {
    TrainedUsers trained = TrainedUsers.read(in);
    return new UserKnnModel(
        provenance,
        trained,
        Knn.readNeighbours(in, trained.users().size()),
        Knn.readExplicit(in, provenance, trained));
  }

  @Override
  public void save(ModelWriter out) {
    super.save(out);
    neighbours.save(out.section("neighbours"));
    explicit.save(out);
  }

  private Neighbours.Found nearest(OptionalInt user, UserItems items) {
    if (reverse) {
      Neighbours.Found who =
          user.isPresent()
              ? row(reversed.get(), user.getAsInt())
              : wouldHaveAmongTheirNearest(items);
      if (tellsMore(who, items)) {
        return who;
      }
    }
    return user.isPresent()
        ? row(neighbours, user.getAsInt())
        : kernel.get().nearest(Knn.items(items), Knn.weights(items));
  }

  // Who gives the history they had in training finds themselves, and maybe nobody else.
  private boolean tellsMore(Neighbours.Found who, UserItems items) {
    SparseRows rows = trained().matrix().byUser();
    int[] own = Knn.items(items);
    for (int v : who.rows()) {
      for (int p = rows.start(v); p < rows.end(v); p++) {
        if (Arrays.binarySearch(own, rows.column(p)) < 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static Neighbours.Found row(SparseRows of, int row) {
    return new Neighbours.Found(of.rowColumns(row), of.rowValues(row));
  }

  private Neighbours.Found wouldHaveAmongTheirNearest(UserItems items) {
    float[] similarities = new float[neighbours.rows()];
    float[] least = farthest.get();
    kernel
        .get()
        .similarTo(
            Knn.items(items),
            Knn.weights(items),
            (v, similarity) -> similarities[v] = similarity >= least[v] ? similarity : 0);
    int[] rows = IntStream.range(0, similarities.length).filter(v -> similarities[v] > 0).toArray();
    float[] found = new float[rows.length];
    for (int p = 0; p < rows.length; p++) {
      found[p] = similarities[rows[p]];
    }
    return new Neighbours.Found(rows, found);
  }

  private float[] farthest() {
    float[] least = new float[neighbours.rows()];
    for (int v = 0; v < least.length; v++) {
      if (neighbours.end(v) - neighbours.start(v) >= knn.neighbours()) {
        least[v] = Float.MAX_VALUE;
        for (int p = neighbours.start(v); p < neighbours.end(v); p++) {
          least[v] = Math.min(least[v], neighbours.value(p));
        }
      }
    }
    return least;
  }

  @Override
  protected boolean score(OptionalInt user, UserItems items, float[] scores) {
    Neighbours.Found nearest = nearest(user, items);
    if (knn.rankBy() == RankBy.SUM) {
      sums(nearest, scores);
    } else {
      ratings(nearest, items, scores);
    }
    return nearest.rows().length > 0;
  }

  private void sums(Neighbours.Found nearest, float[] scores) {
    SparseRows rows = trained().matrix().byUser();
    Arrays.fill(scores, 0);
    for (int k = 0; k < nearest.rows().length; k++) {
      rows.addTo(nearest.rows()[k], nearest.similarities()[k], scores);
    }
    noEvidenceWhereZero(scores);
  }

  private void ratings(Neighbours.Found nearest, UserItems items, float[] scores) {
    RatingAverage by = average.get();
    SparseRows rows = trained().matrix().byUser();
    double[] sums = new double[scores.length];
    double[] similarities = new double[scores.length];
    for (int k = 0; k < nearest.rows().length; k++) {
      int v = nearest.rows()[k];
      float similarity = nearest.similarities()[k];
      for (int p = rows.start(v); p < rows.end(v); p++) {
        int i = rows.column(p);
        sums[i] += similarity * by.scale(v).normal(rows.value(p), by.user(v) + by.item(i));
        similarities[i] += similarity;
      }
    }
    float[] weights = Knn.weights(items);
    Scale scale = by.scale(weights);
    double base = by.user(Knn.items(items), weights);
    for (int i = 0; i < scores.length; i++) {
      if (similarities[i] > 0) {
        scores[i] = (float) scale.rating(sums[i] / similarities[i], base + by.item(i));
      }
    }
  }

  @Override
  protected List<Reason> reasons(OptionalInt user, UserItems items, int item) {
    SparseRows rows = trained().matrix().byUser();
    Neighbours.Found nearest = nearest(user, items);
    double[] parts = new double[items.size()];
    for (int k = 0; k < nearest.rows().length; k++) {
      int v = nearest.rows()[k];
      double added =
          nearest.similarities()[k]
              * (knn.rankBy() == RankBy.SUM ? rows.get(v, item) : Math.signum(rows.get(v, item)));
      if (added > 0) {
        share(added, items, v, parts);
      }
    }
    return ownItems(items, p -> parts[p]);
  }

  /** Shares out what a neighbour added over the items that it has in common with the user. */
  private void share(double added, UserItems items, int neighbour, double[] parts) {
    SparseRows rows = trained().matrix().byUser();
    double[] products = new double[items.size()];
    double sum = 0;
    for (int p = 0; p < products.length; p++) {
      products[p] = (double) items.weight(p) * rows.get(neighbour, items.item(p));
      sum += products[p];
    }
    for (int p = 0; p < products.length && sum > 0; p++) {
      parts[p] += added * (products[p] / sum);
    }
  }

  @Override
  public double predictRating(String userId, String itemId) {
    RatingAverage by = average.get();
    Ratings all = by.ratings();
    OptionalInt user = trained().users().find(userId);
    OptionalInt item = trained().items().find(itemId);
    double baseline =
        (user.isPresent() ? by.user(user.getAsInt()) : all.mean())
            + (item.isPresent() ? by.item(item.getAsInt()) : 0);
    if (user.isEmpty() || item.isEmpty()) {
      return all.clamp(baseline);
    }
    int u = user.getAsInt();
    int i = item.getAsInt();
    double sum = 0;
    double similarities = 0;
    for (int p = neighbours.start(u); p < neighbours.end(u); p++) {
      int v = neighbours.column(p);
      double rating = all.byUser().get(v, i);
      if (rating > 0) {
        sum += neighbours.value(p) * by.scale(v).normal(rating, by.user(v) + by.item(i));
        similarities += neighbours.value(p);
      }
    }
    return all.clamp(
        similarities > 0 ? by.scale(u).rating(sum / similarities, baseline) : baseline);
  }

  @Override
  public RecommenderModel update(Collection<? extends Event> events) {
    TrainedUsers before = trained();
    TrainedUsers after = before.plus(events);
    SparseRows updated =
        Knn.update(
            UserKnn.neighbours(after.matrix(), knn),
            knn,
            neighbours,
            before.users().positionsIn(after.users()),
            Knn.users(events, after.users()),
            Knn.items(events, after.items()),
            Knn.populated(after.matrix().byItem()) > Knn.populated(before.matrix().byItem()));
    return new UserKnnModel(
        provenance().updated(events.size()),
        after,
        updated,
        explicit.plus(events, knn.rankBy(), before, after));
  }
}
