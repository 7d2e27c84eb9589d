// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Files of words: UTF-8, one entry a line; a # at the begin of a line or after a space begins a
 * comment.
 */
final class WordFile {

  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

  /**
   * An entry.
   *
   * @param place the file and the number of the line
   * @param text what it says, without comment and spaces around; never empty
   */
  record Line(String place, String text) {
    IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException(place + " is \"" + text + "\": " + what);
    }
  }

  private WordFile() {}

  /**
   * The entries of a file.
   *
   * @throws UncheckedIOException when it cannot be read
   * @throws IllegalArgumentException for a line that is no UTF-8 or no text, naming file and line
   */
  static List<Line> lines(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the words in " + file.toAbsolutePath(), e);
    }
    return lines(bytes, file.toString());
  }

  private static List<Line> lines(byte[] bytes, String name) {
    List<Line> lines = new ArrayList<>();
    int number = 1;
    for (String text : decoded(bytes, name).split("\n", -1)) {
      String place = name + " line " + number++;
      if (text.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\r')) {
        throw new IllegalArgumentException(
            place + " holds control characters; a text file in UTF-8 is needed");
      }
      String entry = COMMENT.matcher(text).replaceFirst("").strip();
      if (!entry.isEmpty()) {
        lines.add(new Line(place, entry));
      }
    }
    return lines;
  }

  private static String decoded(byte[] bytes, String name) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        if (bytes[i] == '\n') {
          line++;
        }
      }
      throw new IllegalArgumentException(
          name + " line " + line + " is no UTF-8; save the file in that encoding");
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The entries of a file of this library's. */
  static List<String> resource(String name) {
    try (InputStream in = Objects.requireNonNull(WordFile.class.getResourceAsStream(name), name)) {
      return lines(in.readAllBytes(), name).stream()
          .flatMap(line -> List.of(line.text().split("\\s+")).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
