// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds values in texts, whatever the case, the accents and the spaces. */
final class ValueFinder {

  /** Where a value stands in a text. */
  private record Span(int from, int to, String slot) {}

  private ValueFinder() {}

  /** One char for one char, so that places stay; runs of spaces become one space elsewhere. */
  static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 127) {
        String apart = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
        c = apart.isEmpty() ? c : apart.charAt(0);
      }
      folded.append(Character.isSpaceChar(c) ? ' ' : Character.toLowerCase(c));
    }
    return folded.toString();
  }

  static boolean contains(String text, String value) {
    return find(fold(text), fold(value), 0) != null;
  }

  // The first place from a position on; the slot is left empty.
  private static @Nullable Span find(String text, String value, int from) {
    for (int at = text.indexOf(value.charAt(0), from);
        at >= 0;
        at = text.indexOf(value.charAt(0), at + 1)) {
      int end = match(text, at, value);
      if (end > 0 && !isInside(text, at) && !isInside(text, end)) {
        return new Span(at, end, "");
      }
    }
    return null;
  }

  // The end of the value when it stands at a place, or 0; spaces may be more than one.
  private static int match(String text, int at, String value) {
    int t = at;
    for (int v = 0; v < value.length(); v++) {
      if (t >= text.length() || text.charAt(t) != value.charAt(v)) {
        return 0;
      }
      t++;
      if (value.charAt(v) == ' ') {
        while (t < text.length() && text.charAt(t) == ' ') {
          t++;
        }
      }
    }
    return t;
  }

  // Whether a place is within a word: of letters that are written together.
  private static boolean isInside(String text, int at) {
    return at > 0
        && at < text.length()
        && isWordChar(text.codePointBefore(at))
        && isWordChar(text.codePointAt(at));
  }

  private static boolean isWordChar(int c) {
    return Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
  }

  private static List<Span> spans(String text, Map<String, String> values) {
    String folded = fold(text);
    List<Map.Entry<String, String>> longestFirst = new ArrayList<>(values.entrySet());
    longestFirst.sort(
        Comparator.comparingInt((Map.Entry<String, String> e) -> -e.getValue().length())
            .thenComparing(Map.Entry::getKey));
    List<Span> spans = new ArrayList<>();
    // Of two slots with one value the text names one after the other.
    for (int e = 0; e < longestFirst.size(); e++) {
      List<String> slots = new ArrayList<>(List.of(longestFirst.get(e).getKey()));
      String value = fold(longestFirst.get(e).getValue());
      while (e + 1 < longestFirst.size()
          && fold(longestFirst.get(e + 1).getValue()).equals(value)) {
        slots.add(longestFirst.get(++e).getKey());
      }
      int found = 0;
      for (Span s = find(folded, value, 0); s != null; s = find(folded, value, s.to())) {
        Span place = s;
        if (spans.stream().noneMatch(o -> o.from() < place.to() && place.from() < o.to())) {
          spans.add(new Span(s.from(), s.to(), slots.get(Math.min(found, slots.size() - 1))));
          found++;
        }
      }
    }
    spans.sort(Comparator.comparingInt(Span::from));
    return spans;
  }

  /** The tokens of a text, with placeholders for values. */
  static List<String> delexicalize(String text, Map<String, String> values) {
    List<String> tokens = new ArrayList<>();
    TextTokens.Cutter cutter = new TextTokens.Cutter(tokens);
    int at = 0;
    for (Span span : spans(text, values)) {
      cutter.text(text.substring(at, span.from()));
      cutter.add(TextTokens.placeholder(span.slot()));
      at = span.to();
    }
    cutter.text(text.substring(at));
    return tokens;
  }

  /** A text without some values. */
  static String without(String text, Collection<String> values) {
    String left = text;
    for (String value : values) {
      String folded = fold(value);
      for (Span s = find(fold(left), folded, 0);
          s != null;
          s = find(fold(left), folded, s.from())) {
        left = left.substring(0, s.from()) + " " + left.substring(s.to());
      }
    }
    return left;
  }
}
