// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import com.google.common.base.Splitter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;

/**
 * Where a model takes its parts from again: the counterpart of {@link ModelWriter}. What is not
 * there, or of another type or shape, is a {@link ModelFormatException}. What the numbers mean is
 * for the model to check, and to report by {@link #damaged}. Not thread-safe.
 */
public final class ModelReader {

  private final TensorFile file;
  private final String prefix;

  /**
   * A reader of the whole of a file.
   *
   * @param file what is read from; it has to stay open meanwhile
   */
  public ModelReader(TensorFile file) {
    this(file, "");
  }

  private ModelReader(TensorFile file, String prefix) {
    this.file = file;
    this.prefix = prefix;
  }

  /**
   * A part of this with a namespace of its own.
   *
   * @param name the name it was written under
   * @return a reader of names that begin with the given one and a full stop
   */
  public ModelReader section(String name) {
    return new ModelReader(file, prefix + name + ".");
  }

  /**
   * Whether there are numbers of a name, so that a model can read what an earlier version of it,
   * which had less to write, has written.
   *
   * @param name the name of a tensor
   * @return whether it is there
   */
  public boolean has(String name) {
    return holds(name) || holds(name + ModelWriter.PACKED) || hasInt8(name);
  }

  private boolean holds(String name) {
    return file.names().contains(prefix + name);
  }

  private boolean hasInt8(String name) {
    return holds(name + ModelWriter.INT8) || holds(name + ModelWriter.INT8 + ModelWriter.PACKED);
  }

  /**
   * What to throw when the content makes no sense.
   *
   * @param what is wrong
   * @return an exception that names the file and the section
   */
  public ModelFormatException damaged(String what) {
    return new ModelFormatException(file.path() + ": " + prefix + what);
  }

  /**
   * What to throw when the content makes no sense.
   *
   * @param what is wrong
   * @param cause what showed it
   * @return an exception that names the file and the section
   */
  public ModelFormatException damaged(String what, Throwable cause) {
    return new ModelFormatException(file.path() + ": " + prefix + what, cause);
  }

  /**
   * Reads float32 numbers.
   *
   * @param name the name they were written under
   * @param shape the dimensions they have to have; none given: any
   * @return the numbers, row-major; yours
   */
  public float[] floats(String name, long... shape) {
    if (hasInt8(name)) {
      return int8(name, shape);
    }
    if (holds(name + ModelWriter.PACKED)) {
      return Packed.floats(unpack(name, Dtype.F32, shape));
    }
    check(name, shape);
    return file.floats(prefix + name);
  }

  /**
   * Reads float64 numbers.
   *
   * @param name the name they were written under
   * @param shape the dimensions they have to have; none given: any
   * @return the numbers, row-major; yours
   */
  public double[] doubles(String name, long... shape) {
    check(name, shape);
    return file.doubles(prefix + name);
  }

  /**
   * Reads 32-bit integers.
   *
   * @param name the name they were written under
   * @param shape the dimensions they have to have; none given: any
   * @return the numbers, row-major; yours
   */
  public int[] ints(String name, long... shape) {
    if (holds(name + ModelWriter.PACKED)) {
      return Packed.ints(unpack(name, Dtype.I32, shape));
    }
    check(name, shape);
    return file.ints(prefix + name);
  }

  /**
   * Reads 64-bit integers.
   *
   * @param name the name they were written under
   * @param shape the dimensions they have to have; none given: any
   * @return the numbers, row-major; yours
   */
  public long[] longs(String name, long... shape) {
    check(name, shape);
    return file.longs(prefix + name);
  }

  /**
   * Reads bytes.
   *
   * @param name the name they were written under
   * @param shape the dimensions they have to have; none given: any
   * @return the bytes, row-major; yours
   */
  public byte[] bytes(String name, long... shape) {
    if (holds(name + ModelWriter.PACKED)) {
      return unpack(name, Dtype.U8, shape);
    }
    check(name, shape);
    return file.bytes(prefix + name);
  }

