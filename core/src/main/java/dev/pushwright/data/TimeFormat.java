// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads the times of one file. Rows next to each other often share theirs, so the last one is
 * remembered. Not thread-safe.
 */
final class TimeFormat {

  static final String AUTO = "auto";
  static final String SECONDS = "epoch-seconds";
  static final String MILLIS = "epoch-millis";
  static final String ISO = "iso";

  private static final Pattern EPOCH = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");

  // The first instant that, as milliseconds, is taken for such: 1973. As seconds it is the year
  // 5138.
  private static final BigDecimal LEAST_MILLIS = new BigDecimal("1e11");

  private static final DateTimeFormatter ISO_TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][ ]")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final DateTimeFormatter formatter;
  private final ZoneId zone;
  private final Locale locale;
  private String format;
  private String lastText = "";
  private Instant lastTime = Instant.EPOCH;

  /** A reader; a refusal of the pattern says what is wrong with it. */
  TimeFormat(String format, ZoneId zone, Locale locale) {
    this.format = format;
    this.zone = zone;
    this.locale = locale;
    this.formatter = isPattern(format) ? strict(format, locale) : ISO_TIME;
  }

  /** Whether a format is spelt out, and may have names of months in it. */
  static boolean isPattern(String format) {
    return switch (format) {
      case AUTO, SECONDS, MILLIS, ISO -> false;
      default -> true;
    };
  }

  // Strictly, so that 31 February is refused; then the year must be spelt u, for y asks for an era.
  private static DateTimeFormatter strict(String pattern, Locale locale) {
    StringBuilder years = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      years.append(c == 'y' && !quoted && !pattern.contains("G") ? 'u' : c);
    }
    try {
      return DateTimeFormatter.ofPattern(years.toString(), locale)
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "time format \""
              + pattern
              + "\" is none of auto, epoch-seconds, epoch-millis, iso and no date pattern: "
              + e.getMessage(),
          e);
    }
  }

  /** What a time should look like, for messages. */
  String expected() {
    return switch (format) {
      case AUTO -> "a time such as 2011-12-09T12:50:00Z, 2011-12-09 or 1323435000";
      case SECONDS -> "seconds since 1970";
      case MILLIS -> "milliseconds since 1970";
      case ISO -> "a time such as 2011-12-09T12:50:00Z or 2011-12-09";
      default -> "a time in the form " + format + months();
    };
  }

  private String months() {
    return format.contains("MMM") || format.contains("LLL")
        ? " with months in " + locale.getDisplayName(Locale.ENGLISH)
        : "";
  }

  /** The instant a text stands for; DateTimeException when it stands for none. */
  Instant parse(String text) {
    if (!text.equals(lastText)) {
      lastTime = read(text);
      lastText = text;
    }
    return lastTime;
  }

  private Instant read(String text) {
    boolean number = EPOCH.matcher(text).matches();
    if (format.equals(AUTO)) {
      // The first time that can be read decides for the whole file.
      boolean millis = number && new BigDecimal(text).abs().compareTo(LEAST_MILLIS) >= 0;
      Instant first = number ? epoch(text, millis) : calendar(text);
      format = !number ? ISO : millis ? MILLIS : SECONDS;
      return first;
    }
    if (format.equals(SECONDS) || format.equals(MILLIS)) {
      if (!number) {
        throw new DateTimeException(text);
      }
      return epoch(text, format.equals(MILLIS));
    }
    return calendar(text);
  }

  private static Instant epoch(String text, boolean millis) {
    BigDecimal seconds = new BigDecimal(text).movePointLeft(millis ? 3 : 0);
    long whole = seconds.longValue();
    return Instant.ofEpochSecond(
        whole, seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
  }

  private Instant calendar(String text) {
    TemporalAccessor found =
        formatter.parseBest(
            text, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    if (found instanceof ZonedDateTime zoned) {
      return zoned.toInstant();
    }
    if (found instanceof OffsetDateTime offset) {
      return offset.toInstant();
    }
    if (found instanceof LocalDateTime local) {
      return local.atZone(zone).toInstant();
    }
    return LocalDate.from(found).atStartOfDay(zone).toInstant();
  }
}
