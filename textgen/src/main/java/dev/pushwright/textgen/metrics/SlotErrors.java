// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the slots that a text fails to state, states wrongly, or states though it was not given
 * them, by the ways in which people state each value. It knows nothing of how a text was made, and
 * is meant for judging, not for choosing: what chooses texts by it is no longer judged by it.
 *
 * <p>A table of tab-separated lines says how values are put into words, {@code #} before a comment:
 *
 * <pre>
 * name         *
 * near         *
 * near         ?                   \bnear (?:the )?\p{L}+
 * eatType      pub                 \bpubs?\b|\binns?\b
 * eatType      ~restaurant         \brestaurants?\b
 * priceRange   less than £20       \bless than £20\b
 * priceRange   cheap|less than £20 \bcheap\b
 * </pre>
 *
 * <ul>
 *   <li>{@code *}: a slot stated by its own words. Case, accents, spaces and a leading "The" do not
 *       matter. These are found first and taken away, so that no word of a name states another
 *       slot.
 *   <li>{@code ?}: words that state the slot with a value unknown: an addition where it was not
 *       given.
 *   <li>A value, or several between {@code |}: the words state one of these. Of one slot the lines
 *       are tried in order, and words that one has matched are gone for the next.
 *   <li>{@code ~}: the words will do for the value, but contradict no other.
 * </ul>
 *
 * <p>Patterns are Java's, whatever the case. Words may be vaguer than a value ("cheap" for less
 * than £20), never more precise (a number for "cheap"). A value that no line names is looked for by
 * its own words. Immutable.
 */
public final class SlotErrors {

  private static final String VERBATIM = "*";
  private static final String UNKNOWN = "?";
  private static final String WEAK = "~";

  // What takes the place of a name that was found: no letter, so that no pattern runs over it.
  private static final String FOUND = " § ";

  private static final String EDGE = "(?<![\\p{L}\\p{N}])";

  private record Wording(List<String> values, boolean weak, Pattern pattern) {}

  private final Map<String, List<Wording>> wordings = new LinkedHashMap<>();
  private final List<String> verbatim = new ArrayList<>();

  private SlotErrors() {}

