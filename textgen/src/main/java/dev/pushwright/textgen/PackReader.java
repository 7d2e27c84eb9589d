// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import dev.pushwright.api.Channel;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.Tone;
import dev.pushwright.data.EventType;
import dev.pushwright.spi.Spelling;
import dev.pushwright.textgen.copy.MessageSlots;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a template pack; {@link TemplateGenerator} says what one looks like. Whatever is wrong is
 * refused with file, line, key and remedy.
 */
final class PackReader {

  private static final String ANY = "any";
  private static final String LANGUAGE = "language";
  private static final String FACTS = "facts";
  private static final String DEFAULT = "default";
  private static final String DID = "did";
  private static final String TITLE = "title";
  private static final String BODY = "body";

  private record Entry(int line, String key, String value) {}

  private final String file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private PackReader(String file) {
    this.file = file;
  }

  /**
   * Reads a pack.
   *
   * @param file what messages call it
   * @param in its text; stays open
   * @throws IllegalArgumentException when it is no pack
   * @throws IOException when it cannot be read
   */
  static TemplatePack read(String file, Reader in) throws IOException {
    PackReader reader = new PackReader(file);
    reader.readEntries(new BufferedReader(in));
    return reader.pack();
  }

  // One logical line at a time, so that a message can say which, and a key given twice is noticed.
  private void readEntries(BufferedReader in) throws IOException {
    StringBuilder logical = new StringBuilder();
    int number = 0;
    int first = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (number == 1 && line.startsWith("\uFEFF")) {
        line = line.substring(1);
      }
      if (logical.isEmpty()) {
        first = number;
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#") || text.startsWith("!")) {
          continue;
        }
      }
      logical.append(line).append('\n');
      if (!continues(line)) {
        addEntry(first, logical.toString());
        logical.setLength(0);
      }
    }
    if (!logical.isEmpty()) {
      addEntry(first, logical.toString());
    }
  }

  private static boolean continues(String line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private void addEntry(int line, String text) throws IOException {
    Properties one = new Properties();
    try {
      one.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ", line " + line + ": " + e.getMessage(), e);
    }
    for (String key : one.stringPropertyNames()) {
      Entry entry = new Entry(line, key, one.getProperty(key).strip());
      Entry before = entries.putIfAbsent(key, entry);
      if (before != null) {
        throw wrong(entry, "the key stands in line " + before.line() + " already");
      }
      if (entry.value().isEmpty()) {
        throw wrong(entry, "there is no value; write one, or take the key away");
      }
    }
  }

  private TemplatePack pack() {
    Locale language = language();
    List<String> slots = new ArrayList<>(Slots.KNOWN);
    Entry facts = entries.get(FACTS);
    if (facts != null) {
      Arrays.stream(facts.value().split(",", -1))
          .map(String::strip)
          .filter(slot -> !slot.isEmpty())
          .forEach(slots::add);
    }
    Map<String, String> defaults = new TreeMap<>();
    Map<EventType, Text> did = new EnumMap<>(EventType.class);
    Map<String, Map<String, Entry>> halves = new TreeMap<>();
    for (Entry entry : entries.values()) {
      String[] parts = entry.key().split("\\.", -1);
      switch (parts[0]) {
        case LANGUAGE, FACTS -> checkParts(entry, parts, 1, parts[0]);
        case DEFAULT -> {
          checkParts(entry, parts, 2, "default.<slot>");
          checkSlot(entry, parts[1], slots);
          defaults.put(parts[1], entry.value());
        }
        case DID -> {
          checkParts(entry, parts, 2, "did.<event type>");
          EventType type = constant(entry, "event type", parts[1], EventType.class);
          did.put(type, text(entry, List.of(Slots.BECAUSE)));
        }
        default -> {
          checkTemplateKey(entry, parts);
          String id = entry.key().substring(0, entry.key().lastIndexOf('.'));
          halves.computeIfAbsent(id, i -> new HashMap<>()).put(parts[4], entry);
        }
      }
    }
    if (halves.isEmpty()) {
      throw new IllegalArgumentException(
          file + " has no template; a template is a pair of keys such as " + EXAMPLE);
    }
    Map<String, MessageTemplate> templates = new TreeMap<>();
    halves.forEach((id, half) -> templates.put(id, template(id, half, slots)));
    return new TemplatePack(language, templates, defaults, did);
  }

  private static final String EXAMPLE =
      "recommendation.any.friendly.1.title and recommendation.any.friendly.1.body";

  private Locale language() {
    Entry entry = entries.get(LANGUAGE);
    if (entry == null) {
      throw new IllegalArgumentException(
          file + " does not say its language; add a line such as: language = en");
    }
    try {
      Locale language = new Locale.Builder().setLanguageTag(entry.value()).build();
      if (!language.getLanguage().isEmpty()) {
        return language;
      }
    } catch (IllformedLocaleException e) {
      throw wrong(entry, "\"" + entry.value() + "\" is no BCP 47 tag such as en or zh-TW", e);
    }
    throw wrong(entry, "\"" + entry.value() + "\" names no language; write a tag such as en");
  }

  private void checkTemplateKey(Entry entry, String[] parts) {
    List<String> starts = new ArrayList<>(names(Occasion.class));
    starts.addAll(List.of(LANGUAGE, FACTS, DEFAULT, DID));
    if (!starts.contains(parts[0])) {
      throw wrong(entry, Spelling.unknown("occasion", parts[0], starts));
    }
    checkParts(entry, parts, 5, "<occasion>.<channel|any>.<tone|any>.<label>.<title|body>");
    if (!parts[3].matches("[A-Za-z0-9_-]+")) {
      throw wrong(entry, "the label is \"" + parts[3] + "\"; letters, digits, - and _ are allowed");
    }
    if (!parts[4].equals(TITLE) && !parts[4].equals(BODY)) {
      throw wrong(entry, Spelling.unknown("part", parts[4], List.of(TITLE, BODY)));
    }
    anyOr(entry, "channel", parts[1], Channel.class);
    anyOr(entry, "tone", parts[2], Tone.class);
  }

  private MessageTemplate template(String id, Map<String, Entry> half, List<String> slots) {
    Entry title = half.get(TITLE);
    Entry body = half.get(BODY);
    if (title == null || body == null) {
      Entry given = title == null ? half.values().iterator().next() : title;
      throw wrong(given, "there is no " + id + (title == null ? ".title" : ".body") + " beside it");
    }
    String[] parts = title.key().split("\\.", -1);
    return new MessageTemplate(
        id,
        constant(title, "occasion", parts[0], Occasion.class),
        anyOr(title, "channel", parts[1], Channel.class),
        anyOr(title, "tone", parts[2], Tone.class),
        text(title, slots),
        text(body, slots));
  }

  private Text text(Entry entry, List<String> slots) {
    Text text;
    try {
      text = Text.compile(entry.value());
    } catch (IllegalArgumentException e) {
      throw wrong(entry, String.valueOf(e.getMessage()), e);
    }
    text.slots().forEach(slot -> checkSlot(entry, slot, slots));
    return text;
  }

  private void checkSlot(Entry entry, String slot, List<String> slots) {
    if (!slots.contains(slot)) {
      throw wrong(
          entry,
          Spelling.unknown("slot", slot, slots)
              + "; a fact that you give with each request is declared by a line such as: facts = "
              + (slot.isBlank() ? "coupon" : slot));
    }
  }

  private void checkParts(Entry entry, String[] parts, int expected, String form) {
    if (parts.length != expected) {
      throw wrong(entry, "the key has " + parts.length + " parts; write " + form);
    }
  }

  private <E extends Enum<E>> @Nullable E anyOr(
      Entry entry, String what, String name, Class<E> type) {
    return name.equals(ANY) ? null : constant(entry, what, name, type, () -> Stream.of(ANY));
  }

  private <E extends Enum<E>> E constant(Entry entry, String what, String name, Class<E> type) {
    return constant(entry, what, name, type, Stream::empty);
  }

  private <E extends Enum<E>> E constant(
      Entry entry, String what, String name, Class<E> type, Supplier<Stream<String>> also) {
    List<String> names = names(type);
    int index = names.indexOf(name);
    if (index < 0) {
      throw wrong(
          entry,
          Spelling.unknown(
              what, name, Stream.concat(names.stream(), also.get()).collect(Collectors.toList())));
    }
    return type.getEnumConstants()[index];
  }

  private static <E extends Enum<E>> List<String> names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(MessageSlots::value).toList();
  }

  private IllegalArgumentException wrong(Entry entry, String what) {
    return wrong(entry, what, null);
  }

  private IllegalArgumentException wrong(Entry entry, String what, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        file + ", line " + entry.line() + ", key " + entry.key() + ": " + what, cause);
  }
}
