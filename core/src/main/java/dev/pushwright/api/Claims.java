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
import org.jspecify.annotations.Nullable;

/**
 * Claims that must not be made in a language, from {@code claims/<language>.txt}: one word or
 * phrase a line, {@code #} before a comment, {@code !} before a harmless word that holds a banned
 * one. Case, width and the kind of space or dash do not matter.
 *
 * <p>The words of an item's title count like all others: whoever sends a claim makes it, and
 * China's advertising law makes no exception for names.
 */
final class Claims {

  /** The languages there is a list of. */
  private static final List<String> LANGUAGES = List.of("en", "zh");

  private static final Map<String, Claims> BY_LANGUAGE = new TreeMap<>();

  static {
    LANGUAGES.forEach(language -> BY_LANGUAGE.put(language, read(language)));
  }

  private final List<Pattern> banned = new ArrayList<>();
  private final List<Pattern> harmless = new ArrayList<>();

  private Claims(List<String> lines) {
    for (String line : lines) {
      String entry = line.strip();
      if (entry.startsWith("!")) {
        harmless.add(pattern(entry.substring(1)));
      } else if (!entry.isEmpty() && !entry.startsWith("#")) {
        banned.add(pattern(entry));
      }
    }
  }

  static Verdict check(Locale locale, String title, String body) {
    Claims own = BY_LANGUAGE.get(locale.getLanguage());
    // A text for a language without a list is usually in another one: then every list holds.
    Collection<Claims> lists = own == null ? BY_LANGUAGE.values() : List.of(own);
    for (Claims claims : lists) {
      for (String text : List.of(title, body)) {
        String found = claims.find(Folding.fold(text));
        if (found != null) {
          return new Verdict("claims", false, "banned claim \"" + found + "\"");
        }
      }
    }
    return new Verdict("claims", true, "");
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

  private static Claims read(String language) {
    String name = "claims/" + language + ".txt";
    try (InputStream in =
            Objects.requireNonNull(
                Claims.class.getResourceAsStream(name), name + " is missing from the jar");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new Claims(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
