// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Provenance;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.UserItems;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.util.OptionalInt;

/** Scores by a {@link VaeNet} that was trained, see {@link MultVae}. */
final class VaeModel extends ScoringModel implements Compression.Compressible {

  private final VaeNet.Shape shape;
  private final Parameters parameters;
  private final VaeScorer scorer;
  private final float median;

  VaeModel(Provenance provenance, TrainedUsers trained, VaeNet.Shape shape, Parameters parameters) {
    super(provenance, NeuralRecommender.CAPABILITIES, trained);
    this.shape = shape;
    this.parameters = parameters;
    this.scorer = new VaeScorer(parameters, shape);
    this.median = PairData.median(trained.matrix().byUser());
  }

  /** Reads what {@link #save} wrote. */
  static VaeModel read(ModelReader in, Provenance provenance, VaeNet.Shape shape) {
    TrainedUsers trained = TrainedUsers.read(in);
    Parameters parameters = new Parameters(0);
    if (trained.matrix().byUser().size() > 0) {
      new VaeNet(parameters, trained.items().size(), shape);
      parameters.read(in.section("net"));
    }
    return new VaeModel(provenance, trained, shape, parameters);
  }

  @Override
  public void save(ModelWriter out) {
    Compression compression = Compression.of(provenance());
    ModelWriter to = compression.writer(out);
    super.save(to);
    compression.save(parameters, to.section("net"));
  }

  @Override
  public RecommenderModel compressed(Provenance provenance, Compression how) {
    return new VaeModel(provenance, trained(), shape, how.applied(parameters));
  }

  Parameters parameters() {
    return parameters;
  }

  // The rows of training and a history are one to it: both are what the user has.
  @Override
  protected boolean score(OptionalInt user, UserItems own, float[] scores) {
    SparseRows byItem = trained().matrix().byItem();
    int[] ids = new int[own.size()];
    float[] x = new float[own.size()];
    int n = 0;
    double squares = 0;
    for (int p = 0; p < own.size(); p++) {
      int item = own.item(p);
      if (byItem.start(item) < byItem.end(item)) {
        ids[n] = item;
        x[n] = PairData.told(own.weight(p), median);
        squares += (double) x[n] * x[n];
        n++;
      }
    }
    if (!(squares > 0)) {
      return false;
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int k = 0; k < n; k++) {
      x[k] *= scale;
    }
    float[] found = new float[scores.length];
    scorer.score(ids, x, n, found);
    for (int i = 0; i < scores.length; i++) {
      if (byItem.start(i) < byItem.end(i)) {
        scores[i] = found[i];
      }
    }
    return true;
  }
}
