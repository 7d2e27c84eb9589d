// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of models that are packed without a loss, or kept in 8 bits. */
class PackedModelTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("model.safetensors");
  }

  private interface Reading<T> {
    T read(ModelReader in);
  }

  private <T> T read(Reading<T> reading) {
    try (TensorFile in = TensorFile.open(file())) {
      return reading.read(new ModelReader(in));
    }
  }

  private static int[] ascending(SplittableRandom random, int n) {
    int[] values = new int[n];
    for (int i = 1; i < n; i++) {
      values[i] = values[i - 1] + random.nextInt(9);
    }
    return values;
  }

  private static float[] floats(SplittableRandom random, int n, double zeros) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextDouble() < zeros ? 0 : (float) random.nextDouble(-2, 2);
    }
    return values;
  }

  @Test
  void whatIsPackedComesBackToTheBit() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int n : new int[] {0, 1, 63, 64, 1000, 40_000}) {
      int[] ints = ascending(random, n);
      int[] wild = random.ints(n).toArray();
      float[] sparse = floats(random, n, 0.9);
      float[] dense = floats(random, n, 0);
      if (n > 5) {
        sparse[3] = -0f;
        sparse[4] = Float.NaN;
        wild[2] = Integer.MIN_VALUE;
        wild[3] = Integer.MAX_VALUE;
      }
      byte[] bytes = new byte[n];
      Arrays.fill(bytes, (byte) -3);
      TensorFileWriter out = new TensorFileWriter();
      ModelWriter part = new ModelWriter(out).packed().section("part");
      part.ints("ints", ints).ints("wild", wild).floats("sparse", sparse, n, 1);
      part.floats("dense", dense).bytes("bytes", bytes).doubles("doubles", new double[] {1, 2});
      out.write(file());
      long size =
          read(
              model -> {
                ModelReader in = model.section("part");
                assertThat(in.ints("ints", ints.length)).isEqualTo(ints);
                assertThat(in.ints("wild")).isEqualTo(wild);
                assertThat(in.floats("sparse", sparse.length, 1)).isEqualTo(sparse);
                assertThat(in.floats("dense", dense.length)).isEqualTo(dense);
                assertThat(in.bytes("bytes", bytes.length)).isEqualTo(bytes);
                assertThat(in.doubles("doubles", 2)).containsExactly(1, 2);
                assertThat(in.has("ints")).isTrue();
                assertThat(in.has("no such")).isFalse();
                return bytes.length;
              });
      if (size == 40_000) {
        // What is random stays as large as it is; the rest takes a quarter at most.
        assertThat(Files.size(file())).isLessThan(2 * 160_000 + 340_000 / 4);
      }
    }
  }

  @Test
  void aMatrixInEightBitsIsOffByHalfAStep() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    for (int columns : new int[] {1, 5, 64, 65, 192}) {
      float[] values = floats(random, 37 * columns, 0.1);
      values[0] = 40;
      TensorFileWriter out = new TensorFileWriter();
      new ModelWriter(out).int8("w", values, 37, columns);
      out.write(file());
      float[] found = read(in -> in.floats("w", 37, columns));
      assertThat(found).isEqualTo(Int8Rows.rounded(values, columns));
      for (int r = 0; r < 37; r++) {
        for (int from = 0; from < columns; from += Int8Rows.BLOCK) {
          int to = Math.min(columns, from + Int8Rows.BLOCK);
          float largest = 0;
          for (int c = from; c < to; c++) {
            largest = Math.max(largest, Math.abs(values[r * columns + c]));
          }
          for (int c = from; c < to; c++) {
            assertThat(Math.abs(found[r * columns + c] - values[r * columns + c]))
                .isLessThanOrEqualTo(largest / 253);
          }
        }
      }
      assertThat(Int8Rows.rounded(found, columns)).as("rounded again").isEqualTo(found);
    }
  }

  @Test
  void numbersTooSmallToMatterBecomeZero() {
    float[] tiny = {Float.MIN_VALUE, -Float.MIN_NORMAL, 0};
    assertThat(Int8Rows.rounded(tiny, 3)).containsOnly(0);
  }

  @Test
  void anotherTypeOrShapeIsRefused() {
    TensorFileWriter out = new TensorFileWriter();
    ModelWriter writer = new ModelWriter(out).packed();
    writer.ints("n", new int[500]).int8("w", new float[600], 30, 20);
    out.write(file());
    assertThatThrownBy(() -> read(in -> in.floats("n")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("n is of another type than F32");
    assertThatThrownBy(() -> read(in -> in.ints("n", 501)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("n has the shape [500], [501] is due");
    assertThatThrownBy(() -> read(in -> in.floats("w", 20, 30)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("w has the shape [30, 20], [20, 30] is due");
  }

  // A few bytes must not ask for gigabytes.
  @Test
  void aSizeThatCannotBeInThereIsRefusedBeforeAnythingIsAllocated() {
    for (String claim : new String[] {"U8 2000000000", "U8 9999999999 9999999999", "U8 -4"}) {
      TensorFileWriter out = new TensorFileWriter();
      new ModelWriter(out).text("b.packed", claim).bytes("b.packed", Packed.pack(new byte[999]));
      out.write(file());
      assertThatThrownBy(() -> read(in -> in.bytes("b")))
          .as(claim)
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(file().toString());
    }
    for (int size : new int[] {998, 1000}) {
      TensorFileWriter out = new TensorFileWriter();
      new ModelWriter(out)
          .text("b.packed", "U8 " + size)
          .bytes("b.packed", Packed.pack(new byte[999]));
      out.write(file());
      assertThatThrownBy(() -> read(in -> in.bytes("b")))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("b cannot be unpacked: the content");
    }
  }

  // The format has a check sum.
  @Test
  void damagedContentIsRefused() throws IOException {
    int[] values = ascending(new SplittableRandom(3), 5000);
    TensorFileWriter out = new TensorFileWriter();
    new ModelWriter(out).packed().ints("n", values);
    out.write(file());
    byte[] sound = Files.readAllBytes(file());
    int data = 8 + (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
    SplittableRandom random = new SplittableRandom(4);
    int refused = 0;
    for (int mutant = 0; mutant < 300; mutant++) {
      byte[] damaged = sound.clone();
      damaged[random.nextInt(data, damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file(), damaged);
      try {
        // Bits that decide about nothing, such as padding, may be turned.
        int[] found = read(in -> in.ints("n"));
        assertThat(found).isEqualTo(values);
      } catch (ModelFormatException e) {
        refused++;
        assertThat(e).hasMessageContaining("n cannot be unpacked");
      }
    }
    assertThat(refused).isGreaterThan(280);
  }
}
