// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The pieces of work that are compared, with their sizes. */
public enum Work {
  /** The answer: a row for each item, its neighbours by falling cosine of the users in common. */
  ITEM_COSINE("item-item cosine, top " + Work.ITEM_NEIGHBOURS + " of all items"),

  /** The answer: a row for each user, its neighbours by falling cosine of the items in common. */
  USER_COSINE("user-user cosine, top " + Work.USER_NEIGHBOURS + " of all users"),

  /**
   * The neighbours of the items are given and not timed. The answer: a row for each user, the
   * unseen items by falling score, which is the sum of sim(i, j) over the user's items j that are
   * among the nearest of i.
   */
  TOP_N("top " + Work.LIST + " for all users from item neighbours"),

  /** Implicit feedback. The answer: a score for each pair of the {@link Probe}. */
  ALS("implicit ALS, " + Work.ALS_FACTORS + " factors, " + Work.ALS_ITERATIONS + " iterations"),

  /**
   * Explicit ratings, by gradient descent. The answer: a rating for each pair of the {@link Probe}.
   */
  BIASED_MF("biased MF, " + Work.MF_FACTORS + " factors, " + Work.MF_EPOCHS + " epochs"),

  /**
   * Implicit feedback, by Adam on pairs and negatives drawn anew in each epoch, which is timed,
   * too. The answer: a score for each pair of the {@link Probe}.
   */
  NEU_MF(
      "NeuMF, GMF "
          + Work.NCF_FACTORS
          + ", MLP 64-32-16-8, "
          + Work.NCF_NEGATIVES
          + " negatives, batch "
          + Work.NCF_BATCH
          + ", "
          + Work.NCF_EPOCHS
          + " epochs"),

  /**
   * Of {@link Language}, by Adam. The answer: a row with the mean loss of a token in each of the
   * batches after those that were learned from, in nats.
   */
  LSTM_LM(languageModel("LSTM")),

  /** The same by gated recurrent units. */
  GRU_LM(languageModel("GRU")),

  /** Of {@link Points}. The answer: a row for each cluster, its centre. */
  K_MEANS(
      "k-means, "
          + Points.COUNT
          + " points × "
          + Points.DIMENSIONS
          + ", k = "
          + Work.CLUSTERS
          + ", "
          + Work.CLUSTER_ITERATIONS
          + " iterations");

  /** Of {@link #ITEM_COSINE} and {@link #TOP_N}. */
  public static final int ITEM_NEIGHBOURS = 100;

  /** Of {@link #USER_COSINE}. */
  public static final int USER_NEIGHBOURS = 50;

  /** Of {@link #TOP_N}. */
  public static final int LIST = 10;

  /** Of {@link #ALS}. */
  public static final int ALS_FACTORS = 64;

  /** Of {@link #ALS}. */
  public static final int ALS_ITERATIONS = 10;

  /** Of {@link #BIASED_MF}. */
  public static final int MF_FACTORS = 100;

  /** Of {@link #BIASED_MF}. */
  public static final int MF_EPOCHS = 20;

  /** Of {@link #BIASED_MF}. */
  public static final double MF_LEARNING_RATE = 0.01;

  /** Of {@link #BIASED_MF}. */
  public static final double MF_REGULARIZATION = 0.02;

  /** Of {@link #NEU_MF}: the width of its linear tower. */
  public static final int NCF_FACTORS = 8;

  /** Of {@link #NEU_MF}: the widths of its deep tower, the first that of a user and an item. */
  public static final List<Integer> NCF_LAYERS = List.of(64, 32, 16, 8);

  /** Of {@link #NEU_MF}. */
  public static final int NCF_NEGATIVES = 4;

  /** Of {@link #NEU_MF}. */
  public static final int NCF_BATCH = 4096;

  /** Of {@link #NEU_MF}. */
  public static final int NCF_EPOCHS = 3;

  /** Of {@link #NEU_MF}. */
  public static final double NCF_LEARNING_RATE = 0.001;

  /** Of {@link #LSTM_LM} and {@link #GRU_LM}: the words of the language. */
  public static final int LM_WORDS = 5000;

  /** Of {@link #LSTM_LM} and {@link #GRU_LM}: how many numbers a word is embedded in. */
  public static final int LM_EMBEDDING = 128;

  /** Of {@link #LSTM_LM} and {@link #GRU_LM}: how many units remember. */
  public static final int LM_UNITS = 256;

  /** Of {@link #LSTM_LM} and {@link #GRU_LM}: the sequences of a batch. */
  public static final int LM_BATCH = 64;

  /** Of {@link #LSTM_LM} and {@link #GRU_LM}: the tokens of a sequence that are to be foretold. */
  public static final int LM_STEPS = 20;

  /** Of {@link #LSTM_LM} and {@link #GRU_LM}: how many are learned from, each once. */
  public static final int LM_BATCHES = 200;

  /** Of {@link #LSTM_LM} and {@link #GRU_LM}: how many batches the answer is about. */
  public static final int LM_HELD_OUT = 10;

  /** Of {@link #LSTM_LM} and {@link #GRU_LM}. */
  public static final double LM_LEARNING_RATE = 0.002;

  /** Of {@link #K_MEANS}. */
  public static final int CLUSTERS = 50;

  /** Of {@link #K_MEANS}. */
  public static final int CLUSTER_ITERATIONS = 33;

  private final String title;

  Work(String title) {
    this.title = title;
  }

  private static String languageModel(String cell) {
    return "%s language model, %d words, %d → %d, %d batches of %d × %d tokens"
        .formatted(
            cell,
            Work.LM_WORDS,
            Work.LM_EMBEDDING,
            Work.LM_UNITS,
            Work.LM_BATCHES,
            Work.LM_BATCH,
            Work.LM_STEPS);
  }

  /**
   * Whether it is about the {@link Pairs}; otherwise its data are made up.
   *
   * @return true or false
   */
  public boolean usesPairs() {
    return switch (this) {
      case ITEM_COSINE, USER_COSINE, TOP_N, ALS, BIASED_MF, NEU_MF -> true;
      case LSTM_LM, GRU_LM, K_MEANS -> false;
    };
  }

  /**
   * What it is, for people.
   *
   * @return a few words
   */
  public String title() {
    return title;
  }

  /**
   * What it is called on command lines.
   *
   * @return a word such as {@code item-cosine}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The work of that key.
   *
   * @param key as {@link #key} gives it
   * @return the work
   * @throws IllegalArgumentException when there is none; the message lists what there is
   */
  public static Work of(String key) {
    return Arrays.stream(values())
        .filter(work -> work.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no work \""
                        + key
                        + "\"; there is "
                        + Arrays.stream(values())
                            .map(Work::key)
                            .collect(Collectors.joining(", "))));
  }
}
