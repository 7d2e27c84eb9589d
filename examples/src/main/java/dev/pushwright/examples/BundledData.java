// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A data file that comes with the examples, as a file on disk while this is open: the original may
 * stand inside a jar.
 *
 * @param path the file, alone in a temporary directory
 */
record BundledData(Path path) implements AutoCloseable {

  static BundledData open(String name) throws IOException {
    try (InputStream in = BundledData.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing from the class path");
      }
      BundledData data = new BundledData(Files.createTempDirectory("pushwright").resolve(name));
      Files.copy(in, data.path);
      return data;
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
    Files.deleteIfExists(path.getParent());
  }
}