  private void check(String name, long[] shape) {
    check(name, file.shape(prefix + name), shape);
  }

  private void check(String name, List<Long> found, long[] shape) {
    if (shape.length > 0 && !found.equals(Arrays.stream(shape).boxed().toList())) {
      throw damaged(name + " has the shape " + found + ", " + Arrays.toString(shape) + " is due");
    }
  }

  /** The shape of a tensor, packed or not. */
  private List<Long> shape(String name) {
    if (!holds(name + ModelWriter.PACKED)) {
      return file.shape(prefix + name);
    }
    List<String> words = Splitter.on(' ').splitToList(text(name + ModelWriter.PACKED));
    List<Long> dims = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      if (!word.matches("[0-9]{1,10}")) {
        throw damaged(name + " has the shape " + words + ", which is none");
      }
      dims.add(Long.valueOf(word));
    }
    return dims;
  }

  private byte[] unpack(String name, Dtype dtype, long[] shape) {
    List<Long> found = shape(name);
    check(name, found, shape);
    if (!text(name + ModelWriter.PACKED).startsWith(dtype + " ")) {
      throw damaged(name + " is of another type than " + dtype);
    }
    try {
      long size = dtype.bytes();
      for (long dim : found) {
        size = Math.multiplyExact(size, dim);
      }
      return Packed.unpack(file.bytes(prefix + name + ModelWriter.PACKED), size);
    } catch (ArithmeticException | DataFormatException e) {
      throw damaged(name + " cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private float[] int8(String name, long[] shape) {
    List<Long> found = shape(name + ModelWriter.INT8);
    check(name, found, shape);
    if (found.size() != 2 || found.get(1) < 1 || found.get(1) > Integer.MAX_VALUE) {
      throw damaged(name + " has the shape " + found + ", which is that of no matrix");
    }
    int columns = found.get(1).intValue();
    byte[] integers = bytes(name + ModelWriter.INT8);
    float[] scales = floats(name + ModelWriter.SCALES, found.get(0), Int8Rows.blocks(columns));
    for (float scale : scales) {
      if (!(scale >= 0 && scale < Float.POSITIVE_INFINITY)) {
        throw damaged(name + " has the scale " + scale);
      }
    }
    return Int8Rows.values(integers, columns, scales);
  }

  /**
   * Reads a list of texts.
   *
   * @param name the name it was written under
   * @return the texts; yours
   */
  public List<String> texts(String name) {
    return file.texts(prefix + name);
  }

  /**
   * Reads a list of texts.
   *
   * @param name the name it was written under
   * @param size how many there have to be
   * @return the texts; yours
   */
  public List<String> texts(String name, int size) {
    check(name + TensorFileWriter.TEXT_ENDS, new long[] {size});
    return texts(name);
  }

  /**
   * Reads a list of lists of texts.
   *
   * @param name the name it was written under
   * @param size how many lists there have to be
   * @return the lists; yours
   */
  public List<List<String>> textLists(String name, int size) {
    List<String> all = texts(name);
    int[] ends = ints(name + ModelWriter.LISTS, size);
    List<List<String>> lists = new ArrayList<>(size);
    int start = 0;
    for (int end : ends) {
      if (end < start || end > all.size()) {
        throw damaged(name + " has a list from " + start + " to " + end + " of " + all.size());
      }
      lists.add(List.copyOf(all.subList(start, end)));
      start = end;
    }
    if (start != all.size()) {
      throw damaged(name + " has lists of " + start + " texts and " + all.size() + " texts");
    }
    return lists;
  }

  /**
   * Reads a short text.
   *
   * @param name the name it was written under
   * @return the text
   */
  public String text(String name) {
    return file.metadata(ModelWriter.TEXT + prefix + name);
  }

  /**
   * Reads an instant.
   *
   * @param name the name it was written under
   * @return the instant
   */
  public Instant instant(String name) {
    String text = text(name);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw damaged(name + " is \"" + text + "\", which is no instant", e);
    }
  }
}
