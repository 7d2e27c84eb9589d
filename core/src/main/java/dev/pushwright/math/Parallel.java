// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work over a range of integers, on several threads. The range is cut into blocks of a fixed size,
 * whatever the number of threads, and each block is worked by one thread from its first integer to
 * its last: a task that writes only what belongs to its block gives the same bits on 1 thread and
 * on 8.
 */
public final class Parallel {

  private static final AtomicInteger THREAD_NUMBER = new AtomicInteger();

  // Shared by all calls: to start a thread takes longer than a small block does. As many threads as
  // are asked for, so that work within work never waits for itself; idle ones end.
  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Parallel::thread);

  private Parallel() {}

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "pushwright-" + THREAD_NUMBER.incrementAndGet());
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /** Works one block. */
  @FunctionalInterface
  public interface BlockTask {
    /**
     * Works the integers from {@code from} to {@code to − 1}.
     *
     * @param from the first
     * @param to the one after the last
     */
    void run(int from, int to);
  }

  /**
   * Works all integers from 0 to {@code n − 1} and returns when all are done. The first failure is
   * thrown here, and no further block is begun.
   *
   * @param n the end of the range, at least 0
   * @param blockSize how many integers a block has, at least 1
   * @param threads how many threads, at least 1; the caller's own is one of them
   * @param task what to do; called from several threads at once
   * @throws CancellationException when the calling thread is interrupted; its interrupt flag stays
   *     set
   */
  public static void forBlocks(int n, int blockSize, int threads, BlockTask task) {
    if (blockSize < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "blockSize is " + blockSize + ", threads is " + threads + "; at least 1 is needed");
    }
    int blocks = (int) ((n + (long) blockSize - 1) / blockSize);
    // Here too: what is done before anybody waits for it would let an earlier interrupt pass.
    checkInterrupted();
    int workers = Math.min(threads, blocks);
    if (workers <= 1) {
      for (int block = 0; block < blocks; block++) {
        checkInterrupted();
        runBlock(block, blockSize, n, task);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    List<Future<?>> helpers = new ArrayList<>();
    try {
      for (int w = 1; w < workers; w++) {
        helpers.add(
            POOL.submit(
                () -> {
                  Thread.currentThread().setContextClassLoader(loader);
                  try {
                    work(next, blocks, blockSize, n, task);
                  } finally {
                    Thread.currentThread().setContextClassLoader(null);
                  }
                }));
      }
      work(next, blocks, blockSize, n, task);
      for (Future<?> helper : helpers) {
        await(helper);
      }
    } finally {
      next.set(blocks);
      helpers.forEach(helper -> helper.cancel(true));
    }
  }

  private static void work(AtomicInteger next, int blocks, int blockSize, int n, BlockTask task) {
    try {
      for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
        checkInterrupted();
        runBlock(block, blockSize, n, task);
      }
    } catch (RuntimeException | Error e) {
      next.set(blocks);
      throw e;
    }
  }

  private static void runBlock(int block, int blockSize, int n, BlockTask task) {
    int from = block * blockSize;
    task.run(from, (int) Math.min(n, (long) from + blockSize));
  }

  private static void checkInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
