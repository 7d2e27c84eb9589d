// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Parameters;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterMeanTest {

  @TempDir Path folder;

  private static Parameters parameters(float value) {
    Parameters parameters = new Parameters(1);
    parameters.matrix("w", 2, 3, Initializer.constant(value));
    return parameters;
  }

  private static ParameterMean meanOf(float... values) {
    ParameterMean mean = new ParameterMean();
    for (float value : values) {
      mean.add(parameters(value));
    }
    return mean;
  }

  private static void read(Path file, ParameterMean into) {
    try (TensorFile in = TensorFile.open(file)) {
      into.read(new ModelReader(in), parameters(0));
    }
  }

  @Test
  void aMeanThatWasSavedGoesOn() {
    Path file = folder.resolve("mean.safetensors");
    TensorFileWriter out = new TensorFileWriter();
    meanOf(1, 4).save(new ModelWriter(out), parameters(0));
    out.write(file);
    ParameterMean mean = new ParameterMean();
    read(file, mean);
    mean.add(parameters(7));
    Parameters moved = parameters(0);
    mean.moveTo(moved);
    assertThat(moved.get("w").values()).containsOnly(4);
    // It is forgotten then.
    mean.add(parameters(5));
    mean.moveTo(moved);
    assertThat(moved.get("w").values()).containsOnly(5);
  }

  @Test
  void damageIsRefused() {
    Path file = folder.resolve("mean.safetensors");
    TensorFileWriter none = new TensorFileWriter();
    new ModelWriter(none).longs("moments", new long[] {0});
    none.write(file);
    assertThatThrownBy(() -> read(file, new ParameterMean()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("moments is 0");
    TensorFileWriter infinite = new TensorFileWriter();
    meanOf(1, Float.POSITIVE_INFINITY).save(new ModelWriter(infinite), parameters(0));
    infinite.write(file);
    assertThatThrownBy(() -> read(file, new ParameterMean()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("the sum of w holds Infinity");
  }
}
