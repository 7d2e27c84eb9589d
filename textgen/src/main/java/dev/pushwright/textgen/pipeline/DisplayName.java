// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a name from the catalogue is shown to people. Runs of spaces become one space, and a stop or
 * a comma at the end is left to the sentence. A name that SHOUTS (all its letters are capitals, and
 * it has two words or more than five letters) is set in title case: each word with a capital, small
 * words such as "of" without one unless they come first, and decades as "50's". Other words with a
 * digit, words without a vowel ("DVD") and a few known abbreviations stay as they are. Any other
 * name is left as its owner wrote it.
 */
public final class DisplayName {

  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");
  private static final String STOPS = " .,;:";
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}'’]+");
  private static final Pattern VOWEL = Pattern.compile("[AEIOUYÀ-ÖØ-Ý]");
  private static final Pattern DECADE = Pattern.compile("[0-9]+['’]?S");
  private static final Set<String> SMALL =
      Set.of("a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with");
  private static final Set<String> ABBREVIATIONS = Set.of("EU", "LED", "UK", "USA", "USB");

  // Of tags in lower case, as profiles have them; those that are no other word as well.
  private static final Set<String> PROPER =
      Set.of(
          "america",
          "american",
          "amsterdam",
          "berlin",
          "britain",
          "british",
          "christmas",
          "diwali",
          "easter",
          "england",
          "english",
          "europe",
          "france",
          "french",
          "german",
          "germany",
          "halloween",
          "hanukkah",
          "indian",
          "ireland",
          "irish",
          "italian",
          "italy",
          "japan",
          "japanese",
          "london",
          "moroccan",
          "paris",
          "ramadan",
          "russian",
          "scandinavian",
          "scottish",
          "spanish",
          "swedish",
          "swiss",
          "thanksgiving",
          "victorian");

  private DisplayName() {}

  /**
   * How a name is shown.
   *
   * @param name a title, a tag, a category, as the catalogue has it
   * @return the name for people
   */
  public static String of(String name) {
    String folded = SPACES.matcher(name).replaceAll(" ").strip();
    int end = folded.length();
    while (end > 1 && STOPS.indexOf(folded.charAt(end - 1)) >= 0) {
      end--;
    }
    folded = folded.substring(0, end);
    return shouts(folded)
        ? WORD.matcher(folded)
            .replaceAll(word -> Matcher.quoteReplacement(calm(word.group(), isFirst(word))))
        : folded;
  }

  /**
   * How a tag is shown: as {@link #of}, and in English words a feast, a country or the like gets
   * the capital that a tag in lower case has lost.
   *
   * @param tag a word, as a profile has it
   * @return the word for people
   */
  public static String ofTag(String tag) {
    String shown = of(tag);
    return PROPER.contains(shown)
        ? Character.toUpperCase(shown.charAt(0)) + shown.substring(1)
        : shown;
  }

  private static boolean shouts(String name) {
    long letters = name.codePoints().filter(Character::isLetter).count();
    boolean allCapitals =
        name.codePoints().filter(Character::isLetter).allMatch(Character::isUpperCase);
    return letters > 0 && allCapitals && (name.indexOf(' ') >= 0 || letters > 5);
  }

  private static boolean isFirst(MatchResult word) {
    return word.start() == 0;
  }

  private static String calm(String word, boolean first) {
    if (DECADE.matcher(word).matches()) {
      return word.toLowerCase(Locale.ROOT);
    }
    if (word.codePoints().anyMatch(Character::isDigit)
        || ABBREVIATIONS.contains(word)
        || isLatinWithoutVowel(word)) {
      return word;
    }
    StringBuilder lower = new StringBuilder();
    word.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
    if (!first && SMALL.contains(lower.toString())) {
      return lower.toString();
    }
    int capital = word.codePointAt(0);
    return Character.toString(capital) + lower.substring(Character.charCount(capital));
  }

  private static boolean isLatinWithoutVowel(String word) {
    return word.codePoints()
            .filter(Character::isLetter)
            .allMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN)
        && !VOWEL.matcher(word).find();
  }
}
