// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.Channel;
import dev.pushwright.api.Message;
import dev.pushwright.api.PushItem;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.engine.Push;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a message that a user saw.
 *
 * @param text the message
 * @param channel where it was shown
 * @param items what it was about, so that names are told from the words around them
 * @param clicked whether the user opened it
 */
public record Feedback(Message text, Channel channel, List<Item> items, boolean clicked) {

  /** Copies the items. */
  public Feedback {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(channel, "channel");
    items = List.copyOf(items);
  }

  /**
   * Brings pushes and events together. An {@link EventType#IMPRESSION} of a pushed item says that
   * the push was seen, a {@link EventType#CLICK} that it was opened; either belongs to the last
   * push about the item that the user got before. A push with neither may never have arrived, and
   * is left out.
   *
   * @param pushes what was sent
   * @param events what happened, in any order
   * @param within for how long after a push an event may belong to it
   * @return one for each push that was seen, by time and user
   */
  public static List<Feedback> of(
      Collection<Push> pushes, Collection<? extends Event> events, Duration within) {
    List<Push> byTime =
        pushes.stream().sorted(Comparator.comparing(Push::at).thenComparing(Push::userId)).toList();
    Map<String, List<Integer>> byUser = new HashMap<>();
    for (int p = 0; p < byTime.size(); p++) {
      byUser.computeIfAbsent(byTime.get(p).userId(), user -> new ArrayList<>()).add(p);
    }
    Set<Integer> seen = new HashSet<>();
    Set<Integer> clicked = new HashSet<>();
    for (Event event : events) {
      boolean click = event.type() == EventType.CLICK;
      if (event instanceof Interaction interaction
          && (click || event.type() == EventType.IMPRESSION)) {
        lastBefore(byTime, byUser.getOrDefault(event.userId(), List.of()), interaction, within)
            .ifPresent(
                push -> {
                  seen.add(push);
                  if (click) {
                    clicked.add(push);
                  }
                });
      }
    }
    List<Feedback> feedback = new ArrayList<>();
    for (int p = 0; p < byTime.size(); p++) {
      if (seen.contains(p)) {
        Push push = byTime.get(p);
        feedback.add(
            new Feedback(
                new Message(push.title(), push.body()),
                push.content().channel(),
                push.items().stream().map(PushItem::item).toList(),
                clicked.contains(p)));
      }
    }
    return feedback;
  }

  private static Optional<Integer> lastBefore(
      List<Push> byTime, List<Integer> ofUser, Interaction event, Duration within) {
    for (int k = ofUser.size() - 1; k >= 0; k--) {
      int p = ofUser.get(k);
      Push push = byTime.get(p);
      Instant at = event.at();
      if (!push.at().isAfter(at)
          && !push.at().plus(within).isBefore(at)
          && push.items().stream().anyMatch(i -> i.item().id().equals(event.itemId()))) {
        return Optional.of(p);
      }
    }
    return Optional.empty();
  }
}
