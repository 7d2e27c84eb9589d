// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Laws that hold of any file, however damaged: it is read, or refused as what it is. */
class TensorFileFuzzTest {

  // Beside twice the file: 64 KiB of read buffer for each of the 9 small tensors, the parser's
  // buffers, what the few hundred bytes of header become, String objects, an exception; and the
  // counter moves by whole allocation buffers of the thread, of a mebibyte or two.
  private static final long SLACK = 4 << 20;

  // 1 MiB of header becomes records, maps, names and boxed numbers.
  private static final long LARGEST_HEADER = 64L << 20;

  @TempDir Path folder;

  private static byte[] sound(Path folder) throws IOException {
    Path path = folder.resolve("sound.safetensors");
    SplittableRandom random = new SplittableRandom(7);
    new TensorFileWriter()
        .metadata("pushwright.format", "1")
        .metadata("who", "Zoë 🎁")
        .floats("f", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
        .doubles("d", new double[] {1})
        .ints("i", random.ints(500).toArray(), 50, 10)
        .longs("l", new long[0], 0)
        .bytes("b", new byte[] {1, 2, 3}, 3)
        .texts("ids", List.of("", "u1", "Zoë", "红灯", "👩‍🚀"))
        .texts("none", List.of())
        .write(path);
    return Files.readAllBytes(path);
  }

  /** A file with one to four damages. */
  private static byte[] mutant(byte[] sound, SplittableRandom random) {
    byte[] bytes = sound.clone();
    int headerEnd = 8 + (sound[0] & 0xFF) + ((sound[1] & 0xFF) << 8);
    for (int damages = 1 + random.nextInt(4); damages > 0 && bytes.length > 0; damages--) {
      // Most damage is done where most can be done.
      int bound = random.nextInt(4) > 0 ? Math.min(headerEnd, bytes.length) : bytes.length;
      int at = random.nextInt(bound);
      int length = Math.min(1 + random.nextInt(20), bytes.length - at);
      switch (random.nextInt(8)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> Arrays.fill(bytes, at, at + length, (byte) (random.nextInt(3) - 1));
        case 3 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(30));
        case 5 -> {
          int from = random.nextInt(bytes.length - length + 1);
          System.arraycopy(sound, Math.min(from, sound.length - length), bytes, at, length);
        }
        case 6 -> bytes = spliced(bytes, at, length, random);
        default -> digit(bytes, random);
      }
    }
    return bytes;
  }

  /** Takes a run out, or puts one in. */
  private static byte[] spliced(byte[] bytes, int at, int length, SplittableRandom random) {
    boolean out = random.nextBoolean();
    byte[] copy = new byte[out ? bytes.length - length : bytes.length + length];
    System.arraycopy(bytes, 0, copy, 0, at);
    if (out) {
      System.arraycopy(bytes, at + length, copy, at, bytes.length - at - length);
    } else {
      System.arraycopy(bytes, at, copy, at + length, bytes.length - at);
      System.arraycopy(bytes, at, copy, at, length);
    }
    return copy;
  }

  /** Changes a digit, so that the header stays JSON and says something else. */
  private static void digit(byte[] bytes, SplittableRandom random) {
    int start = random.nextInt(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int at = (start + i) % bytes.length;
      if (bytes[at] >= '0' && bytes[at] <= '9') {
        bytes[at] = (byte) ('0' + random.nextInt(10));
        return;
      }
    }
  }

  /** How a file was taken. */
  private enum Taken {
    READ,
    REFUSED
  }

  private Taken take(Path path) {
    try {
      RawFile.readAll(path);
      return Taken.READ;
    } catch (ModelFormatException e) {
      assertThat(e).hasMessageContaining(path.toString());
      return Taken.REFUSED;
    }
  }

  private void fuzz(long seed, int mutants) throws IOException {
    byte[] sound = sound(folder);
    take(RawFile.write(folder, sound)); // loads the classes
    int[] taken = new int[Taken.values().length];
    for (int i = 0; i < mutants; i++) {
      byte[] mutant = mutant(sound, new SplittableRandom(seed + i));
      Path path = RawFile.write(folder, mutant);
      try {
        Taken[] how = new Taken[1];
        long allocated = Allocation.of(() -> how[0] = take(path));
        taken[how[0].ordinal()]++;
        assertThat(allocated).as("bytes allocated").isLessThan(2L * mutant.length + SLACK);
      } catch (RuntimeException | AssertionError e) {
        Path kept = Path.of("target", "mutant-" + (seed + i) + ".safetensors");
        Files.write(kept, mutant);
        throw new AssertionError("mutant " + (seed + i) + ", kept in " + kept, e);
      }
    }
    assertThat(taken[Taken.READ.ordinal()]).as("mutants read").isGreaterThan(mutants / 100);
    assertThat(taken[Taken.REFUSED.ordinal()]).as("mutants refused").isGreaterThan(mutants / 3);
  }

  @Test
  void aThousandMutantsAreReadOrRefused() throws IOException {
    fuzz(1_000_000, 1_000);
  }

  @Test
  @Tag("accuracy")
  void aHundredThousandMutantsAreReadOrRefused() throws IOException {
    fuzz(2_000_000, 100_000);
  }

  @Test
  void largestHeadersTakeABoundedAmountOfMemory() {
    String tensors =
        fill("{", i -> "\"" + i + "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},");
    String metadata = fill("{\"__metadata__\":{", i -> "\"" + i + "\":\"\",");
    String dimensions = fill("{\"x\":{\"shape\":[", i -> "0,");
    String name = "{\"" + "x".repeat((1 << 20) - 100) + "\":{}}";
    for (String header : List.of(tensors, metadata, dimensions, name)) {
      Path path = RawFile.write(folder, RawFile.of(header, 0));
      long allocated = Allocation.of(() -> take(path));
      assertThat(allocated).isLessThan(2L * header.length() + LARGEST_HEADER);
    }
  }

  private static String fill(String start, java.util.function.IntFunction<String> next) {
    StringBuilder text = new StringBuilder(start);
    for (int i = 0; text.length() < (1 << 20) - 200; i++) {
      text.append(next.apply(i));
    }
    return text.deleteCharAt(text.length() - 1)
        .append("}".repeat(start.length() > 1 ? 2 : 1))
        .toString();
  }

  @Test
  void largeTensorsTakeTheirOwnSizeAndNoMore() throws IOException {
    Path path = folder.resolve("large.safetensors");
    int n = 6 << 20;
    new TensorFileWriter().floats("f", new float[n], n).bytes("b", new byte[n], n).write(path);
    take(path);
    assertThat(Allocation.of(() -> take(path))).isLessThan(Files.size(path) + SLACK);
  }
}
