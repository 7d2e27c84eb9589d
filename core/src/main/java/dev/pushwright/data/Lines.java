// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, gzipped or not, of any size: a line that is too long is cut, so that it
 * costs no more memory than any other. Bytes that cannot be decoded become U+FFFD.
 */
final class Lines implements Closeable {

  /** The longest line that is kept whole, in characters. */
  static final int MAX_LENGTH = 1 << 20;

  private static final int CUT_LENGTH = 200;

  /**
   * A line.
   *
   * @param number from 1
   * @param text without its end; of a line that is too long the beginning
   * @param tooLong whether it was cut
   */
  record Line(long number, String text, boolean tooLong) {}

  private final Reader reader;
  private final Charset charset;
  private final char[] buffer = new char[1 << 16];
  private int position;
  private int limit;
  private long number;
  private boolean skipLineFeed;

  /** Opens a file; a byte order mark overrules the charset. */
  Lines(Path file, Charset charset) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      if (startsWith(in, 0x1f, 0x8b)) {
        in = new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16);
      }
      this.charset = skipMark(in, charset);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
    this.reader = new InputStreamReader(in, this.charset);
  }

  private static Charset skipMark(InputStream in, Charset charset) throws IOException {
    if (startsWith(in, 0xef, 0xbb, 0xbf)) {
      in.skipNBytes(3);
      return StandardCharsets.UTF_8;
    }
    if (startsWith(in, 0xff, 0xfe)) {
      in.skipNBytes(2);
      return StandardCharsets.UTF_16LE;
    }
    if (startsWith(in, 0xfe, 0xff)) {
      in.skipNBytes(2);
      return StandardCharsets.UTF_16BE;
    }
    return charset;
  }

  private static boolean startsWith(InputStream in, int... bytes) throws IOException {
    in.mark(bytes.length);
    try {
      for (int expected : bytes) {
        if (in.read() != expected) {
          return false;
        }
      }
      return true;
    } finally {
      in.reset();
    }
  }

  /** The charset the file is read in. */
  Charset charset() {
    return charset;
  }

  /** How many lines were read. */
  long count() {
    return number;
  }

  /** The next line, or null after the last. Ends are LF, CR LF or CR. */
  @Nullable Line next() throws IOException {
    StringBuilder text = new StringBuilder();
    boolean any = false;
    boolean tooLong = false;
    while (true) {
      if (position == limit) {
        limit = reader.read(buffer, 0, buffer.length);
        position = 0;
        if (limit <= 0) {
          limit = 0;
          return any ? new Line(++number, text.toString(), tooLong) : null;
        }
      }
      if (skipLineFeed && buffer[position] == '\n') {
        position++;
        skipLineFeed = false;
        continue;
      }
      skipLineFeed = false;
      any = true;
      int end = position;
      while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
        end++;
      }
      if (!tooLong) {
        text.append(buffer, position, end - position);
        if (text.length() > MAX_LENGTH) {
          tooLong = true;
          text.setLength(CUT_LENGTH);
          text.trimToSize();
        }
      }
      position = end;
      if (end < limit) {
        skipLineFeed = buffer[end] == '\r';
        position++;
        return new Line(++number, text.toString(), tooLong);
      }
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
