// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;

/**
 * What a learner has learnt, as plain numbers of our own, so that answering and loading need no
 * Tribuo and no Java serialisation. Immutable.
 */
sealed interface Scorer permits LinearScorer, TreeScorer {

  /** A score for each class; a larger one is likelier. Scores of two classes need not compare. */
  double[] scores(Features user);

  void save(ModelWriter out);

  /** Reads what {@link #save} wrote, of so many classes and columns. */
  static Scorer read(ModelReader in, int classes, int columns) {
    String kind = in.text("kind");
    return switch (kind) {
      case LinearScorer.KIND -> LinearScorer.read(in, classes, columns);
      case TreeScorer.KIND -> TreeScorer.read(in, classes, columns);
      default -> throw in.damaged("kind is \"" + kind + "\", which is no scorer");
    };
  }
}
