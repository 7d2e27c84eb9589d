// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers.djl;

import ai.djl.engine.Engine;
import dev.pushwright.benchmarks.peers.Answer;
import dev.pushwright.benchmarks.peers.Language;
import dev.pushwright.benchmarks.peers.Pairs;
import dev.pushwright.benchmarks.peers.Peer;
import dev.pushwright.benchmarks.peers.PeerMain;
import dev.pushwright.benchmarks.peers.Probe;
import dev.pushwright.benchmarks.peers.Work;
import java.util.Optional;

/** PyTorch through the Deep Java Library: networks, written with what DJL has. */
public final class DjlPeer implements Peer {

  private DjlPeer() {}

  /**
   * Does the work.
   *
   * @param args see {@link PeerMain#run}
   */
  public static void main(String[] args) {
    PeerMain.run(new DjlPeer(), args);
  }

  @Override
  public String library() {
    return "DJL 0.35.1, PyTorch 2.7.1";
  }

  @Override
  public Optional<Task> prepare(Work work, Pairs pairs, int threads) {
    // Asked for when the engine begins.
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine.getInstance().setRandomSeed(1);
    return switch (work) {
      case NEU_MF -> Optional.of(() -> neuMf(pairs));
      case LSTM_LM, GRU_LM -> Optional.of(() -> languageModel(work == Work.GRU_LM));
      default -> Optional.empty();
    };
  }

  private static Found neuMf(Pairs pairs) {
    NeuMfNet net = new NeuMfNet(pairs.users(), pairs.items());
    Samples samples = new Samples(pairs);
    for (int epoch = 0; epoch < Work.NCF_EPOCHS; epoch++) {
      samples.draw();
      for (int from = 0; from < samples.size(); from += Work.NCF_BATCH) {
        int to = Math.min(samples.size(), from + Work.NCF_BATCH);
        net.learn(samples.users(from, to), samples.items(from, to), samples.labels(from, to));
      }
    }
    return () -> {
      Probe probe = Probe.of(pairs);
      float[] scores = net.scores(probe.user(), probe.item());
      net.close();
      int[] next = {0};
      return probe.ask((user, item) -> scores[next[0]++]);
    };
  }

  private static Found languageModel(boolean gated) {
    RecurrentNet net = new RecurrentNet(gated, Language.standard());
    for (int batch = 0; batch < Work.LM_BATCHES; batch++) {
      net.learn(batch);
    }
    return () -> {
      double[] losses = new double[Work.LM_HELD_OUT];
      for (int batch = 0; batch < losses.length; batch++) {
        losses[batch] = net.loss(Work.LM_BATCHES + batch);
      }
      net.close();
      return Answer.ofValues(new double[][] {losses});
    };
  }
}
