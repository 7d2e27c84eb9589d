// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.data.EventType;
import dev.pushwright.data.Weighting.Combine;
import java.time.Instant;

/**
 * What events of one type about one thing have left: their joined weight as of the last of them.
 * Events of one type fade alike, so the weight at any later instant is this one times one factor,
 * and another event is taken in without looking back at those before. Under {@link Combine#LAST} it
 * is one mark for all types.
 *
 * <p>The weight is kept as of an event, and not as of a fixed instant, so that it neither vanishes
 * nor overflows however long ago the events were.
 */
final class Mark {

  final int key;
  private EventType type;
  private double weight;
  private long second;
  private int nano;
  private int events;

  /** A mark of no event yet. */
  Mark(int key, EventType type) {
    this.key = key;
    this.type = type;
  }

  Mark(int key, EventType type, double weight, long second, int nano, int events) {
    this.key = key;
    this.type = type;
    this.weight = weight;
    this.second = second;
    this.nano = nano;
    this.events = events;
  }

  EventType type() {
    return type;
  }

  /** As of {@link #at}; above 0, but for a last event that takes back what was before. */
  double weight() {
    return weight;
  }

  long second() {
    return second;
  }

  int nano() {
    return nano;
  }

  Instant at() {
    return Instant.ofEpochSecond(second, nano);
  }

  /** How many events the weight is made of. */
  int events() {
    return events;
  }

  /**
   * Takes in an event.
   *
   * @param by its type, that of this mark unless only the last counts
   * @param fresh what it weighs when it is new
   * @param atSecond when
   * @param atNano when
   * @param halfLifeDays of its type
   * @param combine how events about one thing are joined
   */
  void add(
      EventType by, double fresh, long atSecond, int atNano, double halfLifeDays, Combine combine) {
    double days = Days.between(second, nano, atSecond, atNano);
    boolean later = events == 0 || days >= 0;
    double before = events == 0 ? 0 : weight * fade(later ? days : 0, halfLifeDays);
    double added = fresh * fade(later ? 0 : -days, halfLifeDays);
    switch (combine) {
      case SUM -> {
        weight = before + added;
        events++;
        moveTo(later, atSecond, atNano);
      }
      case BINARY -> {
        weight = 1;
        events++;
        moveTo(later, atSecond, atNano);
      }
      case MAX -> {
        if (later ? added >= before : added > before) {
          replace(by, fresh, atSecond, atNano);
        }
      }
      case LAST -> {
        if (later) {
          replace(by, fresh, atSecond, atNano);
        }
      }
    }
  }

  private void moveTo(boolean later, long atSecond, int atNano) {
    if (later) {
      second = atSecond;
      nano = atNano;
    }
  }

  private void replace(EventType by, double fresh, long atSecond, int atNano) {
    type = by;
    weight = fresh;
    second = atSecond;
    nano = atNano;
    events = 1;
  }

  private static double fade(double days, double halfLifeDays) {
    return days == 0 || Double.isInfinite(halfLifeDays) ? 1 : Math.pow(2, -days / halfLifeDays);
  }
}
