// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Predicts ratings as μ + b<sub>u</sub> + b<sub>i</sub> + q<sub>i</sub>ᵀ·x<sub>u</sub> and ranks by
 * them. The score is the prediction before it is brought onto the scale, so that what lies beyond
 * its end is still told apart; an item that nobody has rated is not recommended.
 *
 * <p>A history is folded in by least squares: with the items as they are, the bias and the vector
 * that fit its ratings best under the penalties of training. Ratings off the scale of training
 * count as its ends. A history without ratings tells nothing here, and the fallback answers.
 *
 * <p>Reasons: that solution is linear in the ratings, as Hu, Koren and Volinsky note for theirs
 * ("Collaborative filtering for implicit feedback datasets", ICDM 2008, section 5), so
 * q<sub>i</sub>ᵀ·x<sub>u</sub> is a sum over the user's own items. The reasons are the parts above
 * 0 of those rated higher than the biases let expect, for "because you did not like this" is no
 * reason to be told; else those of the others; and where no part is above 0, what speaks for the
 * item is what others think of it.
 */
class RatingModel extends ScoringModel {

  /**
   * What the fold-in of n ratings adds to the diagonal of its least squares.
   *
   * @param bias for the bias, whatever n
   * @param biasPerRating for the bias, times n
   * @param factorPerRating for each factor, times n
   */
  record Penalties(double bias, double biasPerRating, double factorPerRating) {}

  private final Ratings ratings;
  private final RatingFactors factors;
  private final Penalties penalties;

  RatingModel(
      Provenance provenance,
      Set<Capability> capabilities,
      TrainedUsers trained,
      RatingFactors factors,
      Penalties penalties) {
    super(provenance, capabilities, trained);
    this.ratings = Ratings.of(trained.matrix().byUser());
    this.factors = factors;
    this.penalties = penalties;
  }

  /** Reads what {@link #save} wrote. */
  static RatingFactors readFactors(
      ModelReader in, TrainedUsers trained, int factors, boolean implicit) {
    return RatingFactors.read(
        in.section("ratings"), trained.users().size(), trained.items().size(), factors, implicit);
  }

  @Override
  public final void save(ModelWriter out) {
    super.save(out);
    factors.save(out.section("ratings"));
  }

  final RatingFactors factors() {
    return factors;
  }

  @Override
  public final double predictRating(String userId, String itemId) {
    OptionalInt user = trained().users().find(userId);
    OptionalInt item = trained().items().find(itemId);
    double rating = ratings.mean();
    if (user.isPresent()) {
      rating += factors.userBias()[user.getAsInt()];
    }
    if (item.isPresent()) {
      rating += factors.itemBias()[item.getAsInt()];
    }
    if (user.isPresent() && item.isPresent()) {
      int from = user.getAsInt() * factors.factors();
      for (int f = 0; f < factors.factors(); f++) {
        rating +=
            (double) factors.userFactors()[from + f] * factors.itemFactors()[f][item.getAsInt()];
      }
    }
    return ratings.clamp(rating);
  }

  @Override
  protected final boolean score(OptionalInt user, UserItems items, float[] scores) {
    if (items.size() == 0 || ratings.byUser().size() == 0) {
      return false;
    }
    double bias;
    float[] x = new float[factors.factors()];
    if (user.isPresent()) {
      bias = factors.userBias()[user.getAsInt()];
      System.arraycopy(factors.userFactors(), user.getAsInt() * factors.factors(), x, 0, x.length);
    } else {
      FoldIn folded = new FoldIn(items);
      bias = folded.solution[0];
      for (int f = 0; f < x.length; f++) {
        x[f] = (float) (folded.solution[f + 1] + folded.implicit[f]);
      }
    }
    score(ratings.mean() + bias, x, scores);
    SparseRows byItem = trained().matrix().byItem();
    for (int i = 0; i < scores.length; i++) {
      if (byItem.start(i) == byItem.end(i)) {
        scores[i] = NO_EVIDENCE;
      }
    }
    return true;
  }

