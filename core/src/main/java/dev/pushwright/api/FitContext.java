// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.math.Parallel;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The circumstances of a fit, which never change its result: how many threads may work, and who is
 * told of the progress. A fit is cancelled by interrupting the thread that called it; it then
 * throws {@link CancellationException} with the interrupt flag still set.
 *
 * @param threads how many threads may work, at least 1
 * @param listener is told of the progress
 */
public record FitContext(int threads, ProgressListener listener) {

  /** Checks the number of threads. */
  public FitContext {
    Objects.requireNonNull(listener, "listener");
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; at least 1 is needed");
    }
  }

  /**
   * As many threads as the machine has processors, and nobody listening.
   *
   * @return the usual circumstances
   */
  public static FitContext standard() {
    return new FitContext(Runtime.getRuntime().availableProcessors(), ProgressListener.NONE);
  }

  /**
   * These circumstances with another number of threads.
   *
   * @param threads at least 1
   * @return a new context
   */
  public FitContext withThreads(int threads) {
    return new FitContext(threads, listener);
  }

  /**
   * These circumstances with another listener.
   *
   * @param listener is told of the progress
   * @return a new context
   */
  public FitContext withListener(ProgressListener listener) {
    return new FitContext(threads, listener);
  }

  /**
   * Works a range in blocks on the threads of this context, as {@link Parallel#forBlocks} does,
   * telling the listener.
   *
   * @param phase what is being done
   * @param n the end of the range
   * @param blockSize how many integers a block has
   * @param task what to do with a block
   * @throws CancellationException when the calling thread is interrupted
   */
  public void forBlocks(String phase, int n, int blockSize, Parallel.BlockTask task) {
    checkCancelled();
    long began = System.nanoTime();
    AtomicLong done = new AtomicLong();
    Object order = new Object();
    Parallel.forBlocks(
        n,
        blockSize,
        threads,
        (from, to) -> {
          task.run(from, to);
          synchronized (order) {
            listener.onProgress(
                new Progress(
                    phase,
                    done.addAndGet(to - (long) from),
                    n,
                    Duration.ofNanos(System.nanoTime() - began)));
          }
        });
  }

  /**
   * Tells the listener that another epoch of a training is done.
   *
   * @param phase what is being done
   * @param done how many epochs are finished, from 1 to epochs
   * @param epochs how many there will be
   * @param elapsed time since the phase began
   * @param loss the loss of the last one
   * @throws CancellationException when the calling thread is interrupted
   */
  public void epochDone(String phase, int done, int epochs, Duration elapsed, double loss) {
    epochDone(phase, done, epochs, elapsed, loss, Map.of());
  }

  /**
   * Tells the listener that another epoch of a training is done, with more figures.
   *
   * @param phase what is being done
   * @param done how many epochs are finished, from 1 to epochs
   * @param epochs how many there will be
   * @param elapsed time since the phase began
   * @param loss the loss of the last one
   * @param figures what else is known by name, see {@link Progress#figures}
   * @throws CancellationException when the calling thread is interrupted
   */
  public void epochDone(
      String phase,
      int done,
      int epochs,
      Duration elapsed,
      double loss,
      Map<String, Double> figures) {
    listener.onProgress(
        new Progress(phase, done, epochs, elapsed, OptionalDouble.of(loss), figures));
    checkCancelled();
  }

  /**
   * To be called now and then by work that does not run through {@link #forBlocks}.
   *
   * @throws CancellationException when the calling thread is interrupted
   */
  public void checkCancelled() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the fit was interrupted");
    }
  }
}
