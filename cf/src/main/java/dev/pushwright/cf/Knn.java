// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.TrainedUsers;
import java.util.BitSet;
import java.util.Collection;

/** What the models of {@link ItemKnn} and {@link UserKnn} do alike. */
final class Knn {

  private Knn() {}

  /** Reads neighbours that were saved as the section {@code neighbours}. */
  static SparseRows readNeighbours(ModelReader in, int rows) {
    SparseRows neighbours = SparseRows.read(in.section("neighbours"), rows, rows);
    for (int i = 0; i < rows; i++) {
      for (int p = neighbours.start(i); p < neighbours.end(i); p++) {
        if (!(neighbours.value(p) > 0 && neighbours.value(p) <= 1) || neighbours.column(p) == i) {
          throw in.damaged(
              "neighbours of row "
                  + i
                  + ": "
                  + neighbours.column(p)
                  + " by "
                  + neighbours.value(p));
        }
      }
    }
    return neighbours;
  }

  /** Reads ratings; files from before there were any have none of their own. */
  static Explicit readExplicit(ModelReader in, Provenance provenance, TrainedUsers trained) {
    return provenance.options().containsKey(KnnSettings.RANK_BY.name())
        ? Explicit.read(in, trained)
        : new Explicit(trained.matrix().byUser(), false);
  }

  static int[] items(UserItems user) {
    int[] items = new int[user.size()];
    for (int p = 0; p < items.length; p++) {
      items[p] = user.item(p);
    }
    return items;
  }

  static float[] weights(UserItems user) {
    float[] weights = new float[user.size()];
    for (int p = 0; p < weights.length; p++) {
      weights[p] = user.weight(p);
    }
    return weights;
  }

  /**
   * The neighbours after more events.
   *
   * @param kernel over the matrix after the events
   * @param knn the options
   * @param before the neighbours before
   * @param moved where the rows of before are now
   * @param rows the rows that the events name
   * @param columns the columns that they name
   * @param moreColumns whether there are more columns that anybody has
   * @return the neighbours after
   */
  static SparseRows update(
      Neighbours kernel,
      KnnSettings knn,
      SparseRows before,
      int[] moved,
      BitSet rows,
      BitSet columns,
      boolean moreColumns) {
    Measure measure = knn.measure();
    boolean restsOnAll =
        (measure.similarity().centred() && measure.means() == Means.BASELINE)
            || (measure.similarity() == Similarity.LOG_LIKELIHOOD && moreColumns);
    if (restsOnAll) {
      return kernel.all(FitContext.standard());
    }
    BitSet changed = (BitSet) rows.clone();
    if (measure.similarity() == Similarity.ADJUSTED_COSINE) {
      // The mean of a column moves all that have it.
      changed.or(kernel.rowsWith(columns));
    }
    return NeighbourUpdate.apply(
        kernel, knn.neighbours(), before, moved, changed, FitContext.standard());
  }

  /** The users that events name, which all have a place in the index. */
  static BitSet users(Collection<? extends Event> events, IdIndex index) {
    BitSet users = new BitSet();
    events.forEach(event -> users.set(index.find(event.userId()).orElseThrow()));
    return users;
  }

  /** The items that events name, which all have a place in the index. */
  static BitSet items(Collection<? extends Event> events, IdIndex index) {
    BitSet items = new BitSet();
    for (Event event : events) {
      if (event instanceof Interaction interaction) {
        items.set(index.find(interaction.itemId()).orElseThrow());
      }
    }
    return items;
  }

  /** How many rows have something. */
  static int populated(SparseRows rows) {
    int populated = 0;
    for (int row = 0; row < rows.rows(); row++) {
      populated += rows.start(row) < rows.end(row) ? 1 : 0;
    }
    return populated;
  }
}
