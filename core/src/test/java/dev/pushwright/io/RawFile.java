// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tensor files made by hand, good and bad. */
final class RawFile {

  private RawFile() {}

  /** A file of this header, whatever it says, and so many bytes of data. */
  static byte[] of(String header, int dataBytes) {
    return of(header.getBytes(StandardCharsets.UTF_8), dataBytes);
  }

  static byte[] of(byte[] header, int dataBytes) {
    return of(header.length, header, dataBytes);
  }

  static byte[] of(long claimedLength, byte[] header, int dataBytes) {
    return ByteBuffer.allocate(8 + header.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(claimedLength)
        .put(header)
        .array();
  }

  static Path write(Path folder, byte[] content) {
    try {
      return Files.write(folder.resolve("raw.safetensors"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all there is in a file, each tensor by its type, and each list of texts. */
  static int readAll(Path path) {
    try (TensorFile file = TensorFile.open(path)) {
      int read = file.metadata().size();
      for (String name : file.names()) {
        read += file.shape(name).size();
        read +=
            switch (file.dtype(name)) {
              case F32 -> file.floats(name).length;
              case F64 -> file.doubles(name).length;
              case I32 -> file.ints(name).length;
              case I64 -> file.longs(name).length;
              case U8 -> file.bytes(name).length;
            };
        if (name.endsWith(TensorFileWriter.TEXT_BYTES)) {
          String texts = name.substring(0, name.length() - TensorFileWriter.TEXT_BYTES.length());
          read += file.texts(texts).size();
        }
      }
      return read;
    }
  }
}
