// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that stay, for work in very many short phases: a training step of a tenth of a
 * millisecond is several of them. {@link dev.pushwright.math.Parallel} starts threads for each
 * call, which takes longer than that. A phase costs about a microsecond and allocates nothing.
 *
 * <p>Which thread does which task is left to chance; a task that writes only what is its own gives
 * the same bits for any number of threads. To be used by the thread that made it, and closed.
 */
final class Phases implements AutoCloseable {

  /** One task of a phase. */
  @FunctionalInterface
  interface Task {
    /**
     * Does the task.
     *
     * @param task from 0 to tasks − 1
     * @param worker which thread does it, from 0 to threads − 1
     */
    void run(int task, int worker);
  }

  private static final int SPINS = 2_000;
  private static final long WORTH_THREADS = 8_192;
  private static final int YIELDS = 50;
  private static final long NAP_NANOS = 200_000;

  // A phase and its tasks in one number, so that one operation claims a task of one phase: the
  // phase's number, how many tasks it has, and how many are claimed.
  private static final int BITS = 22;
  private static final long MASK = (1L << BITS) - 1;

  private final Thread[] helpers;
  private final AtomicLong state = new AtomicLong();
  private final AtomicInteger finished = new AtomicInteger();
  private volatile Task task = (t, w) -> {};
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;
  private long phase;

  /** Starts threads − 1 threads; the caller's is the other one. */
  Phases(int threads) {
    helpers = new Thread[threads - 1];
    for (int h = 0; h < helpers.length; h++) {
      int worker = h + 1;
      helpers[h] = new Thread(() -> help(worker), "pushwright-phases-" + worker);
      helpers[h].setDaemon(true);
      helpers[h].start();
    }
  }

  /** How many threads work, the caller's among them. */
  int threads() {
    return helpers.length + 1;
  }

  /**
   * Does all tasks, on the calling thread where they are too small to be shared.
   *
   * @param numbers how many numbers the tasks work on in all
   * @throws CancellationException when the calling thread is interrupted
   */
  void run(int tasks, long numbers, Task work) {
    if (numbers < WORTH_THREADS && !Thread.currentThread().isInterrupted()) {
      for (int t = 0; t < tasks; t++) {
        work.run(t, 0);
      }
    } else {
      run(tasks, work);
    }
  }

  /**
   * Does all tasks and returns when they are done.
   *
   * @throws CancellationException when the calling thread is interrupted
   */
  void run(int tasks, Task work) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
    if (helpers.length == 0 || tasks <= 1) {
      for (int t = 0; t < tasks; t++) {
        work.run(t, 0);
      }
      return;
    }
    if (tasks > MASK) {
      throw new IllegalArgumentException(tasks + " tasks; at most " + MASK + " are possible");
    }
    task = work;
    finished.set(0);
    phase = (phase + 1) & ((1L << (63 - 2 * BITS)) - 1);
    state.set(phase << (2 * BITS) | (long) tasks << BITS);
    work(0);
    for (int waited = 0; finished.get() < tasks; waited++) {
      pause(waited);
    }
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) thrown;
    }
  }

  private void help(int worker) {
    for (int waited = 0; !closed; waited++) {
      if (work(worker)) {
        waited = 0;
      }
      if (waited < SPINS + YIELDS) {
        pause(waited);
      } else {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
  }

  /** Claims and does tasks until there are none; says whether there was one. */
  private boolean work(int worker) {
    boolean any = false;
    while (true) {
      long now = state.get();
      if ((now & MASK) >= (now >>> BITS & MASK)) {
        return any;
      }
      if (state.compareAndSet(now, now + 1)) {
        any = true;
        // The phase cannot end, nor the next begin, before this task is finished.
        try {
          if (failure == null) {
            task.run((int) (now & MASK), worker);
          }
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          finished.incrementAndGet();
        }
      }
    }
  }

  // Where threads outnumber processors, whoever is waited for has to get one.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void pause(int waited) {
    if (waited < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
