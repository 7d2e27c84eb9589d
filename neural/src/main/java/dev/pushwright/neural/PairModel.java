// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Provenance;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.neural.nn.BinaryCrossEntropy;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Scores by a {@link PairNet} that was trained. A score is the logit: 1 / (1 + e<sup>−score</sup>)
 * is how sure the network is.
 *
 * <p>A history that was not in training is folded in: the tables' row of its user is solved for
 * with everything else frozen. It begins at the mean of all users and makes {@value #FOLD_STEPS}
 * steps of Adam on the loss of training, each over the items of the history (the {@value
 * #FOLD_ITEMS} heaviest) and as many negatives for each as in training, drawn anew from what they
 * are drawn from there.
 */
final class PairModel extends ScoringModel implements Compression.Compressible {

  private static final int FOLD_STEPS = 60;
  private static final int FOLD_ITEMS = 100;
  private static final double FOLD_RATE = 0.05;

  private final PairNet.Architecture architecture;
  private final PairPlan plan;
  // Empty where there was nothing to learn from.
  private final Parameters parameters;
  private final Optional<PairScorer> scorer;
  private final Positives positives;
  // The items that something was learned of, or is known of.
  private final int[] answered;
  private final Parameters means;

  PairModel(
      Provenance provenance,
      TrainedUsers trained,
      PairNet.Architecture architecture,
      PairPlan plan,
      Parameters parameters) {
    super(provenance, NeuralRecommender.CAPABILITIES, trained);
    this.architecture = architecture;
    this.plan = plan;
    this.parameters = parameters;
    int items = trained.items().size();
    this.scorer =
        parameters.all().isEmpty()
            ? Optional.empty()
            : Optional.of(architecture.scorer(parameters, items));
    this.positives = new Positives(trained.matrix().byUser(), trained.matrix().byItem());
    this.answered =
        IntStream.range(0, items)
            .filter(i -> isLearned(i) || architecture.describesItem(i))
            .toArray();
    this.means = means();
  }

  /** Reads what {@link #save} wrote. */
  static PairModel read(
      ModelReader in, Provenance provenance, PairNet.Architecture architecture, PairPlan plan) {
    TrainedUsers trained = TrainedUsers.read(in);
    PairNet.Architecture fitted = architecture.read(in.section("features"), trained);
    Parameters parameters = new Parameters(0);
    if (trained.matrix().byUser().size() > 0) {
      fitted.make(parameters, trained.users().size(), trained.items().size());
      parameters.read(in.section("net"));
    }
    return new PairModel(provenance, trained, fitted, plan, parameters);
  }

  @Override
  public void save(ModelWriter out) {
    Compression compression = Compression.of(provenance());
    ModelWriter to = compression.writer(out);
    super.save(to);
    architecture.save(to.section("features"));
    compression.save(parameters, to.section("net"));
  }

  @Override
  public RecommenderModel compressed(Provenance provenance, Compression how) {
    return new PairModel(provenance, trained(), architecture, plan, how.applied(parameters));
  }

  PairNet.Architecture architecture() {
    return architecture;
  }

  Parameters parameters() {
    return parameters;
  }

  TrainedUsers users() {
    return trained();
  }

  private Parameters means() {
    Parameters one = new Parameters(0);
    for (Parameter parameter : parameters.all()) {
      if (architecture.userTables().contains(parameter.name())) {
        one.table(
            parameter.name(),
            1,
            parameter.columns(),
            (values, rows, columns, key) -> mean(parameter, values));
      }
    }
    return one;
  }

  private void mean(Parameter table, float[] values) {
    double[] sums = new double[table.columns()];
    int n = 0;
    for (int u = 0; u < table.rows(); u++) {
      if (trained().matrix().byUser().start(u) < trained().matrix().byUser().end(u)) {
        n++;
        for (int c = 0; c < sums.length; c++) {
          sums[c] += table.values()[u * sums.length + c];
        }
      }
    }
    for (int c = 0; c < sums.length; c++) {
      values[c] = (float) (sums[c] / Math.max(1, n));
    }
  }

  @Override
  protected boolean score(OptionalInt user, UserItems own, float[] scores) {
    return score(user, user, own, scores);
  }

  // A history may be that of a user whose description is known.
  @Override
  protected boolean score(
      RecommendationQuery query, OptionalInt user, UserItems own, float[] scores) {
    OptionalInt described =
        user.isPresent() || query.userId().isEmpty()
            ? user
            : trained().users().find(query.userId().get());
    return score(user, described, own, scores);
  }

  private boolean score(OptionalInt user, OptionalInt described, UserItems own, float[] scores) {
    boolean isDescribed = described.isPresent() && architecture.describesUser(described.getAsInt());
    if (scorer.isEmpty() || (!isDescribed && !anyLearned(own))) {
      return false;
    }
    PairScorer ofUser = scorer.get().forUser(described);
    float[] logits = new float[scores.length];
    if (user.isPresent()) {
      ofUser.score(parameters, user.getAsInt(), logits);
    } else {
      ofUser.score(fold(described, own), 0, logits);
    }
    for (int item : answered) {
      scores[item] = logits[item];
    }
    return true;
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
    return trained().matrix().byItem().start(item) < trained().matrix().byItem().end(item);
  }

  /** Tables of one user, whose row fits the history. */
  private Parameters fold(OptionalInt described, UserItems own) {
    Parameters folded = new Parameters(plan.seed());
    int[] history = heaviest(own);
    for (Parameter parameter : parameters.all()) {
      if (architecture.userTables().contains(parameter.name())) {
        Parameter begin = means.get(parameter.name()).copy();
        if (history.length == 0) {
          // As in the rows of users without events: nothing but their description speaks.
          Arrays.fill(begin.values(), 0);
        }
        folded.adopt(begin, false);
      } else {
        folded.adopt(parameter, true);
      }
    }
    if (history.length == 0) {
      return folded;
    }
    int each = 1 + plan.negatives();
    PairNet net = architecture.forUser(described).make(folded, 1, trained().items().size());
    Optimizer optimizer = Optimizer.adam(FOLD_RATE).build(folded);
    BinaryCrossEntropy loss = new BinaryCrossEntropy();
    int[] users = new int[history.length * each];
    int[] items = new int[users.length];
    float[] labels = new float[users.length];
    boolean[] has = new boolean[trained().items().size()];
    for (int p = 0; plan.rejectPositives() && p < own.size(); p++) {
      has[own.item(p)] = true;
    }
    for (int step = 0; step < FOLD_STEPS; step++) {
      int rows = 0;
      for (int h = 0; h < history.length; h++) {
        items[rows] = history[h];
        labels[rows++] = 1;
        for (int k = 1; k < each; k++) {
          int drawn = draw(has, CounterRandom.key(step, (long) h * each + k));
          if (drawn != Positives.NONE) {
            items[rows] = drawn;
            labels[rows++] = 0;
          }
        }
      }
      loss.forward(net.forward(users, items, rows), labels, rows);
      float scale = 1f / rows;
      net.backward(loss.backward(scale), (float) plan.regularization() * scale);
      optimizer.step();
    }
    String unsound = folded.unsound();
    if (!unsound.isEmpty()) {
      throw new IllegalStateException(
          provenance().algorithm() + " diverged on a history of " + own.size() + ": " + unsound);
    }
    return folded;
  }

  private int draw(boolean[] has, long key) {
    int[] occurring = positives.occurring();
    for (int t = 0; t < Positives.TRIES; t++) {
      int item = occurring[CounterRandom.below(key, t, occurring.length)];
      if (!has[item]) {
        return item;
      }
    }
    return Positives.NONE;
  }

  /** The heaviest items of a history that anything was learned of. */
  private int[] heaviest(UserItems own) {
    Integer[] positions = new Integer[own.size()];
    int size = 0;
    for (int p = 0; p < own.size(); p++) {
      if (isLearned(own.item(p))) {
        positions[size++] = p;
      }
    }
    Arrays.sort(
        positions,
        0,
        size,
        (a, b) ->
            own.weight(a) == own.weight(b)
                ? Integer.compare(own.item(a), own.item(b))
                : Float.compare(own.weight(b), own.weight(a)));
    int[] items = new int[Math.min(size, FOLD_ITEMS)];
    Arrays.setAll(items, n -> own.item(positions[n]));
    return items;
  }
}
