// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Where a model puts its parts to be saved: tensors, lists of texts and single texts, each under a
 * name of its own. A {@link #section} has a namespace of its own, so that parts written by
 * different classes don't meet. {@link ModelReader} reads them back. Arrays are not copied before
 * the file is written. Not thread-safe.
 */
public final class ModelWriter {

  // What names in the file begin with: tensors as they are, texts among the metadata of others.
  static final String TEXT = "model.";
  static final String LISTS = ".lists";
  static final String PACKED = ".packed";
  static final String INT8 = ".int8";
  static final String SCALES = ".scales";

  // What is smaller is not worth the trouble.
  private static final int LEAST_PACKED = 256;

  private final TensorFileWriter file;
  private final String prefix;
  private final boolean packs;

  /**
   * A writer to the whole of a file.
   *
   * @param file takes what is written
   */
  public ModelWriter(TensorFileWriter file) {
    this(file, "", false);
  }

  private ModelWriter(TensorFileWriter file, String prefix, boolean packs) {
    this.file = file;
    this.prefix = prefix;
    this.packs = packs;
  }

  /**
   * A writer to the same section that makes the file small without a loss: float32 numbers, 32-bit
   * integers and bytes are kept in the zlib format where that makes them smaller, integers as
   * differences from the one before. {@link ModelReader} reads them as if they were not; anything
   * else that reads the file finds a tensor of bytes named {@code NAME.packed}, with type and shape
   * under {@code model.NAME.packed} in the metadata.
   *
   * @return a writer
   */
  public ModelWriter packed() {
    return new ModelWriter(file, prefix, true);
  }

  /**
   * A part of this with a namespace of its own.
   *
   * @param name its name
   * @return a writer whose names begin with the given one and a full stop
   */
  public ModelWriter section(String name) {
    return new ModelWriter(file, prefix + name + ".", packs);
  }

  /**
   * Writes float32 numbers.
   *
   * @param name a name that is not taken
   * @param values row-major; not to be changed until the file is written
   * @param shape the dimensions; none given: one dimension
   * @return this
   */
  public ModelWriter floats(String name, float[] values, long... shape) {
    long[] dims = orLength(shape, values.length);
    if (!packs || !pack(name, Dtype.F32, dims, 4L * values.length, () -> Packed.bytes(values))) {
      file.floats(prefix + name, values, dims);
    }
    return this;
  }

  /**
   * Writes float64 numbers.
   *
   * @param name a name that is not taken
   * @param values row-major; not to be changed until the file is written
   * @param shape the dimensions; none given: one dimension
   * @return this
   */
  public ModelWriter doubles(String name, double[] values, long... shape) {
    file.doubles(prefix + name, values, orLength(shape, values.length));
    return this;
  }

  /**
   * Writes 32-bit integers.
   *
   * @param name a name that is not taken
   * @param values row-major; not to be changed until the file is written
   * @param shape the dimensions; none given: one dimension
   * @return this
   */
  public ModelWriter ints(String name, int[] values, long... shape) {
    long[] dims = orLength(shape, values.length);
    if (!packs || !pack(name, Dtype.I32, dims, 4L * values.length, () -> Packed.bytes(values))) {
      file.ints(prefix + name, values, dims);
    }
    return this;
  }

  /**
   * Writes 64-bit integers.
   *
   * @param name a name that is not taken
   * @param values row-major; not to be changed until the file is written
   * @param shape the dimensions; none given: one dimension
   * @return this
   */
  public ModelWriter longs(String name, long[] values, long... shape) {
    file.longs(prefix + name, values, orLength(shape, values.length));
    return this;
  }

  /**
   * Writes bytes.
   *
   * @param name a name that is not taken
   * @param values row-major; not to be changed until the file is written
   * @param shape the dimensions; none given: one dimension
   * @return this
   */
  public ModelWriter bytes(String name, byte[] values, long... shape) {
    long[] dims = orLength(shape, values.length);
    if (!packs || !pack(name, Dtype.U8, dims, values.length, () -> values)) {
      file.bytes(prefix + name, values, dims);
    }
    return this;
  }

  /**
   * Writes a matrix of learned numbers in a quarter of its size, and less exact, see {@link
   * Int8Rows}. {@link ModelReader#floats} reads what {@link Int8Rows#rounded} gives; anything else
   * that reads the file finds signed bytes named {@code NAME.int8} and float32 numbers named {@code
   * NAME.scales}.
   *
   * @param name a name that is not taken
   * @param values row-major, all finite; not to be changed until the file is written
   * @param rows R, at least 0
   * @param columns C, at least 1
   * @return this
   */
  public ModelWriter int8(String name, float[] values, int rows, int columns) {
    float[] scales = Int8Rows.scales(values, columns);
    bytes(name + INT8, Int8Rows.integers(values, columns, scales), rows, columns);
    return floats(name + SCALES, scales, rows, Int8Rows.blocks(columns));
  }

  /** Writes a tensor packed, unless it is small or nothing is won. */
  private boolean pack(String name, Dtype dtype, long[] shape, long size, Supplier<byte[]> bytes) {
    if (size < LEAST_PACKED || size > Integer.MAX_VALUE - 8) {
      return false;
    }
    byte[] packed = Packed.pack(bytes.get());
    if (packed.length > size - size / 8) {
      return false;
    }
    String dims = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" "));
    text(name + PACKED, dtype + " " + dims);
    file.bytes(prefix + name + PACKED, packed, packed.length);
    return true;
  }

  private static long[] orLength(long[] shape, int length) {
    return shape.length == 0 ? new long[] {length} : shape;
  }

  /**
   * Writes a list of texts.
   *
   * @param name a name that is not taken
   * @param texts any texts, without halves of surrogate pairs
   * @return this
   */
  public ModelWriter texts(String name, List<String> texts) {
    file.texts(prefix + name, texts);
    return this;
  }

  /**
   * Writes a list of lists of texts.
   *
   * @param name a name that is not taken
   * @param lists any texts, without halves of surrogate pairs
   * @return this
   */
  public ModelWriter textLists(String name, List<? extends Collection<String>> lists) {
    List<String> all = new ArrayList<>();
    int[] ends = new int[lists.size()];
    for (int i = 0; i < ends.length; i++) {
      all.addAll(lists.get(i));
      ends[i] = all.size();
    }
    return texts(name, all).ints(name + LISTS, ends);
  }

  /**
   * Writes a short text, which stands in the file's metadata.
   *
   * @param name a name that is not taken
   * @param text any text, without halves of surrogate pairs
   * @return this
   */
  public ModelWriter text(String name, String text) {
    file.metadata(TEXT + prefix + name, text);
    return this;
  }

  /**
   * Writes an instant, to the nanosecond.
   *
   * @param name a name that is not taken
   * @param at the instant
   * @return this
   */
  public ModelWriter instant(String name, Instant at) {
    return text(name, at.toString());
  }
}
