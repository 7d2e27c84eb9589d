// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/** Parts of a model, by way of a file. */
public final class ModelParts {

  private ModelParts() {}

  /** What is read of what was saved, in a file of the folder. */
  public static <T> T reread(
      Path folder, Consumer<ModelWriter> save, Function<ModelReader, T> read) {
    Path file = folder.resolve("parts.safetensors");
    TensorFileWriter out = new TensorFileWriter();
    save.accept(new ModelWriter(out));
    out.write(file);
    try (TensorFile in = TensorFile.open(file)) {
      return read.apply(new ModelReader(in));
    }
  }
}