  // Item after item in the inner loop, four factors at a time: scores are loaded and stored once
  // for four products, and the loop has no sum that runs from one turn to the next.
  private void score(double base, float[] x, float[] scores) {
    double[] itemBias = factors.itemBias();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (base + itemBias[i]);
    }
    float[][] q = factors.itemFactors();
    int f = 0;
    for (; f + 3 < x.length; f += 4) {
      float x0 = x[f];
      float x1 = x[f + 1];
      float x2 = x[f + 2];
      float x3 = x[f + 3];
      float[] q0 = q[f];
      float[] q1 = q[f + 1];
      float[] q2 = q[f + 2];
      float[] q3 = q[f + 3];
      for (int i = 0; i < scores.length; i++) {
        scores[i] += x0 * q0[i] + x1 * q1[i] + x2 * q2[i] + x3 * q3[i];
      }
    }
    for (; f < x.length; f++) {
      float x0 = x[f];
      float[] q0 = q[f];
      for (int i = 0; i < scores.length; i++) {
        scores[i] += x0 * q0[i];
      }
    }
  }

  @Override
  protected final List<Reason> reasons(OptionalInt user, UserItems items, int item) {
    if (factors.factors() == 0) {
      return List.of(new Reason.Popular("", 1));
    }
    FoldIn folded = new FoldIn(items);
    double[] parts = folded.parts(item);
    List<Reason> liked = ownItems(items, p -> folded.isLiked(p) ? parts[p] : 0);
    List<Reason> own = liked.isEmpty() ? ownItems(items, p -> parts[p]) : liked;
    return own.isEmpty() ? List.of(new Reason.Popular("", 1)) : own;
  }

  /** How a user with some ratings is fitted to the items. */
  final class FoldIn {
    private final UserItems items;
    private final UserRidge ridge;
    // By factor: n^−½ Σ of the implicit vectors of the user's items, or 0.
    private final double[] implicit;
    // By position: what the bias and the vector have to account for.
    private final double[] targets;
    // Bias first.
    private final double[] solution;

    FoldIn(UserItems items) {
      this.items = items;
      int n = items.size();
      int k = factors.factors();
      float[][] rows = new float[n][];
      implicit = new double[k];
      for (int p = 0; p < n; p++) {
        rows[p] = factors.item(items.item(p));
        for (int f = 0; f < k; f++) {
          implicit[f] += implicit(p, f);
        }
      }
      ridge =
          new UserRidge(
              rows,
              k,
              penalties.bias() + n * penalties.biasPerRating(),
              // With no penalty at all, the least of the vectors that fit equally well.
              n * Math.max(1e-9, penalties.factorPerRating()));
      targets = new double[n];
      for (int p = 0; p < n; p++) {
        double known = ratings.mean() + factors.itemBias()[items.item(p)];
        for (int f = 0; f < k; f++) {
          known += implicit[f] * rows[p][f];
        }
        targets[p] = ratings.clamp(items.weight(p)) - known;
      }
      solution = ridge.solve(ridge.rightSide(targets));
    }

    private double implicit(int p, int f) {
      float[] y = factors.implicitFactors();
      return y.length == 0 ? 0 : y[items.item(p) * factors.factors() + f] / Math.sqrt(items.size());
    }

    double bias() {
      return solution[0];
    }

    /** Whether the item at a position is rated higher than the biases let expect. */
    boolean isLiked(int p) {
      return ratings.clamp(items.weight(p))
          > ratings.mean() + solution[0] + factors.itemBias()[items.item(p)];
    }

    /** What each of the user's items adds to qᵀ·x of an item; they sum to it. */
    double[] parts(int item) {
      int k = factors.factors();
      float[] q = factors.item(item);
      double[] y = new double[k + 1];
      for (int f = 0; f < k; f++) {
        y[f + 1] = q[f];
      }
      double[] weights = ridge.solve(y);
      double[] parts = new double[items.size()];
      for (int p = 0; p < parts.length; p++) {
        parts[p] = targets[p] * ridge.row(p, weights);
        for (int f = 0; f < k; f++) {
          parts[p] += implicit(p, f) * q[f];
        }
      }
      return parts;
    }
  }
}
