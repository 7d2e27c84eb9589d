// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Weighting;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The items that behaviour is read from, and what they are tagged with. Turns a history into how
 * much the user had to do with each item: tf = ln(1 + Σ weight of the events). Events do not fade:
 * an attribute is of the person, not of the season.
 */
final class Behaviour {

  private final IdIndex items;
  private final List<String> labels;
  private final int[][] labelsOf;
  private final Weighting weighting;

  private Behaviour(IdIndex items, List<String> labels, int[][] labelsOf, Weighting weighting) {
    this.items = items;
    this.labels = labels;
    this.labelsOf = labelsOf;
    this.weighting = weighting;
  }

  /** Of all items of a data set: tags, category and brand are their labels. */
  static Behaviour of(Dataset data, Weighting weighting) {
    TreeMap<String, Integer> position = new TreeMap<>();
    List<TreeSet<String>> ofItem = new ArrayList<>();
    for (Item item : data.catalogue()) {
      TreeSet<String> own = new TreeSet<>(item.tags());
      for (String attribute : List.of(Item.CATEGORY, Item.BRAND)) {
        String value = item.attributes().get(attribute);
        if (value != null) {
          own.add(value);
        }
      }
      ofItem.add(own);
      own.forEach(label -> position.put(label, 0));
    }
    List<String> labels = List.copyOf(position.keySet());
    labels.forEach(label -> position.put(label, position.headMap(label).size()));
    int[][] labelsOf =
        ofItem.stream()
            .map(own -> own.stream().mapToInt(label -> position.getOrDefault(label, 0)).toArray())
            .toArray(int[][]::new);
    return new Behaviour(data.items(), labels, labelsOf, weighting);
  }

  int items() {
    return items.size();
  }

  int labels() {
    return labels.size();
  }

  int[] labelsOf(int item) {
    return labelsOf[item];
  }

  /** The items of a history with their tf, above 0; events with other items are passed over. */
  Features of(List<? extends Event> history) {
    // Summed from the smallest, so that the order of the events does not show.
    Map<Integer, List<Double>> weights = new TreeMap<>();
    for (Event event : history) {
      if (event instanceof Interaction interaction) {
        double weight = weighting.weigh(event, event.at());
        if (weight > 0) {
          items
              .find(interaction.itemId())
              .ifPresent(item -> weights.computeIfAbsent(item, i -> new ArrayList<>()).add(weight));
        }
      }
    }
    int[] columns = new int[weights.size()];
    double[] values = new double[columns.length];
    int n = 0;
    for (Map.Entry<Integer, List<Double>> entry : weights.entrySet()) {
      columns[n] = entry.getKey();
      double sum = entry.getValue().stream().sorted().reduce(0.0, Double::sum);
      values[n++] = StrictMath.log1p(sum);
    }
    return new Features(columns, values);
  }

  void save(ModelWriter out) {
    items.save(out, "items");
    List<List<String>> texts = new ArrayList<>();
    for (int[] own : labelsOf) {
      List<String> names = new ArrayList<>();
      for (int label : own) {
        names.add(labels.get(label));
      }
      texts.add(names);
    }
    out.texts("labels", labels).textLists("labelsOf", texts);
    weighting.save(out.section("weighting"));
  }

  static Behaviour read(ModelReader in) {
    IdIndex items = IdIndex.read(in, "items");
    List<String> labels = in.texts("labels");
    TreeMap<String, Integer> position = new TreeMap<>();
    for (String label : labels) {
      if (position.put(label, position.size()) != null) {
        throw in.damaged("labels hold \"" + label + "\" twice");
      }
    }
    List<List<String>> texts = in.textLists("labelsOf", items.size());
    int[][] labelsOf = new int[items.size()][];
    for (int i = 0; i < labelsOf.length; i++) {
      List<String> own = texts.get(i);
      labelsOf[i] = new int[own.size()];
      for (int l = 0; l < labelsOf[i].length; l++) {
        Integer at = position.get(own.get(l));
        if (at == null) {
          throw in.damaged("item " + items.id(i) + " has the label " + own.get(l));
        }
        labelsOf[i][l] = at;
      }
    }
    return new Behaviour(items, labels, labelsOf, Weighting.read(in.section("weighting")));
  }
}
