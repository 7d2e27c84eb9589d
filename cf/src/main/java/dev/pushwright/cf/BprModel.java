// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Scores by the factors that {@link Bpr} learned, F of them for each user and item. */
final class BprModel extends ScoringModel {

  /** How many steps a history takes at most. */
  static final int MAX_FOLD_STEPS = 20_000;

  /** The factors of a history, kept for the reasons that are asked for right after. */
  private static final class Folded {
    final UserItems items;
    final float[] factors;

    Folded(UserItems items, float[] factors) {
      this.items = items;
      this.factors = factors;
    }
  }

  private final Bpr.Plan plan;
  private final Confidence confidence;
  private final float[][] userRows;
  private final float[][] itemRows;
  private final float[] biases;
  // Row f: factor f of every item. Scoring walks these from end to end.
  private final float[][] itemColumns;
  // The items that anybody has, ascending, and how often each is drawn.
  private final int[] items;
  private final int[] drawWeights;
  // The mean of what is drawn.
  private final float[] meanRow;
  private final double meanBias;
  private final AtomicReference<@Nullable Folded> last = new AtomicReference<>();

  BprModel(
      Provenance provenance,
      TrainedUsers trained,
      Bpr.Plan plan,
      float[][] userRows,
      float[][] itemRows,
      float[] biases) {
    super(provenance, Bpr.CAPABILITIES, trained);
    this.plan = plan;
    this.confidence = Confidence.of(trained.matrix().byUser());
    this.userRows = userRows;
    this.itemRows = itemRows;
    this.biases = biases;
    this.itemColumns = new float[plan.factors()][itemRows.length];
    for (int i = 0; i < itemRows.length; i++) {
      for (int f = 0; f < plan.factors(); f++) {
        itemColumns[f][i] = itemRows[i][f];
      }
    }
    this.items = BprTrainer.occurring(trained.matrix().byItem());
    this.drawWeights = BprTrainer.drawWeights(trained.matrix().byItem(), plan.sampling());
    double[] sums = new double[plan.factors()];
    double sum = 0;
    double total = 0;
    for (int item : items) {
      double weight = drawWeights.length == 0 ? 1 : drawWeights[item];
      total += weight;
      sum += weight * biases[item];
      for (int f = 0; f < sums.length; f++) {
        sums[f] += weight * itemRows[item][f];
      }
    }
    double drawn = Math.max(1, total);
    this.meanBias = sum / drawn;
    this.meanRow = new float[sums.length];
    for (int f = 0; f < sums.length; f++) {
      meanRow[f] = (float) (sums[f] / drawn);
    }
  }

  /** Reads what {@link #save} wrote. */
  static BprModel read(ModelReader in, Provenance provenance) {
    TrainedUsers trained = TrainedUsers.read(in);
    Bpr.Plan plan = Bpr.Plan.of(Bpr.OPTIONS.resolve(provenance));
    int items = trained.items().size();
    return new BprModel(
        provenance,
        trained,
        plan,
        rows(in, "users", trained.users().size(), plan.factors()),
        rows(in, "items", items, plan.factors()),
        checked(in, "biases", in.floats("biases", items)));
  }

  private static float[][] rows(ModelReader in, String name, int n, int factors) {
    float[] all = checked(in, name, in.floats(name, n, factors));
    float[][] rows = new float[n][];
    for (int r = 0; r < n; r++) {
      rows[r] = Arrays.copyOfRange(all, r * factors, (r + 1) * factors);
    }
    return rows;
  }

  private static float[] checked(ModelReader in, String name, float[] values) {
    for (int p = 0; p < values.length; p++) {
      if (!(Math.abs(values[p]) <= BprTrainer.MAX_FACTOR)) {
        throw in.damaged(name + " hold " + values[p] + " at " + p);
      }
    }
    return values;
  }

  @Override
  public void save(ModelWriter out) {
    super.save(out);
    write(out, "users", userRows);
    write(out, "items", itemRows);
    out.floats("biases", biases);
  }

