// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers the last {@value #KEPT} pushes of each user in memory. */
final class MemoryPushLog implements PushLog {

  static final int KEPT = 256;

  private final Map<String, List<Sent>> byUser = new ConcurrentHashMap<>();

  @Override
  public List<Sent> sentTo(String userId, Instant since) {
    return byUser.getOrDefault(userId, List.of()).stream()
        .filter(sent -> !sent.at().isBefore(since))
        .toList();
  }

  @Override
  public void record(String userId, Sent sent) {
    byUser.merge(
        userId,
        List.of(sent),
        (old, added) -> {
          List<Sent> all = new ArrayList<>(old);
          all.addAll(added);
          return List.copyOf(all.subList(Math.max(0, all.size() - KEPT), all.size()));
        });
  }
}
