// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.profile.Behaviour.TypeCounts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The {@link Behaviour} of all users in a model file: each part as arrays of all users one after
 * the other, with {@code ends} saying where each user's part ends.
 */
final class BehaviourFile {

  private static final EventType[] TYPES = EventType.values();

  // The largest value by the largest rule, for more events than fit in memory: what is read beyond
  // it is damage, and would make sums overflow.
  private static final double MOST = Interaction.MAX_VALUE * Interaction.MAX_VALUE * 1e12;

  private BehaviourFile() {}

  private static int[] ends(Behaviour[] all, ToIntFunction<Behaviour> size) {
    int[] ends = new int[all.length];
    int end = 0;
    for (int u = 0; u < ends.length; u++) {
      end += size.applyAsInt(all[u]);
      ends[u] = end;
    }
    return ends;
  }

  private static int last(int[] ends) {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  static void save(ModelWriter out, Behaviour[] all) {
    out.texts("typeNames", Arrays.stream(TYPES).map(Enum::name).toList());
    saveMarks(out.section("marks"), all);
    saveVisits(out.section("visits"), all);
    saveOccasions(out.section("purchases"), all);
    savePrices(out.section("prices"), all);
    int[] counts = new int[all.length * TYPES.length];
    int[] views = new int[all.length];
    double[] seconds = new double[all.length];
    for (int u = 0; u < all.length; u++) {
      for (EventType type : TYPES) {
        counts[u * TYPES.length + type.ordinal()] = all[u].typeCounts().of(type);
      }
      views[u] = all[u].dwellViews();
      seconds[u] = all[u].dwellSeconds();
    }
    out.ints("typeCounts", counts, all.length, TYPES.length)
        .ints("dwellViews", views)
        .doubles("dwellSeconds", seconds);
  }

  private static void saveMarks(ModelWriter out, Behaviour[] all) {
    int[] ends = ends(all, behaviour -> behaviour.marks().size());
    int n = last(ends);
    int[] keys = new int[n];
    byte[] types = new byte[n];
    double[] weights = new double[n];
    long[] seconds = new long[n];
    int[] nanos = new int[n];
    int[] events = new int[n];
    int to = 0;
    for (Behaviour behaviour : all) {
      for (int p = 0; p < behaviour.marks().size(); p++, to++) {
        Mark mark = behaviour.marks().mark(p);
        keys[to] = mark.key;
        types[to] = (byte) mark.type().ordinal();
        weights[to] = mark.weight();
        seconds[to] = mark.second();
        nanos[to] = mark.nano();
        events[to] = mark.events();
      }
    }
    out.ints("ends", ends)
        .ints("keys", keys)
        .bytes("types", types)
        .doubles("weights", weights)
        .longs("seconds", seconds)
        .ints("nanos", nanos)
        .ints("events", events);
  }

  private static void saveVisits(ModelWriter out, Behaviour[] all) {
    int[] ends = ends(all, behaviour -> behaviour.visits().size());
    long[] from = new long[last(ends)];
    long[] until = new long[from.length];
    int to = 0;
    for (Behaviour behaviour : all) {
      for (int v = 0; v < behaviour.visits().size(); v++, to++) {
        from[to] = behaviour.visits().start(v);
        until[to] = behaviour.visits().end(v);
      }
    }
    out.ints("ends", ends).longs("from", from).longs("until", until);
  }

  private static void saveOccasions(ModelWriter out, Behaviour[] all) {
    int[] ends = ends(all, behaviour -> behaviour.occasions().size());
    long[] seconds = new long[last(ends)];
    int[] nanos = new int[seconds.length];
    double[] paid = new double[all.length];
    int to = 0;
    for (int u = 0; u < all.length; u++) {
      Occasions occasions = all[u].occasions();
      paid[u] = occasions.paid();
      for (int p = 0; p < occasions.size(); p++, to++) {
        seconds[to] = occasions.second(p);
        nanos[to] = occasions.nano(p);
      }
    }
    out.ints("ends", ends).longs("seconds", seconds).ints("nanos", nanos).doubles("paid", paid);
  }

  private static void savePrices(ModelWriter out, Behaviour[] all) {
    int[] ends = ends(all, behaviour -> behaviour.prices().size());
    int n = last(ends);
    int[] categories = new int[n];
    double[] percentiles = new double[n];
    double[] weights = new double[n];
    long[] seconds = new long[n];
    int[] nanos = new int[n];
    int[] purchases = new int[n];
    int to = 0;
    for (Behaviour behaviour : all) {
      PriceLevels prices = behaviour.prices();
      int size = prices.size();
      System.arraycopy(prices.categories, 0, categories, to, size);
      System.arraycopy(prices.percentiles, 0, percentiles, to, size);
      System.arraycopy(prices.weights, 0, weights, to, size);
      System.arraycopy(prices.seconds, 0, seconds, to, size);
      System.arraycopy(prices.nanos, 0, nanos, to, size);
      System.arraycopy(prices.purchases, 0, purchases, to, size);
      to += size;
    }
    out.ints("ends", ends)
        .ints("categories", categories)
        .doubles("percentiles", percentiles)
        .doubles("weights", weights)
        .longs("seconds", seconds)
        .ints("nanos", nanos)
        .ints("purchases", purchases);
  }

  /** Reads what {@link #save} wrote. */
  static Behaviour[] read(ModelReader in, int users, int keys, int categories) {
    // By name, for a later version may list the types in another order.
    List<String> names = in.texts("typeNames");
    int[] types = new int[names.size()];
    for (int t = 0; t < types.length; t++) {
      types[t] = type(in, names.get(t)).ordinal();
    }
    Marks[] marks = readMarks(in.section("marks"), users, keys, types);
    Visits[] visits = readVisits(in.section("visits"), users);
    Occasions[] occasions = readOccasions(in.section("purchases"), users);
    PriceLevels[] prices = readPrices(in.section("prices"), users, categories);
    int[] counts = in.ints("typeCounts", users, types.length);
    int[] views = in.ints("dwellViews", users);
    double[] seconds = in.doubles("dwellSeconds", users);
    Behaviour[] all = new Behaviour[users];
    for (int u = 0; u < users; u++) {
      int[] own = new int[TYPES.length];
      for (int t = 0; t < types.length; t++) {
        int count = counts[u * types.length + t];
        own[types[t]] = count;
        require(in, count >= 0 && count <= 1 << 26, "typeCounts", count);
      }
      require(in, views[u] >= 0, "dwellViews", views[u]);
      require(
          in,
          views[u] == 0 ? seconds[u] == 0 : seconds[u] > 0 && seconds[u] <= MOST,
          "dwellSeconds",
          seconds[u]);
      all[u] =
          new Behaviour(
              marks[u],
              List.of(),
              visits[u],
              occasions[u],
              prices[u],
              new TypeCounts(own),
              views[u],
              seconds[u]);
    }
    return all;
  }

  private static EventType type(ModelReader in, String name) {
    for (EventType type : TYPES) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw in.damaged("typeNames hold \"" + name + "\", which is no event type of this version");
  }

  private static void require(ModelReader in, boolean sound, String name, long value) {
    if (!sound) {
      throw damaged(in, name, Long.toString(value));
    }
  }

  private static void require(ModelReader in, boolean sound, String name, double value) {
    if (!sound) {
      throw damaged(in, name, Double.toString(value));
    }
  }

  private static ModelFormatException damaged(ModelReader in, String name, String value) {
    return in.damaged(name + " hold " + value + ", which no user's behaviour can be");
  }

  private static int[] readEnds(ModelReader in, int users) {
    int[] ends = in.ints("ends", users);
    for (int u = 0; u < users; u++) {
      if (ends[u] < (u == 0 ? 0 : ends[u - 1])) {
        throw in.damaged(
            "ends of user " + u + " is " + ends[u] + ", before that of the user before");
      }
    }
    return ends;
  }

  private static void requireInstants(ModelReader in, long[] seconds, int[] nanos) {
    for (int p = 0; p < seconds.length; p++) {
      require(in, isSecond(seconds[p]), "seconds", seconds[p]);
      require(in, nanos[p] >= 0 && nanos[p] < 1_000_000_000, "nanos", nanos[p]);
    }
  }

  private static boolean isSecond(long second) {
    return second >= Instant.MIN.getEpochSecond() && second <= Instant.MAX.getEpochSecond();
  }

  private static Marks[] readMarks(ModelReader in, int users, int keys, int[] typeOf) {
    int[] ends = readEnds(in, users);
    int n = last(ends);
    int[] key = in.ints("keys", n);
    byte[] type = in.bytes("types", n);
    double[] weight = in.doubles("weights", n);
    long[] second = in.longs("seconds", n);
    int[] nano = in.ints("nanos", n);
    int[] events = in.ints("events", n);
    requireInstants(in, second, nano);
    Mark[] all = new Mark[n];
    for (int p = 0; p < n; p++) {
      require(in, key[p] >= 0 && key[p] < keys, "keys", key[p]);
      require(in, type[p] >= 0 && type[p] < typeOf.length, "types", type[p]);
      require(in, weight[p] >= 0 && weight[p] <= MOST, "weights", weight[p]);
      require(in, events[p] >= 1, "events", events[p]);
      EventType by = TYPES[typeOf[type[p]]];
      all[p] = new Mark(key[p], by, weight[p], second[p], nano[p], events[p]);
    }
    Marks[] out = new Marks[users];
    for (int u = 0; u < users; u++) {
      int from = u == 0 ? 0 : ends[u - 1];
      for (int p = from + 1; p < ends[u]; p++) {
        boolean inOrder =
            key[p] > key[p - 1] || (key[p] == key[p - 1] && typeOf[type[p]] > typeOf[type[p - 1]]);
        require(in, inOrder, "keys out of order", key[p]);
      }
      out[u] = from == ends[u] ? Marks.NONE : Marks.of(all, from, ends[u]);
    }
    return out;
  }

  private static Visits[] readVisits(ModelReader in, int users) {
    int[] ends = readEnds(in, users);
    long[] from = in.longs("from", last(ends));
    long[] until = in.longs("until", from.length);
    Visits[] out = new Visits[users];
    int start = 0;
    for (int u = 0; u < users; u++) {
      for (int v = start; v < ends[u]; v++) {
        boolean sound =
            isSecond(from[v])
                && isSecond(until[v])
                && from[v] <= until[v]
                && (v == start || until[v - 1] < from[v]);
        require(in, sound, "visits", from[v]);
      }
      out[u] =
          start == ends[u]
              ? Visits.NONE
              : new Visits(
                  Arrays.copyOfRange(from, start, ends[u]),
                  Arrays.copyOfRange(until, start, ends[u]));
      start = ends[u];
    }
    return out;
  }

  private static Occasions[] readOccasions(ModelReader in, int users) {
    int[] ends = readEnds(in, users);
    long[] seconds = in.longs("seconds", last(ends));
    int[] nanos = in.ints("nanos", seconds.length);
    double[] paid = in.doubles("paid", users);
    requireInstants(in, seconds, nanos);
    Occasions[] out = new Occasions[users];
    int start = 0;
    for (int u = 0; u < users; u++) {
      for (int p = start + 1; p < ends[u]; p++) {
        boolean later =
            seconds[p] > seconds[p - 1]
                || (seconds[p] == seconds[p - 1] && nanos[p] > nanos[p - 1]);
        require(in, later, "seconds out of order", seconds[p]);
      }
      require(in, paid[u] >= 0 && paid[u] <= MOST, "paid", paid[u]);
      require(in, ends[u] > start || paid[u] == 0, "paid on no occasion", paid[u]);
      out[u] =
          start == ends[u]
              ? Occasions.NONE
              : new Occasions(
                  Arrays.copyOfRange(seconds, start, ends[u]),
                  Arrays.copyOfRange(nanos, start, ends[u]),
                  paid[u]);
      start = ends[u];
    }
    return out;
  }

  private static PriceLevels[] readPrices(ModelReader in, int users, int categories) {
    int[] ends = readEnds(in, users);
    int n = last(ends);
    int[] category = in.ints("categories", n);
    double[] percentiles = in.doubles("percentiles", n);
    double[] weights = in.doubles("weights", n);
    long[] seconds = in.longs("seconds", n);
    int[] nanos = in.ints("nanos", n);
    int[] purchases = in.ints("purchases", n);
    requireInstants(in, seconds, nanos);
    PriceLevels[] out = new PriceLevels[users];
    int start = 0;
    for (int u = 0; u < users; u++) {
      PriceLevels levels = new PriceLevels(ends[u] - start);
      for (int p = start; p < ends[u]; p++) {
        // One category more than there are stands for the whole catalogue.
        boolean sound =
            category[p] >= 0
                && category[p] <= categories
                && (p == start || category[p] > category[p - 1]);
        require(in, sound, "categories", category[p]);
        require(in, weights[p] >= 1 && weights[p] <= MOST, "weights", weights[p]);
        require(
            in,
            percentiles[p] >= 0 && percentiles[p] <= weights[p] * 1.001,
            "percentiles",
            percentiles[p]);
        require(in, purchases[p] >= 1, "purchases", purchases[p]);
        levels.categories[p - start] = category[p];
        levels.percentiles[p - start] = percentiles[p];
        levels.weights[p - start] = weights[p];
        levels.seconds[p - start] = seconds[p];
        levels.nanos[p - start] = nanos[p];
        levels.purchases[p - start] = purchases[p];
      }
      out[u] = ends[u] == start ? PriceLevels.NONE : levels;
      start = ends[u];
    }
    return out;
  }
}
