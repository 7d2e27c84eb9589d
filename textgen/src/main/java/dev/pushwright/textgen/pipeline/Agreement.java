// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ItemNames;
import dev.pushwright.api.Verdict;
import dev.pushwright.data.Item;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code agreement}: in English no name of several things is the subject of a verb of one: not
 * "Classic Bicycle Clips costs £1.45". A name is of several things when its head, the word before
 * the first preposition or the last word, ends as plurals do: "Plasters in Tin" is, "Box of
 * Crackers" is not. What follows the name is taken for a verb where it ends in "s".
 */
final class Agreement implements Check {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}'’-]+");
  private static final Pattern PREPOSITION =
      Pattern.compile("(?i)\\b(?:at|by|for|from|in|of|on|over|to|with)\\b");
  private static final Pattern PLURAL = Pattern.compile("(?i)\\p{L}{2,}[^aious'’]s");
  private static final Pattern VERB =
      Pattern.compile(
          ItemNames.MASK
              + " (?:just |now |still )?(?!(?:always|as|less|perhaps|plus|this|towards|us)\\b)"
              + "([a-z]+s)\\b");

  @Override
  public List<Verdict> check(ContentRequest request, Candidate candidate) {
    if (request.locale().getLanguage().equals(Locale.ENGLISH.getLanguage())) {
      for (Item item : request.knownItems()) {
        if (isPlural(item.title())) {
          for (String text : List.of(candidate.title(), candidate.body())) {
            Matcher verb = VERB.matcher(ItemNames.mask(text, List.of(item)));
            if (verb.find()) {
              return List.of(
                  new Verdict(
                      "agreement",
                      false,
                      "\"" + verb.group(1) + "\" is said of several things: " + item.title()));
            }
          }
        }
      }
    }
    return List.of(new Verdict("agreement", true, ""));
  }

  /** Whether an English name is of several things. */
  static boolean isPlural(String name) {
    String head = "";
    Matcher preposition = PREPOSITION.matcher(name);
    String before =
        preposition.find() && preposition.start() > 0
            ? name.substring(0, preposition.start())
            : name;
    for (Matcher word = WORD.matcher(before); word.find(); ) {
      head = word.group();
    }
    return PLURAL.matcher(head).matches();
  }
}
