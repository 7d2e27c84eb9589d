// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.SoftmaxCrossEntropy;

/**
 * The steps of a {@link LanguageNet} against a {@link Critic}. In each, the writer writes a text
 * for the conditions of every text of a batch; the critic learns to tell the two apart; and the
 * writer learns by REINFORCE [1] to write what the critic takes for people's, a word being worth
 * the rewards from it on, each the less the later [2], beside the texts of the batch itself:
 *
 * <pre>
 * r_t = 2·D(w_1…w_t) − 1     R_t = Σ_{s≥t} γ^(s−t)·r_s     A_t = (R_t − mean R) / deviation of R
 * L = −(1 − λ)·mean(A_t·ln p(w_t)) − λ·mean(ln p(texts of people))
 * </pre>
 *
 * <p>Chunks are worked side by side and summed in their order: same bits for any number of threads.
 *
 * <p>[1] R. J. Williams, "Simple statistical gradient-following algorithms for connectionist
 * reinforcement learning", Machine Learning 8, 1992. [2] C. de Masson d'Autume et al., "Training
 * language GANs from scratch", NeurIPS 2019.
 */
final class Duel implements AutoCloseable {

  /**
   * How it is fought.
   *
   * @param writerRate the learning rate of the writer
   * @param criticRate that of the critic
   * @param discount γ, from 0 to 1
   * @param people λ, how much the texts of people count for the writer, from 0 to 1
   */
  record Rules(double writerRate, double criticRate, double discount, double people) {}

  private static final int CHUNK = TextTrainer.CHUNK;
  private static final double CLIP = 5;

  private static final class Writer {
    final LanguageNet net;
    final TextDrawer drawer;
    final Batch batch = new Batch();
    final int[][] banned = new int[CHUNK][0];

    Writer(LanguageNet net, TextDrawer drawer) {
      this.net = net;
      this.drawer = drawer;
    }
  }

  private static final class Judge {
    final Critic net;
    final Batch batch = new Batch();

    Judge(Critic net) {
      this.net = net;
    }
  }

  private final Sentence[] texts;
  private final Rules rules;
  private final DataParallel<Writer> writers;
  private final DataParallel<Judge> judges;
  private final Optimizer writerMoves;
  private final Optimizer criticMoves;
  private Batch[] written = {};
  private float[][] worth = {};

  Duel(
      Sentence[] texts,
      Rules rules,
      NetShape shape,
      int longest,
      Parameters writer,
      Parameters critic,
      int threads) {
    this.texts = texts;
    this.rules = rules;
    int workers = Math.min(threads, Runtime.getRuntime().availableProcessors());
    this.writers =
        new DataParallel<>(
            writer,
            workers,
            own ->
                new Writer(
                    new LanguageNet(own, shape),
                    new TextDrawer(Sampling.PLAIN, shape.words(), longest)));
    this.judges = new DataParallel<>(critic, workers, own -> new Judge(new Critic(own, shape)));
    this.writerMoves = Optimizer.lazyAdam(rules.writerRate()).clipNorm(CLIP).build(writer);
    this.criticMoves = Optimizer.lazyAdam(rules.criticRate()).clipNorm(CLIP).build(critic);
  }

  Optimizer writerMoves() {
    return writerMoves;
  }

  Optimizer criticMoves() {
    return criticMoves;
  }

