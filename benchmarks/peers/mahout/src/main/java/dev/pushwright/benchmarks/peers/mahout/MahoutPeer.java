// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers.mahout;

import dev.pushwright.benchmarks.peers.Answer;
import dev.pushwright.benchmarks.peers.Pairs;
import dev.pushwright.benchmarks.peers.Peer;
import dev.pushwright.benchmarks.peers.PeerMain;
import dev.pushwright.benchmarks.peers.Probe;
import dev.pushwright.benchmarks.peers.Work;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.mahout.cf.taste.common.TasteException;
import org.apache.mahout.cf.taste.impl.common.FastByIDMap;
import org.apache.mahout.cf.taste.impl.common.FastIDSet;
import org.apache.mahout.cf.taste.impl.model.GenericBooleanPrefDataModel;
import org.apache.mahout.cf.taste.impl.model.GenericDataModel;
import org.apache.mahout.cf.taste.impl.model.GenericUserPreferenceArray;
import org.apache.mahout.cf.taste.impl.neighborhood.NearestNUserNeighborhood;
import org.apache.mahout.cf.taste.impl.recommender.GenericBooleanPrefItemBasedRecommender;
import org.apache.mahout.cf.taste.impl.recommender.svd.ALSWRFactorizer;
import org.apache.mahout.cf.taste.impl.recommender.svd.Factorization;
import org.apache.mahout.cf.taste.impl.recommender.svd.ParallelSGDFactorizer;
import org.apache.mahout.cf.taste.impl.similarity.precompute.MultithreadedBatchItemSimilarities;
import org.apache.mahout.cf.taste.model.DataModel;
import org.apache.mahout.cf.taste.model.PreferenceArray;
import org.apache.mahout.cf.taste.neighborhood.UserNeighborhood;
import org.apache.mahout.cf.taste.similarity.precompute.SimilarItem;
import org.apache.mahout.cf.taste.similarity.precompute.SimilarItems;
import org.apache.mahout.cf.taste.similarity.precompute.SimilarItemsWriter;

/** Taste, the part of Mahout that runs on one machine. */
public final class MahoutPeer implements Peer {

  private static final double ALS_LAMBDA = 0.01;
  private static final double ALS_ALPHA = 1;
  private static final int MAX_HOURS = 1;

  private MahoutPeer() {}

  /**
   * Does the work.
   *
   * @param args see {@link PeerMain#run}
   */
  public static void main(String[] args) {
    PeerMain.run(new MahoutPeer(), args);
  }

  @Override
  public String library() {
    return "Mahout Taste 0.13.0";
  }

  @Override
  public Optional<Task> prepare(Work work, Pairs pairs, int threads) throws TasteException {
    return switch (work) {
      case ITEM_COSINE -> {
        DataModel data = binary(pairs);
        yield Optional.of(
            () -> {
              Collected collected = new Collected(pairs.items());
              new MultithreadedBatchItemSimilarities(
                      new GenericBooleanPrefItemBasedRecommender(data, new SetCosine(data)),
                      Work.ITEM_NEIGHBOURS)
                  .computeItemSimilarities(threads, MAX_HOURS, collected);
              return () -> new Answer(collected.numbers, collected.values);
            });
      }
      case USER_COSINE -> {
        DataModel data = binary(pairs);
        SetCosine cosine = new SetCosine(data);
        yield Optional.of(
            () -> {
              UserNeighborhood neighbourhood =
                  new NearestNUserNeighborhood(Work.USER_NEIGHBOURS, cosine, data);
              long[][] neighbours =
                  IntStream.range(0, pairs.users())
                      .parallel()
                      .mapToObj(user -> neighbours(neighbourhood, user))
                      .toArray(long[][]::new);
              return () -> answer(neighbours, cosine);
            });
      }
      case ALS -> {
        DataModel data = rated(pairs, false);
        yield Optional.of(
            () -> {
              Factorization factors =
                  new ALSWRFactorizer(
                          data,
                          Work.ALS_FACTORS,
                          ALS_LAMBDA,
                          Work.ALS_ITERATIONS,
                          true,
                          ALS_ALPHA,
                          threads)
                      .factorize();
              return () -> ask(factors, pairs);
            });
      }
      case BIASED_MF -> {
        DataModel data = rated(pairs, true);
        yield Optional.of(
            () -> {
              // Its rate and regularization at the first step; neither decays.
              Factorization factors =
                  new ParallelSGDFactorizer(
                          data,
                          Work.MF_FACTORS,
                          Work.MF_REGULARIZATION,
                          Work.MF_EPOCHS,
                          Work.MF_LEARNING_RATE,
                          1,
                          0,
                          0,
                          threads)
                      .factorize();
              return () -> ask(factors, pairs);
            });
      }
      default -> Optional.empty();
    };
  }

