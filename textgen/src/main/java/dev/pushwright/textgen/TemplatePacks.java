// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** A pack as it was written. */
  private record Source(String name, String text) {}

  private final List<Source> sources;
  private final Map<String, TemplatePack> byTag;

  private TemplatePacks(List<Source> sources) {
    Map<String, TemplatePack> packs = new TreeMap<>();
    for (Source source : sources) {
      try (StringReader text = new StringReader(source.text())) {
        TemplatePack pack = PackReader.read(source.name(), text);
        packs.merge(pack.language().toLanguageTag(), pack, TemplatePack::with);
      } catch (IOException e) {
        throw new UncheckedIOException("reading from a string failed", e);
      }
    }
    this.sources = List.copyOf(sources);
    this.byTag = Collections.unmodifiableMap(packs);
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
    List<Source> sources = new ArrayList<>();
    if (builtIn) {
      BUILT_IN.forEach(language -> sources.add(readBuiltIn(language)));
    }
    files.forEach(file -> sources.add(readFile(file)));
    return new TemplatePacks(sources);
  }

  /** Writes every pack in its own words: a later library may have others, and files go. */
  void save(ModelWriter out) {
    out.texts("names", sources.stream().map(Source::name).toList())
        .texts("texts", sources.stream().map(Source::text).toList());
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IllegalArgumentException when one is no pack
   */
  static TemplatePacks read(ModelReader in) {
    List<String> names = in.texts("names");
    List<String> texts = in.texts("texts", names.size());
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      sources.add(new Source(names.get(i), texts.get(i)));
    }
    return new TemplatePacks(sources);
  }

  private static Source readBuiltIn(String language) {
    String name = "packs/" + language + ".properties";
    try (InputStream in =
        Objects.requireNonNull(
            TemplatePacks.class.getResourceAsStream(name), name + " is missing from the jar")) {
      return new Source(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source readFile(Path file) {
    try {
      return new Source(file.toString(), Files.readString(file));
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
