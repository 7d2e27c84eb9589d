// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.TensorFileWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {

  @TempDir Path folder;

  @Test
  void partIsReadBackAndAnotherKindIsRefused() {
    Path file = folder.resolve("tea");
    PartFile.save("tea", out -> out.text("leaf", "green"), file);
    String leaf = PartFile.load("tea", in -> in.text("leaf"), file);
    assertThat(leaf).isEqualTo("green");
    assertThatThrownBy(() -> PartFile.load("cup", in -> in.text("leaf"), file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll(file.toString(), "holds tea", "cup was asked for");
  }

  @Test
  void newerFormatAndForeignFilesAreRefused() {
    Path newer = folder.resolve("newer");
    new TensorFileWriter()
        .metadata(PartFile.KIND, "tea")
        .metadata(PartFile.FORMAT, "2")
        .write(newer);
    assertThatThrownBy(() -> PartFile.load("tea", in -> in.text("leaf"), newer))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll(newer.toString(), "\"2\"", "reads 1");
    Path foreign = folder.resolve("foreign");
    new TensorFileWriter().metadata("a", "b").write(foreign);
    assertThatThrownBy(() -> PartFile.load("tea", in -> in.text("leaf"), foreign))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("no part of Pushwright");
    assertThatThrownBy(() -> PartFile.load("tea", in -> in.text("leaf"), folder.resolve("absent")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("absent");
  }
}
