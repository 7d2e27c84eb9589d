// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the fields of a thing are found.
 *
 * @param <E> the thing
 */
interface FeatureSource<E> {

  /** The field that holds an item's tags. */
  String TAGS = "tags";

  /** The field that holds an item's price, a number always. */
  String PRICE = "price";

  /** What the things are called in messages, and what an option about them begins with. */
  String kind();

  /** The fields that a thing has and that tell of more than this one. */
  Collection<String> names(E thing);

  /** What stands in a field; empty where there is none. */
  Collection<String> texts(E thing, String field);

  /** Items: tags, price, and all attributes but the description. */
  FeatureSource<Item> ITEMS =
      new FeatureSource<>() {
        @Override
        public String kind() {
          return "item";
        }

        @Override
        public Collection<String> names(Item item) {
          Set<String> names = new TreeSet<>(item.attributes().keySet());
          names.remove(Item.DESCRIPTION);
          if (!item.tags().isEmpty()) {
            names.add(TAGS);
          }
          if (item.price().isPresent()) {
            names.add(PRICE);
          }
          return names;
        }

        @Override
        public Collection<String> texts(Item item, String field) {
          if (field.equals(TAGS)) {
            return item.tags();
          }
          if (field.equals(PRICE)) {
            // Twice the price is one step up, wherever the prices are.
            return item.price().isPresent()
                ? List.of(String.valueOf(StrictMath.log1p(item.price().getAsDouble())))
                : List.of();
          }
          String value = item.attributes().get(field);
          return value == null ? List.of() : List.of(value);
        }
      };

  /** Users: all attributes but the name and the consent. */
  FeatureSource<User> USERS =
      new FeatureSource<>() {
        @Override
        public String kind() {
          return "user";
        }

        @Override
        public Collection<String> names(User user) {
          Set<String> names = new TreeSet<>(user.attributes().keySet());
          names.remove(User.NAME);
          names.remove(User.CONSENT);
          return names;
        }

        @Override
        public Collection<String> texts(User user, String field) {
          return user.attribute(field).map(List::of).orElse(List.of());
        }
      };
}
