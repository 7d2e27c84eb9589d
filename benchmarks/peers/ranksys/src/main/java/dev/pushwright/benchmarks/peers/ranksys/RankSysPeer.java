// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers.ranksys;

import cern.colt.matrix.impl.DenseDoubleMatrix2D;
import dev.pushwright.benchmarks.peers.Answer;
import dev.pushwright.benchmarks.peers.Pairs;
import dev.pushwright.benchmarks.peers.Peer;
import dev.pushwright.benchmarks.peers.PeerMain;
import dev.pushwright.benchmarks.peers.Probe;
import dev.pushwright.benchmarks.peers.Work;
import es.uam.eps.ir.ranksys.fast.FastRecommendation;
import es.uam.eps.ir.ranksys.fast.index.FastItemIndex;
import es.uam.eps.ir.ranksys.fast.index.FastUserIndex;
import es.uam.eps.ir.ranksys.fast.index.SimpleFastItemIndex;
import es.uam.eps.ir.ranksys.fast.index.SimpleFastUserIndex;
import es.uam.eps.ir.ranksys.fast.preference.FastPreferenceData;
import es.uam.eps.ir.ranksys.fast.preference.SimpleFastPreferenceData;
import es.uam.eps.ir.ranksys.mf.Factorization;
import es.uam.eps.ir.ranksys.mf.als.HKVFactorizer;
import es.uam.eps.ir.ranksys.nn.item.ItemNeighborhoodRecommender;
import es.uam.eps.ir.ranksys.nn.item.neighborhood.CachedItemNeighborhood;
import es.uam.eps.ir.ranksys.nn.item.neighborhood.ItemNeighborhood;
import es.uam.eps.ir.ranksys.nn.item.neighborhood.TopKItemNeighborhood;
import es.uam.eps.ir.ranksys.nn.item.sim.SetCosineItemSimilarity;
import es.uam.eps.ir.ranksys.nn.neighborhood.Neighborhood;
import es.uam.eps.ir.ranksys.nn.user.neighborhood.CachedUserNeighborhood;
import es.uam.eps.ir.ranksys.nn.user.neighborhood.TopKUserNeighborhood;
import es.uam.eps.ir.ranksys.nn.user.sim.SetCosineUserSimilarity;
import es.uam.eps.ir.ranksys.rec.runner.fast.FastFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jooq.lambda.tuple.Tuple;
import org.ranksys.core.util.tuples.Tuple2id;

/** Neighbourhoods by set cosine, and the implicit ALS called HKV; on all processors. */
public final class RankSysPeer implements Peer {

  // The power of each side's norm that makes the set similarity the cosine.
  private static final double COSINE = 0.5;

  private static final double LAMBDA = 0.1;
  private static final double ALPHA = 1;

  private RankSysPeer() {}

  /**
   * Does the work.
   *
   * @param args see {@link PeerMain#run}
   */
  public static void main(String[] args) {
    PeerMain.run(new RankSysPeer(), args);
  }

  @Override
  public String library() {
    return "RankSys 0.4.3";
  }

  @Override
  public Optional<Task> prepare(Work work, Pairs pairs, int threads) {
    return switch (work) {
      case ITEM_COSINE -> {
        FastPreferenceData<Integer, Integer> data = data(pairs);
        yield Optional.of(
            () -> {
              ItemNeighborhood<Integer> neighbours = itemNeighbours(data);
              return () -> answer(neighbours, pairs.items());
            });
      }
      case USER_COSINE -> {
        FastPreferenceData<Integer, Integer> data = data(pairs);
        yield Optional.of(
            () -> {
              CachedUserNeighborhood<Integer> neighbours =
                  new CachedUserNeighborhood<>(
                      new TopKUserNeighborhood<>(
                          new SetCosineUserSimilarity<>(data, COSINE, true), Work.USER_NEIGHBOURS));
              return () -> answer(neighbours, pairs.users());
            });
      }
      case TOP_N -> {
        FastPreferenceData<Integer, Integer> data = data(pairs);
        ItemNeighborhoodRecommender<Integer, Integer> recommender =
            new ItemNeighborhoodRecommender<>(
                data, inverted(data, itemNeighbours(data), pairs.items()), 1);
        Function<Integer, IntPredicate> unseen = FastFilters.notInTrain(data);
        yield Optional.of(
            () -> {
              List<FastRecommendation> lists =
                  IntStream.range(0, pairs.users())
                      .parallel()
                      .mapToObj(
                          user ->
                              recommender.getRecommendation(user, Work.LIST, unseen.apply(user)))
                      .toList();
              return () -> answer(lists.stream().map(FastRecommendation::getIidxs).toList());
            });
      }
      case ALS -> {
        FastPreferenceData<Integer, Integer> data = data(pairs);
        yield Optional.of(
            () -> {
              Factorization<Integer, Integer> factors =
                  new HKVFactorizer<Integer, Integer>(
                          LAMBDA, rating -> 1 + ALPHA * rating, Work.ALS_ITERATIONS)
                      .factorize(Work.ALS_FACTORS, data);
              DenseDoubleMatrix2D users = factors.getUserMatrix();
              DenseDoubleMatrix2D items = factors.getItemMatrix();
              return () ->
                  Probe.of(pairs)
                      .ask((user, item) -> users.viewRow(user).zDotProduct(items.viewRow(item)));
            });
      }
      default -> Optional.empty();
    };
  }

  private static FastPreferenceData<Integer, Integer> data(Pairs pairs) {
    FastUserIndex<Integer> users =
        SimpleFastUserIndex.load(IntStream.range(0, pairs.users()).boxed());
    FastItemIndex<Integer> items =
        SimpleFastItemIndex.load(IntStream.range(0, pairs.items()).boxed());
    return SimpleFastPreferenceData.load(
        IntStream.range(0, pairs.size())
            .mapToObj(p -> Tuple.tuple(pairs.user()[p], pairs.item()[p], 1.0)),
        users,
        items);
  }

  private static ItemNeighborhood<Integer> itemNeighbours(
      FastPreferenceData<Integer, Integer> data) {
    return new CachedItemNeighborhood<>(
        new TopKItemNeighborhood<>(
            new SetCosineItemSimilarity<>(data, COSINE, true), Work.ITEM_NEIGHBOURS));
  }

  /**
   * Its recommender adds up over the neighbours of the user's items; the work asks for the user's
   * items among the neighbours of the candidate.
   */
  private static ItemNeighborhood<Integer> inverted(
      FastItemIndex<Integer> index, ItemNeighborhood<Integer> neighbours, int items) {
    List<List<Tuple2id>> rows = new ArrayList<>();
    for (int j = 0; j < items; j++) {
      rows.add(new ArrayList<>());
    }
    for (int i = 0; i < items; i++) {
      int item = i;
      neighbours
          .getNeighbors(item)
          .forEach(near -> rows.get(near.v1).add(new Tuple2id(item, near.v2)));
    }
    return new ItemNeighborhood<>(index, j -> rows.get(j).stream()) {};
  }

  private static Answer answer(Neighborhood neighbours, int size) {
    return answer(
        IntStream.range(0, size).mapToObj(row -> neighbours.getNeighbors(row).toList()).toList());
  }

  private static Answer answer(List<List<Tuple2id>> rows) {
    return new Answer(
        rows.stream()
            .map(row -> row.stream().mapToInt(near -> near.v1).toArray())
            .toArray(int[][]::new),
        rows.stream()
            .map(row -> row.stream().mapToDouble(near -> near.v2).toArray())
            .toArray(double[][]::new));
  }
}
