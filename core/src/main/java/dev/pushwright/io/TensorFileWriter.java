// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.math.LongMath;
import com.google.common.primitives.Longs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects tensors and text, and writes them to one file in the <a
 * href="https://github.com/huggingface/safetensors">safetensors</a> layout:
 *
 * <ol>
 *   <li>8 bytes: the length N of the header, unsigned, little-endian;
 *   <li>N bytes: the header, a JSON object in UTF-8, padded with spaces to a multiple of 8. Under
 *       {@code "__metadata__"} stands an object of strings; under each tensor's name {@code
 *       {"dtype": …, "shape": […], "data_offsets": [begin, end]}}, offsets counting from the end of
 *       the header;
 *   <li>the tensors, row-major and little-endian, without a gap.
 * </ol>
 *
 * <p>Tensors of wider elements come first, equal widths in the order of names, so that each is
 * aligned and equal content gives equal bytes. A list of texts is stored as two tensors, {@code
 * NAME.utf8} (U8, all bytes in a row) and {@code NAME.ends} (I64, where each text ends).
 *
 * <p>The arrays are not copied before {@link #write}: don't change them until then. Not
 * thread-safe.
 */
public final class TensorFileWriter {

  static final String METADATA = "__metadata__";
  static final String TEXT_BYTES = ".utf8";
  static final String TEXT_ENDS = ".ends";

  private static final String TEMPORARY = ".tmp";
  private static final int UUID_LENGTH = 36;
  private static final Duration LEFT_OVER = Duration.ofHours(1);

  private static final int BUFFER = 1 << 16;

  private static final Logger LOG = LoggerFactory.getLogger(TensorFileWriter.class);

  private record Entry(String name, Dtype dtype, List<Long> shape, Object array, int length) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> metadata = new TreeMap<>();

  /** An empty file. */
  public TensorFileWriter() {}

  /**
   * Adds a metadata entry.
   *
   * @param key its name, not taken yet
   * @param value its text
   * @return this
   */
  public TensorFileWriter metadata(String key, String value) {
    requireWellFormed("the name of a metadata entry", key);
    requireWellFormed("metadata entry " + key, value);
    if (metadata.putIfAbsent(key, value) != null) {
      throw new IllegalArgumentException("the metadata entry " + key + " is taken");
    }
    return this;
  }

  /**
   * Adds a tensor of float32.
   *
   * @param name its name, not taken yet
   * @param values row-major
   * @param shape the dimensions; their product is the number of values
   * @return this
   */
  public TensorFileWriter floats(String name, float[] values, long... shape) {
    return add(name, Dtype.F32, values, values.length, shape);
  }

  /**
   * Adds a tensor of float64.
   *
   * @param name its name, not taken yet
   * @param values row-major
   * @param shape the dimensions; their product is the number of values
   * @return this
   */
  public TensorFileWriter doubles(String name, double[] values, long... shape) {
    return add(name, Dtype.F64, values, values.length, shape);
  }

  /**
   * Adds a tensor of 32-bit integers.
   *
   * @param name its name, not taken yet
   * @param values row-major
   * @param shape the dimensions; their product is the number of values
   * @return this
   */
  public TensorFileWriter ints(String name, int[] values, long... shape) {
    return add(name, Dtype.I32, values, values.length, shape);
  }

  /**
   * Adds a tensor of 64-bit integers.
   *
   * @param name its name, not taken yet
   * @param values row-major
   * @param shape the dimensions; their product is the number of values
   * @return this
   */
  public TensorFileWriter longs(String name, long[] values, long... shape) {
    return add(name, Dtype.I64, values, values.length, shape);
  }

  /**
   * Adds a tensor of bytes.
   *
   * @param name its name, not taken yet
   * @param values row-major
   * @param shape the dimensions; their product is the number of values
   * @return this
   */
  public TensorFileWriter bytes(String name, byte[] values, long... shape) {
    return add(name, Dtype.U8, values, values.length, shape);
  }

  /**
   * Adds a list of texts.
   *
   * @param name its name, not taken yet
   * @param texts the texts; well-formed, for a half of a surrogate pair has no UTF-8
   * @return this
   */
  public TensorFileWriter texts(String name, List<String> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long[] ends = new long[texts.size()];
    for (int i = 0; i < ends.length; i++) {
      requireWellFormed(name + ": text " + i, texts.get(i));
      bytes.writeBytes(texts.get(i).getBytes(StandardCharsets.UTF_8));
      ends[i] = bytes.size();
    }
    byte[] all = bytes.toByteArray();
    return bytes(name + TEXT_BYTES, all, all.length).longs(name + TEXT_ENDS, ends, ends.length);
  }

  private static void requireWellFormed(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        throw new IllegalArgumentException(
            what + " holds half a surrogate pair and cannot be stored: " + text);
      }
    }
  }

  private TensorFileWriter add(String name, Dtype dtype, Object array, int length, long[] shape) {
    requireWellFormed("the name of a tensor", name);
    long product = 1;
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException(name + " has a dimension of " + dimension);
      }
      product = LongMath.saturatedMultiply(product, dimension);
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            name + " has the shape " + Longs.asList(shape) + ", more than an array can hold");
      }
    }
    if (product != length) {
      throw new IllegalArgumentException(
          name + " has " + length + " values, its shape asks for " + product);
    }
    if (name.equals(METADATA)
        || entries.putIfAbsent(
                name, new Entry(name, dtype, Longs.asList(shape.clone()), array, length))
            != null) {
      throw new IllegalArgumentException("the name " + name + " is taken");
    }
    return this;
  }

  /**
   * Writes the file: to a temporary one beside it, forced to the disk, then moved into its place. A
   * crash at any moment leaves the old file or the new one, whole.
   *
   * <p>A crash may also leave the temporary file, named {@code .NAME.UUID.tmp}. It is never read
   * and in nobody's way; the next write to the same name deletes those that nothing was written to
   * for an hour, which no save in another process can still be busy with.
   *
   * @param file where to; an existing file is replaced, a symbolic link too
   * @throws UncheckedIOException when it cannot be written; what is there is then still the old
   *     file or, where only the forcing of the folder failed, the new one
   * @throws IllegalArgumentException when the header would be longer than 1 MiB
   */
  public void write(Path file) {
    Path target = file.toAbsolutePath();
    Path folder = Objects.requireNonNull(target.getParent(), "a file has a folder");
    try {
      String prefix = "." + target.getFileName() + ".";
      deleteLeftOvers(folder, prefix);
      // Not Files.createTempFile: the model would be readable by its owner alone.
      Path temporary = folder.resolve(prefix + UUID.randomUUID() + TEMPORARY);
      try {
        try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
          writeTo(channel);
          channel.force(true);
        }
        move(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
      forceFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file + ": " + reason(e, target), e);
    }
  }

  // Of these the message is the name of a file only, that of the temporary one.
  private static @Nullable String reason(IOException e, Path target) {
    Path folder = target.getParent();
    if (Files.isDirectory(target)) {
      return "it is a folder; add the name of a file";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no folder " + folder + "; create it first";
    }
    return e instanceof AccessDeniedException
        ? "this process may not write in " + folder
        : e.getMessage();
  }

  // Whatever hinders it must not hinder the save: left-overs hurt nothing where they are.
  private static void deleteLeftOvers(Path folder, String prefix) {
    Instant old = Instant.now().minus(LEFT_OVER);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> isTemporary(file, prefix)).toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
          Files.deleteIfExists(file);
          LOG.info("deleted {}, left over from a save that was cut short", file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("left-overs in {} stay", folder, e);
    }
  }

  private static boolean isTemporary(Path file, String prefix) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(prefix)
        && name.endsWith(TEMPORARY)
        && name.length() == prefix.length() + UUID_LENGTH + TEMPORARY.length();
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("its folder's file system cannot replace a file in one step", e);
    }
  }

  // The new name must be on the disk too. Windows opens no folder as a file, and needs none of
  // this.
  private static void forceFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private void writeTo(FileChannel channel) throws IOException {
    List<Entry> ordered =
        entries.values().stream()
            .sorted(
                Comparator.comparingInt((Entry e) -> -e.dtype.bytes()).thenComparing(Entry::name))
            .toList();
    byte[] header = header(ordered);
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    drain(buffer.putLong(header.length).flip(), channel);
    drain(ByteBuffer.wrap(header), channel);
    for (Entry entry : ordered) {
      int atOnce = BUFFER / entry.dtype.bytes();
      for (int from = 0, count; from < entry.length; from += count) {
        count = Math.min(atOnce, entry.length - from);
        buffer.clear();
        put(buffer, entry.array, from, count);
        drain(buffer.position(0).limit(count * entry.dtype.bytes()), channel);
      }
    }
  }

  // Leaves position and limit of the buffer to the caller.
  private static void put(ByteBuffer buffer, Object array, int from, int count) {
    if (array instanceof float[] values) {
      buffer.asFloatBuffer().put(values, from, count);
    } else if (array instanceof double[] values) {
      buffer.asDoubleBuffer().put(values, from, count);
    } else if (array instanceof int[] values) {
      buffer.asIntBuffer().put(values, from, count);
    } else if (array instanceof long[] values) {
      buffer.asLongBuffer().put(values, from, count);
    } else {
      buffer.put((byte[]) array, from, count);
    }
  }

  private static void drain(ByteBuffer bytes, FileChannel channel) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private byte[] header(List<Entry> ordered) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Entry entry : ordered) {
        json.writeObjectFieldStart(entry.name);
        json.writeStringField("dtype", entry.dtype.name());
        json.writeFieldName("shape");
        json.writeArray(Longs.toArray(entry.shape), 0, entry.shape.size());
        long end = offset + (long) entry.length * entry.dtype.bytes();
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {offset, end}, 0, 2);
        json.writeEndObject();
        offset = end;
      }
      json.writeEndObject();
    }
    while (out.size() % 8 != 0) {
      out.write(' ');
    }
    if (out.size() > TensorHeader.MAX_HEADER) {
      throw new IllegalArgumentException(
          "names, shapes and metadata take "
              + out.size()
              + " bytes; "
              + TensorHeader.MAX_HEADER
              + " are allowed. Longer texts are to be stored by texts()");
    }
    return out.toByteArray();
  }
}
