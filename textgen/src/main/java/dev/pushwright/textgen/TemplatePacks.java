// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The template packs that are installed, one a language. Immutable. */
final class TemplatePacks {

  private static final List<String> BUILT_IN = List.of("en", "zh");

  private final Map<String, TemplatePack> byTag;

  private TemplatePacks(Map<String, TemplatePack> byTag) {
    this.byTag = Collections.unmodifiableMap(byTag);
  }

  /**
   * Reads packs.
   *
   * @param builtIn whether to have those of this library too
   * @param files further ones; a later one adds to, and comes before, an earlier one of its
   *     language
   * @throws IllegalArgumentException naming the file, and the key where there is one
   */
  static TemplatePacks read(boolean builtIn, List<Path> files) {
    Map<String, TemplatePack> byTag = new TreeMap<>();
    if (builtIn) {
      BUILT_IN.forEach(language -> add(byTag, readBuiltIn(language)));
    }
    files.forEach(file -> add(byTag, readFile(file)));
    return new TemplatePacks(byTag);
  }

  private static void add(Map<String, TemplatePack> byTag, TemplatePack pack) {
    byTag.merge(pack.language().toLanguageTag(), pack, TemplatePack::with);
  }

  private static TemplatePack readBuiltIn(String language) {
    String name = "packs/" + language + ".properties";
    try (InputStream in =
            Objects.requireNonNull(
                TemplatePacks.class.getResourceAsStream(name), name + " is missing from the jar");
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return PackReader.read(name, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TemplatePack readFile(Path file) {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return PackReader.read(file.toString(), reader);
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8", e);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file", e);
    } catch (IOException e) {
      throw unreadable(file, e.toString(), e);
    }
  }

  private static IllegalArgumentException unreadable(Path file, String why, IOException cause) {
    return new IllegalArgumentException(
        "option " + TemplateGenerator.PACKS.name() + " names " + file + ", but " + why, cause);
  }

  /** The language tags there are packs of, in order. */
  Collection<String> languages() {
    return byTag.keySet();
  }

  /** The pack for a locale, by the look-up of RFC 4647: zh-Hans-CN, then zh-Hans, then zh. */
  Optional<TemplatePack> find(Locale locale) {
    List<Locale.LanguageRange> wanted = List.of(new Locale.LanguageRange(locale.toLanguageTag()));
    return Optional.ofNullable(Locale.lookupTag(wanted, byTag.keySet()))
        // The look-up gives its answer in lower case.
        .flatMap(
            tag ->
                byTag.values().stream()
                    .filter(pack -> pack.language().toLanguageTag().equalsIgnoreCase(tag))
                    .findFirst());
  }
}
