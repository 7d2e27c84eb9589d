// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Tensors without what repeats in them: their bytes in little-endian order, in the zlib format (RFC
 * 1950). Of integers the differences from the one before are packed, which are small where they
 * ascend.
 */
final class Packed {

  // RFC 1951 gets no more than 258 bytes out of two bits.
  private static final long MOST_TIMES = 1032;

  private Packed() {}

  static byte[] bytes(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, 4)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  static byte[] bytes(int[] values) {
    int[] steps = new int[values.length];
    int before = 0;
    for (int i = 0; i < values.length; i++) {
      steps[i] = values[i] - before;
      before = values[i];
    }
    byte[] bytes = new byte[Math.multiplyExact(values.length, 4)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(steps);
    return bytes;
  }

  static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  static int[] ints(byte[] bytes) {
    int[] values = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
    for (int i = 1; i < values.length; i++) {
      values[i] += values[i - 1];
    }
    return values;
  }

  /** The bytes packed; as many as there were, or more, where nothing repeats. */
  static byte[] pack(byte[] bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] packed = new byte[bytes.length / 2 + 64];
      int size = 0;
      while (!deflater.finished()) {
        if (size == packed.length) {
          packed = Arrays.copyOf(packed, size + size / 2);
        }
        size += deflater.deflate(packed, size, packed.length - size);
      }
      return Arrays.copyOf(packed, size);
    } finally {
      deflater.end();
    }
  }

  /**
   * The bytes that were packed.
   *
   * @param packed what {@link #pack} gave, or damage
   * @param size how many there have to be
   * @throws DataFormatException when there are not that many
   */
  static byte[] unpack(byte[] packed, long size) throws DataFormatException {
    if (size < 0 || size > (packed.length + 1) * MOST_TIMES || size > Integer.MAX_VALUE - 8) {
      throw new DataFormatException(size + " bytes cannot be in " + packed.length);
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      byte[] bytes = new byte[(int) size];
      int found = 0;
      while (found < bytes.length) {
        int more = inflater.inflate(bytes, found, bytes.length - found);
        if (more == 0) {
          throw new DataFormatException("the content ends after " + found + " bytes of " + size);
        }
        found += more;
      }
      // The check sum at the end is read with what comes after the last byte.
      if (inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
        throw new DataFormatException("the content goes on after " + size + " bytes");
      }
      return bytes;
    } finally {
      inflater.end();
    }
  }
}
