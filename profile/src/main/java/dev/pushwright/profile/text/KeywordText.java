// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What keywords are taken from: texts of several fields that belong together, such as the title,
 * the description and the reviews of an item. Immutable.
 *
 * @param parts the texts, in order
 */
public record KeywordText(List<Part> parts) {

  /** What a text is; {@link Keywords} lets each field weigh as it should. */
  public enum Field {
    /** What the item is called. */
    TITLE,
    /** A longer text of the shop's. */
    DESCRIPTION,
    /** A label or a category: one keyword as a whole, not cut into words. */
    TAG,
    /** What somebody searched for. */
    QUERY,
    /** What somebody wrote about the item. */
    REVIEW
  }

  /**
   * One text.
   *
   * @param field what it is
   * @param text the text
   */
  public record Part(Field field, String text) {
    /** Checks that both are there. */
    public Part {
      Objects.requireNonNull(field, "field");
      Objects.requireNonNull(text, "text");
    }
  }

  /** Copies the parts. */
  public KeywordText {
    parts = List.copyOf(parts);
  }

  /**
   * One text.
   *
   * @param field what it is
   * @param text the text
   * @return the text
   */
  public static KeywordText of(Field field, String text) {
    return new KeywordText(List.of(new Part(field, text)));
  }

  /**
   * The title, description, category and tags of an item; add its reviews by {@link #with}.
   *
   * @param item the item; its id says nothing
   * @return the text
   */
  public static KeywordText of(Item item) {
    List<Part> parts = new ArrayList<>();
    if (item.hasTitle()) {
      parts.add(new Part(Field.TITLE, item.title()));
    }
    String description = item.attributes().get(Item.DESCRIPTION);
    if (description != null) {
      parts.add(new Part(Field.DESCRIPTION, description));
    }
    String category = item.attributes().get(Item.CATEGORY);
    if (category != null) {
      parts.add(new Part(Field.TAG, category));
    }
    item.tags().forEach(tag -> parts.add(new Part(Field.TAG, tag)));
    return new KeywordText(parts);
  }

  /**
   * What was searched for.
   *
   * @param search the search
   * @return the text
   */
  public static KeywordText of(Search search) {
    return of(Field.QUERY, search.query());
  }

  /**
   * This and one more text.
   *
   * @param field what it is
   * @param text the text
   * @return a new text
   */
  public KeywordText with(Field field, String text) {
    List<Part> more = new ArrayList<>(parts);
    more.add(new Part(field, text));
    return new KeywordText(more);
  }
}
