// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Interaction;
import dev.pushwright.io.TensorFile;
import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.profile.cluster.KMeans;
import dev.pushwright.profile.cluster.KMeansModel;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.RecommenderProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * This library's side, through what its users have: plug-ins by name, queries, model files, layers.
 */
public final class PushwrightPeer implements Peer {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  // What one thread learns from at once, of a batch of a language.
  private static final int LM_CHUNK = 16;

  private final Plugins plugins = Plugins.load();

  /**
   * Does the work.
   *
   * @param args see {@link PeerMain#run}
   */
  public static void main(String[] args) {
    PeerMain.run(new PushwrightPeer(), args);
  }

  @Override
  public String library() {
    return "Pushwright " + Provenance.of("", Map.of(), "").version();
  }

  @Override
  public Optional<Task> prepare(Work work, Pairs pairs, int threads) {
    FitContext context = FitContext.standard().withThreads(threads);
    return switch (work) {
      case ITEM_COSINE ->
          recommender("item-knn", cosine(Work.ITEM_NEIGHBOURS))
              .map(
                  recommender -> {
                    Dataset data = dataset(pairs, false);
                    return () -> {
                      RecommenderModel model = recommender.fit(data, context);
                      return () -> neighbours(model, data.items(), pairs.items());
                    };
                  });
      case USER_COSINE ->
          recommender("user-knn", cosine(Work.USER_NEIGHBOURS))
              .map(
                  recommender -> {
                    Dataset data = dataset(pairs, false);
                    return () -> {
                      RecommenderModel model = recommender.fit(data, context);
                      return () -> neighbours(model, data.users(), pairs.users());
                    };
                  });
      case TOP_N ->
          recommender("item-knn", cosine(Work.ITEM_NEIGHBOURS))
              .map(
                  recommender -> {
                    RecommenderModel model = recommender.fit(dataset(pairs, false), context);
                    List<RecommendationQuery> queries = queries(pairs);
                    return () -> {
                      List<Recommendations> answers = model.recommendAll(queries);
                      return () -> lists(answers);
                    };
                  });
      case ALS ->
          recommender("als", Map.of("factors", Work.ALS_FACTORS, "iterations", Work.ALS_ITERATIONS))
              .map(
                  recommender -> {
                    Dataset data = dataset(pairs, false);
                    return () -> {
                      RecommenderModel model = recommender.fit(data, context);
                      return () -> Probe.of(pairs).ask((user, item) -> score(model, user, item));
                    };
                  });
      case BIASED_MF ->
          recommender(
                  "biased-mf",
                  Map.of(
                      "factors",
                      Work.MF_FACTORS,
                      "epochs",
                      Work.MF_EPOCHS,
                      "learningRate",
                      Work.MF_LEARNING_RATE,
                      "regularization",
                      Work.MF_REGULARIZATION,
                      // All epochs, as the others do.
                      "validationShare",
                      0))
              .map(
                  recommender -> {
                    Dataset data = dataset(pairs, true);
                    return () -> {
                      RecommenderModel model = recommender.fit(data, context);
                      return () ->
                          Probe.of(pairs)
                              .ask((user, item) -> model.predictRating(id(user), id(item)));
                    };
                  });
      case NEU_MF ->
          recommender("neumf", neuMf())
              .map(
                  recommender -> {
                    Dataset data = dataset(pairs, false);
                    return () -> {
                      RecommenderModel model = recommender.fit(data, context);
                      return () -> Probe.of(pairs).ask((user, item) -> score(model, user, item));
                    };
                  });
      case LSTM_LM, GRU_LM ->
          Optional.of(
              languageModel(
                  work == Work.GRU_LM,
                  Language.standard(),
                  Work.LM_EMBEDDING,
                  Work.LM_UNITS,
                  Work.LM_BATCHES,
                  threads));
      case K_MEANS -> {
        dev.pushwright.profile.cluster.Points points =
            dev.pushwright.profile.cluster.Points.of(Points.of(Points.COUNT));
        // All iterations, as the others do.
        KMeans kMeans =
            KMeans.builder()
                .clusters(Work.CLUSTERS)
                .maxIterations(Work.CLUSTER_ITERATIONS)
                .tolerance(0)
                .build();
        yield Optional.of(
            () -> {
              KMeansModel model = kMeans.fit(points, context);
              return () ->
                  Answer.ofValues(
                      IntStream.range(0, model.clusters())
                          .mapToObj(model::centre)
                          .toArray(double[][]::new));
            });
      }
    };
  }

