// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of a {@link CsvMapping} say, read and checked; the columns are still names.
 *
 * @param delimiter empty: to be found out from the header
 * @param quote 0: none
 * @param columns 0: not given
 * @param roles column by role, of the roles that occur once
 */
record CsvSpec(
    String delimiter,
    Charset charset,
    boolean header,
    char quote,
    int columns,
    boolean detect,
    Map<String, String> roles,
    @Nullable EventType event,
    Map<String, EventType> typeWords,
    String timeFormat,
    Locale timeLocale,
    ZoneId zone,
    Instant earliest,
    @Nullable Instant latest,
    String tagSeparator,
    Map<String, String> flags,
    Map<String, String> itemAttributes,
    Map<String, String> userAttributes,
    List<String> integers,
    List<String> decimalCommas,
    Map<String, Condition> rejects,
    @Nullable Condition cancel,
    Map<String, String> imputes,
    boolean mergeDuplicates) {

  static final String DELIMITER = "delimiter";
  static final String CHARSET = "charset";
  static final String HEADER = "header";
  static final String QUOTE = "quote";
  static final String COLUMNS = "columns";
  static final String DETECT = "detect";
  static final String USER = "user";
  static final String ITEM = "item";
  static final String EVENT = "event";
  static final String TYPE = "type";
  static final String VALUE = "value";
  static final String PRICE = "price";
  static final String QUERY = "query";
  static final String TIME = "time";
  static final String TIME_FORMAT = "time.format";
  static final String TIME_LOCALE = "time.locale";
  static final String TIME_ZONE = "time.zone";
  static final String TIME_EARLIEST = "time.earliest";
  static final String TIME_LATEST = "time.latest";
  static final String TITLE = "title";
  static final String TAGS = "tags";
  static final String TAG_SEPARATOR = "tags.separator";
  static final String FLAG = "flag";
  static final String FORMAT = "format";
  static final String INTEGER = "integer";
  static final String DECIMAL_COMMA = "decimal-comma";
  static final String REJECT = "reject";
  static final String CANCEL = "cancel";
  static final String IMPUTE = "impute";
  static final String DUPLICATES = "duplicates";

  static final String DROP = "drop";
  static final String MEAN = "mean";
  static final String MEDIAN = "median";

  /** Attributes of an item that are roles by their own name. */
  static final List<String> ITEM_FACTS = List.of(Item.CATEGORY, Item.BRAND, Item.DESCRIPTION);

  /** Words in a type column, beside the names of the types, that mean one. */
  private static final Map<String, EventType> USUAL_TYPE_WORDS =
      Map.ofEntries(
          Map.entry("pv", EventType.VIEW),
          Map.entry("pageview", EventType.VIEW),
          Map.entry("buy", EventType.PURCHASE),
          Map.entry("bought", EventType.PURCHASE),
          Map.entry("order", EventType.PURCHASE),
          Map.entry("transaction", EventType.PURCHASE),
          Map.entry("fav", EventType.FAVORITE),
          Map.entry("favourite", EventType.FAVORITE),
          Map.entry("like", EventType.FAVORITE),
          Map.entry("addtocart", EventType.CART),
          Map.entry("add_to_cart", EventType.CART),
          Map.entry("basket", EventType.CART),
          Map.entry("rate", EventType.RATING),
          Map.entry("exposure", EventType.IMPRESSION));

  private static final List<String> ROLES =
      List.of(
          USER,
          ITEM,
          TYPE,
          VALUE,
          PRICE,
          QUERY,
          TIME,
          TITLE,
          Item.CATEGORY,
          Item.BRAND,
          Item.DESCRIPTION,
          TAGS);

  private static final List<String> OTHERS =
      List.of(
          DELIMITER,
          CHARSET,
          HEADER,
          QUOTE,
          COLUMNS,
          DETECT,
          EVENT,
          TIME_FORMAT,
          TIME_LOCALE,
          TIME_ZONE,
          TIME_EARLIEST,
          TIME_LATEST,
          TAG_SEPARATOR,
          CANCEL,
          DUPLICATES);

  private static final List<String> FAMILIES =
      List.of(TYPE, FLAG, ITEM, USER, FORMAT, REJECT, IMPUTE);

  /** Reads the entries of a mapping; a refusal names the entry. */
  static CsvSpec of(Map<String, String> given) {
    Entries entries = new Entries(given);
    given.keySet().forEach(CsvSpec::checkKnown);
    Map<String, String> roles = new LinkedHashMap<>();
    for (String role : ROLES) {
      if (given.containsKey(role)) {
        roles.put(role, entries.nonBlank(role));
      }
    }
    boolean detect = entries.yes(DETECT, false);
    ZoneId zone = entries.read(TIME_ZONE, ZoneId::of).orElse(ZoneOffset.UTC);
    String timeFormat = entries.text(TIME_FORMAT, TimeFormat.AUTO);
    Locale timeLocale = entries.read(TIME_LOCALE, CsvSpec::locale).orElse(Locale.ENGLISH);
    if (given.containsKey(TIME_LOCALE) && !TimeFormat.isPattern(timeFormat)) {
      throw refused(
          TIME_LOCALE,
          timeLocale.toLanguageTag(),
          TIME_FORMAT
              + " = "
              + timeFormat
              + " has no names of months; give a pattern, such as d MMMM uuuu");
    }
    entries.check(TIME_FORMAT, () -> new TimeFormat(timeFormat, zone, timeLocale));
    Map<String, String> imputes = entries.family(IMPUTE);
    imputes.forEach(CsvSpec::checkImpute);
    Map<String, String> formats = entries.family(FORMAT);
    formats.forEach(
        (column, format) -> {
          if (!format.equals(INTEGER) && !format.equals(DECIMAL_COMMA)) {
            throw refused(FORMAT + "." + column, format, "integer or decimal-comma is needed");
          }
        });
    String duplicates = entries.text(DUPLICATES, "merge");
    if (!duplicates.equals("merge") && !duplicates.equals("keep")) {
      throw refused(DUPLICATES, duplicates, "merge or keep is needed");
    }
    if (given.containsKey(EVENT) && given.containsKey(TYPE)) {
      throw new IllegalArgumentException(
          "event = "
              + given.get(EVENT)
              + " and type = "
              + given.get(TYPE)
              + " contradict each other: give one");
    }
    Map<String, EventType> typeWords = new LinkedHashMap<>();
    entries
        .family(TYPE)
        .forEach((word, type) -> typeWords.put(lower(word), type(TYPE + "." + word, type)));
    CsvSpec spec =
        new CsvSpec(
            entries.delimiter(detect),
            entries.charset(),
            entries.yes(HEADER, true),
            entries.quote(),
            entries.columns(),
            detect,
            roles,
            given.containsKey(EVENT) ? type(EVENT, entries.nonBlank(EVENT)) : null,
            typeWords,
            timeFormat,
            timeLocale,
            zone,
            entries.read(TIME_EARLIEST, CsvSpec::instant).orElse(Instant.EPOCH),
            entries.read(TIME_LATEST, CsvSpec::instant).orElse(null),
            given.getOrDefault(TAG_SEPARATOR, "|"),
            entries.family(FLAG),
            entries.family(ITEM),
            entries.family(USER),
            columns(formats, INTEGER),
            columns(formats, DECIMAL_COMMA),
            entries.conditions(),
            given.containsKey(CANCEL) ? entries.condition(CANCEL, entries.nonBlank(CANCEL)) : null,
            imputes,
            duplicates.equals("merge"));
    spec.checkTogether();
    return spec;
  }

  private void checkTogether() {
    if (detect && !header) {
      throw new IllegalArgumentException(
          "detect = yes and header = no contradict each other: without a header, give the columns"
              + " by number");
    }
    if (!detect && !roles.containsKey(USER) && !roles.containsKey(ITEM)) {
      throw new IllegalArgumentException(
          "the mapping names neither a user nor an item column; set user, item or detect = yes");
    }
    if (tagSeparator.isEmpty()) {
      throw new IllegalArgumentException(TAG_SEPARATOR + " is empty; use for example |");
    }
    if (latest != null && latest.isBefore(earliest)) {
      throw new IllegalArgumentException(
          TIME_LATEST + " = " + latest + " lies before " + TIME_EARLIEST + " = " + earliest);
    }
    if (quote != 0 && delimiter.indexOf(quote) >= 0) {
      throw new IllegalArgumentException(
          "delimiter \"" + delimiter + "\" contains the quote " + quote + "; set quote = none");
    }
  }

  private static List<String> columns(Map<String, String> formats, String format) {
    return formats.keySet().stream().filter(name -> format.equals(formats.get(name))).toList();
  }

  private static void checkKnown(String key) {
    int dot = key.indexOf('.');
    boolean inFamily =
        dot > 0 && dot + 1 < key.length() && FAMILIES.contains(key.substring(0, dot));
    if (!ROLES.contains(key) && !OTHERS.contains(key) && !inFamily) {
      throw new IllegalArgumentException(
          "there is no entry \""
              + key
              + "\". Known: "
              + String.join(", ", ROLES)
              + ", "
              + String.join(", ", OTHERS)
              + ", "
              + String.join(".…, ", FAMILIES)
              + ".…");
    }
  }

  private static void checkImpute(String column, String how) {
    if (how.equals(DROP) || how.equals(MEAN) || how.equals(MEDIAN)) {
      return;
    }
    OptionalDouble constant = Numbers.parse(how);
    if (constant.isEmpty() || Math.abs(constant.getAsDouble()) > Interaction.MAX_VALUE) {
      throw refused(IMPUTE + "." + column, how, "drop, mean, median or a number is needed");
    }
  }

  private static EventType type(String key, String name) {
    try {
      return EventType.valueOf(name.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw refused(key, name, "one of " + Arrays.toString(EventType.values()) + " is needed");
    }
  }

  private static Instant instant(String text) {
    return new TimeFormat(TimeFormat.ISO, ZoneOffset.UTC, Locale.ROOT).parse(text);
  }

  // Of a language that it does not know, the JVM would give numbers for the names of months.
  private static Locale locale(String tag) {
    Locale locale = Locale.forLanguageTag(tag.replace('_', '-'));
    if (locale.getLanguage().isEmpty()
        || Arrays.stream(Locale.getAvailableLocales())
            .noneMatch(known -> known.getLanguage().equals(locale.getLanguage()))) {
      throw refused(
          TIME_LOCALE,
          tag,
          "a language that this JVM knows the months of is needed, such as de or zh-CN");
    }
    return locale;
  }

  /** What a word in the type column means: as the mapping says, as the type is called, as usual. */
  Optional<EventType> typeOf(String text) {
    String word = lower(text);
    EventType given = typeWords.get(word);
    if (given != null) {
      return Optional.of(given);
    }
    for (EventType type : EventType.values()) {
      if (lower(type.name()).equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.ofNullable(USUAL_TYPE_WORDS.get(word));
  }

  private static IllegalArgumentException refused(String key, String value, String remedy) {
    return new IllegalArgumentException(key + " = " + value + ": " + remedy);
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The entries as they were given. */
  private record Entries(Map<String, String> given) {

    String text(String key, String otherwise) {
      return given.getOrDefault(key, otherwise).strip();
    }

    String nonBlank(String key) {
      String value = text(key, "");
      if (value.isEmpty()) {
        throw refused(key, value, "a value is needed; leave the entry out if there is none");
      }
      return value;
    }

    boolean yes(String key, boolean otherwise) {
      String value = lower(text(key, otherwise ? "yes" : "no"));
      return switch (value) {
        case "yes", "true" -> true;
        case "no", "false" -> false;
        default -> throw refused(key, value, "yes or no is needed");
      };
    }

    Map<String, String> family(String family) {
      Map<String, String> members = new LinkedHashMap<>();
      given.keySet().stream()
          .filter(key -> key.startsWith(family + ".") && !OTHERS.contains(key))
          .forEach(key -> members.put(key.substring(family.length() + 1), nonBlank(key)));
      return members;
    }

    Map<String, Condition> conditions() {
      Map<String, Condition> conditions = new LinkedHashMap<>();
      family(REJECT)
          .forEach((rule, text) -> conditions.put(rule, condition(REJECT + "." + rule, text)));
      return conditions;
    }

    Condition condition(String key, String text) {
      try {
        return Condition.parse(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
      }
    }

    String delimiter(boolean detect) {
      String delimiter = given.getOrDefault(DELIMITER, detect ? "" : ",");
      if (delimiter.isEmpty() && !detect) {
        throw refused(DELIMITER, delimiter, "at least one character is needed");
      }
      if (delimiter.equals("\\t") || lower(delimiter.strip()).equals("tab")) {
        return "\t";
      }
      if (delimiter.contains("\n") || delimiter.contains("\r")) {
        throw new IllegalArgumentException("the delimiter contains a line break, which ends rows");
      }
      return delimiter;
    }

    Charset charset() {
      String name = text(CHARSET, "UTF-8");
      try {
        return Charset.forName(name);
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        throw new IllegalArgumentException(
            CHARSET + " = " + name + ": there is no such charset; try UTF-8 or ISO-8859-1", e);
      }
    }

    char quote() {
      String quote = given.getOrDefault(QUOTE, "\"");
      if (quote.equals("none")) {
        return 0;
      }
      if (quote.length() != 1 || quote.isBlank()) {
        throw refused(QUOTE, quote, "one character or none is needed");
      }
      return quote.charAt(0);
    }

    int columns() {
      if (!given.containsKey(COLUMNS)) {
        return 0;
      }
      OptionalDouble columns = Numbers.parse(text(COLUMNS, ""));
      if (columns.isEmpty()
          || columns.getAsDouble() < 1
          || columns.getAsDouble() > CsvSource.MAX_COLUMNS
          || columns.getAsDouble() != Math.rint(columns.getAsDouble())) {
        throw refused(
            COLUMNS,
            text(COLUMNS, ""),
            "a number from 1 to " + CsvSource.MAX_COLUMNS + " is needed");
      }
      return (int) columns.getAsDouble();
    }

    <T> Optional<T> read(String key, Function<String, T> reader) {
      if (!given.containsKey(key)) {
        return Optional.empty();
      }
      try {
        return Optional.of(reader.apply(nonBlank(key)));
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(key + " = " + given.get(key) + ": " + e.getMessage(), e);
      }
    }

    void check(String key, Runnable reader) {
      try {
        reader.run();
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
      }
    }
  }
}
