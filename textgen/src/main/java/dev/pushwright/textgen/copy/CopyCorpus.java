// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import dev.pushwright.api.Occasion;
import dev.pushwright.api.Tone;
import dev.pushwright.data.IngestException;
import dev.pushwright.data.IngestReport;
import dev.pushwright.spi.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Pairs of attributes and text.
 *
 * <p>{@link #read} takes CSV with a header line and JSON lines (one object a line), both in UTF-8
 * and gzipped or not; a file that begins with a brace is of JSON lines. The text stands in {@code
 * text} (or {@code ref}), or as title and body in {@code title} and {@code body}. The attributes
 * are all other columns, those of a row whose cell is blank left out; or stand together in {@code
 * mr}, as {@code name[The Mill], food[Thai]}. In JSON they may also be an object {@code
 * attributes}, and a value may be an array: the slots of its further elements are numbered, {@code
 * tag}, {@code tag2}, {@code tag3}.
 *
 * <p>A text may also be written with placeholders, "{item} for {price}": their slots are attributes
 * without being given.
 *
 * <p>A row that cannot be used, or holds bytes that are no UTF-8, is reported with its line and the
 * reason, and the others are read; a warning in the log tells how many there were.
 *
 * @param pairs in the order of the file
 * @param report what became of each row; empty for pairs that come from no file
 */
public record CopyCorpus(List<CopyPair> pairs, IngestReport report) {

  /** Copies the list. */
  public CopyCorpus {
    pairs = List.copyOf(pairs);
    Objects.requireNonNull(report, "report");
  }

  /**
   * A corpus from elsewhere.
   *
   * @param pairs the pairs
   * @return a corpus with an empty report
   */
  public static CopyCorpus of(List<CopyPair> pairs) {
    return new CopyCorpus(pairs, new IngestReport(List.of()));
  }

  /**
   * The corpus that comes with the library: some two hundred push messages in English and a hundred
   * in Chinese, written for it, with placeholders. Their slots are {@code item}, {@code price},
   * {@code oldPrice}, {@code discount} (without the percent sign), {@code name}, {@code tag},
   * {@code because}, {@code second}, {@code category} and {@code brand}; {@code language}, {@code
   * occasion} and {@code tone} say what a message is for.
   *
   * @return the pairs of both languages
   */
  public static CopyCorpus bundled() {
    List<CopyPair> pairs = new ArrayList<>();
    for (String language : List.of("en", "zh")) {
      String name = language + ".csv";
      try (InputStream in =
              Objects.requireNonNull(
                  CopyCorpus.class.getResourceAsStream(name), name + " is missing from the jar");
          Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        pairs.addAll(read(name, reader).pairs());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return of(pairs);
  }

  /**
   * Reads a file.
   *
   * @param file CSV or JSON lines
   * @return the pairs and what became of each row
   * @throws dev.pushwright.data.IngestException when it cannot be read, has no text column, or no
   *     row of it can be used
   */
  public static CopyCorpus read(Path file) {
    return CopyReader.read(file);
  }

  /**
   * Reads what is open already, such as a resource.
   *
   * @param name what messages call it
   * @param in CSV or JSON lines; stays open
   * @return the pairs and what became of each row
   * @throws dev.pushwright.data.IngestException as {@link #read(Path)} does
   */
  public static CopyCorpus read(String name, Reader in) {
    return CopyReader.read(Path.of(name), in);
  }

  /**
   * Reads push messages: a file whose texts, where they tell an {@code occasion} or a {@code tone},
   * tell one that requests have.
   *
   * @param file CSV or JSON lines
   * @return the pairs and what became of each row
   * @throws dev.pushwright.data.IngestException as {@link #read(Path)} does, and when no request
   *     would ever ask for one of the texts
   */
  public static CopyCorpus messages(Path file) {
    CopyCorpus corpus = read(file);
    corpus.check(file, MessageSlots.OCCASION, Occasion.values());
    corpus.check(file, MessageSlots.TONE, Tone.values());
    return corpus;
  }

  private void check(Path file, String slot, Enum<?>[] constants) {
    List<String> known = Arrays.stream(constants).map(MessageSlots::value).toList();
    for (CopyPair pair : pairs) {
      String told = pair.attributes().get(slot);
      if (told != null && !known.contains(told)) {
        throw new IngestException(
            file
                + ": "
                + Spelling.unknown(slot, told, known)
                + "; no message would be written as \""
                + pair.text().replace('\n', ' ')
                + "\" is");
      }
    }
  }
}
