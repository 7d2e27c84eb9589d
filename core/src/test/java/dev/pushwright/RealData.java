// SPDX-License-Identifier: Apache-2.0
package dev.pushwright;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The large public data sets, which live beside the project. A test that asks for one that is
 * absent is skipped, and says which folder it looked in.
 */
public final class RealData {

  private static final String PROPERTY = "pushwright.data";

  private RealData() {}

  /** A file of a data set, such as {@code ml-100k/u.item}. */
  public static Path file(String name) {
    Path file = Path.of(System.getProperty(PROPERTY, "../../shared/data")).resolve(name);
    Assumptions.assumeTrue(
        Files.isReadable(file),
        () -> "skipped: there is no " + file + "; -D" + PROPERTY + " names the folder");
    return file;
  }
}
