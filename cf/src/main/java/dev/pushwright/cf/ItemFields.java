// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import com.google.common.base.Splitter;
import dev.pushwright.data.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of an item is looked at, and how much it counts. As text: {@code "title:1, category:2,
 * vector.image:0.5"}; a weight of 1 may be left out.
 *
 * @param fields in the order given
 */
record ItemFields(List<Field> fields) {

  /** The title. */
  static final String TITLE = "title";

  /** The labels. */
  static final String TAGS = "tags";

  private static final String VECTOR = "vector.";

  /**
   * One part of an item.
   *
   * @param name title, tags, the name of an attribute, or {@code vector.} and the name of a vector
   * @param weight from 1e-6 to 1e6
   */
  record Field(String name, double weight) {
    boolean isVector() {
      return name.startsWith(VECTOR);
    }

    /** The name of the vector without what marks it as one. */
    String vectorName() {
      return name.substring(VECTOR.length());
    }

    /** Whether its text is cut into words; a tag or any other attribute is one term. */
    boolean isProse() {
      return name.equals(TITLE) || name.equals(Item.DESCRIPTION);
    }

    @Override
    public String toString() {
      return name + ":" + weight;
    }
  }

  ItemFields {
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("no field is named");
    }
    Set<String> names = new HashSet<>();
    for (Field field : fields) {
      if (field.name.isBlank() || (field.isVector() && field.vectorName().isBlank())) {
        throw new IllegalArgumentException("a field has no name");
      }
      if (!(field.weight >= 1e-6 && field.weight <= 1e6)) {
        throw new IllegalArgumentException(
            "field " + field.name + " weighs " + field.weight + "; from 1e-6 to 1e6 is allowed");
      }
      if (!names.add(field.name)) {
        throw new IllegalArgumentException("field " + field.name + " is named twice");
      }
    }
  }

  static ItemFields parse(String text) {
    List<Field> fields = new ArrayList<>();
    for (String part : Splitter.on(',').trimResults().omitEmptyStrings().split(text)) {
      int colon = part.lastIndexOf(':');
      String name = colon < 0 ? part : part.substring(0, colon).strip();
      fields.add(new Field(name, colon < 0 ? 1 : Double.parseDouble(part.substring(colon + 1))));
    }
    return new ItemFields(fields);
  }

  @Override
  public String toString() {
    return fields.stream().map(Field::toString).collect(Collectors.joining(", "));
  }
}
