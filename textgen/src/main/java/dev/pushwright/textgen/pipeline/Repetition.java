// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import com.google.common.base.Splitter;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ItemNames;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.Item;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code repetition}: no word stands three times in a row, no three words (four characters in
 * scripts without spaces) stand twice in the title or twice in the body, no price stands twice in
 * all, no item twice in the body, and the body is not the title again. A name counts as one word,
 * whatever it repeats itself.
 */
final class Repetition implements Check {

  private static final int IN_A_ROW = 3;
  private static final int WORDS = 3;
  private static final int CHARACTERS = 4;

  @Override
  public List<Verdict> check(ContentRequest request, Candidate candidate) {
    List<String> title = Words.around(request, candidate.title());
    List<String> body = Words.around(request, candidate.body());
    String repeated = repeated(title);
    repeated = repeated.isEmpty() ? repeated(body) : repeated;
    if (repeated.isEmpty() && title.equals(body)) {
      repeated = "the body repeats the title";
    }
    repeated = repeated.isEmpty() ? price(request, candidate) : repeated;
    repeated = repeated.isEmpty() ? item(request, candidate.body()) : repeated;
    return List.of(new Verdict("repetition", repeated.isEmpty(), repeated));
  }

  private static String price(ContentRequest request, Candidate candidate) {
    SlotValues values = SlotValues.of(request);
    String text = ItemNames.mask(candidate.title() + "\n" + candidate.body(), request.knownItems());
    return Stream.of(SlotValues.PRICE, SlotValues.OLD_PRICE)
        .flatMap(slot -> values.get(slot).stream())
        .filter(price -> text.indexOf(price) != text.lastIndexOf(price))
        .map(price -> "the price " + price + " twice")
        .findFirst()
        .orElse("");
  }

  // A name that is part of another's is masked with it first, and not counted.
  private static String item(ContentRequest request, String body) {
    for (Item item : request.knownItems()) {
      String others =
          ItemNames.mask(
              body, request.knownItems().stream().filter(other -> !other.equals(item)).toList());
      if (names(ItemNames.mask(others, List.of(item))) - names(others) > 1) {
        return "item " + item.id() + " twice in the body";
      }
    }
    return "";
  }

  private static int names(String masked) {
    return Splitter.on(ItemNames.MASK).splitToList(masked).size() - 1;
  }

  private static String repeated(List<String> words) {
    int row = 1;
    for (int i = 1; i < words.size(); i++) {
      row = words.get(i).equals(words.get(i - 1)) ? row + 1 : 1;
      if (row == IN_A_ROW) {
        return "\"" + words.get(i) + "\" " + IN_A_ROW + " times in a row";
      }
    }
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < words.size(); i++) {
      int n = Words.isUnspaced(words.get(i)) ? CHARACTERS : WORDS;
      if (i + n <= words.size() && !seen.add(words.subList(i, i + n))) {
        return "\"" + String.join(" ", words.subList(i, i + n)) + "\" twice";
      }
    }
    return "";
  }
}
