// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Trains one network on several threads with the bits of one. A batch is cut into chunks whose size
 * does not depend on the threads. Each thread has a network of its own, all on the same parameters,
 * and takes chunk after chunk; the gradients of a chunk are kept apart, and summed in the order of
 * the chunks when all are done. The {@link Optimizer} moves the parameters on the same threads.
 *
 * <p>Keeps the gradients of as many chunks as a batch has. To be used by the thread that made it,
 * and closed.
 *
 * @param <N> the network
 */
public final class DataParallel<N> implements AutoCloseable {

  /**
   * Works a chunk: forwards, loss and backwards.
   *
   * @param <N> the network
   */
  @FunctionalInterface
  public interface Chunk<N> {
    /**
     * Works a chunk.
     *
     * @param network a network that no other thread uses meanwhile; its gradients are 0
     * @param chunk from 0 to chunks − 1
     * @return the loss, the sum over the chunk's rows
     */
    double work(N network, int chunk);
  }

  private final Parameters parameters;
  private final Phases phases;
  private final N network;
  private final List<N> networks = new ArrayList<>();
  private final List<Parameters> shards = new ArrayList<>();
  private Gradients[] gradients = {};
  private double[] losses = {};
  private Chunk<N> work = (network, chunk) -> 0;
  private final Phases.Task train = (chunk, worker) -> train(chunk, worker);
  private final Phases.Task infer = (chunk, worker) -> infer(chunk, worker);

  /**
   * Makes a network for each thread.
   *
   * @param parameters what the networks are made on; no network was made on them before
   * @param threads how many threads, at least 1
   * @param network makes a network on parameters
   */
  public DataParallel(Parameters parameters, int threads, Function<Parameters, N> network) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; at least 1 is needed");
    }
    this.parameters = parameters;
    this.network = network.apply(parameters);
    for (int worker = 0; worker < threads; worker++) {
      Parameters shard = parameters.shard();
      networks.add(network.apply(shard));
      shards.add(shard);
    }
    this.phases = new Phases(threads);
  }

  /**
   * The network on the parameters themselves, which no thread works with.
   *
   * @return one network more
   */
  public N network() {
    return network;
  }

  /**
   * Works all chunks of a batch and moves the parameters.
   *
   * @param chunks how many, at least 0
   * @param work what to do with each
   * @param optimizer of the parameters
   * @return the sum of the losses, in the order of the chunks
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public double step(int chunks, Chunk<N> work, Optimizer optimizer) {
    if (chunks == 0) {
      return 0;
    }
    grow(chunks);
    this.work = work;
    phases.run(chunks, train);
    optimizer.step(gradients, chunks, phases);
    return sum(chunks);
  }

  /**
   * Works chunks without learning from them.
   *
   * @param chunks how many, at least 0
   * @param work what to do with each, which calls no {@code backward}
   * @return the sum of what it returned, in the order of the chunks
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public double forward(int chunks, Chunk<N> work) {
    losses = losses.length >= chunks ? losses : new double[chunks];
    this.work = work;
    phases.run(chunks, infer);
    return sum(chunks);
  }

  private void grow(int chunks) {
    if (gradients.length < chunks) {
      Gradients[] grown = Arrays.copyOf(gradients, chunks);
      for (int c = gradients.length; c < grown.length; c++) {
        grown[c] = Gradients.zeros(parameters.all());
      }
      gradients = grown;
    }
    losses = losses.length >= chunks ? losses : new double[chunks];
  }

  private void train(int chunk, int worker) {
    gradients[chunk].clear();
    shards.get(worker).into(gradients[chunk]);
    losses[chunk] = work.work(networks.get(worker), chunk);
  }

  private void infer(int chunk, int worker) {
    losses[chunk] = work.work(networks.get(worker), chunk);
  }

  private double sum(int chunks) {
    double sum = 0;
    for (int c = 0; c < chunks; c++) {
      sum += losses[c];
    }
    return sum;
  }

  @Override
  public void close() {
    phases.close();
  }
}
