// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {

  @TempDir Path folder;

  private Path path() {
    return folder.resolve("model.safetensors");
  }

  private TensorFile written(TensorFileWriter writer) {
    writer.write(path());
    return TensorFile.open(path());
  }

  @Test
  void smallFileIsThePublishedLayoutByteForByte() throws IOException {
    new TensorFileWriter()
        .metadata("who", "Zoë")
        .metadata("a", "1")
        .bytes("b", new byte[] {7, -1, 0}, 3)
        .floats("w", new float[] {1, -2, 0.5f, Float.NaN}, 2, 2)
        .ints("n", new int[] {258}, 1)
        .doubles("d", new double[] {-1.5})
        .longs("e", new long[0], 0)
        .write(path());
    String header =
        "{\"__metadata__\":{\"a\":\"1\",\"who\":\"Zoë\"},"
            + "\"d\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]},"
            + "\"e\":{\"dtype\":\"I64\",\"shape\":[0],\"data_offsets\":[8,8]},"
            + "\"n\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[8,12]},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[12,28]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[28,31]}}"
            + "   ";
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    assertThat(json.length % 8).as("the header is padded to a multiple of 8").isZero();
    int[] data = {
      0, 0, 0, 0, 0, 0, 0xF8, 0xBF, // d: -1.5 is 0xBFF8000000000000
      2, 1, 0, 0, // n: 258 is 0x00000102
      0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0x3F, 0, 0, 0xC0, 0x7F, // w
      7, 0xFF, 0 // b
    };
    byte[] expected = new byte[8 + json.length + data.length];
    expected[0] = (byte) json.length;
    expected[1] = (byte) (json.length >> 8);
    System.arraycopy(json, 0, expected, 8, json.length);
    for (int i = 0; i < data.length; i++) {
      expected[8 + json.length + i] = (byte) data[i];
    }
    assertThat(Files.readAllBytes(path())).isEqualTo(expected);
  }

  @Test
  void everyTypeAndShapeComesBack() {
    float[] floats = {1.5f, -0.0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY, 3};
    double[] doubles = {Math.PI, Double.POSITIVE_INFINITY};
    try (TensorFile file =
        written(
            new TensorFileWriter()
                .floats("f", floats, 2, 3)
                .doubles("d", doubles, 2)
                .ints("i", new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}, 1, 2)
                .longs("l", new long[] {Long.MIN_VALUE}, 1, 1, 1)
                .bytes("b", new byte[] {-128}) // a single number
                .floats("none", new float[0], 0)
                .ints("no rows", new int[0], 0, 1L << 30))) {
      assertThat(file.names())
          .containsExactlyInAnyOrder("f", "d", "i", "l", "b", "none", "no rows");
      assertThat(file.floats("f")).containsExactly(floats);
      assertThat(Float.floatToRawIntBits(file.floats("f")[1]))
          .isEqualTo(Float.floatToRawIntBits(-0.0f));
      assertThat(file.doubles("d")).containsExactly(doubles);
      assertThat(file.ints("i")).containsExactly(Integer.MIN_VALUE, Integer.MAX_VALUE);
      assertThat(file.longs("l")).containsExactly(Long.MIN_VALUE);
      assertThat(file.bytes("b")).containsExactly(-128);
      assertThat(file.floats("none")).isEmpty();
      assertThat(file.shape("f")).containsExactly(2L, 3L);
      assertThat(file.shape("l")).containsExactly(1L, 1L, 1L);
      assertThat(file.shape("b")).isEmpty();
      assertThat(file.shape("none")).containsExactly(0L);
      assertThat(file.shape("no rows")).containsExactly(0L, 1L << 30);
      assertThat(file.dtype("l")).isEqualTo(Dtype.I64);
      assertThat(file.path()).isEqualTo(path());
    }
  }

  @Test
  void bitsOfNotANumberAreKept() {
    int[] bits = {0x7FC00000, 0x7FC00001, 0xFFC12345, 0x7F800000, 0xFF800000, 1};
    long[] wide = {0x7FF8000000000000L, 0x7FF8000000000007L, 0xFFF80000DEADBEEFL};
    float[] floats = new float[bits.length];
    double[] doubles = new double[wide.length];
    for (int i = 0; i < bits.length; i++) {
      floats[i] = Float.intBitsToFloat(bits[i]);
    }
    for (int i = 0; i < wide.length; i++) {
      doubles[i] = Double.longBitsToDouble(wide[i]);
    }
    try (TensorFile file =
        written(new TensorFileWriter().floats("f", floats, 6).doubles("d", doubles, 3))) {
      float[] f = file.floats("f");
      double[] d = file.doubles("d");
      for (int i = 0; i < bits.length; i++) {
        assertThat(Float.floatToRawIntBits(f[i])).isEqualTo(bits[i]);
      }
      for (int i = 0; i < wide.length; i++) {
        assertThat(Double.doubleToRawLongBits(d[i])).isEqualTo(wide[i]);
      }
    }
  }

  @Test
  void textsComeBackWhateverTheyHold() {
    List<String> texts =
        List.of("", "a", "", "Zoë", "红灯", "👩‍🚀", "line\nbreak\0nul", "\uFFFD", "\"{}\\", "");
    try (TensorFile file =
        written(
            new TensorFileWriter()
                .texts("t", texts)
                .texts("none", List.of())
                .metadata("", "")
                .metadata("👩‍🚀 \"key\"", "\u0000 \uFFFF \\ 🎁"))) {
      assertThat(file.texts("t")).isEqualTo(texts);
      assertThat(file.texts("none")).isEmpty();
      assertThat(file.metadata()).hasSize(2).containsEntry("", "");
      assertThat(file.metadata("👩‍🚀 \"key\"")).isEqualTo("\u0000 \uFFFF \\ 🎁");
    }
  }

  @Test
  void largeTensorsAreReadThroughSeveralMappings() {
    SplittableRandom random = new SplittableRandom(1);
    // 72 MiB, more than is mapped at once; the bytes before it shift it off any page.
    long[] longs = random.longs(9 << 20).toArray();
    float[] floats = new float[300_001];
    int[] ints = random.ints(300_000).toArray();
    double[] doubles = random.doubles(140_000).toArray();
    byte[] bytes = new byte[1_100_000];
    random.nextBytes(bytes);
    // Less than is mapped, more than is read at once.
    int[] between = random.ints(100_003).toArray();
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) random.nextDouble();
    }
    try (TensorFile file =
        written(
            new TensorFileWriter()
                .metadata("shift", "123")
                .longs("l", longs, 9, 1 << 20)
                .floats("f", floats, floats.length)
                .ints("i", ints, 2, 150_000)
                .ints("between", between, between.length)
                .doubles("d", doubles, doubles.length)
                .bytes("b", bytes, bytes.length))) {
      assertThat(Arrays.equals(file.longs("l"), longs)).isTrue();
      assertThat(Arrays.equals(file.floats("f"), floats)).isTrue();
      assertThat(Arrays.equals(file.ints("i"), ints)).isTrue();
      assertThat(Arrays.equals(file.ints("between"), between)).isTrue();
      assertThat(Arrays.equals(file.doubles("d"), doubles)).isTrue();
      assertThat(Arrays.equals(file.bytes("b"), bytes)).isTrue();
    }
  }

  @Test
  void emptyFileIsAFile() throws IOException {
    try (TensorFile file = written(new TensorFileWriter())) {
      assertThat(file.names()).isEmpty();
      assertThat(file.metadata()).isEmpty();
    }
    assertThat(Files.readAllBytes(path())).isEqualTo(RawFile.of("{}      ", 0));
  }

  @Test
  void equalContentGivesEqualBytesInWhateverOrderItCame() throws IOException {
    new TensorFileWriter()
        .metadata("a", "1")
        .metadata("b", "2")
        .ints("x", new int[1], 1)
        .ints("y", new int[1], 1)
        .write(path());
    byte[] one = Files.readAllBytes(path());
    new TensorFileWriter()
        .ints("y", new int[1], 1)
        .ints("x", new int[1], 1)
        .metadata("b", "2")
        .metadata("a", "1")
        .write(path());
    assertThat(Files.readAllBytes(path())).isEqualTo(one);
  }

  @Test
  void halfASurrogatePairIsRefused() {
    TensorFileWriter writer = new TensorFileWriter();
    for (String half :
        List.of("\uD83D", "a\uDE00", "\uDE00\uD83D", "\uD83D\uD83D\uDE00", "\uD83Dx")) {
      assertThatThrownBy(() -> writer.texts("ids", List.of("good", half)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ids: text 1")
          .hasMessageContaining("surrogate");
      assertThatThrownBy(() -> writer.metadata(half, "x"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.metadata("key", half))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("key");
      assertThatThrownBy(() -> writer.ints(half, new int[1], 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    try (TensorFile file = written(writer)) {
      assertThat(file.names()).isEmpty();
      assertThat(file.metadata()).isEmpty();
    }
  }

  @Test
  void namesAndShapesThatCannotBeAreRefused() {
    TensorFileWriter writer = new TensorFileWriter().ints("x", new int[2], 2).metadata("k", "1");
    assertThatThrownBy(() -> writer.floats("x", new float[1], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x is taken");
    assertThatThrownBy(() -> writer.metadata("k", "2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("k is taken");
    assertThatThrownBy(() -> writer.ints("__metadata__", new int[1], 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.ints("y", new int[6], 2, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6 values")
        .hasMessageContaining("8");
    assertThatThrownBy(() -> writer.ints("y", new int[1], -1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> writer.ints("y", new int[0], 1L << 40, 1L << 40, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.ints("y", new int[0]))
        .as("a single number needs one value")
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void headerOfMoreThanAMebibyteIsRefusedBeforeTheOldFileIsTouched() throws IOException {
    new TensorFileWriter().metadata("old", "file").write(path());
    byte[] old = Files.readAllBytes(path());
    TensorFileWriter writer = new TensorFileWriter().metadata("long", "x".repeat(1 << 20));
    assertThatThrownBy(() -> writer.write(path()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("texts()");
    assertThat(Files.readAllBytes(path())).isEqualTo(old);
    assertThat(files()).containsExactly("model.safetensors");
  }

  @Test
  void whatIsNotThereOrOfAnotherTypeIsNamed() {
    try (TensorFile file =
        written(new TensorFileWriter().ints("x", new int[1], 1).metadata("k", "1"))) {
      assertThatThrownBy(() -> file.floats("x"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("I32")
          .hasMessageContaining("F32")
          .hasMessageContaining(path().toString());
      assertThatThrownBy(() -> file.ints("z"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("\"z\"")
          .hasMessageContaining("[x]");
      assertThatThrownBy(() -> file.metadata("z"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("\"z\"");
      assertThatThrownBy(() -> file.texts("x")).isInstanceOf(ModelFormatException.class);
      assertThatThrownBy(() -> file.names().clear())
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> file.metadata().clear())
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void fileThatIsMissingOrAFolderIsAnInputError() {
    assertThatThrownBy(() -> TensorFile.open(folder.resolve("none")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("there is no file")
        .hasMessageContaining("none");
    assertThatThrownBy(() -> TensorFile.open(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("folder")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void whatThisProcessMayNotReadOrWriteIsSaidSo() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Path file = Files.createFile(folder.resolve("secret"));
    Set<PosixFilePermission> nobody = Set.of();
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Files.setPosixFilePermissions(closed, nobody);
    Files.setPosixFilePermissions(file, nobody);
    assumeFalse(Files.isWritable(closed), "the superuser may write anywhere");
    assertThatThrownBy(() -> new TensorFileWriter().write(closed.resolve("model")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("this process may not write in " + closed);
    assertThatThrownBy(() -> TensorFile.open(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(file + " may not be read by this process");
  }

  @Test
  void writingWhereItCannotBeLeavesNothingBehind() throws IOException {
    TensorFileWriter writer = new TensorFileWriter().ints("x", new int[1], 1);
    assertThatThrownBy(() -> writer.write(folder.resolve("no/such/folder")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("could not write")
        .hasMessageContaining("there is no folder " + folder.resolve("no/such"))
        .hasMessageNotContaining(".tmp");
    assertThatThrownBy(() -> writer.write(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("could not write " + folder + ": it is a folder; add the name of a file");
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Files.createFile(taken.resolve("full"));
    assertThatThrownBy(() -> writer.write(taken)).isInstanceOf(UncheckedIOException.class);
    assertThat(files()).containsExactly("taken");
    assertThat(taken.resolve("full")).exists();
  }

  @Test
  void openFileStaysAsItWasWhenItIsReplaced() {
    try (TensorFile old = written(new TensorFileWriter().ints("x", new int[] {1}, 1))) {
      new TensorFileWriter().ints("x", new int[] {2}, 1).write(path());
      assertThat(old.ints("x")).containsExactly(1);
      try (TensorFile now = TensorFile.open(path())) {
        assertThat(now.ints("x")).containsExactly(2);
      }
    }
  }

  @Test
  void oldLeftOversOfTheSameTargetGoAndNoOtherFiles() throws IOException {
    Path old = temporary("model.safetensors", 61);
    Path young = temporary("model.safetensors", 59);
    Path other = temporary("another.safetensors", 6000);
    Path alike = Files.createFile(folder.resolve(".model.safetensors.mine.tmp"));
    age(alike, 6000);
    new TensorFileWriter().write(path());
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(other).exists();
    assertThat(alike).exists();
    assertThat(files()).hasSize(4).contains("model.safetensors");
  }

  private Path temporary(String target, int minutes) throws IOException {
    Path file = folder.resolve("." + target + "." + UUID.randomUUID() + ".tmp");
    age(Files.writeString(file, "half a model"), minutes);
    return file;
  }

  private static void age(Path file, int minutes) throws IOException {
    Instant at = Instant.now().minus(Duration.ofMinutes(minutes));
    Files.setLastModifiedTime(file, FileTime.from(at));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
