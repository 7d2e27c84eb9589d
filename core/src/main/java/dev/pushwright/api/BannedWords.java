// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must not be said in a language, from {@code <list>/<language>.txt}: one word or phrase a
 * line, {@code #} before a comment, {@code !} before a harmless word that holds a banned one. Case,
 * width, invisible characters and the kind of space or dash do not matter.
 *
 * <p>The words of an item's title count like all others: whoever sends a claim makes it, and
 * China's advertising law makes no exception for names.
 */
final class BannedWords {

  private static final String ENGLISH = "en";

  /** The languages there is a list of. */
  private static final List<String> LANGUAGES = List.of(ENGLISH, "zh");

  /** Claims that nobody can prove, or that the law forbids. */
  static final BannedWords CLAIMS = new BannedWords("claims", "banned claim");

  /** What nobody wants to read on a lock screen. */
  static final BannedWords PROFANITY = new BannedWords("profanity", "profane word");

  private record Words(List<Pattern> banned, List<Pattern> harmless) {

    static Words of(List<String> lines) {
      List<Pattern> banned = new ArrayList<>();
      List<Pattern> harmless = new ArrayList<>();
      for (String line : lines) {
        String entry = line.strip();
        if (entry.startsWith("!")) {
          harmless.add(pattern(entry.substring(1)));
        } else if (!entry.isEmpty() && !entry.startsWith("#")) {
          banned.add(pattern(entry));
        }
      }
      return new Words(List.copyOf(banned), List.copyOf(harmless));
    }

    private @Nullable String find(String text) {
      for (Pattern claim : banned) {
        for (Matcher m = claim.matcher(text); m.find(); ) {
          if (isWordy(text, m) && !isHarmless(text, m.start(), m.end())) {
            return m.group();
          }
        }
      }
      return null;
    }

    private boolean isHarmless(String text, int start, int end) {
      for (Pattern word : harmless) {
        for (Matcher m = word.matcher(text); m.find(); ) {
          if (m.start() <= start && end <= m.end() && isWordy(text, m)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private final String list;
  private final String what;
  private final Map<String, Words> byLanguage = new TreeMap<>();

  private BannedWords(String list, String what) {
    this.list = list;
    this.what = what;
    LANGUAGES.forEach(language -> byLanguage.put(language, read(language)));
  }

  Verdict check(Locale locale, String title, String body) {
    String language = locale.getLanguage();
    // A text for a language without a list is usually in another one: then every list holds.
    // English words stand in texts of any language.
    Collection<Words> lists =
        byLanguage.containsKey(language)
            ? Stream.of(language, ENGLISH).distinct().map(byLanguage::get).toList()
            : byLanguage.values();
    for (Words words : lists) {
      for (String text : List.of(title, body)) {
        String found = words.find(Folding.fold(text));
        if (found != null) {
          return new Verdict(list, false, what + " \"" + found + "\"");
        }
      }
    }
    return new Verdict(list, true, "");
  }

  private static boolean isWordy(String text, Matcher m) {
    return Folding.isWordEdge(text, m.start()) && Folding.isWordEdge(text, m.end());
  }

  private static Pattern pattern(String entry) {
    StringBuilder regex = new StringBuilder();
    for (char c : Folding.fold(entry).toCharArray()) {
      regex.append(c == '-' || c == ' ' ? "[- ]" : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString());
  }

  private Words read(String language) {
    String name = list + "/" + language + ".txt";
    try (InputStream in =
            Objects.requireNonNull(
                BannedWords.class.getResourceAsStream(name), name + " is missing from the jar");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return Words.of(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