  /**
   * Makes a step.
   *
   * @param batch the numbers of the texts
   * @param key of all random choices
   * @return the mean loss of the critic, in nats a word: ln 2 where it cannot tell
   */
  double step(int[] batch, long key) {
    int chunks = TextTrainer.chunks(batch.length);
    write(batch, chunks, key);
    int own = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      own += written[chunk].words();
    }
    int others = Batches.words(texts, batch);
    double lost = criticise(batch, chunks, key, own, others);
    judge(chunks);
    improve(batch, chunks, key, own, others);
    return lost / (own + others);
  }

  private static int end(int[] batch, int chunk) {
    return Math.min(batch.length, (chunk + 1) * CHUNK);
  }

  private void write(int[] batch, int chunks, long key) {
    if (written.length < chunks) {
      written = new Batch[chunks];
      worth = new float[chunks][0];
      for (int chunk = 0; chunk < chunks; chunk++) {
        written[chunk] = new Batch();
      }
    }
    writers.forward(
        chunks,
        (writer, chunk) -> {
          Batch own = written[chunk];
          own.begin(CHUNK);
          for (int i = chunk * CHUNK; i < end(batch, chunk); i++) {
            own.add(texts[batch[i]].conditions());
          }
          long chunkKey = CounterRandom.key(CounterRandom.key(key, 1), chunk);
          writer.drawer.write(writer.net, own, writer.banned, chunkKey, 1);
          return 0;
        });
  }

  private double criticise(int[] batch, int chunks, long key, int own, int others) {
    return judges.step(
        2 * chunks,
        (judge, c) -> {
          long chunkKey = CounterRandom.key(CounterRandom.key(key, 2), c);
          if (c < chunks) {
            return judge.net.learn(written[c], false, 0.5f / own, chunkKey);
          }
          judge.batch.take(texts, batch, (c - chunks) * CHUNK, end(batch, c - chunks));
          return judge.net.learn(judge.batch, true, 0.5f / others, chunkKey);
        },
        criticMoves);
  }

  private void judge(int chunks) {
    judges.forward(
        chunks,
        (judge, chunk) -> {
          Batch own = written[chunk];
          int rows = own.steps() * own.size();
          if (worth[chunk].length < rows) {
            worth[chunk] = new float[rows];
          }
          judge.net.judge(own, worth[chunk]);
          fromHereOn(own, worth[chunk]);
          return 0;
        });
    standardise(chunks);
  }

  // Rewards become what a word is worth: its own and, discounted, those after it.
  private void fromHereOn(Batch own, float[] rewards) {
    int n = own.size();
    for (int r = (own.steps() - 1) * n - 1; r >= 0; r--) {
      rewards[r] += (float) (rules.discount() * rewards[r + n]);
    }
  }

  private void standardise(int chunks) {
    double sum = 0;
    double squares = 0;
    int words = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      int[] targets = written[chunk].targets();
      for (int r = 0; r < written[chunk].steps() * written[chunk].size(); r++) {
        if (targets[r] != SoftmaxCrossEntropy.IGNORED) {
          sum += worth[chunk][r];
          squares += (double) worth[chunk][r] * worth[chunk][r];
          words++;
        }
      }
    }
    double mean = sum / words;
    double deviation = Math.sqrt(Math.max(0, squares / words - mean * mean));
    for (int chunk = 0; chunk < chunks; chunk++) {
      int[] targets = written[chunk].targets();
      for (int r = 0; r < written[chunk].steps() * written[chunk].size(); r++) {
        boolean over = targets[r] == SoftmaxCrossEntropy.IGNORED;
        worth[chunk][r] = over ? 0 : (float) ((worth[chunk][r] - mean) / (deviation + 1e-3));
      }
    }
  }

  private void improve(int[] batch, int chunks, long key, int own, int others) {
    float played = (float) (1 - rules.people()) / own;
    float read = (float) rules.people() / others;
    writers.step(
        2 * chunks,
        (writer, c) -> {
          long chunkKey = CounterRandom.key(CounterRandom.key(key, 3), c);
          if (c < chunks) {
            return writer.net.learnWeighted(written[c], worth[c], played, chunkKey);
          }
          writer.batch.take(texts, batch, (c - chunks) * CHUNK, end(batch, c - chunks));
          return writer.net.learn(writer.batch, read, 1, chunkKey);
        },
        writerMoves);
  }

  @Override
  public void close() {
    writers.close();
    judges.close();
  }
}
