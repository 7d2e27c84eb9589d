// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import dev.pushwright.data.EventType;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The templates of one language, with what they fall back to. Immutable. */
final class TemplatePack {

  private final Locale language;
  private final Map<String, MessageTemplate> templates;
  private final Map<String, String> defaults;
  private final Map<EventType, Text> did;

  TemplatePack(
      Locale language,
      Map<String, MessageTemplate> templates,
      Map<String, String> defaults,
      Map<EventType, Text> did) {
    this.language = language;
    this.templates = Collections.unmodifiableMap(new TreeMap<>(templates));
    this.defaults = Collections.unmodifiableMap(new TreeMap<>(defaults));
    Map<EventType, Text> copy = new EnumMap<>(EventType.class);
    copy.putAll(did);
    this.did = Collections.unmodifiableMap(copy);
  }

  Locale language() {
    return language;
  }

  /** The templates in the order of their ids. */
  Collection<MessageTemplate> templates() {
    return templates.values();
  }

  /** What a slot takes that has no value of its own. */
  Map<String, String> defaults() {
    return defaults;
  }

  /** How the language says that the user did something with an item. */
  Optional<Text> did(EventType type) {
    return Optional.ofNullable(did.get(type));
  }

  /** Both packs in one; where both have the same key, the other one's holds. */
  TemplatePack with(TemplatePack other) {
    Map<String, MessageTemplate> allTemplates = new TreeMap<>(templates);
    allTemplates.putAll(other.templates);
    Map<String, String> allDefaults = new TreeMap<>(defaults);
    allDefaults.putAll(other.defaults);
    Map<EventType, Text> allDid = new EnumMap<>(EventType.class);
    allDid.putAll(did);
    allDid.putAll(other.did);
    return new TemplatePack(language, allTemplates, allDefaults, allDid);
  }
}
