// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Ids, counts and factors to a file and back. {@link TensorFileWriter} forces the file to the disk
 * before it takes the old one's place, which the rivals don't: in saving, most of the difference is
 * the disk, and the price of a save that cannot be cut short. Reading finds the file in the
 * system's cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ModelFileBenchmark {

  /** Ids × factors of each: 170 kB, and 53 MB. */
  @Param({"1000x32", "200000x64"})
  String shape = "1000x32";

  /** The library's file, and the two ways of the JDK. */
  @Param({"tensor-file", "data-stream", "object-stream"})
  String rival = "tensor-file";

  private Path folder = Path.of("");
  private Contents contents = new Contents(List.of(), new int[0], new float[0]);

  /**
   * What is in a file.
   *
   * @param ids the ids
   * @param counts one for each id
   * @param factors the same number for each id
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Contents(List<String> ids, int[] counts, float[] factors) {}

  /**
   * Makes the contents, and a file of them.
   *
   * @throws IOException when the file cannot be written
   */
  @Setup(Level.Trial)
  public void setUp() throws IOException {
    List<String> sizes = Splitter.on('x').splitToList(shape);
    int ids = Integer.parseInt(sizes.get(0));
    SplittableRandom random = new SplittableRandom(1);
    contents =
        new Contents(
            IntStream.range(0, ids).mapToObj(i -> Synthetic.id("i", i)).toList(),
            random.ints(ids, 0, 1000).toArray(),
            Synthetic.floats(ids * Integer.parseInt(sizes.get(1)), random));
    folder = Files.createTempDirectory("pushwright-model");
    write(loaded());
  }

  /**
   * Deletes the files.
   *
   * @throws IOException when they cannot be deleted
   */
  @TearDown(Level.Trial)
  public void tearDown() throws IOException {
    Files.deleteIfExists(loaded());
    Files.deleteIfExists(saved());
    Files.deleteIfExists(folder);
  }

  private Path loaded() {
    return folder.resolve("loaded");
  }

  Path saved() {
    return folder.resolve("saved");
  }

  Contents contents() {
    return contents;
  }

  /**
   * Saves, over what was saved before.
   *
   * @throws IOException when the file cannot be written
   */
  @Benchmark
  public void save() throws IOException {
    write(saved());
  }

  /**
   * Loads.
   *
   * @return the contents
   * @throws IOException when the file cannot be read
   */
  @Benchmark
  public Object load() throws IOException {
    return read(loaded());
  }

  private void write(Path file) throws IOException {
    switch (rival) {
      case "tensor-file" ->
          new TensorFileWriter()
              .texts("ids", contents.ids())
              .ints("counts", contents.counts(), contents.counts().length)
              .floats("factors", contents.factors(), contents.factors().length)
              .write(file);
      case "data-stream" -> writeData(file);
      case "object-stream" -> writeObjects(file);
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    }
  }

  Contents read(Path file) throws IOException {
    return switch (rival) {
      case "tensor-file" -> readTensors(file);
      case "data-stream" -> readData(file);
      case "object-stream" -> readObjects(file);
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    };
  }

  private static Contents readTensors(Path file) {
    try (TensorFile in = TensorFile.open(file)) {
      return new Contents(in.texts("ids"), in.ints("counts"), in.floats("factors"));
    }
  }

  private void writeData(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(contents.ids().size());
      for (String id : contents.ids()) {
        out.writeUTF(id);
      }
      for (int count : contents.counts()) {
        out.writeInt(count);
      }
      out.writeInt(contents.factors().length);
      for (float factor : contents.factors()) {
        out.writeFloat(factor);
      }
    }
  }

  private static Contents readData(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int size = in.readInt();
      List<String> ids = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        ids.add(in.readUTF());
      }
      int[] counts = new int[size];
      for (int i = 0; i < size; i++) {
        counts[i] = in.readInt();
      }
      float[] factors = new float[in.readInt()];
      for (int i = 0; i < factors.length; i++) {
        factors[i] = in.readFloat();
      }
      return new Contents(ids, counts, factors);
    }
  }

  private void writeObjects(Path file) throws IOException {
    try (ObjectOutputStream out =
        new ObjectOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeObject(contents.ids().toArray(String[]::new));
      out.writeObject(contents.counts());
      out.writeObject(contents.factors());
    }
  }

  // A rival only: the library itself never reads what could bring code along.
  private static Contents readObjects(Path file) throws IOException {
    try (ObjectInputStream in =
        new ObjectInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return new Contents(
          List.of((String[]) in.readObject()), (int[]) in.readObject(), (float[]) in.readObject());
    } catch (ClassNotFoundException e) {
      throw new IOException(file + " holds something else", e);
    }
  }
}
