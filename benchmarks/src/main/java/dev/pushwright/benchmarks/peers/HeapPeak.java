// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * The most of the heap that is in use between two moments, garbage included. Between collections
 * the use only grows, so that it is the largest of what each collection began with and what is in
 * use at the end. The peaks of the pools would add up to more: what a collection moves from one to
 * another is in both. What G1 frees concurrently is not seen.
 */
final class HeapPeak {

  // Collections are told of by another thread, soon after they end.
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

  private final List<MemoryPoolMXBean> pools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();
  private final List<GarbageCollectorMXBean> collectors = new ArrayList<>();
  private final NotificationListener listener = (told, handback) -> collected(told);
  // Of each collector, how many collections are accounted for; guarded by this, as is the most.
  private final Map<String, Long> accounted = new HashMap<>();
  private final long before;
  private long most;

  /** Begins, with what is in use now. */
  HeapPeak() {
    synchronized (this) {
      for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
        if (collector instanceof NotificationEmitter emitter) {
          emitter.addNotificationListener(listener, null, null);
          collectors.add(collector);
          accounted.put(collector.getName(), collector.getCollectionCount());
        }
      }
      before = used();
      most = before;
    }
  }

  private long used() {
    return pools.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
  }

  private synchronized void collected(Notification told) {
    if (!told.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      return;
    }
    GarbageCollectionNotificationInfo info =
        GarbageCollectionNotificationInfo.from((CompositeData) told.getUserData());
    long number = info.getGcInfo().getId();
    // One from before the beginning may be told of only now.
    if (number > accounted.getOrDefault(info.getGcName(), Long.MAX_VALUE)) {
      accounted.put(info.getGcName(), number);
      most =
          Math.max(
              most,
              pools.stream()
                  .map(pool -> info.getGcInfo().getMemoryUsageBeforeGc().get(pool.getName()))
                  .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                  .sum());
      notifyAll();
    }
  }

  /**
   * Ends.
   *
   * @return the most that was in use, in bytes above what was at the beginning
   */
  synchronized long stop() throws InterruptedException {
    most = Math.max(most, used());
    long began = System.nanoTime();
    for (GarbageCollectorMXBean collector : collectors) {
      long collections = collector.getCollectionCount();
      while (accounted.getOrDefault(collector.getName(), 0L) < collections
          && System.nanoTime() - began < PATIENCE) {
        wait(100);
      }
      try {
        ((NotificationEmitter) collector).removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException("the listener to " + collector.getName() + " is gone", e);
      }
    }
    return most - before;
  }
}
