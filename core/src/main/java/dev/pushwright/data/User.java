// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collections;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a user beside the events: named attributes, some of which have a meaning here.
 *
 * @param id the id, not empty
 * @param attributes {@value #NAME}, {@value #LOCALE} (a BCP 47 tag such as {@code en-GB}), {@value
 *     #ZONE} (an id such as {@code Europe/London}), {@value #CONSENT} ({@code yes} or {@code no}:
 *     may pushes be sent?); any other name is yours, for example the one a recommender is told to
 *     segment by. Blank values are left out.
 */
public record User(String id, Map<String, String> attributes) {

  /** The attribute that holds the name to greet the user by. */
  public static final String NAME = "name";

  /** The attribute that holds the user's language, as a BCP 47 tag. */
  public static final String LOCALE = "locale";

  /** The attribute that holds the user's time zone, as a {@link ZoneId}. */
  public static final String ZONE = "zone";

  /** The attribute that says whether the user agreed to pushes: {@code yes} or {@code no}. */
  public static final String CONSENT = "consent";

  /** Whether a user agreed to receive pushes. */
  public enum Consent {
    /** The user said yes. */
    GRANTED,
    /** The user said no. */
    DENIED,
    /** Nobody recorded an answer. */
    UNKNOWN
  }

  /**
   * Checks the id and the attributes that have a meaning here; a refusal names attribute, value and
   * remedy.
   */
  public User {
    Ids.check("user id", id);
    Map<String, String> copy = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> {
          if (!value.isBlank()) {
            copy.put(name, value.strip());
          }
        });
    attributes = Collections.unmodifiableMap(copy);
    parseLocale(id, attributes.get(LOCALE));
    parseZone(id, attributes.get(ZONE));
    parseConsent(id, attributes.get(CONSENT));
  }

  /**
   * A user of whom only the id is known.
   *
   * @param id the id, not empty
   * @return the user
   */
  public static User of(String id) {
    return new User(id, Map.of());
  }

  /**
   * This user with one attribute more, or with another value for it.
   *
   * @param name the attribute
   * @param value its value; blank removes it
   * @return a new user
   */
  public User with(String name, String value) {
    Map<String, String> copy = new LinkedHashMap<>(attributes);
    copy.put(name, value);
    return new User(id, copy);
  }

  /**
   * One attribute.
   *
   * @param name the attribute
   * @return its value, never blank, or empty
   */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /**
   * The name to greet the user by.
   *
   * @return the name, or empty
   */
  public Optional<String> name() {
    return attribute(NAME);
  }

  /**
   * The user's language.
   *
   * @return the locale, or empty
   */
  public Optional<Locale> locale() {
    return parseLocale(id, attributes.get(LOCALE));
  }

  /**
   * The user's time zone.
   *
   * @return the zone, or empty
   */
  public Optional<ZoneId> zone() {
    return parseZone(id, attributes.get(ZONE));
  }

  /**
   * Whether the user agreed to pushes.
   *
   * @return the consent, {@link Consent#UNKNOWN} when nobody recorded an answer
   */
  public Consent consent() {
    return parseConsent(id, attributes.get(CONSENT));
  }

  private static Optional<Locale> parseLocale(
      String id, @org.jspecify.annotations.Nullable String tag) {
    if (tag == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Locale.Builder().setLanguageTag(tag).build());
    } catch (IllformedLocaleException e) {
      throw new IllegalArgumentException(
          "locale of user " + id + " is \"" + tag + "\"; a BCP 47 tag such as en-GB is needed", e);
    }
  }

  private static Optional<ZoneId> parseZone(
      String id, @org.jspecify.annotations.Nullable String zone) {
    if (zone == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ZoneId.of(zone));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "zone of user " + id + " is \"" + zone + "\"; an id such as Europe/London is needed", e);
    }
  }

  private static Consent parseConsent(
      String id, @org.jspecify.annotations.Nullable String consent) {
    if (consent == null) {
      return Consent.UNKNOWN;
    }
    return switch (consent.toLowerCase(Locale.ROOT)) {
      case "yes", "true", "1", "granted" -> Consent.GRANTED;
      case "no", "false", "0", "denied" -> Consent.DENIED;
      default ->
          throw new IllegalArgumentException(
              "consent of user " + id + " is \"" + consent + "\"; yes or no is needed");
    };
  }
}
