// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A training that can go on: parameters, optimizer, progress, and whose training it is. */
final class Seq2SeqCheckpoint {

  private static final String WHOSE = "pushwright.checkpoint";

  private Seq2SeqCheckpoint() {}

  /** Replaces the file as a whole, or not at all. */
  static void write(Path file, String whose, Seq2SeqTrainer trainer, Refiner refiner) {
    TensorFileWriter out = new TensorFileWriter().metadata(WHOSE, whose);
    trainer.parameters().save(new ModelWriter(out).section("net"));
    trainer.optimizer().save(new ModelWriter(out).section("optimizer"));
    refiner.optimizer().save(new ModelWriter(out).section("refiner"));
    new ModelWriter(out).ints("epochs", new int[] {trainer.epochs(), refiner.epochs()});
    out.write(file);
  }

  /**
   * Reads the file, where there is one.
   *
   * @throws IllegalArgumentException when it is of another training
   * @throws dev.pushwright.io.ModelFormatException when it is damaged
   */
  static void read(Path file, String whose, Seq2SeqTrainer trainer, Refiner refiner) {
    if (Files.notExists(file)) {
      return;
    }
    try (TensorFile in = TensorFile.open(file)) {
      String found = in.metadata(WHOSE);
      if (!found.equals(whose)) {
        throw new IllegalArgumentException(
            file
                + " is a checkpoint of "
                + found
                + ", this is "
                + whose
                + "; delete it or name another file");
      }
      trainer.parameters().read(new ModelReader(in).section("net"));
      trainer.optimizer().read(new ModelReader(in).section("optimizer"));
      refiner.optimizer().read(new ModelReader(in).section("refiner"));
      int[] epochs = new ModelReader(in).ints("epochs", 2);
      if (epochs[0] < 0 || epochs[1] < 0) {
        throw new ModelReader(in).damaged("epochs is " + epochs[0] + " and " + epochs[1]);
      }
      trainer.resume(epochs[0]);
      refiner.resume(epochs[1]);
    }
  }
}
