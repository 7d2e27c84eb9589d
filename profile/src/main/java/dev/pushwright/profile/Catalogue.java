// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The category, the brand and the price of each item, and the prices of each category in order.
 * Immutable; 24 bytes an item.
 */
final class Catalogue {

  /** The values of an attribute, in order, and which one each item has, −1 for none. */
  static final class Groups {
    private final List<String> names;
    private final int[] ofItem;

    Groups(List<String> names, int[] ofItem) {
      this.names = List.copyOf(names);
      this.ofItem = ofItem;
    }

    static Groups of(List<Item> items, String attribute) {
      TreeMap<String, Integer> positions = new TreeMap<>();
      for (Item item : items) {
        String value = item.attributes().get(attribute);
        if (value != null && !value.isBlank()) {
          positions.put(value, 0);
        }
      }
      List<String> names = List.copyOf(positions.keySet());
      for (int n = 0; n < names.size(); n++) {
        positions.put(names.get(n), n);
      }
      int[] ofItem = new int[items.size()];
      for (int i = 0; i < ofItem.length; i++) {
        String value = items.get(i).attributes().get(attribute);
        ofItem[i] = value == null ? -1 : positions.getOrDefault(value, -1);
      }
      return new Groups(names, ofItem);
    }

    int size() {
      return names.size();
    }

    List<String> names() {
      return names;
    }

    /** Of which group an item is; −1 for none, and for a key that is no item. */
    int of(int key) {
      return key < ofItem.length ? ofItem[key] : -1;
    }

    void save(ModelWriter out) {
      out.texts("names", names).ints("ofItem", ofItem);
    }

    static Groups read(ModelReader in, int items) {
      List<String> names = in.texts("names");
      int[] ofItem = in.ints("ofItem", items);
      for (int n = 0; n < names.size(); n++) {
        if (names.get(n).isBlank() || (n > 0 && names.get(n - 1).compareTo(names.get(n)) >= 0)) {
          throw in.damaged("name " + n + " is \"" + names.get(n) + "\", blank or out of order");
        }
      }
      for (int group : ofItem) {
        if (group < -1 || group >= names.size()) {
          throw in.damaged("ofItem holds " + group + " of " + names.size());
        }
      }
      return new Groups(names, ofItem);
    }
  }

  // In the place of a price that is not known.
  private static final double NO_PRICE = -1;

  private final Groups categories;
  private final Groups brands;
  private final double[] price;
  // By category, and of the whole catalogue at the end; ascending.
  private final double[][] sorted;

  private Catalogue(Groups categories, Groups brands, double[] price) {
    this.categories = categories;
    this.brands = brands;
    this.price = price;
    int all = categories.size();
    int[] sizes = new int[all + 1];
    for (int i = 0; i < price.length; i++) {
      if (price[i] >= 0) {
        sizes[all]++;
        if (categories.of(i) >= 0) {
          sizes[categories.of(i)]++;
        }
      }
    }
    this.sorted = new double[all + 1][];
    for (int c = 0; c <= all; c++) {
      sorted[c] = new double[sizes[c]];
    }
    for (int i = 0; i < price.length; i++) {
      if (price[i] >= 0) {
        sorted[all][--sizes[all]] = price[i];
        if (categories.of(i) >= 0) {
          sorted[categories.of(i)][--sizes[categories.of(i)]] = price[i];
        }
      }
    }
    for (double[] prices : sorted) {
      Arrays.sort(prices);
    }
  }

  static Catalogue of(List<Item> items) {
    double[] price = new double[items.size()];
    for (int i = 0; i < price.length; i++) {
      price[i] = items.get(i).price().orElse(NO_PRICE);
    }
    return new Catalogue(Groups.of(items, Item.CATEGORY), Groups.of(items, Item.BRAND), price);
  }

  /** One of which nothing is known, as of a file that an earlier version wrote. */
  static Catalogue unknown(int items) {
    int[] none = new int[items];
    Arrays.fill(none, -1);
    double[] price = new double[items];
    Arrays.fill(price, NO_PRICE);
    return new Catalogue(new Groups(List.of(), none), new Groups(List.of(), none), price);
  }

  Groups categories() {
    return categories;
  }

  Groups brands() {
    return brands;
  }

  /** What an item costs in the catalogue. */
  OptionalDouble price(int item) {
    return price[item] < 0 ? OptionalDouble.empty() : OptionalDouble.of(price[item]);
  }

  /**
   * Where a price lies among those of a category.
   *
   * @param category a category, or their number for the whole catalogue
   * @param paid the price
   * @return the share of the items that cost less, equal prices counting half; empty when no price
   *     is known to compare with
   */
  OptionalDouble percentile(int category, double paid) {
    double[] prices = sorted[category];
    if (prices.length == 0) {
      return OptionalDouble.empty();
    }
    int below = count(prices, paid, false);
    int notAbove = count(prices, paid, true);
    return OptionalDouble.of((below + notAbove) / (2.0 * prices.length));
  }

  private static int count(double[] prices, double paid, boolean orEqual) {
    int low = 0;
    int high = prices.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (prices[middle] < paid || (orEqual && prices[middle] == paid)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  void save(ModelWriter out) {
    categories.save(out.section("categories"));
    brands.save(out.section("brands"));
    out.doubles("price", price);
  }

  /** Reads what {@link #save} wrote. */
  static Catalogue read(ModelReader in, int items) {
    Groups categories = Groups.read(in.section("categories"), items);
    Groups brands = Groups.read(in.section("brands"), items);
    double[] price = in.doubles("price", items);
    for (double one : price) {
      if (one != NO_PRICE && !(one >= 0 && one <= Double.MAX_VALUE)) {
        throw in.damaged("price holds " + one + "; a number from 0, or -1, is needed");
      }
    }
    return new Catalogue(categories, brands, price);
  }
}
