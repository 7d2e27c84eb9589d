// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How long the named vectors are that at least half of a catalogue has, by name and in order. */
final class VectorWidths {

  private static final int MOST = 1_000_000;

  private VectorWidths() {}

  static Map<String, Integer> of(List<Item> catalogue) {
    Map<String, Integer> widths = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (Item item : catalogue) {
      for (String name : item.vectorNames()) {
        int width = item.vector(name).length;
        Integer known = widths.putIfAbsent(name, width);
        if (known != null && known != width) {
          throw new IllegalArgumentException(
              "vector \""
                  + name
                  + "\" of item "
                  + item.id()
                  + " has "
                  + width
                  + " numbers, that of another item "
                  + known
                  + "; vectors of one name need one length");
        }
        counts.merge(name, 1, Integer::sum);
      }
    }
    widths.keySet().removeIf(name -> 2 * counts.getOrDefault(name, 0) < catalogue.size());
    widths.values().removeIf(width -> width == 0);
    return widths;
  }

  static void save(List<String> names, int[] widths, ModelWriter out) {
    out.texts("vectorNames", names).ints("vectorWidths", widths);
  }

  static Map<String, Integer> read(ModelReader in) {
    List<String> names = in.texts("vectorNames");
    int[] widths = in.ints("vectorWidths", names.size());
    Map<String, Integer> vectors = new LinkedHashMap<>();
    List<String> sorted = new ArrayList<>(new TreeSet<>(names));
    if (!sorted.equals(names)) {
      throw in.damaged("vectorNames are out of order");
    }
    long sum = 0;
    for (int v = 0; v < widths.length; v++) {
      sum += widths[v];
      if (widths[v] < 1 || sum > MOST) {
        throw in.damaged("vectorWidths holds " + widths[v] + " at " + v);
      }
      vectors.put(names.get(v), widths[v]);
    }
    return vectors;
  }
}
