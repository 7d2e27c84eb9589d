// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.Item;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the names of items in texts: by the whole title, whatever the case and without a stop at
 * its end, or by the beginning of the title with an ellipsis, as long as enough is left to tell
 * what it is.
 */
public final class ItemNames {

  /** What {@link #mask} puts in the place of a name. */
  public static final String MASK = "\uFFFC";

  /** What is left of a name that was cut must have this many graphemes to still name the item. */
  private static final int SENSIBLE = 8;

  private static final int SENSIBLE_UNSPACED = 4;

  private static final String CUT = "...";

  private record Span(int start, int end) {}

  private static final Span NOWHERE = new Span(-1, -1);

  private ItemNames() {}

  /**
   * The items of a request that a text names.
   *
   * @param request the request
   * @param title the title
   * @param body the body
   * @return those of {@link ContentRequest#items()} that either names, in their order
   */
  public static List<PushItem> in(ContentRequest request, String title, String body) {
    String foldedTitle = Folding.fold(title);
    String foldedBody = Folding.fold(body);
    return request.items().stream()
        .filter(
            pushed -> {
              int longest = Math.max(foldedTitle.length(), foldedBody.length());
              String name = name(pushed.item(), longest);
              return find(foldedTitle, name, 0).start() >= 0
                  || find(foldedBody, name, 0).start() >= 0;
            })
        .toList();
  }

  /**
   * A text without names, to look at the words around them.
   *
   * @param text any text
   * @param items whose names to mask
   * @return the {@linkplain Folding#fold folded} text with {@link #MASK} in the place of each name
   */
  public static String mask(String text, Collection<Item> items) {
    String masked = Folding.fold(text);
    int longest = masked.length();
    List<String> names =
        items.stream()
            .filter(Item::hasTitle)
            .map(item -> name(item, longest))
            .distinct()
            .sorted(
                Comparator.comparing((String name) -> -name.length())
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    for (String name : names) {
      StringBuilder rest = new StringBuilder();
      int from = 0;
      for (Span at = find(masked, name, 0); at.start() >= 0; at = find(masked, name, from)) {
        rest.append(masked, from, at.start()).append(MASK);
        from = at.end();
      }
      masked = rest.append(masked, from, masked.length()).toString();
    }
    return masked;
  }

  // A sentence may take the stop that a catalogue put behind a title. Of a title of pages no more
  // is read than a text could hold; what then stands at its end stands in no text.
  private static String name(Item item, int longest) {
    String title = item.title();
    int limit = 2 * longest + 64;
    String name =
        Folding.fold(title.length() > limit ? title.substring(0, limit) + '\uFFFF' : title);
    int end = name.length();
    while (end > 1 && " .,;:".indexOf(name.charAt(end - 1)) >= 0) {
      end--;
    }
    return name.substring(0, end);
  }

  private static Span find(String text, String name, int from) {
    if (name.isEmpty()) {
      return NOWHERE;
    }
    for (int at = text.indexOf(name, from); at >= 0; at = text.indexOf(name, at + 1)) {
      if (Folding.isWordEdge(text, at) && Folding.isWordEdge(text, at + name.length())) {
        return new Span(at, at + name.length());
      }
    }
    int cut = text.indexOf(CUT, from);
    if (cut < 0) {
      return NOWHERE;
    }
    int sensible = Folding.isUnspaced(name.codePointAt(0)) ? SENSIBLE_UNSPACED : SENSIBLE;
    int[] ends = Graphemes.ends(name, text.length());
    for (; cut >= 0; cut = text.indexOf(CUT, cut + 1)) {
      for (int g = ends.length - 1; g >= sensible - 1; g--) {
        int start = cut - ends[g];
        if (start >= from
            && text.regionMatches(start, name, 0, ends[g])
            && Folding.isWordEdge(text, start)) {
          return new Span(start, cut + CUT.length());
        }
      }
    }
    return NOWHERE;
  }
}
