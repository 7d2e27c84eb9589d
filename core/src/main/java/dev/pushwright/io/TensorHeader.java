// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.common.base.Utf8;
import dev.pushwright.io.TensorFile.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a tensor file, read and checked; nothing in it is trusted.
 *
 * @param tensors by name, in the order of the header
 * @param metadata text by key
 * @param dataStart where the tensors begin in the file
 */
record TensorHeader(Map<String, Tensor> tensors, Map<String, String> metadata, long dataStart) {

  /**
   * The longest header that is written or read. The format allows 100 MB, but what a header is
   * turned into takes many times its length, and a model has tens of tensors.
   */
  static final int MAX_HEADER = 1 << 20;

  private static final int LENGTH_BYTES = 8;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // The format knows UTF-8 alone; the parser would guess at others.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxNumberLength(20)
                  .maxStringLength(MAX_HEADER)
                  .maxNameLength(MAX_HEADER)
                  .build())
          .build();

  static TensorHeader read(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw new ModelFormatException(
          path
              + " has "
              + size
              + " bytes; a model file has more than "
              + LENGTH_BYTES
              + ": it is empty, truncated or of another kind");
    }
    long length =
        ByteBuffer.wrap(bytes(path, channel, 0, LENGTH_BYTES))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();
    // Unsigned in the format: what is negative here is huge there.
    if (length < 2 || length > size - LENGTH_BYTES) {
      throw new ModelFormatException(
          path
              + " claims a header of "
              + Long.toUnsignedString(length)
              + " bytes in a file of "
              + size
              + ": it is truncated or of another kind");
    }
    if (length > MAX_HEADER) {
      throw new ModelFormatException(
          path
              + " has a header of "
              + length
              + " bytes; "
              + MAX_HEADER
              + " are allowed, for no model needs more");
    }
    byte[] header = bytes(path, channel, LENGTH_BYTES, (int) length);
    if (header[0] != '{') {
      throw new ModelFormatException(path + ": the header does not begin with {");
    }
    try {
      return new Reader(path).read(header, LENGTH_BYTES + length, size);
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(
          path + ": the header cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  private static byte[] bytes(Path path, FileChannel channel, long position, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new ModelFormatException(path + " became shorter while it was read");
      }
    }
    return bytes;
  }

  /** One pass over the JSON. */
  private static final class Reader {
    private final Path path;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    Reader(Path path) {
      this.path = path;
    }

    TensorHeader read(byte[] header, long dataStart, long size) throws IOException {
      if (!Utf8.isWellFormed(header)) {
        throw new ModelFormatException(path + ": the header is no UTF-8");
      }
      try (JsonParser json = JSON.createParser(header)) {
        expect(json, json.nextToken(), JsonToken.START_OBJECT, "the header");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          if (name.equals(TensorFileWriter.METADATA)) {
            readMetadata(json);
          } else {
            tensors.put(name, readTensor(json, name));
          }
        }
        if (json.nextToken() != null) {
          throw new ModelFormatException(path + ": something follows the header's last brace");
        }
      }
      checkLayout(size - dataStart);
      return new TensorHeader(tensors, metadata, dataStart);
    }

    private void readMetadata(JsonParser json) throws IOException {
      expect(json, json.nextToken(), JsonToken.START_OBJECT, TensorFileWriter.METADATA);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        expect(json, json.nextToken(), JsonToken.VALUE_STRING, "metadata entry " + key);
        metadata.put(key, json.getText());
      }
    }

    private Tensor readTensor(JsonParser json, String name) throws IOException {
      expect(json, json.nextToken(), JsonToken.START_OBJECT, name);
      Dtype dtype = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        switch (field) {
          case "dtype" -> {
            expect(json, json.nextToken(), JsonToken.VALUE_STRING, name + ".dtype");
            dtype = dtype(json.getText(), name);
          }
          case "shape" -> shape = numbers(json, name + ".shape");
          case "data_offsets" -> offsets = numbers(json, name + ".data_offsets");
          default ->
              throw new ModelFormatException(
                  path + ": tensor \"" + name + "\" has an unknown field \"" + field + "\"");
        }
      }
      if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
        throw new ModelFormatException(
            path + ": tensor \"" + name + "\" lacks dtype, shape or two data_offsets");
      }
      return checked(name, new Tensor(dtype, List.copyOf(shape), offsets.get(0), offsets.get(1)));
    }

    private Dtype dtype(String text, String name) {
      for (Dtype dtype : Dtype.values()) {
        if (dtype.name().equals(text)) {
          return dtype;
        }
      }
      throw new ModelFormatException(
          path
              + ": tensor \""
              + name
              + "\" is of the type \""
              + text
              + "\"; known are "
              + List.of(Dtype.values()));
    }

    private List<Long> numbers(JsonParser json, String what) throws IOException {
      expect(json, json.nextToken(), JsonToken.START_ARRAY, what);
      List<Long> numbers = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
          throw new ModelFormatException(
              path + ": " + what + " holds " + json.getText() + "; a number from 0 is needed");
        }
        numbers.add(json.getLongValue());
      }
      return numbers;
    }

    private Tensor checked(String name, Tensor tensor) {
      long bytes = tensor.dtype().bytes();
      try {
        for (long dimension : tensor.shape()) {
          bytes = Math.multiplyExact(bytes, dimension);
        }
      } catch (ArithmeticException e) {
        throw new ModelFormatException(
            path + ": the shape " + tensor.shape() + " of tensor \"" + name + "\" is too large", e);
      }
      if (tensor.begin() > tensor.end() || tensor.end() - tensor.begin() != bytes) {
        throw new ModelFormatException(
            path
                + ": tensor \""
                + name
                + "\" needs "
                + bytes
                + " bytes and stands from "
                + tensor.begin()
                + " to "
                + tensor.end());
      }
      return tensor;
    }

    private void checkLayout(long dataBytes) {
      List<Map.Entry<String, Tensor>> ordered = new ArrayList<>(tensors.entrySet());
      ordered.sort(
          Comparator.comparingLong((Map.Entry<String, Tensor> e) -> e.getValue().begin())
              .thenComparingLong(e -> e.getValue().end()));
      long end = 0;
      for (Map.Entry<String, Tensor> entry : ordered) {
        if (entry.getValue().begin() != end) {
          throw new ModelFormatException(
              path
                  + ": tensor \""
                  + entry.getKey()
                  + "\" begins at "
                  + entry.getValue().begin()
                  + " where "
                  + end
                  + " is due: tensors overlap or leave a gap");
        }
        end = entry.getValue().end();
      }
      if (end != dataBytes) {
        throw new ModelFormatException(
            path
                + " has "
                + dataBytes
                + " bytes of tensors, its header tells of "
                + end
                + ": it is truncated or something was added");
      }
    }

    private void expect(
        JsonParser json,
        @org.jspecify.annotations.Nullable JsonToken found,
        JsonToken expected,
        String what)
        throws IOException {
      if (found != expected) {
        throw new ModelFormatException(
            path
                + ": "
                + what
                + " is "
                + found
                + " at "
                + json.currentLocation().getByteOffset()
                + ", "
                + expected
                + " is needed");
      }
    }
  }
}
