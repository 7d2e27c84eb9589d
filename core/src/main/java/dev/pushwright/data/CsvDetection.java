// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Guesses from a header which column plays which role. */
final class CsvDetection {

  static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");

  // By role the usual words, as normalised; the earlier ones are preferred.
  private static final List<String> USER =
      List.of("userid", "user", "uid", "customerid", "customer", "visitorid", "memberid");
  private static final List<String> ITEM =
      List.of(
          "itemid",
          "item",
          "iid",
          "sku",
          "skuid",
          "stockcode",
          "movieid",
          "productid",
          "product",
          "articleid",
          "asin");
  private static final List<String> RATING = List.of("rating", "value", "score", "stars");
  private static final List<String> QUANTITY = List.of("quantity", "qty", "units");
  private static final List<String> TIME =
      List.of(
          "timestamp",
          "time",
          "date",
          "datetime",
          "invoicedate",
          "eventtime",
          "createdat",
          "at",
          "ts");
  private static final List<String> TYPE =
      List.of("eventtype", "event", "type", "action", "behavior", "behaviour");
  private static final List<String> TITLE =
      List.of("title", "name", "itemname", "productname", "movietitle");
  private static final List<String> DESCRIPTION = List.of("description", "desc");
  private static final List<String> CATEGORY = List.of("category", "categoryname", "categoryid");
  private static final List<String> BRAND = List.of("brand", "brandname");
  private static final List<String> TAGS = List.of("tags", "genres", "genre", "keywords");
  private static final List<String> PRICE = List.of("price", "unitprice");
  private static final List<String> QUERY = List.of("query", "searchquery", "search");

  private final List<String> header;
  private final Set<String> used = new LinkedHashSet<>();

  private CsvDetection(List<String> header, CsvSpec given) {
    this.header = header;
    used.addAll(given.roles().values());
    used.addAll(given.flags().values());
    used.addAll(given.itemAttributes().values());
    used.addAll(given.userAttributes().values());
  }

  /** The delimiter a header line has most of; a comma when it has none. */
  static String delimiter(String headerLine) {
    String best = ",";
    long most = 0;
    for (String candidate : DELIMITERS) {
      long count = headerLine.chars().filter(c -> c == candidate.charAt(0)).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  /** A delimiter as it is spelt in a mapping. */
  static String spelt(String delimiter) {
    return delimiter.equals("\t") ? "tab" : delimiter;
  }

  /** A name without what differs between spellings of it. */
  static String normalised(String name) {
    StringBuilder out = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** The given mapping, with the roles that it leaves open filled in from the header. */
  static CsvSpec complete(CsvSpec given, List<String> header) {
    return new CsvDetection(header, given).complete(given);
  }

  private CsvSpec complete(CsvSpec given) {
    Map<String, String> roles = new LinkedHashMap<>(given.roles());
    Map<String, String> itemAttributes = new LinkedHashMap<>(given.itemAttributes());
    Map<String, String> userAttributes = new LinkedHashMap<>(given.userAttributes());
    find(roles, CsvSpec.USER, USER);
    find(roles, CsvSpec.ITEM, ITEM);
    if (!roles.containsKey(CsvSpec.USER) && !roles.containsKey(CsvSpec.ITEM)) {
      // A lone "id" is that of an item if something only items have stands beside it.
      boolean ofItem =
          List.of(TITLE.subList(0, 1), CATEGORY, BRAND, TAGS, PRICE).stream().anyMatch(this::has);
      boolean ofUser =
          has(List.of(User.LOCALE, User.ZONE, User.CONSENT, "email", "age", "gender", "country"));
      if (ofItem != ofUser) {
        find(roles, ofItem ? CsvSpec.ITEM : CsvSpec.USER, List.of("id"));
      }
    }
    boolean user = roles.containsKey(CsvSpec.USER);
    boolean item = roles.containsKey(CsvSpec.ITEM);
    EventType event = given.event();
    if (user) {
      find(roles, CsvSpec.QUERY, QUERY);
    }
    boolean events = user && (item || roles.containsKey(CsvSpec.QUERY));
    if (events) {
      find(roles, CsvSpec.TIME, TIME);
      if (event == null) {
        find(roles, CsvSpec.TYPE, TYPE);
      }
      boolean rating = roles.containsKey(CsvSpec.VALUE) || find(roles, CsvSpec.VALUE, RATING);
      boolean quantity = !rating && find(roles, CsvSpec.VALUE, QUANTITY);
      find(roles, CsvSpec.PRICE, PRICE);
      if (event == null && !roles.containsKey(CsvSpec.TYPE)) {
        event =
            rating
                ? EventType.RATING
                : quantity || roles.containsKey(CsvSpec.PRICE)
                    ? EventType.PURCHASE
                    : EventType.VIEW;
      }
    }
    if (item) {
      find(roles, CsvSpec.PRICE, PRICE);
      boolean titled = find(roles, CsvSpec.TITLE, TITLE);
      find(roles, titled ? Item.DESCRIPTION : CsvSpec.TITLE, DESCRIPTION);
      find(roles, Item.CATEGORY, CATEGORY);
      find(roles, Item.BRAND, BRAND);
      find(roles, CsvSpec.TAGS, TAGS);
    }
    boolean looksLikeEvents = has(RATING) || has(QUANTITY) || has(TIME) || has(TYPE);
    boolean onlyUsers = user && !events && !looksLikeEvents;
    if ((item && !user) || onlyUsers) {
      Map<String, String> attributes = item ? itemAttributes : userAttributes;
      for (String column : header) {
        if (!column.isBlank() && used.add(column)) {
          attributes.putIfAbsent(onlyUsers ? wellKnown(column) : column, column);
        }
      }
    }
    if (!item && !events && !onlyUsers) {
      throw new IllegalArgumentException(
          (user ? "no item column was found beside the user's" : "no user and no item column found")
              + "; the columns are "
              + header
              + ". Looked for a user ("
              + String.join(", ", USER)
              + ") and an item ("
              + String.join(", ", ITEM)
              + "), however capitals and _ are set. Name them in a CsvMapping; if the first line is"
              + " no header, set header = no and give columns by number");
    }
    return new CsvSpec(
        given.delimiter(),
        given.charset(),
        given.header(),
        given.quote(),
        given.columns(),
        true,
        roles,
        event,
        given.typeWords(),
        given.timeFormat(),
        given.timeLocale(),
        given.zone(),
        given.earliest(),
        given.latest(),
        given.tagSeparator(),
        given.flags(),
        itemAttributes,
        userAttributes,
        given.integers(),
        given.decimalCommas(),
        given.rejects(),
        given.cancel(),
        given.imputes(),
        given.mergeDuplicates());
  }

  // Name, LOCALE and the like are the attributes that have a meaning.
  private static String wellKnown(String column) {
    String name = normalised(column);
    return List.of(User.NAME, User.LOCALE, User.ZONE, User.CONSENT).contains(name) ? name : column;
  }

  private boolean has(List<String> words) {
    return column(words).isPresent();
  }

  private Optional<String> column(List<String> words) {
    for (String word : words) {
      for (String column : header) {
        if (!used.contains(column) && normalised(column).equals(word)) {
          return Optional.of(column);
        }
      }
    }
    return Optional.empty();
  }

  // Whether the role was open and a column for it is there.
  private boolean find(Map<String, String> roles, String role, List<String> words) {
    if (roles.containsKey(role)) {
      return false;
    }
    Optional<String> column = column(words);
    column.ifPresent(
        name -> {
          roles.put(role, name);
          used.add(name);
        });
    return column.isPresent();
  }
}