  /**
   * Learns from batches one after the other and foretells those that come next. Adam moves all
   * words at each step, as the others do.
   */
  static Task languageModel(
      boolean gated, Language language, int embedding, int units, int batches, int threads) {
    int chunks = Work.LM_BATCH / LM_CHUNK;
    int tokens = Work.LM_BATCH * language.steps();
    return () -> {
      Parameters parameters = new Parameters(1);
      LanguageNet learned;
      try (DataParallel<LanguageNet> parallel =
          new DataParallel<>(
              parameters,
              threads,
              own -> new LanguageNet(own, gated, language, embedding, units, LM_CHUNK))) {
        Optimizer adam = Optimizer.adam(Work.LM_LEARNING_RATE).build(parameters);
        for (int batch = 0; batch < batches; batch++) {
          long from = (long) batch * Work.LM_BATCH;
          parallel.step(
              chunks, (net, chunk) -> net.learn(from + (long) chunk * LM_CHUNK, 1f / tokens), adam);
        }
        learned = parallel.network();
      }
      return () -> {
        double[] losses = new double[Work.LM_HELD_OUT];
        for (int batch = 0; batch < losses.length; batch++) {
          long from = (long) (batches + batch) * Work.LM_BATCH;
          double sum = 0;
          for (int chunk = 0; chunk < chunks; chunk++) {
            sum += learned.loss(from + (long) chunk * LM_CHUNK);
          }
          losses[batch] = sum / tokens;
        }
        return Answer.ofValues(new double[][] {losses});
      };
    };
  }

  /** Plain cosine of binary data: whatever else a plug-in offers is switched off. */
  private static Map<String, Object> cosine(int neighbours) {
    return Map.of(
        "neighbours",
        neighbours,
        "similarity",
        "cosine",
        "shrinkage",
        0,
        "amplification",
        1,
        "popularityDamping",
        0,
        "combine",
        "binary",
        "halfLifeDays",
        0);
  }

  private static Map<String, Object> neuMf() {
    return Map.of(
        "factors",
        Work.NCF_FACTORS,
        "layers",
        Work.NCF_LAYERS.stream().map(String::valueOf).collect(Collectors.joining(", ")),
        "negatives",
        Work.NCF_NEGATIVES,
        "batchSize",
        Work.NCF_BATCH,
        "epochs",
        Work.NCF_EPOCHS,
        "learningRate",
        Work.NCF_LEARNING_RATE,
        "learningRateFloor",
        1,
        "regularization",
        0,
        "validationShare",
        0);
  }

  /** A plug-in with those of the options that it has, or nothing when it is not installed. */
  private Optional<Recommender> recommender(String name, Map<String, ?> wanted) {
    if (!plugins.recommenders().contains(name)) {
      return Optional.empty();
    }
    RecommenderProvider provider = plugins.recommender(name);
    Collection<String> known = provider.options().names();
    Options options = Options.none();
    for (Map.Entry<String, ?> option : wanted.entrySet()) {
      if (known.contains(option.getKey())) {
        options = options.with(option.getKey(), option.getValue());
      }
    }
    return Optional.of(provider.create(options));
  }

  private static Dataset dataset(Pairs pairs, boolean rated) {
    List<Event> events = new ArrayList<>(pairs.size());
    for (int p = 0; p < pairs.size(); p++) {
      String user = id(pairs.user()[p]);
      String item = id(pairs.item()[p]);
      events.add(
          rated
              ? Interaction.rating(user, item, pairs.rating()[p], AT)
              : Interaction.view(user, item, AT));
    }
    return Dataset.builder().addAll(events).build();
  }

  private static String id(int number) {
    return Integer.toString(number);
  }

  private static List<RecommendationQuery> queries(Pairs pairs) {
    List<RecommendationQuery> queries = new ArrayList<>(pairs.users());
    for (int user = 0; user < pairs.users(); user++) {
      queries.add(RecommendationQuery.forUser(id(user)).limit(Work.LIST).build());
    }
    return queries;
  }

  private static Answer lists(List<Recommendations> answers) {
    int[][] numbers = new int[answers.size()][];
    double[][] values = new double[answers.size()][];
    for (int user = 0; user < numbers.length; user++) {
      List<Recommendation> items = answers.get(user).items();
      numbers[user] = items.stream().mapToInt(item -> Integer.parseInt(item.itemId())).toArray();
      values[user] = items.stream().mapToDouble(Recommendation::score).toArray();
    }
    return new Answer(numbers, values);
  }

  private static double score(RecommenderModel model, int user, int item) {
    List<Recommendation> items =
        model
            .recommend(
                RecommendationQuery.forUser(id(user))
                    .candidates(List.of(id(item)))
                    .excludeSeen(false)
                    .limit(1)
                    .build())
            .items();
    return items.isEmpty() ? 0 : items.get(0).score();
  }

  /** The neighbours that a model keeps, from its file: there anybody can read them. */
  private static Answer neighbours(RecommenderModel model, IdIndex ids, int size)
      throws IOException {
    Path file = Files.createTempFile("peers", ".safetensors");
    try {
      Models.save(model, file);
      try (TensorFile tensors = TensorFile.open(file)) {
        int[] starts = tensors.ints("neighbours.starts");
        int[] columns = tensors.ints("neighbours.columns");
        float[] similarities = tensors.floats("neighbours.values");
        int[][] numbers = new int[size][0];
        double[][] values = new double[size][0];
        for (int row = 0; row + 1 < starts.length; row++) {
          int[] rowNumbers = new int[starts[row + 1] - starts[row]];
          double[] rowValues = new double[rowNumbers.length];
          for (int p = 0; p < rowNumbers.length; p++) {
            rowNumbers[p] = Integer.parseInt(ids.id(columns[starts[row] + p]));
            rowValues[p] = similarities[starts[row] + p];
          }
          int number = Integer.parseInt(ids.id(row));
          numbers[number] = rowNumbers;
          values[number] = rowValues;
        }
        return new Answer(numbers, values);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
