// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.data.Item;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What titles call a kind of thing: "hot water bottle" says more than the tag "water". Two titles
 * tell: that of an item and one of another have the words in common, and one of the two begins with
 * them, as names of kinds do and runs such as "tin vintage" do not.
 */
public final class TitlePhrases {

  private static final int LONGEST = 3;
  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}-]{3,}");
  private static final Set<String> SMALL = Set.of("and", "for", "from", "set", "the", "with");

  private TitlePhrases() {}

  /**
   * The phrase that a tag is part of.
   *
   * @param tag a word
   * @param item the item whose title it stands in
   * @param others items to compare with; the item itself and others of its title do not count
   * @return two or three words of the title, the longest there are, as tags are shown; empty when
   *     the titles have no such phrase in common, or it is all of the item's
   */
  public static Optional<String> around(String tag, Item item, Collection<Item> others) {
    List<String> title = words(item);
    int at = title.indexOf(tag.toLowerCase(Locale.ROOT));
    for (int n = Math.min(LONGEST, title.size() - 1); at >= 0 && n > 1; n--) {
      for (int from = Math.max(0, at - n + 1); from <= at && from + n <= title.size(); from++) {
        List<String> phrase = title.subList(from, from + n);
        boolean begins = from == 0;
        if (phrase.stream().allMatch(TitlePhrases::isPlain)
            && others.stream()
                .map(TitlePhrases::words)
                .filter(other -> !other.equals(title))
                .anyMatch(other -> stands(phrase, other, begins))) {
          return Optional.of(String.join(" ", phrase.stream().map(DisplayName::ofTag).toList()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean stands(List<String> phrase, List<String> title, boolean anywhere) {
    for (int from = 0; from + phrase.size() <= title.size() && (anywhere || from == 0); from++) {
      if (title.subList(from, from + phrase.size()).equals(phrase)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPlain(String word) {
    return PLAIN.matcher(word).matches() && !SMALL.contains(word);
  }

  private static List<String> words(Item item) {
    return List.of(SPACES.split(DisplayName.of(item.title()).toLowerCase(Locale.ROOT).strip()));
  }
}
