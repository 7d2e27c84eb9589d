// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Objects that are costly to make and used by one thread at a time. Never blocks: where all are in
 * use another one is made. Keeps at most twice as many as there are processors, without holding on
 * to threads, and allocates nothing while there are enough.
 *
 * @param <T> what is reused
 */
final class Reused<T> {

  private final Supplier<T> make;
  private final AtomicReferenceArray<@Nullable T> idle =
      new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());

  Reused(Supplier<T> make) {
    this.make = make;
  }

  /** One that nobody else uses. */
  T take() {
    int from = home();
    for (int i = 0; i < idle.length(); i++) {
      int slot = (from + i) % idle.length();
      if (idle.getPlain(slot) != null) {
        T taken = idle.getAndSet(slot, null);
        if (taken != null) {
          return taken;
        }
      }
    }
    return make.get();
  }

  /** Gives back what was taken. */
  void give(T taken) {
    int from = home();
    for (int i = 0; i < idle.length(); i++) {
      int slot = (from + i) % idle.length();
      if (idle.getPlain(slot) == null && idle.compareAndSet(slot, null, taken)) {
        return;
      }
    }
  }

  // Where a thread looks first, so that it mostly finds what it used last, in its own cache.
  private int home() {
    return (int) (Thread.currentThread().getId() % idle.length());
  }
}
