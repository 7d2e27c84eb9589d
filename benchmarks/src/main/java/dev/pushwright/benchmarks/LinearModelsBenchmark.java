// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.cf.Ease;
import dev.pushwright.cf.Rp3Beta;
import dev.pushwright.cf.Slim;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The fit of a linear model over items, on all processors, from a data set to a model. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(value = 2, jvmArgsAppend = "-Xmx2g")
public class LinearModelsBenchmark {

  private static final double LAMBDA = 100;

  /** Users × items × ratings of each user. */
  @Param({"2000x1000x50", "6040x3706x165"})
  String shape = "2000x1000x50";

  /** Three of the library, and {@code ease} as its paper writes it down, with a matrix library. */
  @Param({"ease", "slim", "rp3beta", "ejml-ease"})
  String rival = "ease";

  private List<Interaction> ratings = List.of();
  private Dataset data = Dataset.builder().build();

  /** Makes the ratings. */
  @Setup
  public void setUp() {
    ratings = Synthetic.ratings(shape, 1);
    data = Synthetic.dataset(ratings);
  }

  /**
   * Fits.
   *
   * @return a model
   */
  @Benchmark
  public Object fit() {
    return switch (rival) {
      case "ease" ->
          Ease.builder()
              .lambda(LAMBDA)
              .combine(Weighting.Combine.BINARY)
              .build()
              .fit(data, FitContext.standard());
      case "slim" ->
          Slim.builder().combine(Weighting.Combine.BINARY).build().fit(data, FitContext.standard());
      case "rp3beta" ->
          Rp3Beta.builder()
              .combine(Weighting.Combine.BINARY)
              .build()
              .fit(data, FitContext.standard());
      case "ejml-ease" -> plainEase();
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    };
  }

  /** B = I − P·diag(P)⁻¹ with P = (XᵀX + λ·I)⁻¹. */
  private DMatrixRMaj plainEase() {
    DMatrixRMaj x = new DMatrixRMaj(data.users().size(), data.items().size());
    for (Interaction rating : ratings) {
      x.set(
          data.users().find(rating.userId()).orElseThrow(),
          data.items().find(rating.itemId()).orElseThrow(),
          1);
    }
    DMatrixRMaj gram = new DMatrixRMaj(x.numCols, x.numCols);
    CommonOps_DDRM.multTransA(x, x, gram);
    for (int i = 0; i < gram.numRows; i++) {
      gram.add(i, i, LAMBDA);
    }
    CommonOps_DDRM.invert(gram);
    for (int j = 0; j < gram.numCols; j++) {
      double pivot = -gram.get(j, j);
      for (int i = 0; i < gram.numRows; i++) {
        gram.set(i, j, i == j ? 0 : gram.get(i, j) / pivot);
      }
    }
    return gram;
  }

  /**
   * What an item says for others.
   *
   * @param fitted what {@link #fit} gave
   * @param item its id
   * @return the items it speaks for, by id
   */
  Map<String, Double> answer(Object fitted, String item) {
    Map<String, Double> weights = new TreeMap<>();
    if (fitted instanceof DMatrixRMaj matrix) {
      int own = data.items().find(item).orElseThrow();
      for (int other = 0; other < matrix.numCols; other++) {
        if (matrix.get(own, other) > 0) {
          weights.put(data.items().id(other), matrix.get(own, other));
        }
      }
    } else {
      RecommendationQuery query =
          RecommendationQuery.forHistory(List.of(Interaction.view("someone", item, Instant.EPOCH)))
              .limit(data.items().size())
              .build();
      for (Recommendation found : ((RecommenderModel) fitted).recommend(query).items()) {
        weights.put(found.itemId(), found.score());
      }
    }
    return weights;
  }
}
