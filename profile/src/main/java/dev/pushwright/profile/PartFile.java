// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Files of what is fitted but plays none of the roles that {@link dev.pushwright.spi.Models} saves,
 * such as word vectors. The layout is that of {@link TensorFileWriter}; two metadata entries say
 * what the file is: {@value #KIND}, such as {@code word-vectors}, and {@value #FORMAT}, the version
 * of the format, {@value #VERSION}.
 */
public final class PartFile {

  static final String KIND = "pushwright.part";
  static final String FORMAT = "pushwright.format";
  static final int VERSION = 1;

  private PartFile() {}

  /**
   * Writes a file.
   *
   * @param kind what it is
   * @param part writes the content
   * @param file where to; an existing file is replaced as a whole or not at all
   * @throws UncheckedIOException when it cannot be written
   */
  public static void save(String kind, Consumer<ModelWriter> part, Path file) {
    TensorFileWriter out =
        new TensorFileWriter().metadata(KIND, kind).metadata(FORMAT, String.valueOf(VERSION));
    part.accept(new ModelWriter(out));
    out.write(file);
  }

  /**
   * Reads a file.
   *
   * @param kind what it has to be
   * @param part reads the content
   * @param file what {@link #save} wrote
   * @return what was read
   * @param <T> its type
   * @throws ModelFormatException when the file is damaged, of a newer version or of another kind
   * @throws UncheckedIOException when it cannot be read, such as when it does not exist
   */
  public static <T> T load(String kind, Function<ModelReader, T> part, Path file) {
    try (TensorFile in = TensorFile.open(file)) {
      String found = in.metadata().getOrDefault(KIND, "");
      if (!found.equals(kind)) {
        throw new ModelFormatException(
            file
                + (found.isEmpty() ? " is no part of Pushwright" : " holds " + found)
                + "; "
                + kind
                + " was asked for");
      }
      String format = in.metadata(FORMAT);
      if (!format.equals(String.valueOf(VERSION))) {
        throw new ModelFormatException(
            file
                + " is of the format \""
                + format
                + "\"; this Pushwright reads "
                + VERSION
                + ": update it, or save the part with the older version");
      }
      return part.apply(new ModelReader(in));
    }
  }
}
