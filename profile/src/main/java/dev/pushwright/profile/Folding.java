// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Search;
import dev.pushwright.data.Weighting;
import dev.pushwright.profile.Behaviour.TypeCounts;
import dev.pushwright.profile.text.SparseVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Turns events into {@link Behaviour}: all of a user's at once, for training and for a history, or
 * one more. Immutable and thread-safe.
 */
final class Folding {

  private static final Comparator<Event> BY_TIME = Comparator.comparing(Event::at);

  // Sums of the same numbers in another order may differ in the last bit, so where the order within
  // an instant means nothing, it is made one.
  private static final Comparator<Event> BY_TIME_AND_CONTENT =
      BY_TIME
          .thenComparing(Event::type)
          .thenComparing(Folding::about)
          .thenComparingDouble(event -> event instanceof Interaction i ? i.value() : 0)
          .thenComparingDouble(event -> event instanceof Interaction i ? i.amount() : 0);

  // What a view says that does not know how long it was.
  private static final double NO_DWELL = 1;

  private final Interests interests;
  private final Catalogue catalogue;
  private final Fading fading;
  private final long pause;

  /**
   * All that folding needs to know.
   *
   * @param interests knows the items and the queries
   * @param catalogue their categories and prices
   * @param fading what events weigh
   * @param pause the longest within a visit, in seconds
   */
  Folding(Interests interests, Catalogue catalogue, Fading fading, long pause) {
    this.interests = interests;
    this.catalogue = catalogue;
    this.fading = fading;
    this.pause = pause;
  }

  private static String about(Event event) {
    return event instanceof Interaction interaction
        ? interaction.itemId()
        : ((Search) event).query();
  }

  /** Events by time; where the order within an instant counts, it is that of the list. */
  List<Event> sorted(List<? extends Event> events) {
    List<Event> sorted = new ArrayList<>(events);
    sorted.sort(fading.combine() == Weighting.Combine.LAST ? BY_TIME : BY_TIME_AND_CONTENT);
    return sorted;
  }

  /**
   * A user's behaviour.
   *
   * @param events all of the user's events, in any order
   * @param at what comes after this instant weighs as if it were of this instant
   */
  Behaviour of(List<? extends Event> events, Instant at) {
    List<Event> sorted = sorted(events);
    Marks.Builder marks = new Marks.Builder(fading.combine());
    List<SparseVector> queries = new ArrayList<>();
    long[] seconds = new long[sorted.size()];
    int active = 0;
    Occasions occasions = Occasions.NONE;
    PriceLevels prices = PriceLevels.NONE;
    int[] types = new int[EventType.values().length];
    int dwellViews = 0;
    double dwellSeconds = 0;
    for (Event event : sorted) {
      types[event.type().ordinal()]++;
      if (isVisit(event)) {
        seconds[active++] = event.at().getEpochSecond();
      }
      int key = interests.key(event, queries);
      if (key >= 0 && weighs(event)) {
        Instant when = event.at().isAfter(at) ? at : event.at();
        marks.add(
            key,
            event.type(),
            fading.fresh(event),
            when.getEpochSecond(),
            when.getNano(),
            fading.halfLifeDays(event.type().ordinal()));
      }
      if (event instanceof Interaction interaction) {
        if (hasDwell(interaction)) {
          dwellViews++;
          dwellSeconds += interaction.value();
        }
        if (event.type() == EventType.PURCHASE) {
          occasions = bought(occasions, interaction);
          prices = paid(prices, interaction, key);
        }
      }
    }
    return new Behaviour(
        marks.build(),
        List.copyOf(queries),
        Visits.of(seconds, active, pause),
        occasions,
        prices,
        new TypeCounts(types),
        dwellViews,
        dwellSeconds);
  }

  /** A behaviour after one event more. */
  Behaviour plus(Behaviour before, Event event) {
    List<SparseVector> queries = before.queries();
    int key;
    if (event instanceof Search) {
      List<SparseVector> more = new ArrayList<>(queries);
      key = interests.key(event, more);
      queries = more.size() == queries.size() ? queries : List.copyOf(more);
    } else {
      key = interests.key(event, new ArrayList<>());
    }
    Marks marks = before.marks();
    Instant at = event.at();
    if (key >= 0 && weighs(event)) {
      marks =
          marks.plus(
              key,
              event.type(),
              fading.fresh(event),
              at.getEpochSecond(),
              at.getNano(),
              fading.halfLifeDays(event.type().ordinal()),
              fading.combine());
    }
    Occasions occasions = before.occasions();
    PriceLevels prices = before.prices();
    int dwellViews = before.dwellViews();
    double dwellSeconds = before.dwellSeconds();
    if (event instanceof Interaction interaction) {
      if (hasDwell(interaction)) {
        dwellViews++;
        dwellSeconds += interaction.value();
      }
      if (event.type() == EventType.PURCHASE) {
        occasions = bought(occasions, interaction);
        prices = paid(prices, interaction, key);
      }
    }
    return new Behaviour(
        marks,
        queries,
        isVisit(event) ? before.visits().plus(at.getEpochSecond(), pause) : before.visits(),
        occasions,
        prices,
        before.typeCounts().plus(event.type()),
        dwellViews,
        dwellSeconds);
  }

  /** Whether an event leaves a mark: it weighs something, or takes back what was before. */
  boolean weighs(Event event) {
    return fading.counts(event.type())
        && (fading.combine() == Weighting.Combine.LAST || fading.fresh(event) > 0);
  }

  // A source without times puts every event at the epoch; and what was only shown to somebody does
  // not say that they were there.
  private static boolean isVisit(Event event) {
    return event.type() != EventType.IMPRESSION && !event.at().equals(Instant.EPOCH);
  }

  private static boolean hasDwell(Interaction view) {
    return view.type() == EventType.VIEW && view.value() > 0 && view.value() != NO_DWELL;
  }

  private static Occasions bought(Occasions before, Interaction purchase) {
    return before.plus(purchase.at().getEpochSecond(), purchase.at().getNano(), purchase.amount());
  }

  private PriceLevels paid(PriceLevels before, Interaction purchase, int item) {
    if (item < 0) {
      return before;
    }
    double price =
        purchase.amount() > 0 && purchase.value() > 0
            ? purchase.amount() / purchase.value()
            : catalogue.price(item).orElse(-1);
    if (price < 0) {
      return before;
    }
    PriceLevels after = level(before, catalogue.categories().size(), price, purchase.at());
    int category = catalogue.categories().of(item);
    return category < 0 ? after : level(after, category, price, purchase.at());
  }

  private PriceLevels level(PriceLevels before, int category, double price, Instant at) {
    OptionalDouble percentile = catalogue.percentile(category, price);
    return percentile.isEmpty()
        ? before
        : before.plus(
            category,
            percentile.getAsDouble(),
            at.getEpochSecond(),
            at.getNano(),
            fading.halfLifeDays(EventType.PURCHASE.ordinal()));
  }
}