  private static DataModel binary(Pairs pairs) {
    int[] starts = pairs.starts();
    FastByIDMap<FastIDSet> byUser = new FastByIDMap<>(pairs.users());
    for (int user = 0; user < pairs.users(); user++) {
      byUser.put(
          user,
          new FastIDSet(
              Arrays.stream(pairs.item(), starts[user], starts[user + 1])
                  .asLongStream()
                  .toArray()));
    }
    return new GenericBooleanPrefDataModel(byUser);
  }

  private static DataModel rated(Pairs pairs, boolean ratings) {
    int[] starts = pairs.starts();
    FastByIDMap<PreferenceArray> byUser = new FastByIDMap<>(pairs.users());
    for (int user = 0; user < pairs.users(); user++) {
      PreferenceArray row = new GenericUserPreferenceArray(starts[user + 1] - starts[user]);
      for (int p = starts[user]; p < starts[user + 1]; p++) {
        int at = p - starts[user];
        row.setUserID(at, user);
        row.setItemID(at, pairs.item()[p]);
        row.setValue(at, ratings ? pairs.rating()[p] : 1);
      }
      byUser.put(user, row);
    }
    return new GenericDataModel(byUser);
  }

  private static long[] neighbours(UserNeighborhood neighbourhood, int user) {
    try {
      return neighbourhood.getUserNeighborhood(user);
    } catch (TasteException e) {
      throw new IllegalStateException("user " + user, e);
    }
  }

  private static Answer answer(long[][] neighbours, SetCosine cosine) throws TasteException {
    int[][] numbers = new int[neighbours.length][];
    double[][] values = new double[neighbours.length][];
    for (int user = 0; user < neighbours.length; user++) {
      numbers[user] = Arrays.stream(neighbours[user]).mapToInt(Math::toIntExact).toArray();
      values[user] = new double[numbers[user].length];
      for (int p = 0; p < numbers[user].length; p++) {
        values[user][p] = cosine.userSimilarity(user, numbers[user][p]);
      }
    }
    return new Answer(numbers, values);
  }

  private static Answer ask(Factorization factors, Pairs pairs) throws Exception {
    return Probe.of(pairs)
        .ask(
            (user, item) -> {
              double[] ofUser = factors.getUserFeatures(user);
              double[] ofItem = factors.getItemFeatures(item);
              double sum = 0;
              for (int f = 0; f < ofUser.length; f++) {
                sum += ofUser[f] * ofItem[f];
              }
              return sum;
            });
  }

  /** Keeps what is written; one thread writes. */
  private static final class Collected implements SimilarItemsWriter {

    private final int[][] numbers;
    private final double[][] values;

    Collected(int items) {
      numbers = new int[items][0];
      values = new double[items][0];
    }

    @Override
    public void open() {
      // Nothing to open.
    }

    @Override
    public void add(SimilarItems items) {
      int item = Math.toIntExact(items.getItemID());
      numbers[item] = new int[items.numSimilarItems()];
      values[item] = new double[items.numSimilarItems()];
      int p = 0;
      for (SimilarItem near : items.getSimilarItems()) {
        numbers[item][p] = Math.toIntExact(near.getItemID());
        values[item][p] = near.getSimilarity();
        p++;
      }
    }

    @Override
    public void close() throws IOException {
      // Nothing to close.
    }
  }
}
