// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Which column of a file plays which role, how the file is written, and how it is cleaned.
 * Immutable. A file of which a user and an item (or a query) are known gives events; with an item
 * only it gives items, with a user only it gives users. An event file may carry facts on its items
 * and users as well.
 *
 * <p>A column is named as in the header; in a file without one it is a number, the first being 1.
 * The text form, of {@link #parse}, {@link #load} and {@link #toString}, is that of Java property
 * files:
 *
 * <pre>{@code
 * # the file
 * delimiter = ,                    text of any length; \t or tab
 * charset = UTF-8
 * header = yes
 * quote = "                        or none
 * columns = 4                      how many there are in a file without header, if that is to be checked
 * detect = yes                     roles that are not given are guessed from the header
 * # roles
 * user = CustomerID
 * item = StockCode
 * event = PURCHASE                 one type for all rows, or
 * type = event                     a column of types
 * type.bought = PURCHASE           what a word in it means
 * value = Quantity                 rating, quantity or seconds
 * price = UnitPrice                of one; the amount of a purchase is price x quantity
 * query = q
 * time = InvoiceDate
 * time.format = uuuu-MM-dd HH:mm   or auto, epoch-seconds, epoch-millis, iso
 * time.locale = de                 whose months MMM (Dez.), LLL (Dez) and MMMM are; en
 * time.zone = UTC
 * time.earliest = 1970-01-01
 * time.latest = 2011-12-31         a day after the clock, unless told
 * title = Description              also: category, brand, description
 * tags = genres
 * tags.separator = |               or any: any of | ; ,
 * flag.Comedy = 11                 a column of 0 and 1: the item has this tag or not
 * item.year = released             an attribute of the item
 * user.country = Country           an attribute of the user
 * # cleaning
 * format.CustomerID = integer      17850.0 is 17850
 * format.UnitPrice = decimal-comma 1.299,00 € is 1299.00
 * reject.no-customer = CustomerID blank
 * cancel = InvoiceNo startsWith C
 * impute.UnitPrice = median        or drop, mean, a number
 * duplicates = merge               or keep
 * }</pre>
 *
 * <p>Conditions compare with {@code blank = != < <= > >= startsWith matches}, the last with a
 * regular expression for the whole value. Rules are asked in their order; the first that holds
 * rejects the row under its name.
 *
 * <p>A row that {@code cancel} holds of, its quantity taken as absolute, undoes that user's
 * purchases of that item, the most recent earlier one first; one that finds none is rejected under
 * the rule {@value #NOTHING_TO_CANCEL}.
 *
 * <p>A missing number (blank, or NA, NaN, null, …) is imputed over all rows that have one: a value
 * from the events of the same type, a price from the rows of the same item, else from all. Not
 * imputed, a missing value counts as 1 but for ratings, carts and purchases, where the row is
 * malformed, as a purchase without a price is when there is a price column. A row with a price
 * tells the item's price, the most recent one counting; a price in a file of items without times is
 * taken to be today's.
 *
 * <p>Of {@code duplicates}, events equal in user, item, query, type, value, amount and time are one
 * event. Facts on one item are always joined: the title and each attribute that is told most often
 * wins, the smaller text among equals; tags add up. So are those on one user.
 */
public final class CsvMapping {

  /** The rule that rejects a cancellation which finds nothing to undo. */
  public static final String NOTHING_TO_CANCEL = "cancellation without purchase";

  private static final String RESOURCES = "/dev/pushwright/data/mappings/";

  private static final List<String> NAMED =
      List.of(
          "online-retail",
          "movielens-100k-ratings",
          "movielens-100k-items",
          "movielens-100k-users",
          "movielens-1m-ratings",
          "movielens-1m-items",
          "movielens-1m-users",
          "ncf-pairs",
          "taobao",
          "taobao-cart");

  private final Map<String, String> properties;
  private final CsvSpec spec;

  private CsvMapping(Map<String, String> properties) {
    this.properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    this.spec = CsvSpec.of(this.properties);
  }

  /**
   * Starts a mapping: comma, UTF-8, header, quotes, and no roles.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder(Map.of());
  }

  /**
   * A mapping decided from the header by the usual words, such as {@code user_id}, {@code sku},
   * {@code rating}, {@code timestamp}; the delimiter is whichever of comma, semicolon, tab and bar
   * the header has most of. Events are of the type their type column says; without one they are
   * ratings if there is a rating column, purchases if there is a quantity or a price, else views.
   * In a file of items or of users every further column becomes an attribute.
   *
   * @return the mapping
   */
  public static CsvMapping detect() {
    return builder().set(CsvSpec.DETECT, "yes").set(CsvSpec.TAG_SEPARATOR, "any").build();
  }

  /**
   * A mapping that comes with the library.
   *
   * @param name {@code online-retail}, {@code movielens-100k-ratings}, {@code
   *     movielens-100k-items}, {@code movielens-100k-users}, {@code movielens-1m-ratings}, {@code
   *     movielens-1m-items}, {@code movielens-1m-users}, {@code ncf-pairs}, {@code taobao} or
   *     {@code taobao-cart}
   * @return the mapping
   * @throws IngestException for another name, listing these
   */
  public static CsvMapping named(String name) {
    if (!NAMED.contains(name)) {
      throw new IngestException(
          "there is no mapping \"" + name + "\". Known: " + String.join(", ", NAMED));
    }
    try (InputStream in = CsvMapping.class.getResourceAsStream(RESOURCES + name + ".properties")) {
      if (in == null) {
        throw new IngestException(
            "mapping \"" + name + "\" is missing from the jar: was its resource left out?");
      }
      return new CsvMapping(MappingText.read(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new IngestException("mapping \"" + name + "\": " + e, e);
    }
  }

  /**
   * The names that {@link #named} knows.
   *
   * @return an unmodifiable list
   */
  public static List<String> names() {
    return NAMED;
  }

  /**
   * A mapping from a property file in UTF-8.
   *
   * @param file the file, in the form of the class comment
   * @return the mapping
   * @throws IngestException when the file cannot be read or says something that cannot be done
   */
  public static CsvMapping load(Path file) {
    try (Reader in = Files.newBufferedReader(file)) {
      return new CsvMapping(MappingText.read(in));
    } catch (IOException e) {
      throw new IngestException("mapping " + file + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new IngestException("mapping " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * A mapping from its text form.
   *
   * @param text as in the class comment
   * @return the mapping
   * @throws IllegalArgumentException for an entry that cannot be read, naming it
   */
  public static CsvMapping parse(String text) {
    try {
      return new CsvMapping(MappingText.read(new StringReader(text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A builder that starts from this mapping.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    return new Builder(properties);
  }

  CsvSpec spec() {
    return spec;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof CsvMapping other
        && List.copyOf(properties.entrySet()).equals(List.copyOf(other.properties.entrySet()));
  }

  @Override
  public int hashCode() {
    return properties.hashCode();
  }

  /**
   * The text form, which {@link #parse} reads back.
   *
   * @return one line for each entry
   */
  @Override
  public String toString() {
    return MappingText.of(properties);
  }

  /** Builds a {@link CsvMapping}; each method stands for an entry of the text form. */
  public static final class Builder {
    private final Map<String, String> properties;

    private Builder(Map<String, String> properties) {
      this.properties = new LinkedHashMap<>(properties);
    }

    private Builder set(String key, String value) {
      properties.put(key, Objects.requireNonNull(value, key));
      return this;
    }

    /**
     * Sets what stands between two fields.
     *
     * @param delimiter one or more characters; {@code "\t"}, {@code "\\t"} or {@code "tab"} for a
     *     tab
     * @return this
     */
    public Builder delimiter(String delimiter) {
      return set(CsvSpec.DELIMITER, delimiter);
    }

    /**
     * Sets the charset; a byte order mark in the file overrules it.
     *
     * @param charset the charset, UTF-8 unless set
     * @return this
     */
    public Builder charset(Charset charset) {
      return set(CsvSpec.CHARSET, charset.name());
    }

    /**
     * Sets whether the first line names the columns.
     *
     * @param header whether it does, true unless set; when not, columns are numbers
     * @return this
     */
    public Builder header(boolean header) {
      return set(CsvSpec.HEADER, header ? "yes" : "no");
    }

    /**
     * Sets the quote character.
     *
     * @param quote the character around fields that hold delimiters
     * @return this
     */
    public Builder quote(char quote) {
      return set(CsvSpec.QUOTE, String.valueOf(quote));
    }

    /**
     * Takes quote characters for plain text.
     *
     * @return this
     */
    public Builder noQuote() {
      return set(CsvSpec.QUOTE, "none");
    }

    /**
     * Sets how many columns each row of a file without header must have.
     *
     * @param columns the number, at least 1
     * @return this
     */
    public Builder columns(int columns) {
      return set(CsvSpec.COLUMNS, Integer.toString(columns));
    }

    /**
     * Says where the user's id stands.
     *
     * @param column the column
     * @return this
     */
    public Builder user(String column) {
      return set(CsvSpec.USER, column);
    }

    /**
     * Says where the item's id stands.
     *
     * @param column the column
     * @return this
     */
    public Builder item(String column) {
      return set(CsvSpec.ITEM, column);
    }

    /**
     * Makes every row an event of one type. Without this and without {@link #type(String)}, events
     * with a price column are purchases, others with a value column ratings, others views.
     *
     * @param type the type
     * @return this
     */
    public Builder event(EventType type) {
      return set(CsvSpec.EVENT, type.name());
    }

    /**
     * Says where the type of the event stands: a name of {@link EventType}, a usual word such as
     * {@code buy} or {@code pv}, or one of {@link #type(String, EventType)}; case does not matter.
     *
     * @param column the column
     * @return this
     */
    public Builder type(String column) {
      return set(CsvSpec.TYPE, column);
    }

    /**
     * Says what a word in the type column means.
     *
     * @param word the word
     * @param type what it means
     * @return this
     */
    public Builder type(String word, EventType type) {
      return set(CsvSpec.TYPE + "." + word, type.name());
    }

    /**
     * Says where the rating, the quantity or the seconds stand.
     *
     * @param column the column
     * @return this
     */
    public Builder value(String column) {
      return set(CsvSpec.VALUE, column);
    }

    /**
     * Says where the price of one stands.
     *
     * @param column the column
     * @return this
     */
    public Builder price(String column) {
      return set(CsvSpec.PRICE, column);
    }

    /**
     * Says where the search query stands.
     *
     * @param column the column; a row with a query and no item is a {@link Search}
     * @return this
     */
    public Builder query(String column) {
      return set(CsvSpec.QUERY, column);
    }

    /**
     * Says where the time stands.
     *
     * @param column the column
     * @param format {@code epoch-seconds}, {@code epoch-millis}, {@code iso}, {@code auto} (the
     *     first time in the file decides among these) or a {@link
     *     java.time.format.DateTimeFormatter} pattern; a date without time is the start of the day
     * @return this
     */
    public Builder time(String column, String format) {
      return set(CsvSpec.TIME, column).set(CsvSpec.TIME_FORMAT, format);
    }

    /**
     * Sets the language of months and days that a pattern of {@link #time} names: {@code MMM} and
     * {@code MMMM} as in a date, {@code LLL} and {@code LLLL} as alone, by the names of the JVM.
     *
     * @param locale the locale, English unless set
     * @return this
     */
    public Builder locale(Locale locale) {
      return set(CsvSpec.TIME_LOCALE, locale.toLanguageTag());
    }

    /**
     * Sets the zone of times that name none.
     *
     * @param zone the zone, UTC unless set
     * @return this
     */
    public Builder zone(ZoneId zone) {
      return set(CsvSpec.TIME_ZONE, zone.getId());
    }

    /**
     * Sets the earliest time that is taken for real.
     *
     * @param earliest the first accepted instant, 1970 unless set
     * @return this
     */
    public Builder earliest(Instant earliest) {
      return set(CsvSpec.TIME_EARLIEST, earliest.toString());
    }

    /**
     * Sets the latest time that is taken for real.
     *
     * @param latest the last accepted instant, a day after the clock unless set
     * @return this
     */
    public Builder latest(Instant latest) {
      return set(CsvSpec.TIME_LATEST, latest.toString());
    }

    /**
     * Says where the item's title stands.
     *
     * @param column the column
     * @return this
     */
    public Builder title(String column) {
      return set(CsvSpec.TITLE, column);
    }

    /**
     * Says where an attribute of the item stands, such as {@link Item#CATEGORY}.
     *
     * @param name the attribute
     * @param column the column
     * @return this
     */
    public Builder itemAttribute(String name, String column) {
      return set(CsvSpec.ITEM_FACTS.contains(name) ? name : CsvSpec.ITEM + "." + name, column);
    }

    /**
     * Says where the item's tags stand.
     *
     * @param column the column
     * @param separator what stands between two tags; {@code any} for any of {@code | ; ,}
     * @return this
     */
    public Builder tags(String column, String separator) {
      return set(CsvSpec.TAGS, column).set(CsvSpec.TAG_SEPARATOR, separator);
    }

    /**
     * Says where it stands whether the item has a tag: 1, true or yes; 0, false, no or blank.
     *
     * @param tag the tag
     * @param column the column
     * @return this
     */
    public Builder flag(String tag, String column) {
      return set(CsvSpec.FLAG + "." + tag, column);
    }

    /**
     * Says where an attribute of the user stands, such as {@link User#LOCALE} or one of yours.
     *
     * @param name the attribute
     * @param column the column
     * @return this
     */
    public Builder userAttribute(String name, String column) {
      return set(CsvSpec.USER + "." + name, column);
    }

    /**
     * Reads a column of whole numbers that were written with a decimal part of zeros: 17850.0 is
     * taken as 17850. The report counts them. A value that is no whole number makes the row
     * malformed.
     *
     * @param column the column
     * @return this
     */
    public Builder integer(String column) {
      return set(CsvSpec.FORMAT + "." + column, CsvSpec.INTEGER);
    }

    /**
     * Reads a column of numbers with a decimal comma: 1.299,00 € is taken as 1299.00. Points,
     * spaces and apostrophes between groups of three digits are left out, and so is a currency
     * before or after, a sign or three capital letters.
     *
     * @param column the column
     * @return this
     */
    public Builder decimalComma(String column) {
      return set(CsvSpec.FORMAT + "." + column, CsvSpec.DECIMAL_COMMA);
    }

    /**
     * Rejects rows by a rule.
     *
     * @param rule the name under which they are counted
     * @param condition such as {@code "Quantity <= 0"}; see the class comment
     * @return this
     */
    public Builder reject(String rule, String condition) {
      return set(CsvSpec.REJECT + "." + rule, condition);
    }

    /**
     * Says which rows cancel earlier purchases.
     *
     * @param condition such as {@code "InvoiceNo startsWith C"}
     * @return this
     */
    public Builder cancel(String condition) {
      return set(CsvSpec.CANCEL, condition);
    }

    /**
     * Says what to put where a number is missing.
     *
     * @param column the value or the price column
     * @param how {@code drop} (the row is rejected by a rule of that name), {@code mean}, {@code
     *     median} or a number
     * @return this
     */
    public Builder impute(String column, String how) {
      return set(CsvSpec.IMPUTE + "." + column, how);
    }

    /**
     * Keeps equal events as several, instead of merging them.
     *
     * @return this
     */
    public Builder keepDuplicates() {
      return set(CsvSpec.DUPLICATES, "keep");
    }

    /**
     * The mapping.
     *
     * @return an immutable mapping
     * @throws IllegalArgumentException for a value that cannot be, naming its entry in the text
     *     form
     */
    public CsvMapping build() {
      return new CsvMapping(properties);
    }
  }
}
