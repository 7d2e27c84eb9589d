// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers.lenskit;

import dev.pushwright.benchmarks.peers.Answer;
import dev.pushwright.benchmarks.peers.Pairs;
import dev.pushwright.benchmarks.peers.Peer;
import dev.pushwright.benchmarks.peers.PeerMain;
import dev.pushwright.benchmarks.peers.Probe;
import dev.pushwright.benchmarks.peers.Work;
import it.unimi.dsi.fastutil.longs.Long2DoubleMap;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.grouplens.lenskit.iterative.IterationCount;
import org.grouplens.lenskit.iterative.IterationCountStoppingCondition;
import org.grouplens.lenskit.iterative.LearningRate;
import org.grouplens.lenskit.iterative.RegularizationTerm;
import org.grouplens.lenskit.iterative.StoppingCondition;
import org.lenskit.LenskitConfiguration;
import org.lenskit.LenskitRecommender;
import org.lenskit.LenskitRecommenderEngine;
import org.lenskit.api.ItemRecommender;
import org.lenskit.api.ItemScorer;
import org.lenskit.api.Result;
import org.lenskit.bias.BiasModel;
import org.lenskit.bias.UserItemBiasModel;
import org.lenskit.data.dao.DataAccessObject;
import org.lenskit.data.dao.file.StaticDataSource;
import org.lenskit.data.ratings.Rating;
import org.lenskit.knn.NeighborhoodSize;
import org.lenskit.knn.item.ItemItemScorer;
import org.lenskit.knn.item.ModelSize;
import org.lenskit.knn.item.NeighborhoodScorer;
import org.lenskit.knn.item.SimilaritySumNeighborhoodScorer;
import org.lenskit.knn.item.model.ItemItemModel;
import org.lenskit.mf.funksvd.FeatureCount;
import org.lenskit.mf.funksvd.FunkSVDItemScorer;
import org.lenskit.similarity.CosineVectorSimilarity;
import org.lenskit.similarity.VectorSimilarity;
import org.lenskit.transform.normalize.IdentityVectorNormalizer;
import org.lenskit.transform.normalize.VectorNormalizer;

/** {@code ItemItemScorer} on ratings that are all 1, and {@code FunkSVDItemScorer}. */
public final class LenskitPeer implements Peer {

  private LenskitPeer() {}

  /**
   * Does the work.
   *
   * @param args see {@link PeerMain#run}
   */
  public static void main(String[] args) {
    PeerMain.run(new LenskitPeer(), args);
  }

  @Override
  public String library() {
    return "LensKit 3.0-M3";
  }

  @Override
  public Optional<Task> prepare(Work work, Pairs pairs, int threads) {
    return switch (work) {
      case ITEM_COSINE -> {
        DataAccessObject data = data(pairs, false);
        yield Optional.of(
            () -> {
              LenskitRecommender recommender = recommender(itemItem(), data);
              return () -> neighbours(recommender.get(ItemItemModel.class), pairs.items());
            });
      }
      case TOP_N -> {
        LenskitRecommender recommender = recommender(itemItem(), data(pairs, false));
        yield Optional.of(
            () -> {
              ItemRecommender top = recommender.getItemRecommender();
              List<List<Result>> lists = new ArrayList<>();
              for (int user = 0; user < pairs.users(); user++) {
                lists.add(top.recommendWithDetails(user, Work.LIST, null, null));
              }
              return () -> lists(lists);
            });
      }
      case BIASED_MF -> {
        DataAccessObject data = data(pairs, true);
        yield Optional.of(
            () -> {
              ItemScorer scorer = recommender(funkSvd(), data).getItemScorer();
              return () -> Probe.of(pairs).ask((user, item) -> scorer.score(user, item).getScore());
            });
      }
      default -> Optional.empty();
    };
  }

  private static DataAccessObject data(Pairs pairs, boolean ratings) {
    List<Rating> rows = new ArrayList<>(pairs.size());
    for (int p = 0; p < pairs.size(); p++) {
      rows.add(
          Rating.newBuilder()
              .setId(p)
              .setUserId(pairs.user()[p])
              .setItemId(pairs.item()[p])
              .setRating(ratings ? pairs.rating()[p] : 1)
              .build());
    }
    return StaticDataSource.fromList(rows).get();
  }

  private static LenskitRecommender recommender(LenskitConfiguration how, DataAccessObject data) {
    return LenskitRecommenderEngine.build(how, data).createRecommender(data);
  }

  private static LenskitConfiguration itemItem() {
    LenskitConfiguration how = new LenskitConfiguration();
    how.bind(ItemScorer.class).to(ItemItemScorer.class);
    how.bind(VectorSimilarity.class).to(CosineVectorSimilarity.class);
    how.bind(VectorNormalizer.class).to(IdentityVectorNormalizer.class);
    how.bind(NeighborhoodScorer.class).to(SimilaritySumNeighborhoodScorer.class);
    set(how, ModelSize.class, Work.ITEM_NEIGHBOURS);
    set(how, NeighborhoodSize.class, Work.ITEM_NEIGHBOURS);
    how.addRoot(ItemItemModel.class);
    return how;
  }

  private static LenskitConfiguration funkSvd() {
    LenskitConfiguration how = new LenskitConfiguration();
    how.bind(ItemScorer.class).to(FunkSVDItemScorer.class);
    how.bind(BiasModel.class).to(UserItemBiasModel.class);
    how.bind(StoppingCondition.class).to(IterationCountStoppingCondition.class);
    set(how, FeatureCount.class, Work.MF_FACTORS);
    set(how, IterationCount.class, Work.MF_EPOCHS);
    set(how, LearningRate.class, Work.MF_LEARNING_RATE);
    set(how, RegularizationTerm.class, Work.MF_REGULARIZATION);
    return how;
  }

  // Its parameters are not typed.
  @SuppressWarnings("unchecked")
  private static void set(
      LenskitConfiguration how, Class<? extends Annotation> parameter, Number value) {
    how.set(parameter).to(value);
  }

  private static Answer neighbours(ItemItemModel model, int items) {
    int[][] numbers = new int[items][];
    double[][] values = new double[items][];
    for (int item = 0; item < items; item++) {
      List<Long2DoubleMap.Entry> row =
          model.getNeighbors(item).long2DoubleEntrySet().stream()
              .sorted(Comparator.comparingDouble(Long2DoubleMap.Entry::getDoubleValue).reversed())
              .toList();
      numbers[item] = row.stream().mapToInt(near -> (int) near.getLongKey()).toArray();
      values[item] = row.stream().mapToDouble(Long2DoubleMap.Entry::getDoubleValue).toArray();
    }
    return new Answer(numbers, values);
  }

  private static Answer lists(List<List<Result>> lists) {
    return new Answer(
        lists.stream()
            .map(list -> list.stream().mapToInt(result -> (int) result.getId()).toArray())
            .toArray(int[][]::new),
        lists.stream()
            .map(list -> list.stream().mapToDouble(Result::getScore).toArray())
            .toArray(double[][]::new));
  }
}
