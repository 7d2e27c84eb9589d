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

/** Scores by the vectors that {@link ContentRecommender} made of the items. */
final class ContentRecommenderModel extends ScoringModel {

  /** What is nearer to 0 may be no more than rounding. */
  static final float LEAST_COSINE = 1e-5f;

  private final ItemVectors items;
  // A row for each item, of length 1 or empty.
  private final SparseRows vectors;
  // The same by column: scoring walks the few that the user has.
  private final SparseRows byColumn;

  ContentRecommenderModel(Provenance provenance, TrainedUsers trained, ItemVectors items) {
    super(provenance, ContentRecommender.CAPABILITIES, trained);
    this.items = items;
    this.vectors = items.rows();
    this.byColumn = vectors.transpose();
  }

  /** Reads what {@link #save} wrote. */
  static ContentRecommenderModel read(ModelReader in, Provenance provenance) {
    TrainedUsers trained = TrainedUsers.read(in);
    List<String> columns = in.texts("columns");
    int items = trained.items().size();
    SparseRows vectors = SparseRows.read(in.section("vectors"), items, columns.size());
    for (int i = 0; i < items; i++) {
      double squares = 0;
      for (int p = vectors.start(i); p < vectors.end(i); p++) {
        squares += (double) vectors.value(p) * vectors.value(p);
      }
      // Each of the numbers is right to 2⁻²⁴ of itself, and so is the length.
      if (vectors.start(i) < vectors.end(i) && !(Math.abs(squares - 1) < 1e-5)) {
        throw in.damaged("the vector of item " + i + " has the length " + Math.sqrt(squares));
      }
    }
    return new ContentRecommenderModel(
        provenance, trained, new ItemVectors(vectors, List.copyOf(columns)));
  }

  @Override
  public void save(ModelWriter out) {
    super.save(out);
    vectors.save(out.section("vectors"));
    out.texts("columns", items.columns());
  }

  @Override
  protected boolean score(OptionalInt user, UserItems own, float[] scores) {
    float[] profile = profile(own);
    double squares = 0;
    for (float value : profile) {
      squares += (double) value * value;
    }
    if (squares == 0) {
      return false;
    }
    Arrays.fill(scores, 0);
    float scale = (float) (1 / Math.sqrt(squares));
    for (int c = 0; c < profile.length; c++) {
      if (profile[c] != 0) {
        float value = profile[c] * scale;
        for (int q = byColumn.start(c); q < byColumn.end(c); q++) {
          scores[byColumn.column(q)] += value * byColumn.value(q);
        }
      }
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scores[i] >= LEAST_COSINE ? Math.min(1, scores[i]) : NO_EVIDENCE;
    }
    return true;
  }

  /** The weighted sum of the user's items; weights are taken in proportion to the largest. */
  private float[] profile(UserItems own) {
    double heaviest = heaviest(own);
    float[] profile = new float[vectors.columns()];
    for (int p = 0; p < own.size(); p++) {
      float weight = (float) (own.weight(p) / heaviest);
      for (int q = vectors.start(own.item(p)); q < vectors.end(own.item(p)); q++) {
        profile[vectors.column(q)] += weight * vectors.value(q);
      }
    }
    return profile;
  }

  // Of items of which something is known: beside one of which nothing is, they may weigh little.
  private double heaviest(UserItems own) {
    double heaviest = 0;
    for (int p = 0; p < own.size(); p++) {
      if (vectors.start(own.item(p)) < vectors.end(own.item(p))) {
        heaviest = Math.max(heaviest, own.weight(p));
      }
    }
    return heaviest == 0 ? 1 : heaviest;
  }

  @Override
  protected List<Reason> reasons(OptionalInt user, UserItems own, int item) {
    float[] target = new float[vectors.columns()];
    for (int q = vectors.start(item); q < vectors.end(item); q++) {
      target[vectors.column(q)] = vectors.value(q);
    }
    double heaviest = heaviest(own);
    return ownItems(
        own,
        p -> {
          double dot = 0;
          for (int q = vectors.start(own.item(p)); q < vectors.end(own.item(p)); q++) {
            dot += (double) target[vectors.column(q)] * vectors.value(q);
          }
          return own.weight(p) / heaviest * dot;
        });
  }
}
