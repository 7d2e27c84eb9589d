// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  private static double deviation(Parameter parameter) {
    double squares = 0;
    for (float value : parameter.values()) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / parameter.values().length);
  }

  // The deviation of a uniform number within ±b is b/√3. Forty thousand numbers: within 2 %.
  @ParameterizedTest
  @ValueSource(strings = {"normal", "uniform", "glorot", "he", "lecun"})
  void initializersHaveTheirDeviation(String name) {
    Initializer initializer =
        switch (name) {
          case "normal" -> Initializer.normal(0.3);
          case "uniform" -> Initializer.uniform(0.3);
          case "glorot" -> Initializer.glorot();
          case "he" -> Initializer.he();
          default -> Initializer.lecun();
        };
    double expected =
        switch (name) {
          case "normal" -> 0.3;
          case "uniform" -> 0.3 / Math.sqrt(3);
          case "glorot" -> Math.sqrt(2.0 / 500);
          case "he" -> Math.sqrt(2.0 / 400);
          default -> Math.sqrt(1.0 / 400);
        };
    Parameter found = new Parameters(1).matrix("w", 400, 100, initializer);
    assertThat(deviation(found)).isCloseTo(expected, within(0.02 * expected));
  }

  @Test
  void aParameterBeginsAsItsNameAndSeedSayWhateverElseThereIs() {
    Parameters alone = new Parameters(5);
    Parameters more = new Parameters(5);
    more.matrix("other", 3, 3, Initializer.normal(1));
    float[] w = alone.matrix("w", 2, 2, Initializer.normal(1)).values();
    assertThat(more.matrix("w", 2, 2, Initializer.normal(1)).values()).isEqualTo(w);
    assertThat(new Parameters(6).matrix("w", 2, 2, Initializer.normal(1)).values()).isNotEqualTo(w);
    assertThat(more.get("other").values()).doesNotContain(w);
  }

  @Test
  void namesAreUniqueAndUnknownOnesAreToldWithThoseThereAre() {
    Parameters parameters = new Parameters(1);
    parameters.matrix("a", 1, 1, Initializer.zeros());
    assertThatThrownBy(() -> parameters.matrix("a", 1, 1, Initializer.zeros()))
        .hasMessage("two parameters are named a");
    assertThatThrownBy(() -> parameters.get("b"))
        .hasMessage("there is no parameter b; there are [a]");
    assertThatThrownBy(() -> parameters.matrix("c", 0, 1, Initializer.zeros()))
        .hasMessageContaining("parameter c is 0 × 1");
    assertThatThrownBy(() -> parameters.shard().matrix("a", 2, 1, Initializer.zeros()))
        .hasMessageContaining("is asked for as 2×1");
  }

  @Test
  void aShardSharesValuesAndHasGradientsOfItsOwn() {
    Parameters parameters = new Parameters(1);
    Dense one = new Dense(parameters, "d", 2, 2, Initializer.he());
    Dense two = new Dense(parameters.shard(), "d", 2, 2, Initializer.he());
    assertThat(two.weight().values()).isSameAs(one.weight().values());
    two.forward(new float[] {1, 1}, 1);
    two.backward(new float[] {1, 1});
    assertThat(one.weight().gradients()).containsOnly(0);
    assertThat(two.weight().gradients()).containsOnly(1);
  }

  @Test
  void whatIsFrozenStaysAsItIs() {
    Parameters origin = new Parameters(1);
    Dense first = new Dense(origin, "d", 2, 2, Initializer.he());
    Parameters parameters = new Parameters(2);
    parameters.adopt(first.weight(), true);
    parameters.adopt(first.bias(), true);
    Dense layer = new Dense(parameters, "d", 2, 2, Initializer.he());
    Embedding table = new Embedding(parameters, "e", 3, 2, Initializer.normal(1));
    float[] frozen = first.weight().values().clone();
    float[] learned = table.table().values().clone();
    layer.forward(table.forward(new int[] {1}, 1), 1);
    table.backward(layer.backward(new float[] {1, 1}));
    Optimizer.adam(0.1).build(parameters).step();
    assertThat(first.weight().values()).isEqualTo(frozen);
    assertThat(table.table().values()).isNotEqualTo(learned);
    assertThatThrownBy(() -> parameters.adopt(first.bias(), true))
        .hasMessage("two parameters are named d.bias");
  }

  @Test
  void whatIsSavedIsReadBackAndDamageIsRefused(@TempDir Path folder) {
    Parameters saved = new Parameters(1);
    new Dense(saved, "d", 3, 2, Initializer.he());
    Path file = folder.resolve("p.safetensors");
    TensorFileWriter out = new TensorFileWriter();
    saved.save(new ModelWriter(out).section("net"));
    out.write(file);
    Parameters read = new Parameters(9);
    new Dense(read, "d", 3, 2, Initializer.zeros());
    Parameters wider = new Parameters(9);
    new Dense(wider, "d", 4, 2, Initializer.zeros());
    try (TensorFile in = TensorFile.open(file)) {
      read.read(new ModelReader(in).section("net"));
      assertThat(read.copyValues()).isDeepEqualTo(saved.copyValues());
      assertThatThrownBy(() -> wider.read(new ModelReader(in).section("net")))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("d.weight has the shape [3, 2], [4, 2] is due");
    }
    assertThat(saved.unsound()).isEmpty();
    saved.get("d.weight").values()[3] = Float.NaN;
    assertThat(saved.unsound()).isEqualTo("d.weight[1, 1] is NaN");
    TensorFileWriter bad = new TensorFileWriter();
    saved.save(new ModelWriter(bad).section("net"));
    bad.write(file);
    try (TensorFile in = TensorFile.open(file)) {
      assertThatThrownBy(() -> read.read(new ModelReader(in).section("net")))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("d.weight holds NaN at 3");
    }
  }
}
