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
import java.util.List;
import java.util.OptionalInt;

/** Scores by the similarities that {@link ItemKnn} found. */
final class ItemKnnModel extends ScoringModel {

  // Row j: the items i that have j among their neighbours, with sim(i, j). Scoring walks the user's
  // few rows.
  private final SparseRows neighbourOf;

  ItemKnnModel(Provenance provenance, TrainedUsers trained, SparseRows neighbours) {
    super(provenance, ItemKnn.CAPABILITIES, trained);
    this.neighbourOf = neighbours.transpose();
  }

  /** Reads what {@link #save} wrote. */
  static ItemKnnModel read(ModelReader in, Provenance provenance) {
    TrainedUsers trained = TrainedUsers.read(in);
    int items = trained.items().size();
    SparseRows neighbours = SparseRows.read(in.section("neighbours"), items, items);
    for (int i = 0; i < items; i++) {
      for (int p = neighbours.start(i); p < neighbours.end(i); p++) {
        if (!(neighbours.value(p) > 0 && neighbours.value(p) <= 1) || neighbours.column(p) == i) {
          throw in.damaged(
              "neighbours of item "
                  + i
                  + ": "
                  + neighbours.column(p)
                  + " by "
                  + neighbours.value(p));
        }
      }
    }
    return new ItemKnnModel(provenance, trained, neighbours);
  }

  @Override
  public void save(ModelWriter out) {
    super.save(out);
    neighbourOf.transpose().save(out.section("neighbours"));
  }

  @Override
  protected boolean score(OptionalInt user, UserItems items, float[] scores) {
    java.util.Arrays.fill(scores, 0);
    boolean any = false;
    for (int p = 0; p < items.size(); p++) {
      float weight = items.weight(p);
      int start = neighbourOf.start(items.item(p));
      int end = neighbourOf.end(items.item(p));
      any |= start < end;
      for (int q = start; q < end; q++) {
        scores[neighbourOf.column(q)] += weight * neighbourOf.value(q);
      }
    }
    // Similarities and weights are above 0: a sum of 0 has no summand.
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] == 0) {
        scores[i] = NO_EVIDENCE;
      }
    }
    return any;
  }

  @Override
  protected List<Reason> reasons(OptionalInt user, UserItems items, int item) {
    return ownItems(items, p -> items.weight(p) * neighbourOf.get(items.item(p), item));
  }
}
