// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import com.google.common.base.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of tensors and text, open for reading; see {@link TensorFileWriter} for the layout. The
 * header is checked as a whole when the file is opened, before anything of the size it claims is
 * allocated: lengths, types, shapes, overflow, offsets, gaps, overlaps, names given twice.
 *
 * <p>Reading a tensor allocates its array and little more: large ones are mapped, small ones go
 * through a buffer. As tensors cannot overlap and the header is at most 1 MiB, reading everything
 * once takes no more memory than the file has bytes, and what the header comes to. Only a list of
 * texts takes more than it has in the file, what Java needs for a {@code String} each.
 *
 * <p>A file that is replaced by {@link TensorFileWriter#write} while it is open here stays as it
 * was; one that something else cuts short meanwhile cannot be read safely. Not thread-safe.
 */
public final class TensorFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TensorFile.class);

  // Below this a plain read is cheaper than a mapping.
  private static final long MAPPED = 1 << 20;

  // How much is read or mapped at once: multiples of every element's size.
  private static final int READ_AT_ONCE = 1 << 16;
  private static final int MAPPED_AT_ONCE = 1 << 26;

  /**
   * Where a tensor stands and what it is.
   *
   * @param dtype the type of its elements
   * @param shape its dimensions
   * @param begin its first byte, counted from the end of the header
   * @param end the byte after its last
   */
  record Tensor(Dtype dtype, List<Long> shape, long begin, long end) {
    long elements() {
      return (end - begin) / dtype.bytes();
    }
  }

  private final Path path;
  private final FileChannel channel;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> metadata;
  private final long dataStart;

  private TensorFile(Path path, FileChannel channel, TensorHeader header) {
    this.path = path;
    this.channel = channel;
    this.tensors = Collections.unmodifiableMap(header.tensors());
    this.metadata = Collections.unmodifiableMap(header.metadata());
    this.dataStart = header.dataStart();
  }

  /**
   * Opens a file and checks its header.
   *
   * @param path the file
   * @return the open file
   * @throws ModelFormatException when it is no such file, or a damaged one
   * @throws UncheckedIOException when it cannot be read at all, such as when it does not exist
   */
  public static TensorFile open(Path path) {
    FileChannel channel;
    try {
      // Some systems open a folder like a file, and fail when it is read.
      if (Files.isDirectory(path)) {
        throw new IOException("it is a folder");
      }
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException("there is no file " + path, e);
    } catch (AccessDeniedException e) {
      throw new UncheckedIOException(path + " may not be read by this process", e);
    } catch (IOException e) {
      throw new UncheckedIOException("could not open " + path + ": " + e.getMessage(), e);
    }
    boolean opened = false;
    try {
      TensorFile file = new TensorFile(path, channel, TensorHeader.read(path, channel));
      opened = true;
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + path + ": " + e.getMessage(), e);
    } finally {
      if (!opened) {
        closeQuietly(channel);
      }
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written: the exception under way is the one that tells.
      LOG.debug("close failed", e);
    }
  }

  /**
   * Where this file is.
   *
   * @return the path it was opened by
   */
  public Path path() {
    return path;
  }

  /**
   * The metadata.
   *
   * @return an unmodifiable map
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * A metadata entry that must be there.
   *
   * @param key its name
   * @return its text
   * @throws ModelFormatException when there is none
   */
  public String metadata(String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new ModelFormatException(path + " has no metadata entry \"" + key + "\"");
    }
    return value;
  }

  /**
   * The names of the tensors.
   *
   * @return an unmodifiable set
   */
  public Set<String> names() {
    return tensors.keySet();
  }

  /**
   * The dimensions of a tensor.
   *
   * @param name its name
   * @return the dimensions, none for a single number
   * @throws ModelFormatException when there is no such tensor
   */
  public List<Long> shape(String name) {
    return tensor(name).shape();
  }

  /**
   * The type of a tensor's elements.
   *
   * @param name its name
   * @return the type
   * @throws ModelFormatException when there is no such tensor
   */
  public Dtype dtype(String name) {
    return tensor(name).dtype();
  }

  private Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelFormatException(path + " has no tensor \"" + name + "\"; it has " + names());
    }
    return tensor;
  }

  /**
   * Reads a tensor of float32.
   *
   * @param name its name
   * @return its values, row-major; yours
   * @throws ModelFormatException when there is no such tensor, or it is of another type
   */
  public float[] floats(String name) {
    float[] values = array(name, Dtype.F32, float[]::new);
    fill(
        name,
        (buffer, at) -> {
          FloatBuffer from = buffer.asFloatBuffer();
          from.get(values, at, from.remaining());
        });
    return values;
  }

  /**
   * Reads a tensor of float64.
   *
   * @param name its name
   * @return its values, row-major; yours
   * @throws ModelFormatException when there is no such tensor, or it is of another type
   */
  public double[] doubles(String name) {
    double[] values = array(name, Dtype.F64, double[]::new);
    fill(
        name,
        (buffer, at) -> {
          DoubleBuffer from = buffer.asDoubleBuffer();
          from.get(values, at, from.remaining());
        });
    return values;
  }

  /**
   * Reads a tensor of 32-bit integers.
   *
   * @param name its name
   * @return its values, row-major; yours
   * @throws ModelFormatException when there is no such tensor, or it is of another type
   */
  public int[] ints(String name) {
    int[] values = array(name, Dtype.I32, int[]::new);
    fill(
        name,
        (buffer, at) -> {
          IntBuffer from = buffer.asIntBuffer();
          from.get(values, at, from.remaining());
        });
    return values;
  }

  /**
   * Reads a tensor of 64-bit integers.
   *
   * @param name its name
   * @return its values, row-major; yours
   * @throws ModelFormatException when there is no such tensor, or it is of another type
   */
  public long[] longs(String name) {
    long[] values = array(name, Dtype.I64, long[]::new);
    fill(
        name,
        (buffer, at) -> {
          LongBuffer from = buffer.asLongBuffer();
          from.get(values, at, from.remaining());
        });
    return values;
  }

  /**
   * Reads a tensor of bytes.
   *
   * @param name its name
   * @return its values, row-major; yours
   * @throws ModelFormatException when there is no such tensor, or it is of another type
   */
  public byte[] bytes(String name) {
    byte[] values = array(name, Dtype.U8, byte[]::new);
    fill(name, (buffer, at) -> buffer.get(values, at, buffer.remaining()));
    return values;
  }

  /**
   * Reads a list of texts.
   *
   * @param name its name
   * @return the texts; yours
   * @throws ModelFormatException when there is no such list, or it is damaged
   */
  public List<String> texts(String name) {
    long[] ends = longs(name + TensorFileWriter.TEXT_ENDS);
    byte[] all = bytes(name + TensorFileWriter.TEXT_BYTES);
    List<String> texts = new ArrayList<>(ends.length);
    long start = 0;
    for (int i = 0; i < ends.length; i++) {
      if (ends[i] < start || ends[i] > all.length) {
        throw new ModelFormatException(
            path
                + ": text "
                + i
                + " of "
                + name
                + " ends at "
                + ends[i]
                + ", begins at "
                + start
                + ", and there are "
                + all.length
                + " bytes");
      }
      int length = (int) (ends[i] - start);
      if (!Utf8.isWellFormed(all, (int) start, length)) {
        throw new ModelFormatException(path + ": text " + i + " of " + name + " is no UTF-8");
      }
      texts.add(new String(all, (int) start, length, StandardCharsets.UTF_8));
      start = ends[i];
    }
    if (start != all.length) {
      throw new ModelFormatException(
          path + ": the texts of " + name + " end at " + start + " of " + all.length + " bytes");
    }
    return texts;
  }

  private <T> T array(String name, Dtype dtype, IntFunction<T> create) {
    Tensor tensor = tensor(name);
    if (tensor.dtype() != dtype) {
      throw new ModelFormatException(
          path + ": tensor \"" + name + "\" is of " + tensor.dtype() + ", " + dtype + " is needed");
    }
    if (tensor.elements() > Integer.MAX_VALUE - 8) {
      throw new ModelFormatException(
          path
              + ": tensor \""
              + name
              + "\" has "
              + tensor.elements()
              + " elements, more than an array can hold");
    }
    return create.apply((int) tensor.elements());
  }

  private interface Filler {
    /**
     * Takes elements from a buffer.
     *
     * @param littleEndian holds nothing but the elements
     * @param at the position of the first in the tensor
     */
    void fill(ByteBuffer littleEndian, int at);
  }

  private void fill(String name, Filler filler) {
    Tensor tensor = tensor(name);
    long length = tensor.end() - tensor.begin();
    boolean mapped = length >= MAPPED;
    int step = (int) Math.min(length, mapped ? MAPPED_AT_ONCE : READ_AT_ONCE);
    ByteBuffer scratch = ByteBuffer.allocate(mapped ? 0 : step).order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (long done = 0; done < length; done += step) {
        long position = dataStart + tensor.begin() + done;
        int count = (int) Math.min(step, length - done);
        ByteBuffer buffer =
            mapped
                ? channel
                    .map(FileChannel.MapMode.READ_ONLY, position, count)
                    .order(ByteOrder.LITTLE_ENDIAN)
                : read(scratch.clear().limit(count), position);
        filler.fill(buffer, (int) (done / tensor.dtype().bytes()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + path + ": " + e.getMessage(), e);
    }
  }

  private ByteBuffer read(ByteBuffer buffer, long position) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new ModelFormatException(path + " became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("could not close " + path, e);
    }
  }
}
