// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.math.SparseRows;
import dev.pushwright.neural.nn.Parameters;
import java.util.OptionalInt;

/**
 * Scores all items by a {@link FeatureNet}: a deep tower to whose first layer the features of the
 * items are added once, and those of the user for each user.
 */
final class FeatureScorer implements PairScorer {

  private final NcfScorer tower;
  private final SparseRows features;
  private final float[] table;
  private final int width;
  private final OptionalInt described;

  FeatureScorer(Parameters parameters, int items, FeatureNet.Shape shape) {
    this.width = shape.layers().get(1);
    this.tower =
        new NcfScorer(
            parameters,
            items,
            new NcfNet.Shape(0, shape.layers()),
            itemPart(
                shape.items().rows(), parameters.get(FeatureNet.ITEM_FEATURES).values(), width));
    this.features = shape.users().rows();
    this.table = parameters.get(FeatureNet.USER_FEATURES).values().clone();
    this.described = OptionalInt.empty();
  }

  private FeatureScorer(FeatureScorer of, OptionalInt described) {
    this.tower = of.tower;
    this.features = of.features;
    this.table = of.table;
    this.width = of.width;
    this.described = described;
  }

  private static float[][] itemPart(SparseRows features, float[] table, int width) {
    float[][] part = new float[width][features.rows()];
    for (int i = 0; i < features.rows(); i++) {
      for (int p = features.start(i); p < features.end(i); p++) {
        for (int o = 0; o < width; o++) {
          part[o][i] += features.value(p) * table[features.column(p) * width + o];
        }
      }
    }
    return part;
  }

  @Override
  public PairScorer forUser(OptionalInt user) {
    return new FeatureScorer(this, user);
  }

  @Override
  public void score(Parameters users, int user, float[] scores) {
    float[] own = new float[width];
    if (described.isPresent()) {
      int u = described.getAsInt();
      for (int p = features.start(u); p < features.end(u); p++) {
        for (int o = 0; o < width; o++) {
          own[o] += features.value(p) * table[features.column(p) * width + o];
        }
      }
    }
    tower.score(users, user, own, scores);
  }
}
