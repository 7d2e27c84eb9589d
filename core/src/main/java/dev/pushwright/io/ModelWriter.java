// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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

  private final TensorFileWriter file;
  private final String prefix;

  /**
   * A writer to the whole of a file.
   *
   * @param file takes what is written
   */
  public ModelWriter(TensorFileWriter file) {
    this(file, "");
  }

  private ModelWriter(TensorFileWriter file, String prefix) {
    this.file = file;
    this.prefix = prefix;
  }

  /**
   * A part of this with a namespace of its own.
   *
   * @param name its name
   * @return a writer whose names begin with the given one and a full stop
   */
  public ModelWriter section(String name) {
    return new ModelWriter(file, prefix + name + ".");
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
    file.floats(prefix + name, values, orLength(shape, values.length));
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
    file.ints(prefix + name, values, orLength(shape, values.length));
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
    file.bytes(prefix + name, values, orLength(shape, values.length));
    return this;
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
