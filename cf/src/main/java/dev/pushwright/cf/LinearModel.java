// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Reason;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Scores an item by the sum of what the user's own items say about it: score(u, i) = Σ<sub>j of
 * u</sub> w<sub>uj</sub> · B<sub>ji</sub>. What {@link Ease}, {@link Slim} and {@link Rp3Beta} end
 * in. An item that none of the user's own speaks for is not recommended.
 */
final class LinearModel extends ScoringModel {

  static final Set<Capability> CAPABILITIES =
      Set.of(Capability.PERSONALIZED, Capability.FOLD_IN, Capability.EXPLAIN);

  private final ItemWeights weights;

  LinearModel(Provenance provenance, TrainedUsers trained, ItemWeights weights) {
    super(provenance, CAPABILITIES, trained);
    this.weights = weights;
  }

  /** Reads what {@link #save} wrote. */
  static LinearModel read(ModelReader in, Provenance provenance) {
    TrainedUsers trained = TrainedUsers.read(in);
    return new LinearModel(
        provenance, trained, ItemWeights.read(in.section("itemWeights"), trained.items().size()));
  }

  ItemWeights weights() {
    return weights;
  }

  @Override
  public void save(ModelWriter out) {
    super.save(out);
    weights.save(out.section("itemWeights"));
  }

  @Override
  protected boolean score(OptionalInt user, UserItems items, float[] scores) {
    Arrays.fill(scores, 0);
    for (int p = 0; p < items.size(); p++) {
      weights.addTo(items.item(p), items.weight(p), scores);
    }
    boolean any = false;
    for (int i = 0; i < scores.length; i++) {
      // Without weights below 0 a sum of 0 has no summand.
      if (scores[i] > 0 || (weights.signed() && anySpeaksFor(items, i))) {
        any = true;
      } else {
        scores[i] = NO_EVIDENCE;
      }
    }
    return any;
  }

  private boolean anySpeaksFor(UserItems items, int item) {
    for (int p = 0; p < items.size(); p++) {
      if (weights.get(items.item(p), item) > 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected List<Reason> reasons(OptionalInt user, UserItems items, int item) {
    return ownItems(items, p -> (double) items.weight(p) * weights.get(items.item(p), item));
  }
}
