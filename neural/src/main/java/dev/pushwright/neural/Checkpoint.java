// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Provenance;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A training that can go on: parameters, optimizer, progress, and whose training it is. */
final class Checkpoint {

  private static final String WHOSE = "pushwright.checkpoint";

  private Checkpoint() {}

  private static String whose(Provenance provenance) {
    return provenance.algorithm() + " " + provenance.options() + " on " + provenance.data();
  }

  /** Replaces the file as a whole, or not at all. */
  static void write(Path file, Provenance provenance, Training trainer) {
    TensorFileWriter out = new TensorFileWriter().metadata(WHOSE, whose(provenance));
    trainer.parameters().save(new ModelWriter(out).section("net"));
    trainer.optimizer().save(new ModelWriter(out).section("optimizer"));
    trainer.progress().save(new ModelWriter(out).section("progress"), trainer.parameters());
    out.write(file);
  }

  /**
   * Reads the file, where there is one.
   *
   * @throws IllegalArgumentException when it is of another training
   * @throws ModelFormatException when it is damaged
   */
  static void read(Path file, Provenance provenance, Training trainer) {
    if (Files.notExists(file)) {
      return;
    }
    try (TensorFile in = TensorFile.open(file)) {
      String found = in.metadata(WHOSE);
      if (!found.equals(whose(provenance))) {
        throw new IllegalArgumentException(
            file
                + " is a checkpoint of "
                + found
                + ", this is "
                + whose(provenance)
                + "; delete it or name another file");
      }
      trainer.parameters().read(new ModelReader(in).section("net"));
      trainer.optimizer().read(new ModelReader(in).section("optimizer"));
      trainer.progress().read(new ModelReader(in).section("progress"), trainer.parameters());
    }
  }
}