  private void write(ModelWriter out, String name, float[][] rows) {
    float[] all = new float[Math.multiplyExact(rows.length, plan.factors())];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, all, r * plan.factors(), plan.factors());
    }
    out.floats(name, all, rows.length, plan.factors());
  }

  @Override
  protected boolean score(OptionalInt user, UserItems own, float[] scores) {
    if (!anyLearned(own)) {
      return false;
    }
    float[] factors = factors(user, own);
    float[] sums = biases.clone();
    for (int f = 0; f < factors.length; f++) {
      add(factors[f], itemColumns[f], sums);
    }
    for (int item : items) {
      scores[item] = sums[item];
    }
    return true;
  }

  private static void add(float factor, float[] column, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * column[i];
    }
  }

  private boolean anyLearned(UserItems own) {
    for (int p = 0; p < own.size(); p++) {
      if (isLearned(own.item(p))) {
        return true;
      }
    }
    return false;
  }

  private boolean isLearned(int item) {
    SparseRows byItem = trained().matrix().byItem();
    return byItem.start(item) < byItem.end(item);
  }

  /** The factors of a user of training, or those that fit a history. */
  float[] factors(OptionalInt user, UserItems own) {
    if (user.isPresent()) {
      return userRows[user.getAsInt()];
    }
    Folded known = last.get();
    if (known == null || known.items != own) {
      known = new Folded(own, fold(own));
      last.set(known);
    }
    return known.factors;
  }

  private float[] fold(UserItems own) {
    int[] order = new int[own.size()];
    SparseRows.Builder row = SparseRows.builder(itemRows.length);
    int size = 0;
    for (int p = 0; p < own.size(); p++) {
      if (isLearned(own.item(p))) {
        row.add(own.item(p), own.weight(p));
        order[size++] = p;
      }
    }
    NegativeSampler sampler =
        new NegativeSampler(row.endRow().build(), items, 0, items.length, drawWeights);
    SplittableRandom random = new SplittableRandom(plan.seed());
    float[] factors = new float[plan.factors()];
    int affordable = Math.max(1, MAX_FOLD_STEPS / (size * plan.negatives()));
    int epochs = size == items.length ? 0 : Math.min(plan.epochs(), affordable);
    for (int epoch = 0; epoch < epochs; epoch++) {
      // With fewer epochs than in training the rate still falls all the way.
      float rate = plan.rate((int) ((long) epoch * plan.epochs() / epochs));
      BprSteps steps = new BprSteps(rate, (float) plan.regularization());
      for (int k = size - 1; k >= 0; k--) {
        int other = random.nextInt(k + 1);
        int p = order[other];
        order[other] = order[k];
        order[k] = p;
        int item = own.item(p);
        for (int n = 0; n < plan.negatives(); n++) {
          int drawn = sampler.draw(0, random);
          steps.stepOfUser(
              factors,
              itemRows[item],
              itemRows[drawn],
              biases[item] - biases[drawn],
              confidence.of(own.weight(p)));
        }
      }
    }
    for (float factor : factors) {
      if (!Float.isFinite(factor)) {
        throw new IllegalStateException(
            "bpr diverged on a history of "
                + size
                + " items at learningRate "
                + plan.learningRate()
                + "; lower it");
      }
    }
    return factors;
  }

  @Override
  protected List<Reason> reasons(OptionalInt user, UserItems own, int item) {
    float[] factors = factors(user, own);
    double mean = meanBias + dot(factors, meanRow);
    List<Reason> reasons =
        ownItems(
            own,
            p -> {
              int l = own.item(p);
              if (!isLearned(l)) {
                return 0;
              }
              double x = biases[l] + dot(factors, itemRows[l]) - mean;
              return confidence.of(own.weight(p)) / (1 + StrictMath.exp(x)) * centredDot(l, item);
            });
    return reasons.isEmpty() ? List.of(new Reason.Popular("", 1)) : reasons;
  }

  private double centredDot(int l, int item) {
    double sum = 0;
    for (int f = 0; f < meanRow.length; f++) {
      sum += (double) (itemRows[l][f] - meanRow[f]) * (itemRows[item][f] - meanRow[f]);
    }
    return sum;
  }

  private static double dot(float[] x, float[] y) {
    double sum = 0;
    for (int f = 0; f < x.length; f++) {
      sum += (double) x[f] * y[f];
    }
    return sum;
  }
}