  /**
   * The checker for the restaurants of the E2E NLG challenge: name, near, food, eatType,
   * priceRange, customer rating, area and familyFriendly.
   *
   * @return the checker
   */
  public static SlotErrors e2e() {
    String name = "e2e-slots.tsv";
    try (InputStream in =
            Objects.requireNonNull(
                SlotErrors.class.getResourceAsStream(name), name + " is missing from the jar");
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return read(name, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table.
   *
   * @param name what messages call it
   * @param in the table; stays open
   * @return the checker
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException for a line that is none, with its number
   */
  public static SlotErrors read(String name, Reader in) throws IOException {
    SlotErrors errors = new SlotErrors();
    BufferedReader lines = new BufferedReader(in);
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        errors.add(name + ", line " + number, line.split("\t", -1));
      }
    }
    if (errors.wordings.isEmpty()) {
      throw new IllegalArgumentException(name + " has no line: there is no slot to look for");
    }
    return errors;
  }

  private void add(String where, String[] cells) {
    boolean alone = cells.length == 2 && cells[1].equals(VERBATIM);
    if (!alone && cells.length != 3) {
      throw new IllegalArgumentException(
          where
              + ": "
              + cells.length
              + " cells; write slot, values and pattern with tabs between, or slot and *");
    }
    List<Wording> wordingsOfSlot = wordings.computeIfAbsent(cells[0], slot -> new ArrayList<>());
    if (alone) {
      verbatim.add(cells[0]);
      return;
    }
    boolean weak = cells[1].startsWith(WEAK);
    List<String> values =
        cells[1].equals(UNKNOWN)
            ? List.of()
            : Arrays.asList(cells[1].substring(weak ? 1 : 0).split("\\|", -1));
    try {
      wordingsOfSlot.add(
          new Wording(
              values,
              weak,
              Pattern.compile(cells[2], Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  /**
   * Looks for errors in a text.
   *
   * @param slots the value of each slot that it was to state
   * @param text the text
   * @return the errors, at most one a slot; none for a text that is all right
   * @throws IllegalArgumentException for a slot that the table does not know
   */
  public List<SlotError> find(Map<String, String> slots, String text) {
    for (String slot : slots.keySet()) {
      if (!wordings.containsKey(slot)) {
        throw new IllegalArgumentException(
            "slot " + slot + " is not known; the known ones are " + wordings.keySet());
      }
    }
    List<SlotError> errors = new ArrayList<>();
    String rest =
        Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll("[\\p{Z}\\s]+", " ").strip();
    for (Map.Entry<String, String> slot : byLength(slots)) {
      Matcher own = ownWords(slot.getValue()).matcher(plain(rest));
      if (own.find()) {
        rest = without(own, rest);
      } else {
        errors.add(new SlotError(slot.getKey(), SlotError.Kind.MISSING, slot.getValue()));
      }
    }
    for (String slot : wordings.keySet()) {
      Optional<SlotError> error =
          slots.containsKey(slot) && isVerbatim(slot, slots)
              ? Optional.empty()
              : find(slot, Optional.ofNullable(slots.get(slot)), rest);
      error.ifPresent(errors::add);
    }
    return errors;
  }

  private boolean isVerbatim(String slot, Map<String, String> slots) {
    String value = slots.get(slot);
    return verbatim.contains(slot)
        || Objects.requireNonNull(wordings.get(slot)).stream()
            .noneMatch(wording -> wording.values().contains(value));
  }

  // A name may be part of another one: the longer first.
  private List<Map.Entry<String, String>> byLength(Map<String, String> slots) {
    return slots.entrySet().stream()
        .filter(slot -> isVerbatim(slot.getKey(), slots))
        .sorted(
            Comparator.comparing((Map.Entry<String, String> slot) -> -slot.getValue().length())
                .thenComparing(Map.Entry::getKey))
        .toList();
  }

  private Optional<SlotError> find(String slot, Optional<String> wanted, String text) {
    String left = text;
    boolean stated = false;
    String other = "";
    for (Wording wording : Objects.requireNonNull(wordings.get(slot))) {
      Matcher m = wording.pattern().matcher(left);
      if (!m.find()) {
        continue;
      }
      if (wanted.filter(wording.values()::contains).isPresent()) {
        stated = true;
      } else if (!wording.weak() && other.isEmpty()) {
        other = m.group();
      }
      left = m.replaceAll(" # ");
    }
    if (!other.isEmpty()) {
      SlotError.Kind kind = wanted.isPresent() ? SlotError.Kind.WRONG : SlotError.Kind.ADDED;
      return Optional.of(new SlotError(slot, kind, other));
    }
    return stated
        ? Optional.empty()
        : wanted.map(value -> new SlotError(slot, SlotError.Kind.MISSING, value));
  }

  private static Pattern ownWords(String value) {
    StringBuilder regex = new StringBuilder(EDGE);
    for (String word : plain(value).replaceFirst("^(?i)the\\s+(?=\\S)", "").split("[\\s-]+", -1)) {
      if (!word.isEmpty()) {
        regex.append(regex.length() > EDGE.length() ? "[\\s-]+" : "").append(Pattern.quote(word));
      }
    }
    return Pattern.compile(
        regex + "(?![\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  // Without accents, each character in its place.
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(
          c < 128 || Character.isSurrogate(c)
              ? c
              : Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD).charAt(0));
    }
    return plain.toString();
  }

  // The text with what was found in its plain form taken away.
  private static String without(Matcher found, String text) {
    StringBuilder rest = new StringBuilder();
    int from = 0;
    do {
      rest.append(text, from, found.start()).append(FOUND);
      from = found.end();
    } while (found.find());
    return rest.append(text, from, text.length()).toString();
  }

  /**
   * Counts the errors of a set of texts.
   *
   * @param slots for each text the value of each slot that it was to state
   * @param texts the texts, as many
   * @return the counts
   * @throws IllegalArgumentException when there are not as many slots as texts, or for a slot that
   *     the table does not know
   */
  public SlotErrorRate rate(List<? extends Map<String, String>> slots, List<String> texts) {
    if (slots.size() != texts.size()) {
      throw new IllegalArgumentException(
          slots.size() + " lists of slots for " + texts.size() + " texts; one for each is needed");
    }
    long asked = 0;
    long inError = 0;
    Map<SlotError.Kind, Long> kinds = new EnumMap<>(SlotError.Kind.class);
    for (int i = 0; i < texts.size(); i++) {
      asked += slots.get(i).size();
      List<SlotError> errors = find(slots.get(i), texts.get(i));
      inError += errors.isEmpty() ? 0 : 1;
      errors.forEach(error -> kinds.merge(error.kind(), 1L, Long::sum));
    }
    return new SlotErrorRate(
        texts.size(),
        asked,
        kinds.getOrDefault(SlotError.Kind.MISSING, 0L),
        kinds.getOrDefault(SlotError.Kind.ADDED, 0L),
        kinds.getOrDefault(SlotError.Kind.WRONG, 0L),
        inError);
  }
}
