// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Event;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Scores by the factors that {@link Als} found. */
final class AlsModel extends ScoringModel {

  private static final String USERS = "users.factors";
  private static final String ITEMS = "items.factors";

  // What is read beyond it is damage, and would make scores overflow.
  private static final float MAX = 1e6f;

  private final AlsLoss loss;
  private final boolean cholesky;
  private final int width;
  private final float[][] users;
  // With their squares; after the last step of the users, their Gram matrix is diagonal.
  private final AlsLoss.Side items;

  AlsModel(
      Provenance provenance,
      TrainedUsers trained,
      AlsLoss loss,
      boolean cholesky,
      float[][] users,
      float[][] items,
      int width) {
    super(provenance, Als.CAPABILITIES, trained);
    this.loss = loss;
    this.cholesky = cholesky;
    this.width = width;
    this.users = users;
    this.items = new AlsLoss.Side(items, width);
  }

  /** Reads what {@link #save} wrote. */
  static AlsModel read(ModelReader in, Provenance provenance) {
    TrainedUsers trained = TrainedUsers.read(in);
    int[] solver = in.ints("solver", 2);
    if (solver[0] < 0 || solver[0] > 1 || solver[1] < 1) {
      throw in.damaged("solver holds " + solver[0] + " and " + solver[1]);
    }
    return new AlsModel(
        provenance,
        trained,
        AlsLoss.read(in),
        solver[0] == 1,
        Factors.read(in, USERS, trained.users().size(), solver[1], MAX),
        Factors.read(in, ITEMS, trained.items().size(), solver[1], MAX),
        solver[1]);
  }

  @Override
  public void save(ModelWriter out) {
    super.save(out);
    out.ints("solver", new int[] {cholesky ? 1 : 0, width});
    loss.save(out);
    Factors.save(out, USERS, users, width);
    Factors.save(out, ITEMS, items.factors(), width);
  }

  @Override
  protected boolean score(OptionalInt user, UserItems own, float[] scores) {
    if (own.size() == 0) {
      return false;
    }
    float[] x = user.isPresent() ? users[user.getAsInt()] : foldIn(own);
    DenseRows.dots(x, items.factors(), scores.length, scores);
    // Of an item without any user nothing is known; its factors are all 0.
    for (int i = 0; i < scores.length; i++) {
      if (trained().matrix().byItem().start(i) == trained().matrix().byItem().end(i)) {
        scores[i] = NO_EVIDENCE;
      }
    }
    return true;
  }

  /** Items × factors, not to be changed. */
  float[][] itemFactors() {
    return items.factors();
  }

  private float[] foldIn(UserItems own) {
    float[] x = new float[width];
    solver().solve(system(own), x);
    return x;
  }

  private RidgeSolver solver() {
    return Als.exact(cholesky, width).get();
  }

  private RidgeSystem system(UserItems own) {
    int[] columns = new int[own.size()];
    float[] weights = new float[own.size()];
    for (int p = 0; p < columns.length; p++) {
      columns[p] = own.item(p);
      weights[p] = own.weight(p);
    }
    RidgeSystem system = new RidgeSystem(width);
    loss.fill(columns, weights, items, system);
    return system;
  }

  @Override
  protected List<Reason> reasons(OptionalInt user, UserItems own, int item) {
    float[] seen = new float[width];
    solver().solve(system(own), items.factors()[item].clone(), seen);
    List<Reason> reasons =
        ownItems(
            own,
            p ->
                loss.confidence(own.weight(p))
                    * (double) DenseRows.dot(seen, items.factors()[own.item(p)]));
    // Nothing of the user's speaks for the item: it is there because nothing better was left.
    return reasons.isEmpty() ? List.of(new Reason.Popular("", 1)) : reasons;
  }

  @Override
  public RecommenderModel update(Collection<? extends Event> events) {
    if (events.isEmpty()) {
      return this;
    }
    TrainedUsers joined = trained().plus(events);
    int[] newUsers = trained().users().positionsIn(joined.users());
    int[] newItems = trained().items().positionsIn(joined.items());
    Supplier<RidgeSolver> exact = Als.exact(cholesky, width);
    AlsTrainer trainer =
        new AlsTrainer(
            joined.matrix().byUser(),
            joined.matrix().byItem(),
            loss,
            width,
            Factors.moved(users, newUsers, joined.users().size(), width),
            Factors.moved(items.factors(), newItems, joined.items().size(), width),
            exact,
            exact);
    trainer.update(events, joined);
    return new AlsModel(
        provenance().updated(events.size()),
        joined,
        loss,
        cholesky,
        trainer.users(),
        trainer.items(),
        width);
  }
}
